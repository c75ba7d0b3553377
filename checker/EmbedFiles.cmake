# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# cmake -DOUTPUT=models.cpp "-DINPUTS=a.yaml;b.yaml" -DFUNCTION=embeddedModels
#       -DHEADER=models/EmbeddedModels.h -P EmbedFiles.cmake
# writes a source file with the text of each input, and with the function that
# gives them and that the header declares.

# MSVC takes no string literal longer than 16380 bytes; adjacent ones join.
set(longestLiteral 15000)

# Splits at the ends of lines, so that no character is torn.
function(literals text result)
  set(written "")
  string(LENGTH "${text}" left)
  while(left GREATER longestLiteral)
    string(SUBSTRING "${text}" 0 ${longestLiteral} head)
    string(FIND "${head}" "\n" end REVERSE)
    math(EXPR end "${end} + 1")
    if(end EQUAL 0)
      message(FATAL_ERROR "a line of more than ${longestLiteral} bytes")
    endif()
    string(SUBSTRING "${text}" 0 ${end} head)
    string(SUBSTRING "${text}" ${end} -1 text)
    string(APPEND written "R\"embedded(${head})embedded\"\n")
    string(LENGTH "${text}" left)
  endwhile()
  set(${result} "${written}R\"embedded(${text})embedded\"" PARENT_SCOPE)
endfunction()

set(entries "")
set(count 0)
foreach(file IN LISTS INPUTS)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  literals("${text}" literal)
  string(APPEND entries "    {\"${name}\",\n${literal}},\n")
  math(EXPR count "${count} + 1")
endforeach()

file(WRITE "${OUTPUT}" "// Made by EmbedFiles.cmake.

#include \"${HEADER}\"

namespace clang::tidy::coro {

static const EmbeddedFile Files[] = {
${entries}    {nullptr, nullptr}};

llvm::ArrayRef<EmbeddedFile> ${FUNCTION}() {
  return llvm::ArrayRef<EmbeddedFile>(Files, ${count});
}

} // namespace clang::tidy::coro
")
