// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/bulkhead.h"
#include "core/patterns/pipeline/policy_spec.h"

namespace resilience {

struct BulkheadSpec {
    static constexpr PolicyKind kKind = PolicyKind::Bulkhead;
    static constexpr PolicyRole kRole = PolicyRole::Gate;
    static constexpr PolicyWords kWords{"bulkhead", "bulkhead", "B", "lets so many calls be out at once"};
    static constexpr const char *kKey = "bulkhead";
    using Core = Bulkhead;
    struct Settings {
        BulkheadConfig bulkhead;
        bool operator==(const Settings &) const = default;
    };
    static constexpr auto kSettings = &Settings::bulkhead;
    static constexpr std::tuple kFields{
        setting("max_concurrent", &BulkheadConfig::maxConcurrent, 1, 1'000'000, "Calls at once.",
                {.label = "Slots", .minimum = 1, .maximum = 64}),
        setting("max_queue", &BulkheadConfig::maxQueue, 0, 1'000'000,
                "Callers that may wait for a slot; 0 = nobody waits.",
                {.label = "Seats in the queue", .maximum = 10'000, .logarithmic = true}),
        setting("max_wait", &BulkheadConfig::maxWait, 0, 9223372036.854776,
                "How long a caller waits at most; 0 = for ever.",
                {.label = "Longest wait for a slot (0 = any)", .unit = "s", .maximum = 60, .step = 0.1}),
    };
};

} // namespace resilience
