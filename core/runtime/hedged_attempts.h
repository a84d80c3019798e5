// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/hedging.h"
#include "core/runtime/call.h"
#include "core/runtime/clock.h"
#include "core/runtime/policies.h"

#include <array>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

namespace resilience::runtime {

// The attempts of one hedged call. The thread in run() decides and waits; every attempt is a task on a thread that it
// is given. Made by std::make_shared: the tasks of those that lost keep it until they come back.
class HedgedAttempts : public std::enable_shared_from_this<HedgedAttempts> {
public:
    // What its pipeline lends it; must outlive the last task.
    struct Surroundings {
        Clock clock;
        std::function<Ending(Call &call, const Attempt &attempt, void *slot)> make; // one attempt
        std::function<void(std::function<void()> task)> start;
    };

    // `countsRequest` = the budget, if any, has not been told of this request yet.
    HedgedAttempts(std::shared_ptr<Call> call, const HedgingPolicy &policy, bool countsRequest,
                   Surroundings surroundings);

    // Until the first success, the last failure, the deadline, or a request to stop. A value goes into `slot`. Waits
    // for no attempt that lost: those are asked to stop, and what they still bring is thrown away. Once.
    Ending run(const Attempt &outer, void *slot);

private:
    struct One {
        std::shared_ptr<void> slot; // its task's alone until it has arrived
        std::stop_source stop{std::nostopstate};
        Ending ending; // once arrived
    };

    HedgingVerdict judge(HedgedCall &state, uint32_t number, const std::stop_token &stop);
    void obey(HedgingVerdict verdict, const Attempt &outer);
    void start(uint32_t number, const Attempt &outer);
    void arrive(uint32_t number, Ending ending);
    uint32_t takeArrived();
    void waitFor(std::optional<Time> moment, const std::stop_token &stop);
    Ending answer(const HedgedCall &state, const HedgingVerdict &verdict, void *slot);
    One &one(uint32_t number) { return m_attempts[number - 1]; }

    const std::shared_ptr<Call> m_call;
    const Hedging m_hedging;
    const std::shared_ptr<SharedRetryBudget> m_budget;
    const bool m_countsRequest;
    const Surroundings m_surroundings;

    std::mutex m_mutex; // for what follows, until an attempt is taken
    std::condition_variable_any m_arrival;
    std::stop_source m_wake{std::nostopstate}; // ends the sleep of the thread in run()
    std::array<One, kMostHedgedAttempts> m_attempts;
    std::array<uint32_t, kMostHedgedAttempts> m_arrived{}; // their numbers, in the order in which they came
    size_t m_arrivedCount = 0;
    size_t m_takenCount = 0;
};

} // namespace resilience::runtime
