// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "models/Models.h"
#include "models/EmbeddedModels.h"
#include "models/ModelReader.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Names.h"
#include "llvm/Support/MemoryBuffer.h"
#include <set>

namespace clang::tidy::coro {
namespace {

/// Whether \p Name is \p Pattern, in which a leading '*' stands for anything;
/// "*::f" is f in any scope.
bool matches(llvm::StringRef Pattern, llvm::StringRef Name) {
  llvm::StringRef InAnyScope = Pattern;
  if (InAnyScope.consume_front("*::") && Name == InAnyScope)
    return true;
  if (Pattern.consume_front("*"))
    return Name.ends_with(Pattern);
  return Pattern == Name;
}

llvm::StringRef lastPart(llvm::StringRef Name) {
  size_t Colon = Name.rfind("::");
  return Colon == llvm::StringRef::npos ? Name : Name.substr(Colon + 2);
}

const CXXRecordDecl *classBehind(QualType Type) {
  if (Type->isPointerType() || Type->isReferenceType())
    Type = Type->getPointeeType();
  return Type->getAsCXXRecordDecl();
}

bool fits(const Signature &Wanted, const FunctionDecl &Function) {
  if (Function.getNumParams() < Wanted.Parameters.size())
    return false;
  const CXXRecordDecl *Result = classBehind(Function.getReturnType());
  if (!Result || !Models::isOneOf(*Result, Wanted.Result))
    return false;
  for (size_t I = 0; I < Wanted.Parameters.size(); ++I) {
    const CXXRecordDecl *Parameter =
        classBehind(Function.getParamDecl(I)->getType());
    if (!Parameter || !Models::isOneOf(*Parameter, Wanted.Parameters[I]))
      return false;
  }
  return true;
}

/// Whether \p Function has a body outside of system headers: then it is the
/// user's, even if it has the name of a library's function.
bool isDefinedByUser(const FunctionDecl &Function) {
  const FunctionDecl *Definition = nullptr;
  if (!Function.hasBody(Definition))
    return false;
  const SourceManager &Sources = Function.getASTContext().getSourceManager();
  return !Sources.isInSystemHeader(Definition->getLocation());
}

/// Calls \p Visit with the full name of \p Function as a member of each class
/// from \p ObjectClass up to the one that declares it.
template <typename Fn>
void forEachName(const FunctionDecl &Function, const CXXRecordDecl *ObjectClass,
                 Fn Visit) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  Visit(Function.isExternC() ? unqualifiedName(Function)
                             : qualifiedName(Function));
  if (!Method)
    return;
  const CXXRecordDecl *Declaring = Method->getParent();
  llvm::SmallVector<const CXXRecordDecl *, 4> Pending;
  if (ObjectClass && ObjectClass->getDefinition())
    Pending.push_back(ObjectClass->getDefinition());
  while (!Pending.empty()) {
    const CXXRecordDecl *Current = Pending.pop_back_val();
    if (Current->getCanonicalDecl() == Declaring->getCanonicalDecl())
      continue;
    Visit(qualifiedName(*Current) + "::" + unqualifiedName(Function));
    for (const CXXBaseSpecifier &Base : Current->bases())
      if (const CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl())
        if (Class->getDefinition())
          Pending.push_back(Class->getDefinition());
  }
}

} // namespace

bool Models::isOneOf(const CXXRecordDecl &Record,
                     llvm::ArrayRef<std::string> Names) {
  if (Names.empty())
    return false;
  std::string Name = qualifiedName(Record);
  return llvm::any_of(Names, [&](const std::string &Each) {
    return coro::matches(Each, Name);
  });
}

