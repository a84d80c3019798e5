# SPDX-License-Identifier: GPL-3.0-or-later
# What clang-tidy finds in some sources of core, by a few checks that are worth their time and raise no false alarms:
# cmake -DCLANG_TIDY=... -DROOT=... -DSOURCES=core/patterns/*.cpp -P tidy.cmake. All of .clang-tidy is for people to run.
set(checks -* bugprone-use-after-move bugprone-infinite-loop bugprone-integer-division performance-move-const-arg
           performance-for-range-copy performance-unnecessary-value-param misc-unused-parameters misc-unused-alias-decls
           misc-unused-using-decls)
list(JOIN checks "," checks)
file(GLOB sources ${ROOT}/${SOURCES})
execute_process(COMMAND ${CLANG_TIDY} --quiet --checks=${checks} --warnings-as-errors=* --header-filter=/core/patterns/
                        ${sources} -- -std=c++20 -I${ROOT}
                RESULT_VARIABLE result ERROR_QUIET)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "clang-tidy has found what is said above.")
endif()
