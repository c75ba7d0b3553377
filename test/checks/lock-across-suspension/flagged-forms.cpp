// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lock-across-suspension
//
// Locks in the words of libraries, as temporaries, and in further forms.

#include "kit.h"

#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

using namespace mock;

Task<int> execute(std::string sql);
Task<> backend();
bool ready();

// Types that models and attributes describe
class QMutex {
public:
  void lock();
  bool tryLock(int timeout = 0);
  void unlock();
};
template <class Mutex> class QMutexLocker {
public:
  explicit QMutexLocker(Mutex *mutex);
  ~QMutexLocker();
  void unlock();
  void relock();

private:
  void *mutex_;
};
namespace absl {
class __attribute__((capability("mutex"))) Mutex {
public:
  void Lock() __attribute__((acquire_capability()));
  void Unlock() __attribute__((release_capability()));
};
class __attribute__((scoped_lockable)) MutexLock {
public:
  explicit MutexLock(Mutex *mutex) __attribute__((acquire_capability(mutex)));
  ~MutexLock() __attribute__((release_capability()));
};
} // namespace absl
class __attribute__((scoped_lockable)) Hold {
public:
  explicit Hold(absl::Mutex &mutex) __attribute__((acquire_capability(mutex)));
  ~Hold() __attribute__((release_capability()));
  void Release() __attribute__((release_capability()));
};
namespace pybind11 {
class gil_scoped_acquire {
public:
  gil_scoped_acquire();
  ~gil_scoped_acquire();
};
} // namespace pybind11
namespace opentelemetry::trace {
class Scope {
public:
  explicit Scope(int span);
  ~Scope();
};
} // namespace opentelemetry::trace
extern "C" {
typedef int PyGILState_STATE;
PyGILState_STATE PyGILState_Ensure();
void PyGILState_Release(PyGILState_STATE);
int omp_get_max_threads(void);
void omp_set_num_threads(int);
}
namespace models {
Task<> qt(QMutex &mutex) {
  QMutexLocker locker(&mutex);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'locker' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> qtAgain(QMutex &mutex) {
  QMutexLocker locker(&mutex);
  locker.unlock();
  co_await backend();
  locker.relock();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'locker' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> qtTried(QMutex &mutex) {
  if (mutex.tryLock()) {
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'mutex' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    mutex.unlock();
  }
}
Task<> abseil(absl::Mutex &mutex) {
  absl::MutexLock lock(&mutex);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> abseilBare(absl::Mutex &mutex) {
  mutex.Lock();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the mutex 'mutex' is locked while the coroutine is suspended here [coro-lock-across-suspension]
  mutex.Unlock();
}
Task<> attribute(absl::Mutex &mutex, bool early) {
  Hold hold(mutex);
  if (early)
    hold.Release();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'hold' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> python() {
  pybind11::gil_scoped_acquire gil;
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread-bound scope 'gil' is open while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> pythonC() {
  auto state = PyGILState_Ensure();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the mutex 'state' is locked while the coroutine is suspended here [coro-lock-across-suspension]
  PyGILState_Release(state);
}
Task<> span() {
  opentelemetry::trace::Scope scope(3);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread-bound scope 'scope' is open while the coroutine is suspended here [coro-lock-across-suspension]
}
class Threads {
  int old_ = omp_get_max_threads();

public:
  explicit Threads(int count) { omp_set_num_threads(count); }
  ~Threads() { omp_set_num_threads(old_); }
};
Task<> openMP() {
  Threads threads(4);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread-bound scope 'threads' is open while the coroutine is suspended here [coro-lock-across-suspension]
}
} // namespace models

// Temporaries
namespace temporaries {
class Store {
  std::mutex mu_;
  std::vector<int> rows_;

public:
  struct Access {
    std::unique_lock<std::mutex> hold;
    std::vector<int> *rows;
    std::vector<int> *operator->() const { return rows; }
  };
  Access open() { return {std::unique_lock(mu_), &rows_}; }
};
Task<> arrow(Store &store) {
  store.open()->push_back(co_await execute("x"));
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: a mutex is locked while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> loop(Store &store) {
  for (auto access = store.open(); !access->empty(); access->pop_back())
    co_await execute("x");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'access' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
} // namespace temporaries

// Members, bases, and further forms
namespace forms {
#define LOCKED(mutex) std::lock_guard lockedGuard(mutex)
class Base {
protected:
  mutable std::recursive_mutex mu_;
  std::unique_lock<std::recursive_mutex> hold_;
};
class Derived : Base {
public:
  Task<> macro() {
    LOCKED(mu_);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lockedGuard' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> member() {
    hold_ = std::unique_lock(mu_);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'hold_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    hold_.unlock();
  }
  Task<> chosen(bool own) {
    auto lock = own ? std::unique_lock(mu_)
                    : std::unique_lock<std::recursive_mutex>();
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> adoptBoth(std::mutex &a, std::mutex &b) {
    std::lock(a, b);
    std::scoped_lock both(std::adopt_lock, a, b);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'both' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> tryBoth(std::mutex &a, std::mutex &b) {
    if (std::try_lock(a, b) == -1) {
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the mutex 'a' is locked while the coroutine is suspended here [coro-lock-across-suspension]
      a.unlock();
      b.unlock();
    }
  }
  Task<> shortCircuit() {
    if (ready() && mu_.try_lock()) {
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the mutex 'mu_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
      mu_.unlock();
    }
  }
  Task<> notTried() {
    if (ready() || !mu_.try_lock())
      co_return;
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'mu_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    mu_.unlock();
  }
  Task<> forgotten(int step) {
    mu_.lock();
    switch (step) {
    case 0:
      mu_.unlock();
      break;
    case 1:
      break;
    default:
      mu_.unlock();
    }
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'mu_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> nestedBlock() {
    std::unique_lock outer(mu_);
    {
      std::lock_guard inner(mu_);
      ready();
    }
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'outer' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> indexed(std::vector<std::mutex> &all, std::size_t i) {
    std::lock_guard lock(all[i]);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> pointer(std::shared_ptr<std::mutex> mutex) {
    std::lock_guard lock(*mutex);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> loopCondition() {
    std::lock_guard lock(mu_);
    while (co_await execute("x") > 0)
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
      ready();
  }
  Task<> inConditional(bool slow) {
    std::lock_guard lock(mu_);
    int n = slow ? co_await execute("x") : 3;
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
    (void)n;
  }
  kit::Stream<int> stream() {
    std::shared_lock lock(table_);
    for (int i = 0; i < 3; ++i)
      co_yield i;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  static Detached detached(std::mutex &mu) {
    std::lock_guard lock(mu);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  std::shared_mutex table_;
};
class Lease {
  std::mutex &mu_;
  bool held_ = false;

public:
  Lease(std::mutex &mu, std::defer_lock_t) : mu_(mu) {}
  ~Lease() {
    if (held_)
      mu_.unlock();
  }
  void lock() {
    mu_.lock();
    held_ = true;
  }
  void unlock() {
    mu_.unlock();
    held_ = false;
  }
};
Task<> lease(std::mutex &mu) {
  Lease lease(mu, std::defer_lock);
  co_await backend();
  lease.lock();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lease' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
// One lock for the whole program: there is nothing to give its constructor
class __attribute__((scoped_lockable)) BigLock {
public:
  BigLock();
  ~BigLock();
};
Task<> whole_program() {
  BigLock lock;
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
} // namespace forms

// As oneTBB has them: the public names are aliases
namespace tbb {
namespace detail::d1 {
template <class Mutex> class unique_scoped_lock {
public:
  unique_scoped_lock() noexcept;
  unique_scoped_lock(Mutex &m);
  ~unique_scoped_lock();
};
class mutex {
public:
  using scoped_lock = unique_scoped_lock<mutex>;
  void lock();
  bool try_lock();
  void unlock();
};
class queuing_mutex {
public:
  class scoped_lock {
  public:
    scoped_lock(queuing_mutex &m);
    ~scoped_lock();
  };
};
} // namespace detail::d1
inline namespace v1 {
using detail::d1::mutex;
using detail::d1::queuing_mutex;
} // namespace v1
} // namespace tbb
namespace aliases {
Task<> plain(tbb::mutex &mu) {
  tbb::mutex::scoped_lock none;
  tbb::mutex::scoped_lock lock(mu);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> queuing(tbb::queuing_mutex &mu) {
  tbb::queuing_mutex::scoped_lock lock(mu);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> file(FILE *out) {
  if (ftrylockfile(out) != 0)
    co_return;
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the mutex 'out' is locked while the coroutine is suspended here [coro-lock-across-suspension]
  funlockfile(out);
}
} // namespace aliases
