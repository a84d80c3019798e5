// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/pipeline/pipeline_config.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace widgets {

// How long a call can take at worst, when every attempt runs into its timeout, and whether that fits into the limit
// around the retries. A pure function of the settings; waits are the longest that the jitter may draw.
struct AttemptBudget {
    struct Span { // since the call's start
        resilience::Duration from{};
        resilience::Duration to{};
    };
    std::vector<Span> attempts; // empty when nothing bounds an attempt
    std::optional<resilience::Duration> limit; // around all of them; none = none
    size_t fitting = 0; // attempts that can run to their end within it

    resilience::Duration longest() const { return attempts.empty() ? resilience::Duration{} : attempts.back().to; }
    bool fits() const { return fitting == attempts.size(); }
};

AttemptBudget attemptBudget(const resilience::PipelineConfig &config);

} // namespace widgets
