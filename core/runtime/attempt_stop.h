// SPDX-License-Identifier: MIT
#pragma once

#include "core/deadline.h"
#include "core/runtime/clock.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>

namespace resilience::runtime {

class Watchdog;

/// What asks an attempt to stop: its caller, or the end of its time, whichever comes first. Only an attempt that takes
/// its token (and does not just ask now and then) pays for a timer. Any number of threads may ask at once.
class StopAtLimit {
public:
    /// All of these outlive it.
    StopAtLimit(const Deadline &limit, const std::stop_token &callers, const Clock &clock, Watchdog &watchdog)
        : m_limit(limit), m_callers(callers), m_clock(clock), m_watchdog(watchdog)
    {
    }
    ~StopAtLimit();
    StopAtLimit(const StopAtLimit &) = delete;
    StopAtLimit &operator=(const StopAtLimit &) = delete;

    bool requested() const
    {
        return m_callers.stop_requested() || (!m_limit.isNone() && m_limit.isOver(m_clock.now()));
    }
    std::stop_token token();

private:
    struct Forward {
        std::stop_source source;
        void operator()() const { std::stop_source(source).request_stop(); }
    };

    const Deadline &m_limit;
    const std::stop_token &m_callers;
    const Clock &m_clock;
    Watchdog &m_watchdog;
    std::mutex m_mutex;
    std::optional<std::stop_source> m_source; // once somebody took the token
    std::optional<std::stop_callback<Forward>> m_forward;
    uint64_t m_watched = 0;
};

/// An attempt's side of it: used like a std::stop_token, and turns into one. A copy is good for as long as one likes;
/// the original for as long as its attempt.
class AttemptStop {
public:
    AttemptStop(std::stop_token token = {}) : m_token(std::move(token)) {}
    explicit AttemptStop(StopAtLimit &limited) : m_limited(&limited) {}
    AttemptStop(const AttemptStop &other) : m_token(other) {}
    AttemptStop &operator=(const AttemptStop &other)
    {
        m_token = other;
        m_limited = nullptr;
        return *this;
    }

    bool stop_requested() const { return m_limited ? m_limited->requested() : m_token.stop_requested(); }
    bool stop_possible() const { return m_limited || m_token.stop_possible(); }
    operator std::stop_token() const { return m_limited ? m_limited->token() : m_token; }

private:
    std::stop_token m_token;
    StopAtLimit *m_limited = nullptr;
};

} // namespace resilience::runtime
