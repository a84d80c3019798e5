// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/health_check.h"

#include <algorithm>
#include <vector>

namespace tests {

// The readiness rules told once more, from the list of all results: what the last so many were, and what came first.
struct NaiveHealth {
    enum class Result { Failed, TooSlow, Slow, Fast };

    resilience::HealthCheckConfig config;
    std::vector<Result> results;
    resilience::Health status = resilience::Health::Unknown;

    bool last(uint32_t count, auto &&is) const
    {
        return results.size() >= count && std::all_of(results.end() - count, results.end(), is);
    }

    void add(Result result)
    {
        using resilience::Health;
        const auto bad = [](Result r) { return r == Result::Failed || r == Result::TooSlow; };
        const auto good = [&](Result r) { return !bad(r); };
        const auto fast = [](Result r) { return r == Result::Fast; };
        const bool first = results.empty();
        results.push_back(result);
        if (first)
            status = bad(result) ? Health::Unhealthy : fast(result) ? Health::Healthy : Health::Degraded;
        else if (last(config.failuresToUnhealthy, bad))
            status = Health::Unhealthy;
        else if (status == Health::Unhealthy && !last(config.successesToHealthy, good))
            status = Health::Unhealthy;
        else if (status == Health::Healthy && (fast(result) || result == Result::Failed))
            status = Health::Healthy;
        else
            status = last(config.successesToHealthy, fast) ? Health::Healthy : Health::Degraded;
    }
};

} // namespace tests
