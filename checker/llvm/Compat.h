// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The differences between the supported LLVM versions (16 to 22). This is the
// only file that mentions a version; everything else is written as for the
// newest one.

#ifndef CORO_TIDY_LLVM_COMPAT_H
#define CORO_TIDY_LLVM_COMPAT_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/Version.h"

#include "clang-tidy/ClangTidyModule.h"
#if CLANG_VERSION_MAJOR < 22
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif

namespace clang::tidy::coro {

/// What an effect attribute says of the function that carries it.
enum class DeclaredEffect { None, Blocking, NonBlocking };

/// The effect that [[clang::blocking]] or [[clang::nonblocking]] declares for
/// \p Function; None where the host's Clang does not know these attributes.
inline DeclaredEffect effectAttribute(const FunctionDecl &Function) {
#if CLANG_VERSION_MAJOR >= 19
  for (const FunctionEffectWithCondition &Effect :
       Function.getFunctionEffects()) {
    if (Effect.Effect.kind() == FunctionEffect::Kind::Blocking)
      return DeclaredEffect::Blocking;
    if (Effect.Effect.kind() == FunctionEffect::Kind::NonBlocking)
      return DeclaredEffect::NonBlocking;
  }
#else
  (void)Function;
#endif
  return DeclaredEffect::None;
}

/// Whether \p Function declares its object as its first parameter:
/// [x](this auto self) { ... }
inline bool hasExplicitObject(const FunctionDecl &Function) {
#if CLANG_VERSION_MAJOR >= 18
  return Function.hasCXXExplicitFunctionObjectParameter();
#else
  (void)Function;
  return false;
#endif
}

/// Whether a method may declare its object as a parameter.
inline bool canDeduceObject(const LangOptions &Language) {
#if CLANG_VERSION_MAJOR >= 18
  return Language.CPlusPlus23;
#else
  (void)Language;
  return false;
#endif
}

/// Whether [[clang::coro_disable_lifetimebound]] says that the task which
/// \p Function returns refers to none of its arguments.
inline bool disablesLifetimeBound(const FunctionDecl &Function) {
#if CLANG_VERSION_MAJOR >= 18
  return Function.hasAttr<CoroDisableLifetimeBoundAttr>();
#else
  (void)Function;
  return false;
#endif
}

/// Whether [[clang::coro_lifetimebound]] says of the tasks of type \p Class
/// that they refer to all that the function which returns one was given.
inline bool bindsArguments(const CXXRecordDecl &Class) {
#if CLANG_VERSION_MAJOR >= 18
  return Class.hasAttr<CoroLifetimeBoundAttr>() &&
         Class.hasAttr<CoroReturnTypeAttr>();
#else
  (void)Class;
  return false;
#endif
}

/// Whether [[clang::coro_wrapper]] says that \p Function is no coroutine.
inline bool isDeclaredWrapper(const FunctionDecl &Function) {
#if CLANG_VERSION_MAJOR >= 18
  return Function.hasAttr<CoroWrapperAttr>();
#else
  (void)Function;
  return false;
#endif
}

/// The LLVM that the including file is compiled against.
inline constexpr unsigned BuiltForMajor = CLANG_VERSION_MAJOR;
inline constexpr unsigned BuiltForMinor = CLANG_VERSION_MINOR;

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_COMPAT_H
