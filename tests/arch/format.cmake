# SPDX-License-Identifier: GPL-3.0-or-later
# Holds the layout of all sources to .clang-format: cmake -DCLANG_FORMAT=... -DROOT=... -P format.cmake
set(sources "")
foreach(folder core widgets app labs tests)
    file(GLOB_RECURSE found ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
    list(APPEND sources ${found})
endforeach()
execute_process(COMMAND ${CLANG_FORMAT} --dry-run --Werror --ferror-limit=3 ${sources} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "Sources are not laid out as .clang-format has it: clang-format -i the files named above.")
endif()
