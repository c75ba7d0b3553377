// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a method does with the state of its object.

#ifndef CORO_TIDY_MODELS_STATEUSE_H
#define CORO_TIDY_MODELS_STATEUSE_H

namespace clang::tidy::coro {

/// What a method does with the state of its object: a container, an optional,
/// an atomic, a connection.
enum class StateUse {
  None,
  IsEmpty,  // q.empty()
  Size,     // q.size()
  HasKey,   // m.contains(k)
  Find,     // m.find(k)
  HasValue, // o.has_value()
  Expired,  // w.expired()
  Load,     // a.load()
  Access,   // q.front(), o.value()
  Add,      // q.push_back(x)
  Remove,   // q.pop_front()
  Clear,    // q.clear()
  Assign,   // a.store(x): it becomes the first argument
  Reset,    // p.reset(): nothing, or the first argument
  End,      // s.close()
};

/// What of a container stays valid when elements are added.
enum class Stability {
  None,       // std::vector
  References, // std::unordered_map, and std::deque at its ends
  Iterators,  // std::map: these, too
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_MODELS_STATEUSE_H
