# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DBUILD= -DEXAMPLE= -DPLACE= -DGENERATOR= -DCOMPILER= -DCONFIG= -DSANITIZE= -P try_package.cmake
file(REMOVE_RECURSE ${PLACE})

function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
    if(NOT code EQUAL 0)
        list(JOIN ARGN " " command)
        message(FATAL_ERROR "${command}: ${code}\n${out}")
    endif()
    set(out "${out}" PARENT_SCOPE)
endfunction()

set(flags "")
if(SANITIZE)
    set(flags "-DCMAKE_CXX_FLAGS=-fsanitize=${SANITIZE}")
endif()
run(${CMAKE_COMMAND} --install ${BUILD} --component core --prefix ${PLACE}/prefix)
run(${CMAKE_COMMAND} -S ${EXAMPLE} -B ${PLACE}/build -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER}
    -DCMAKE_BUILD_TYPE=${CONFIG} -DCMAKE_PREFIX_PATH=${PLACE}/prefix ${flags})
run(${CMAKE_COMMAND} --build ${PLACE}/build)
run(${PLACE}/build/example)

set(expected "answer 1: 42, after 3 attempts\nanswer 2: failed\nanswer 3: refused, ask again in 30 s\n")
if(NOT out STREQUAL expected)
    message(FATAL_ERROR "The example said:\n${out}\nand not:\n${expected}")
endif()
