# SPDX-License-Identifier: GPL-3.0-or-later
# Hedging and fallback.
add_house_test(hedging_test
    fallback_test.cpp
    hedging_allocation_test.cpp
    hedging_test.cpp)
target_link_libraries(hedging_test PRIVATE core)

add_house_test(hedging_property_test hedging_properties_test.cpp)
target_link_libraries(hedging_property_test PRIVATE core rapidcheck)

add_house_test(hedging_conformance_test hedging_conformance_test.cpp)
target_link_libraries(hedging_conformance_test PRIVATE core nlohmann_json::nlohmann_json)
target_compile_definitions(hedging_conformance_test PRIVATE
    HEDGING_CASES_FILE="${CMAKE_CURRENT_SOURCE_DIR}/hedging_conformance_cases.json")
