// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/engine/event.h"
#include "core/sim/run/timeline.h"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace resilience::labs {

// One of several answers, and why it is wrong when it is.
struct Choice {
    std::string text;
    std::string whyNot;
};

// What on the stage a question is about.
struct Spot {
    enum class Kind : uint8_t { Nothing, Client, Service, State };
    Kind kind = Kind::Nothing;
    uint32_t index = 0; // of the client or service
    BreakerState state = BreakerState::Closed; // of the breaker
};

// "Predict, then run": asked when its moment comes on the page of the guide that names it, answered by playing a fork
// of the very run. What decides the answer is the rule, never luck, and nothing on the screen tells it.
struct Question {
    // How it is answered: by picking one, by placing a flag on the time axis, or by a number.
    enum class By : uint8_t { Choice, Time, Number };

    // A wrong answer that people give, and the mistake behind it.
    struct Slip {
        double value = 0;
        std::string why;
    };
    // What the run says.
    struct Answer {
        double value = 0; // Choice: which; Time: seconds since the start; Number: itself
        std::string because; // what happened, and the rule, in a sentence or two
        Time at; // when the run knows
        std::vector<Slip> slips{};
    };

    std::string id;
    By by = By::Choice;
    std::string prompt;
    std::string hint{}; // what to reason from
    std::vector<Choice> choices{}; // Choice
    double most = 0; // Number: the largest that can be given; the smallest is 0
    double tolerance = 0; // Time (in seconds) and Number: how far off still counts as right
    Spot about{};
    // Parts of the stage's picture that would tell the answer, by name; they are covered while it is asked.
    std::vector<std::string> covers{};
    // Whether this is the moment to ask: after `event` of the timeline.
    bool (*isMoment)(const sim::Timeline &timeline, const sim::Event &event) = nullptr;
    // None: the run never tells, so it is not asked.
    std::optional<Answer> (*answer)(sim::Timeline fork) = nullptr;

    bool isRight(double given, const Answer &truth) const
    {
        return std::abs(given - truth.value) <= (by == By::Choice ? 0 : tolerance) + 1e-9;
    }
};

} // namespace resilience::labs
