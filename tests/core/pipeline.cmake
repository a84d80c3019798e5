# SPDX-License-Identifier: GPL-3.0-or-later
# The policies of a call, nested in any order.
add_house_test(pipeline_test
    pipeline_loop.h pipeline_loop.cpp
    pipeline_nesting_test.cpp
    pipeline_properties_test.cpp
    pipeline_test.cpp
    ../sim/any_scenario.h ../sim/any_scenario.cpp)
target_link_libraries(pipeline_test PRIVATE core rapidcheck)
