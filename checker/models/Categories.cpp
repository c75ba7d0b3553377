// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "models/Model.h"

namespace clang::tidy::coro {
namespace {

struct CategoryName {
  Category Value;
  llvm::StringLiteral Name;
  llvm::StringLiteral Description;
};

constexpr CategoryName CategoryNames[] = {
    {Category::Sleep, "sleep", "a sleep"},
    {Category::Network, "network", "blocking network I/O"},
    {Category::Resolve, "resolve", "a name look-up over the network"},
    {Category::File, "file", "file I/O"},
    {Category::Terminal, "terminal", "terminal input"},
    {Category::Process, "process", "a wait for a process"},
    {Category::Wait, "wait", "a wait for another thread"},
    {Category::Join, "join", "a thread join"},
    {Category::Database, "database", "a database call"},
    {Category::Http, "http", "an HTTP request"},
    {Category::Rpc, "rpc", "a remote procedure call"},
    {Category::SyncWait, "sync-wait",
     "a blocking run of an event loop or task"},
    {Category::Metadata, "metadata", "a file system call"},
    {Category::Lock, "lock", "a lock of a mutex"},
    {Category::Log, "log", "log output"},
};

} // namespace

llvm::StringRef nameOf(Category Value) {
  for (const CategoryName &Each : CategoryNames)
    if (Each.Value == Value)
      return Each.Name;
  return "annotated";
}

Category categoryNamed(llvm::StringRef Name) {
  for (const CategoryName &Each : CategoryNames)
    if (Each.Name == Name)
      return Each.Value;
  return Category::None;
}

const std::vector<Category> &allCategories() {
  static const std::vector<Category> All = [] {
    std::vector<Category> Result;
    for (const CategoryName &Each : CategoryNames)
      Result.push_back(Each.Value);
    return Result;
  }();
  return All;
}

llvm::StringRef describe(Category Value) {
  for (const CategoryName &Each : CategoryNames)
    if (Each.Value == Value)
      return Each.Description;
  return "declared to be blocking";
}

} // namespace clang::tidy::coro
