// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/limiters/fixed_window.h"
#include "core/patterns/limiters/leaky_queue.h"
#include "core/patterns/limiters/sliding_window_counter.h"
#include "core/patterns/limiters/token_bucket.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tests {

// Plays a case of limiter_cases.json against our limiter and compares every expectation of every step.
//
// Peers that reserve hand out permits of the future. Ours does not; its caller waits its turn instead: it asks, waits
// retryAfter and asks again. The player does so at once, so that our limiter's time may be ahead of the case's, and
// what is available at the case's time follows by taking off again what comes back in between.
class LimiterPlayer {
public:
    using Json = nlohmann::json;

    // Throws when the case says something that the player does not understand: nothing is passed over in silence.
    LimiterPlayer(const std::string &limiter, const Json &ours);

    // Everything that came out differently, one line each; empty = the case holds.
    std::vector<std::string> play(const Json &steps);

private:
    using Limiter = std::variant<resilience::TokenBucket, resilience::FixedWindow, resilience::SlidingWindowCounter,
                                 resilience::LeakyQueue>;
    struct Asked {
        bool permitted = false;
        bool never = false;
        std::optional<resilience::Duration> wait; // from the case's time to the permit; none = never
    };

    void doStep(const std::string &op, const Json &step, resilience::Time now);
    Asked ask(resilience::Time now, uint64_t permits, resilience::Duration maxWait);
    double available(resilience::Time now) const;
    Json actual(const std::string &key, const Json &step, resilience::Time now) const;
    Json fromBucket(const std::string &key, resilience::Time now) const;

    Limiter m_limiter;
    resilience::Duration m_maxWait = resilience::kDurationMax;
    resilience::Time m_latest = resilience::kTimeZero; // the limiter's
    Asked m_asked;
    double m_before = 0; // available before the step
    uint64_t m_got = 0;
    std::string m_refused;
    double m_rate = 0;
};

} // namespace tests
