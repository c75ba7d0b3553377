# shellcheck shell=bash
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What checker/run and test/run have in common: install what is missing, build.
# To be sourced. LLVM is the major version to use; empty: the newest there is.
# What cannot be had ends the script with exit code 2.

Root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SupportedLLVM="22 21 20 19 18 17 16"

say() { printf 'coro-tidy: %s\n' "$*" >&2; }
die() {
  say "$@"
  exit 2
}

# Prints the folder of LLVM $1, if all is there that a build needs.
llvmFolder() {
  local Folder
  for Folder in "/usr/lib/llvm-$1" "/usr/lib64/llvm$1" "/opt/homebrew/opt/llvm@$1"; do
    if [ -x "$Folder/bin/clang-tidy" ] && [ -x "$Folder/bin/clang++" ] &&
      [ -f "$Folder/lib/cmake/clang/ClangConfig.cmake" ] &&
      [ -f "$Folder/include/clang-tidy/ClangTidyCheck.h" ]; then
      echo "$Folder"
      return
    fi
  done
  return 1
}

isInstalled() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

isOffered() {
  [[ $(apt-cache policy "$1" 2>/dev/null) =~ Candidate:\ [^\(] ]]
}

# The newest LLVM that is installed; if there is none, the newest on offer.
newestLLVM() {
  local Major
  for Major in $SupportedLLVM; do
    if llvmFolder "$Major" >/dev/null; then
      echo "$Major"
      return
    fi
  done
  for Major in $SupportedLLVM; do
    if isOffered "clang-tidy-$Major"; then
      echo "$Major"
      return
    fi
  done
  echo "${SupportedLLVM%% *}"
}

# The Debian packages that a build for LLVM $1 needs.
buildPackages() {
  echo cmake ninja-build python3 "clang-$1" "clang-tidy-$1" "libclang-$1-dev" \
    "llvm-$1-dev"
}

# Those on offer that coro-clangd needs besides; without them it is not built, so
# they alone are no reason to install anything.
editorPackages() {
  local Package
  for Package in libgrpc++-dev libprotobuf-dev; do
    if isInstalled "$Package" || isOffered "$Package"; then
      echo "$Package"
    fi
  done
}

# Those of the packages that are not installed. Of NAME|OTHER one is enough.
missingPackages() {
  local Package Name Wanted
  for Package; do
    Wanted=
    for Name in ${Package//|/ }; do
      ! isInstalled "$Name" || continue 2
      [ -n "$Wanted" ] || ! isOffered "$Name" || Wanted=$Name
    done
    echo "${Wanted:-${Package%%|*}}"
  done
}

# prepare PACKAGE...: sets LLVM and makes sure of it and of the packages.
prepare() {
  local Given=${LLVM:-} Missing AsRoot=()
  [[ -z $Given || " $SupportedLLVM " == *" $Given "* ]] ||
    die "LLVM $Given is not supported; these are: $SupportedLLVM"
  if ! command -v apt-get >/dev/null; then
    prepareElsewhere "$@"
    return
  fi
  LLVM=${Given:-$(newestLLVM)}
  # shellcheck disable=SC2046
  Missing=$(missingPackages $(buildPackages "$LLVM") "$@")
  [ -n "$Missing" ] || return 0

  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      die "needs these Debian packages; install them as root: ${Missing//$'\n'/ }"
    AsRoot=(sudo)
  fi
  # A fresh machine does not know yet what is on offer.
  "${AsRoot[@]}" apt-get -o DPkg::Lock::Timeout=600 -q update >&2 ||
    die "'apt-get update' failed"
  LLVM=${Given:-$(newestLLVM)}
  # shellcheck disable=SC2046
  Missing=$(missingPackages $(buildPackages "$LLVM") $(editorPackages) "$@")
  say "installing ${Missing//$'\n'/ }"
  # shellcheck disable=SC2086
  "${AsRoot[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o DPkg::Lock::Timeout=600 install --no-install-recommends $Missing >&2 ||
    die "could not install ${Missing//$'\n'/ }"
}

# On other systems: says what is needed, if it is not there.
prepareElsewhere() {
  local Tool Missing=
  LLVM=${LLVM:-$(newestLLVM)}
  for Tool in cmake ninja python3; do
    command -v "$Tool" >/dev/null || Missing+=" $Tool"
  done
  llvmFolder "$LLVM" >/dev/null ||
    Missing+=" LLVM-$LLVM (clang, clang-tidy, and the headers of both)"
  [ -z "$Missing" ] ||
    die "cannot install packages here. Missing:$Missing." \
      "The Debian packages are: $(buildPackages "$LLVM") $*"
}

# configure DIRECTORY [CMAKE-ARGUMENT...]
configure() {
  local Build=$1 Folder
  shift
  Folder=$(llvmFolder "$LLVM") || die "LLVM $LLVM is not installed completely"
  local Arguments=(-S "$Root" -B "$Build" "-DClang_DIR=$Folder/lib/cmake/clang" "$@")
  # Clang compiles the plugin in half the time that GCC takes. A directory that
  # is configured for this LLVM keeps its compiler.
  if ! grep -qs "^Clang_DIR:[A-Z]*=$Folder/" "$Build/CMakeCache.txt"; then
    Arguments+=(--fresh -G Ninja "-DCMAKE_C_COMPILER=$Folder/bin/clang"
      "-DCMAKE_CXX_COMPILER=$Folder/bin/clang++")
  fi
  mkdir -p "$Build"
  if ! cmake "${Arguments[@]}" >"$Build/configure.log" 2>&1; then
    cat "$Build/configure.log" >&2
    die "could not configure $Build"
  fi
}

# build DIRECTORY [TARGET]
build() {
  cmake --build "$1" --target "${2:-all}" |
    sed -u -e '/no work to do/d' -e '/globbed directories/d' >&2 ||
    die "could not build $1"
}
