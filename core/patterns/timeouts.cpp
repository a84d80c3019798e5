// SPDX-License-Identifier: MIT
#include "core/patterns/timeouts.h"

#include "core/config_text.h"

namespace resilience {

namespace {

std::optional<ConfigError> checked(const char *field, std::optional<Duration> value)
{
    if (!value || *value > Duration::zero())
        return std::nullopt;
    return ConfigError{field, secondsText(*value), "more than 0 s"};
}

Deadline shortened(const Deadline &deadline, std::optional<Duration> limit, Time now)
{
    return limit ? deadline.earlier(Deadline::in(*limit, now)) : deadline;
}

TimeLimit effective(std::optional<Duration> configured, TimeoutSource own, Time now, const Deadline &attempt,
                    const Deadline &call)
{
    const Deadline end = attempt.earlier(call);
    const TimeoutSource outer = end == call && call.moment() ? TimeoutSource::Total : TimeoutSource::Attempt;
    const std::optional<Duration> remaining = end.remaining(now);
    if (end.isOver(now))
        return {Rejection::DeadlinePassed, std::nullopt, outer};
    if (configured && (!remaining || *configured <= *remaining))
        return {Rejection::None, configured, own};
    return {Rejection::None, remaining, remaining ? outer : TimeoutSource::None};
}

} // namespace

std::optional<ConfigError> TimeoutConfig::validate() const
{
    for (auto &&error :
         {checked("connect", connect), checked("read", read), checked("attempt", attempt), checked("total", total)})
        if (error)
            return error;
    return std::nullopt;
}

Timeouts::Timeouts(const TimeoutConfig &config) : m_config(config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
}

Deadline Timeouts::callDeadline(Time now, const Deadline &callers) const
{
    return shortened(callers, m_config.total, now);
}

Deadline Timeouts::attemptDeadline(Time now, const Deadline &call) const
{
    return shortened(call, m_config.attempt, now);
}

TimeLimit Timeouts::connectLimit(Time now, const Deadline &attempt, const Deadline &call) const
{
    return effective(m_config.connect, TimeoutSource::Connect, now, attempt, call);
}

TimeLimit Timeouts::readLimit(Time now, const Deadline &attempt, const Deadline &call) const
{
    return effective(m_config.read, TimeoutSource::Read, now, attempt, call);
}

} // namespace resilience
