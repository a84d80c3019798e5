// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/pipeline/pipeline_config.h"
#include "core/random_stream.h"
#include "core/runtime/clock.h"
#include "core/runtime/policies.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace tests {

// A nest of policies and what is done to it: the same for a simulation and for threads.
struct Play {
    struct Call {
        resilience::Time begins;
        resilience::Operation operation;
        resilience::Deadline deadline;
        std::optional<resilience::Time> cancelled;
    };

    // Everything is drawn from the seed. Moments are odd numbers of nanoseconds, so that no two come together by
    // chance.
    explicit Play(uint64_t seed);

    // How the target answers attempt number `number` of that call, and how long it takes.
    struct Reply {
        resilience::Duration takes;
        resilience::Outcome outcome; // Success or Failure
        resilience::Failure failure;
    };
    Reply replyTo(size_t call, uint32_t number) const;

    uint64_t seed;
    std::vector<resilience::PolicySettings> nest; // outermost first
    std::optional<resilience::RetryBudgetConfig> budget;
    std::vector<Call> calls; // in the order in which they begin
};

// A nest for threads, on that clock. One budget for all.
std::vector<resilience::runtime::AnyPolicy> policiesOf(const std::vector<resilience::PolicySettings> &nest,
                                                       const std::optional<resilience::RetryBudgetConfig> &budget,
                                                       const resilience::runtime::Clock &clock);

} // namespace tests
