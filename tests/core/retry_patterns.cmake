# SPDX-License-Identifier: GPL-3.0-or-later
# Bulkhead, backoff, retry, budget, timeouts and the idempotency store.
add_house_test(retry_patterns_test
    allocation_count.h allocation_count.cpp
    backoff_test.cpp
    bulkhead_test.cpp
    deadline_test.cpp
    idempotency_store_test.cpp
    retry_budget_test.cpp
    retry_patterns_allocation_test.cpp
    retry_test.cpp)
target_link_libraries(retry_patterns_test PRIVATE core)

add_house_test(retry_patterns_property_test
    backoff_properties_test.cpp
    bulkhead_properties_test.cpp
    naive_bulkhead.h naive_bulkhead.cpp
    retry_budget_properties_test.cpp
    retry_properties_test.cpp)
target_link_libraries(retry_patterns_property_test PRIVATE core rapidcheck)

add_house_test(retry_conformance_test
    retry_conformance_test.cpp
    peer_cases_test.h peer_cases_test.cpp)
target_link_libraries(retry_conformance_test PRIVATE core nlohmann_json::nlohmann_json)
target_compile_definitions(retry_conformance_test PRIVATE
    RETRY_CASES_FILE="${CMAKE_CURRENT_SOURCE_DIR}/retry_conformance_cases.json")
