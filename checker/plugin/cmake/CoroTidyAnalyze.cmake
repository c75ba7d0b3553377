# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# coro_tidy_analyze(NAME [ALL] [TARGETS target...] [DEPENDS file-or-target...]
#                   [BASELINE file] [INDEX file] [ARGUMENTS argument...])
#
# makes the target NAME, which has coro-tidy look at all C++ files of the
# targets, across files: it fails if there are findings. Each file is analysed by
# a command of its own, which runs again when something changes that the file is
# made from. To be called when the targets are complete. Works with Ninja and
# Makefiles.
#   ALL        as a part of the default build
#   TARGETS    without it: all targets of this directory and below
#   DEPENDS    what has to be made first: generated headers, say
#   BASELINE   the findings that are known
#   INDEX      where the index of the project goes, for the plugin and for
#              coro-tidy why
#   ARGUMENTS  of coro-tidy link: --format=sarif -o report.sarif

# The targets of `folder` and below it that are compiled.
function(_coro_tidy_targets_in folder result)
  get_property(all DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
  set(found "")
  foreach(target IN LISTS all)
    get_target_property(type "${target}" TYPE)
    if(type MATCHES "^(EXECUTABLE|(STATIC|SHARED|MODULE|OBJECT)_LIBRARY)$")
      list(APPEND found "${target}")
    endif()
  endforeach()
  get_property(folders DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
  foreach(each IN LISTS folders)
    _coro_tidy_targets_in("${each}" below)
    list(APPEND found ${below})
  endforeach()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

# The C++ sources of `target`, absolute; those that are generated in `generated`.
function(_coro_tidy_sources_of target result generated)
  get_target_property(all "${target}" SOURCES)
  get_target_property(source_dir "${target}" SOURCE_DIR)
  get_target_property(binary_dir "${target}" BINARY_DIR)
  list(JOIN CMAKE_CXX_SOURCE_FILE_EXTENSIONS "|" extensions)
  string(REPLACE "+" "[+]" extensions "${extensions}")
  set(found "")
  set(made "")
  foreach(each IN LISTS all)
    if(NOT each OR each MATCHES "[$]<")
      continue()
    endif()
    # As CMake does: what is not among the sources is generated.
    get_filename_component(file "${each}" ABSOLUTE BASE_DIR "${source_dir}")
    if(NOT EXISTS "${file}")
      get_filename_component(file "${each}" ABSOLUTE BASE_DIR "${binary_dir}")
    endif()
    foreach(property LANGUAGE HEADER_FILE_ONLY GENERATED)
      get_source_file_property(${property} "${file}"
                               TARGET_DIRECTORY "${target}" ${property})
    endforeach()
    if(GENERATED)
      list(APPEND made "${file}")
    endif()
    if(NOT HEADER_FILE_ONLY AND (LANGUAGE STREQUAL "CXX" OR
        (NOT LANGUAGE AND file MATCHES "[.](${extensions})$")))
      list(APPEND found "${file}")
    endif()
  endforeach()
  set(${result} "${found}" PARENT_SCOPE)
  set(${generated} "${made}" PARENT_SCOPE)
endfunction()

function(coro_tidy_analyze name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ALL" "BASELINE;INDEX"
                        "TARGETS;DEPENDS;ARGUMENTS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "coro_tidy_analyze: unknown argument '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "^Ninja|Makefiles$")
    message(FATAL_ERROR "coro_tidy_analyze: needs Ninja or Makefiles, not ${CMAKE_GENERATOR}")
  endif()
  if(NOT arg_TARGETS)
    _coro_tidy_targets_in("${CMAKE_CURRENT_SOURCE_DIR}" arg_TARGETS)
  endif()
  get_property(is_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  set(config "")
  if(is_multi_config)
    set(config "/$<CONFIG>")
  endif()
  get_target_property(program CoroTidy::coro-tidy IMPORTED_LOCATION)

  # CMake writes the compile database anew each time; what depends on it shall
  # not run again if it says the same.
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/coro-tidy/${name}")
  set(exported "${CMAKE_BINARY_DIR}/compile_commands.json")
  set(database "${folder}/compile_commands.json")
  add_custom_command(
    OUTPUT "${database}"
    COMMAND "${CMAKE_COMMAND}" -E copy_if_different "${exported}" "${database}"
    DEPENDS "${exported}"
    COMMENT "Looking at how ${name} is compiled"
    VERBATIM)

  set(summaries "")
  set(makers "")
  foreach(target IN LISTS arg_TARGETS)
    if(NOT TARGET "${target}")
      message(FATAL_ERROR "coro_tidy_analyze: '${target}' is not a target")
    endif()
    set_target_properties("${target}" PROPERTIES EXPORT_COMPILE_COMMANDS ON)
    get_target_property(source_dir "${target}" SOURCE_DIR)
    get_target_property(binary_dir "${target}" BINARY_DIR)
    _coro_tidy_sources_of("${target}" sources generated)
    if(generated)
      list(APPEND makers "${target}")
    endif()
    foreach(source IN LISTS sources)
      file(RELATIVE_PATH shown "${source_dir}" "${source}")
      string(REPLACE ".." "__" place "${shown}")
      set(summary "${folder}${config}/${target}/${place}.summary")
      # The cache answers if it is another file whose command has changed.
      add_custom_command(
        OUTPUT "${summary}"
        COMMAND CoroTidy::coro-tidy summarize "${source}" -p "${folder}"
                "--object=${binary_dir}/CMakeFiles/${target}.dir${config}"
                "--cache-dir=${folder}/cache" -o "${summary}"
                "--depfile=${summary}.d"
        DEPENDS "${source}" "${database}" "${program}" ${generated} ${arg_DEPENDS}
        DEPFILE "${summary}.d"
        COMMENT "Analysing ${shown} of ${target}"
        VERBATIM)
      list(APPEND summaries "${summary}")
    endforeach()
  endforeach()
  if(NOT summaries)
    message(FATAL_ERROR "coro_tidy_analyze: there is no C++ file to analyse")
  endif()

  # There may be more of them than a command line can hold.
  list(JOIN summaries "\"\n\"" lines)
  set(list "${folder}${config}/summaries.txt")
  file(GENERATE OUTPUT "${list}" CONTENT "\"${lines}\"\n")
  set(arguments ${arg_ARGUMENTS})
  foreach(option BASELINE INDEX)
    if(arg_${option})
      get_filename_component(file "${arg_${option}}" ABSOLUTE)
      string(TOLOWER "--${option}=" flag)
      list(APPEND arguments "${flag}${file}")
      set(${option} "${file}")
    endif()
  endforeach()
  set(stamp "${folder}${config}/clean")
  add_custom_command(
    OUTPUT "${stamp}"
    COMMAND CoroTidy::coro-tidy link "@${list}" ${arguments}
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    DEPENDS ${summaries} "${list}" "${program}" ${BASELINE}
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    COMMENT "Analysing across the files of ${name}"
    USES_TERMINAL VERBATIM)
  set(all "")
  if(arg_ALL)
    set(all ALL)
  endif()
  add_custom_target("${name}" ${all} DEPENDS "${stamp}")
  # Ninja knows how to make a generated file, wherever that is said.
  if(makers AND NOT CMAKE_GENERATOR MATCHES "Ninja")
    add_dependencies("${name}" ${makers})
  endif()
endfunction()
