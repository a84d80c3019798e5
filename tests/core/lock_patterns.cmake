# SPDX-License-Identifier: GPL-3.0-or-later
# Health check, lock nodes, Redlock and fencing.
add_house_test(lock_patterns_test
    allocation_count.h allocation_count.cpp
    fencing_test.cpp
    health_check_test.cpp
    lock_node_test.cpp
    lock_patterns_allocation_test.cpp
    redlock_test.cpp)
target_link_libraries(lock_patterns_test PRIVATE core)

add_house_test(lock_patterns_property_test
    health_check_properties_test.cpp
    lock_properties_test.cpp
    naive_health.h)
target_link_libraries(lock_patterns_property_test PRIVATE core rapidcheck)

add_house_test(lock_conformance_test
    lock_conformance_test.cpp
    peer_cases_test.h peer_cases_test.cpp)
target_link_libraries(lock_conformance_test PRIVATE core nlohmann_json::nlohmann_json)
target_compile_definitions(lock_conformance_test PRIVATE
    LOCK_CASES_FILE="${CMAKE_CURRENT_SOURCE_DIR}/lock_conformance_cases.json")