llvm::Expected<std::shared_ptr<const Models>>
Models::load(llvm::ArrayRef<std::string> Files) {
  auto Result = std::make_shared<Models>();
  llvm::Error Failures = llvm::Error::success();
  auto Read = [&](llvm::MemoryBufferRef Text, bool FromUser) {
    if (llvm::Expected<Library> Model = readModel(Text))
      Result->add(std::move(*Model), FromUser);
    else
      Failures = llvm::joinErrors(std::move(Failures), Model.takeError());
  };
  for (const std::string &File : Files) {
    auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
    if (Buffer)
      Read(**Buffer, /*FromUser=*/true);
    else
      Failures = llvm::joinErrors(
          std::move(Failures),
          llvm::createStringError(Buffer.getError(),
                                  "cannot read the model file '" + File +
                                      "': " + Buffer.getError().message()));
  }
  for (const EmbeddedFile &Model : embeddedModels())
    Read(llvm::MemoryBufferRef(Model.Text, Model.Name), /*FromUser=*/false);
  if (Failures)
    return Failures;
  return Result;
}

void Models::add(Library Added, bool FromUser) {
  Libraries.push_back(std::make_unique<Library>(std::move(Added)));
  for (const FunctionModel &Function : Libraries.back()->Functions) {
    if (Function.BySignature)
      BySignature.push_back(&Function);
    for (llvm::StringRef Name : Function.Names)
      Functions[lastPart(Name)].push_back({Name, &Function, FromUser});
  }
  for (const TypeModel &Type : Libraries.back()->Types)
    for (llvm::StringRef Name : Type.Names)
      Types.try_emplace(Name, &Type);
  NameWords &Read = Libraries.back()->Words;
  llvm::append_range(Words.Starts, Read.Starts);
  llvm::append_range(Words.Waits, Read.Waits);
  llvm::append_range(Words.Fills, Read.Fills);
  llvm::append_range(Words.AtOnce, Read.AtOnce);
}

// void sleep(int) { ... }   - somebody's own, not the C function
bool Models::matches(const NamedFunction &Known, llvm::StringRef Name,
                     const FunctionDecl &Function) {
  if (!coro::matches(Known.Name, Name))
    return false;
  bool NamesCFunction = !Known.Name.contains("::") && !Known.FromUser;
  return !NamesCFunction ||
         (Function.isExternC() && !isDefinedByUser(Function));
}

Models::FunctionModels
Models::functions(const FunctionDecl &Function,
                  const CXXRecordDecl *ObjectClass) const {
  FunctionModels Result;
  auto Named = Functions.find(unqualifiedName(Function));
  if (Named != Functions.end())
    forEachName(Function, ObjectClass, [&](const std::string &Name) {
      for (const NamedFunction &Each : Named->second)
        if (matches(Each, Name, Function))
          Result.push_back(Each.Model);
    });
  for (const FunctionModel *Model : BySignature)
    if (fits(*Model->BySignature, Function))
      Result.push_back(Model);
  return Result;
}

std::vector<const Condition *> Models::tests() const {
  std::vector<const Condition *> Result;
  std::set<Condition> Known;
  for (const std::unique_ptr<Library> &From : Libraries)
    for (const FunctionModel &Function : From->Functions)
      for (const auto *Conditions : {&Function.When, &Function.Unless})
        for (const Condition &Each : *Conditions) {
          Condition Kind = Each;
          Kind.Argument.reset();
          if (Each.Argument && Known.insert(std::move(Kind)).second)
            Result.push_back(&Each);
        }
  return Result;
}

const TypeModel *Models::type(const CXXRecordDecl &Record) const {
  if (!Record.getIdentifier())
    return nullptr;
  return Types.lookup(qualifiedName(Record));
}

llvm::StringRef Models::replacement(const CXXRecordDecl *Result,
                                    Category Blocks) const {
  for (const std::unique_ptr<Library> &Each : Libraries) {
    bool Applies =
        Result ? isOneOf(*Result, Each->Coroutines) : Each->Coroutines.empty();
    if (!Applies)
      continue;
    for (const Replacement &Known : Each->Replacements)
      if (Known.For == Blocks)
        return Known.Await;
  }
  return {};
}

} // namespace clang::tidy::coro
