// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Workers.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include <chrono>
#include <csignal>
#include <cstring>
#include <sys/wait.h>
#include <thread>

namespace clang::tidy::coro {
namespace {

using Clock = std::chrono::steady_clock;

struct Worker {
  size_t Job;
  llvm::sys::ProcessInfo Process;
  Clock::time_point Started;
  std::string Messages; // a file
};

std::string pathOfSelf() {
  static int Anchor;
  return llvm::sys::fs::getMainExecutable(nullptr, &Anchor);
}

/// coro-tidy summarize FILE -o OUTPUT ... --whole-command -- clang++ ...
std::vector<std::string> argumentsFor(const UnitJob &Job,
                                      const AnalysisOptions &Analysis) {
  std::vector<std::string> Result{"coro-tidy",
                                  "summarize",
                                  Job.Command->Filename,
                                  "-o",
                                  Job.Output,
                                  "--directory=" + Job.Command->Directory,
                                  "--whole-command"};
  if (!Analysis.Checks.empty())
    Result.push_back("--checks=" + Analysis.Checks);
  if (!Analysis.HeaderFilter.empty())
    Result.push_back("--header-filter=" + Analysis.HeaderFilter);
  if (!Analysis.Config.empty())
    Result.push_back("--config=" + Analysis.Config);
  for (const std::string &Each : Analysis.ExtraArguments)
    Result.push_back("--extra-arg=" + Each);
  if (Analysis.ParsesEverything)
    Result.push_back("--parse-everything");
  if (!Job.Command->Output.empty())
    Result.push_back("--object=" + Job.Command->Output);
  Result.push_back("--");
  Result.insert(Result.end(), Job.Command->CommandLine.begin(),
                Job.Command->CommandLine.end());
  return Result;
}

/// The last line that is not empty of \p File, which is where a program says
/// why it gave up.
std::string lastLineOf(const std::string &File) {
  auto Text = llvm::MemoryBuffer::getFile(File);
  if (!Text)
    return "";
  llvm::StringRef Rest = (*Text)->getBuffer().rtrim();
  return Rest.substr(Rest.rfind('\n') + 1).str();
}

/// Why a worker failed that ended with \p Status; empty if it did not.
std::string problemOf(int Status, const std::string &Messages) {
  if (WIFSIGNALED(Status))
    return std::string("the analysis crashed (") + strsignal(WTERMSIG(Status)) +
           ")";
  int Code = WEXITSTATUS(Status);
  if (Code == 0)
    return "";
  std::string Last = lastLineOf(Messages);
  // LLVM's handler of signals ends with 128 and more.
  if (Code > 3 || Last.empty())
    return "the analysis ended with " + std::to_string(Code);
  return Last;
}

} // namespace

void runWorkers(llvm::ArrayRef<UnitJob> Jobs, const AnalysisOptions &Analysis,
                const WorkerOptions &Options,
                const std::function<void(size_t Job, std::string Problem,
                                         double Seconds)> &Done) {
  const std::string Self = pathOfSelf();
  std::vector<Worker> Running;
  size_t Next = 0;
  auto Start = [&] {
    size_t Number = Next++;
    llvm::SmallString<128> Messages;
    if (std::error_code Wrong =
            llvm::sys::fs::createTemporaryFile("coro-tidy", "log", Messages))
      return Done(Number, "cannot make a temporary file: " + Wrong.message(),
                  0);
    std::vector<std::string> Given = argumentsFor(Jobs[Number], Analysis);
    std::vector<llvm::StringRef> Arguments(Given.begin(), Given.end());
    std::optional<llvm::StringRef> Redirects[] = {
        llvm::StringRef(""), Messages.str(), Messages.str()};
    std::string Error;
    bool Failed = false;
    llvm::sys::ProcessInfo Process = llvm::sys::ExecuteNoWait(
        Self, Arguments, std::nullopt, Redirects, 0, &Error, &Failed);
    if (Failed) {
      llvm::sys::fs::remove(Messages);
      return Done(Number, "cannot start a process: " + Error, 0);
    }
    Running.push_back({Number, Process, Clock::now(), std::string(Messages)});
  };
  auto Finish = [&](Worker &Each, std::string Problem) {
    llvm::sys::fs::remove(Each.Messages);
    std::chrono::duration<double> Took = Clock::now() - Each.Started;
    Done(Each.Job, std::move(Problem), Took.count());
  };
  while (Next < Jobs.size() || !Running.empty()) {
    while (Next < Jobs.size() && Running.size() < Options.Processes)
      Start();
    for (size_t I = 0; I < Running.size();) {
      Worker &Each = Running[I];
      int Status = 0;
      if (waitpid(Each.Process.Pid, &Status, WNOHANG) != 0) {
        Finish(Each, problemOf(Status, Each.Messages));
      } else if (Options.Timeout != 0 &&
                 Clock::now() - Each.Started >
                     std::chrono::seconds(Options.Timeout)) {
        kill(Each.Process.Pid, SIGKILL);
        waitpid(Each.Process.Pid, &Status, 0);
        Finish(Each, "took longer than " + std::to_string(Options.Timeout) +
                         " seconds (see --timeout)");
      } else {
        ++I;
        continue;
      }
      Running.erase(Running.begin() + I);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

} // namespace clang::tidy::coro
