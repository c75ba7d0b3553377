// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lost-task
//
// Callables and the ways that they take, once missed or reported wrongly.

#include "kit.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <stop_token>
#include <thread>

using namespace mock;

Task<> flush();
Task<int> load(int);
Task<> ping(int);

// A task whose destructor drives, joins or detaches is not lost.
namespace joins {
template <int> struct P {};
struct Joining {
  struct promise_type {
    Joining get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  Joining(Joining &&);
  ~Joining() { join(); }
  void join();
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct Drives {
  struct promise_type {
    Drives get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  std::coroutine_handle<> h;
  Drives(Drives &&);
  ~Drives() {
    while (h && !h.done())
      h.resume();
  }
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct Detaches {
  struct promise_type {
    Detaches get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  std::coroutine_handle<> h;
  Detaches(Detaches &&);
  ~Detaches() {
    if (h)
      detach();
  }
  void detach();
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
Joining joining();
Drives drives();
Detaches detaches();
void on(std::function<void()>);
void a() {
  on(joining);
  on(drives);
  on(detaches);
}
} // namespace joins

// What is not evaluated hands nothing over.
namespace unevaluated {
void on(std::function<void()>);
static_assert(sizeof(std::function<void()>(flush)) > 0);
using T = decltype(on(flush));
static_assert(!noexcept(on(flush)));
static_assert(requires { on(flush); });
void a() {
  if constexpr (false)
    on(flush);
}
} // namespace unevaluated

// Of a generic lambda the instance counts that is called.
namespace generic {
void on_string(std::function<void(std::string)>);
void on_int(std::function<void(int)>);
void on_task(std::function<Task<>(int)>);
void quiet() {
  auto v = [](auto x) {
    if constexpr (std::is_same_v<decltype(x), int>)
      return ping(x);
  };
  on_string(v);
  on_task(v);
}
void loud() {
  auto v = [](auto x) {
    if constexpr (std::is_same_v<decltype(x), int>)
      return ping(x);
  };
  on_int(v);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  on_string(v);
}
} // namespace generic

// Who gives a coroutine to a template is to blame.
namespace given {
struct Signal {
  std::vector<std::function<void()>> slots;
  template <class F> void connect(F f) { slots.push_back(std::move(f)); }
};
template <class F> void launch(F f) {
  std::thread t(std::move(f));
  t.detach();
}
template <class F> void run(F f) {
  std::function<void()> g = std::move(f);
  g();
}
template <class F> struct Defer {
  F f;
  explicit Defer(F g) : f(std::move(g)) {}
  ~Defer() { f(); }
};
template <class F> Defer<F> defer(F f) { return Defer<F>(std::move(f)); }
struct Erased {
  std::function<void()> fn;
  template <class F> Erased(F f) : fn(std::move(f)) {}
};
template <class P> int count(const std::vector<int> &v, P p) {
  int n = 0;
  for (int i : v)
    if (p(i))
      ++n;
  return n;
}
kit::Once<> x();
struct Ask {
  struct promise_type : kit::Returns<bool> {
    Ask get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
  };
  Ask(Ask &&) noexcept;
  ~Ask();
  explicit operator bool() const noexcept;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  bool await_resume();
};
Ask even(int);
void a(Signal &s, std::vector<int> v) {
  s.connect(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  s.connect([] { spawn(flush()); });
  launch(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  launch([] { sync_wait(flush()); });
  run(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  auto d = defer(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  Erased e(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  count(v, even);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace given

// A functor, an aggregate, a template in a template
namespace between {
struct Flusher {
  Task<> operator()() const;
};
template <class F> void call(F f) { f(); }
template <class F> struct Agg {
  F f;
  ~Agg() { f(); }
};
template <class F> Agg(F) -> Agg<F>;
template <class F> struct Task2 {
  F f;
  void run() { f(); }
};
template <class F> auto make(F f) { return Task2<F>{f}; }
void a(ThreadPool &pool) {
  Flusher f;
  call(f);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  Agg e{[] { return flush(); }};
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  make(flush).run();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  pool.enqueue(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace between

// Variables that hold a callable
namespace functors {
struct Flusher {
  Task<> operator()() const;
};
void on(std::function<void()>);
template <class F> void call(F f) { f(); }
void a(std::function<Task<>()> later) {
  on(Flusher{});
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  Flusher f;
  on(f);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  call(f);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  std::thread(f).join();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  on(later);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  on(std::move(later));
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  auto bound = std::bind_front(ping, 4);
  on(bound);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace functors

// The ways to call a parameter
namespace invoked {
template <class F> void fwd(F &&f) { std::forward<F>(f)(); }
template <class F> void moved(F f) { std::move(f)(); }
template <class F> void inv(F &&f) { std::invoke(std::forward<F>(f)); }
template <class F, class... A> void inv_args(F &&f, A &&...a) { std::invoke(f, std::forward<A>(a)...); }
template <class O, class M> void member(O *o, M m) { (o->*m)(3); }
template <class O, class M> void member_invoke(O &o, M m) { std::invoke(m, o, 3); }
struct S {
  Task<> go(int);
};
void a(S s) {
  fwd(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  moved(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  inv(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  inv_args(ping, 3);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  member(&s, &S::go);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  member_invoke(s, &S::go);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace invoked

// A parameter that is passed on or captured
namespace passed_on {
template <class F> void call(F f) { f(); }
template <class F> void nested(F f) { call(std::move(f)); }
struct Pool {
  std::vector<std::function<void()>> q;
  template <class F> void run(F f) {
    q.push_back([f = std::move(f)] { f(); });
  }
  template <class F> void run_ok(F f) {
    q.push_back([f = std::move(f)] { spawn(f()); });
  }
};
template <class F> void detach(F f) {
  std::thread([f = std::move(f)] { f(); }).detach();
}
template <class F> void local(F f) {
  auto g = std::move(f);
  g();
}
void a(Pool &p) {
  nested(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  p.run(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  p.run_ok(flush);
  detach(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  local(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
void b(ThreadPool &pool) {
  pool.enqueue(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace passed_on

// Callables that are made in place
namespace in_place {
struct Worker {
  explicit Worker(std::function<void()> f);
};
void opt(std::optional<std::function<void()>>);
void a(std::vector<std::thread> &t, std::vector<std::function<void()>> &v, std::map<int, std::function<void()>> &m) {
  t.emplace_back(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  v.emplace_back(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  m.emplace(3, flush);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  m.try_emplace(4, flush);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  m.insert_or_assign(5, flush);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  m.insert({2, flush});
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  auto p = std::make_unique<std::thread>(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  auto w = std::make_unique<Worker>([] { return flush(); });
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  opt(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  std::map<int, std::function<void()>> table = {{1, flush}};
// CHECK-MESSAGES: :[[@LINE-1]]:49: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  std::pair<int, std::function<void()>> entry{1, flush};
// CHECK-MESSAGES: :[[@LINE-1]]:41: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace in_place

// What the standard library drops or only tests
namespace results {
struct Ask {
  struct promise_type : kit::Returns<bool> {
    Ask get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
  };
  Ask(Ask &&) noexcept;
  ~Ask();
  operator bool() const noexcept;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  bool await_resume();
};
Ask even(int);
Ask less(int, int);
Ask ready();
struct Conn {
  Task<> close();
};
std::function<bool(int)> predicate() { return even; }
// CHECK-MESSAGES: :[[@LINE-1]]:47: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
void a(std::vector<int> v, std::stop_token st, std::condition_variable &c, std::unique_lock<std::mutex> &l) {
  std::stop_callback cb(st, [] { return flush(); });
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  std::shared_ptr<Conn> p(new Conn, [](Conn *c) { return c->close(); });
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  std::erase_if(v, even);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  c.wait(l, [] { return ready(); });
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  std::min_element(v.begin(), v.end(), less);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  std::nth_element(v.begin(), v.begin(), v.end(), less);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace results

// What the callback returns holds a task.
namespace holders {
void cb(std::function<void()>);
kit::Queue<int> q;
AsyncMutex m;
void a() {
  cb([] { return std::make_unique<Task<>>(flush()); });
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  cb([] { return std::optional<Task<>>(flush()); });
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  cb([] {
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    std::vector<Task<>> v;
    v.push_back(flush());
    return v;
  });
}
} // namespace holders

// Scope guards of all shapes
namespace guards {
template <class F> class Defer {
  F f;

public:
  Defer(F f) : f(std::move(f)) {}
  ~Defer() { f(); }
};
template <class F> struct Agg {
  F f;
  ~Agg() { f(); }
};
template <class F> Agg(F) -> Agg<F>;
template <class F> class Inv {
  F f;

public:
  Inv(F g) : f(g) {}
  ~Inv() { std::invoke(f); }
};
template <class F> class Opt {
  std::optional<F> f;

public:
  Opt(F g) : f(g) {}
  ~Opt() {
    if (f)
      (*f)();
  }
};
struct Op {};
template <class F> auto operator+(Op, F &&f) { return Defer<std::decay_t<F>>(std::forward<F>(f)); }
void a() {
  Defer d{flush};
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  Agg e{[] { return flush(); }};
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  Inv f([] { return flush(); });
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  Opt g([] { return flush(); });
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  auto h = Op{} + [] { return flush(); };
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace guards

// Tests of a task just made
namespace tests {
template <class T = void> struct Flow {
  struct promise_type : kit::Returns<T> {
    Flow get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
  };
  Flow(Flow &&) noexcept;
  ~Flow();
  explicit operator bool() const noexcept;
  bool operator!() const noexcept;
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
Flow<bool> allowed(int);
std::optional<Task<bool>> maybe(int);
std::unique_ptr<Task<bool>> boxed(int);
void act();
void a(int n) {
  if (!allowed(n))
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]
    act();
  if (maybe(n))
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this tests whether there is a task of type 'optional<mock::Task<bool>>', not what it gives [coro-lost-task]
    act();
  if (boxed(n))
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this tests whether there is a task of type 'unique_ptr<mock::Task<bool>>', not what it gives [coro-lost-task]
    act();
}
} // namespace tests
