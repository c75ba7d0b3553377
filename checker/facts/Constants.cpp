// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Constants.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"

namespace clang::tidy::coro {
namespace {

std::optional<llvm::APSInt> number(llvm::StringRef Text) {
  Text = Text.rtrim("uUlL");
  uint64_t Value;
  if (Text.getAsInteger(0, Value))
    return std::nullopt;
  return llvm::APSInt(llvm::APInt(64, Value), /*isUnsigned=*/true);
}

std::optional<llvm::APSInt> valueOfDeclaration(const NamedDecl &Declaration,
                                               const ASTContext &Context) {
  if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(&Declaration))
    return Enumerator->getInitVal();
  const auto *Variable = dyn_cast<VarDecl>(&Declaration);
  const Expr *Init = Variable ? Variable->getAnyInitializer() : nullptr;
  Expr::EvalResult Result;
  if (Init && !Init->isValueDependent() && Init->EvaluateAsInt(Result, Context))
    return Result.Val.getInt();
  return std::nullopt;
}

} // namespace

std::optional<llvm::APSInt> Constants::valueOf(llvm::StringRef Name) const {
  auto [Entry, IsNew] = Known.try_emplace(Name);
  if (IsNew)
    Entry->second = lookUp(Name, 0);
  return Entry->second;
}

// #define MSG_DONTWAIT MSG_DONTWAIT    #define O_NONBLOCK 04000
// #define O_NDELAY O_NONBLOCK          #define X (1)
std::optional<llvm::APSInt> Constants::lookUp(llvm::StringRef Name,
                                              unsigned Depth) const {
  if (std::optional<llvm::APSInt> Value = number(Name))
    return Value;
  auto Identifier = Context.Idents.find(Name);
  if (Macros && Identifier != Context.Idents.end() && Depth < 8) {
    const MacroInfo *Macro = Macros->getMacroInfo(Identifier->second);
    if (Macro && Macro->isObjectLike()) {
      std::string Spelled;
      for (const Token &Each : Macro->tokens())
        if (!Each.isOneOf(tok::l_paren, tok::r_paren))
          Spelled += Macros->getSpelling(Each);
      if (Spelled != Name)
        return lookUp(Spelled, Depth + 1);
    }
  }
  return declared(Name);
}

std::optional<llvm::APSInt> Constants::declared(llvm::StringRef Name) const {
  const DeclContext *Scope = Context.getTranslationUnitDecl();
  while (true) {
    auto [First, Rest] = Name.split("::");
    auto Identifier = Context.Idents.find(First);
    if (Identifier == Context.Idents.end())
      return std::nullopt;
    const DeclContext *Inner = nullptr;
    for (const NamedDecl *Found : Scope->lookup(Identifier->second)) {
      const NamedDecl *Underlying = Found->getUnderlyingDecl();
      if (Rest.empty())
        return valueOfDeclaration(*Underlying, Context);
      if (const auto *Alias = dyn_cast<TypedefNameDecl>(Underlying))
        Underlying = Alias->getUnderlyingType()->getAsTagDecl();
      Inner = dyn_cast_or_null<DeclContext>(Underlying);
    }
    if (!Inner)
      return std::nullopt;
    Scope = Inner;
    Name = Rest;
  }
}

} // namespace clang::tidy::coro
