// SPDX-License-Identifier: MIT
#include "core/patterns/fallback.h"

namespace resilience {

std::optional<ConfigError> FallbackConfig::validate() const
{
    if (!onFailure && !onTimeout && !onRejection)
        return ConfigError{"answers", "nothing", "at least one of failures, timeouts and rejections"};
    return std::nullopt;
}

Fallback::Fallback(const FallbackConfig &config) { reconfigure(config); }

bool Fallback::onResult(Outcome outcome, const Failure &failure)
{
    bool answers = false;
    if (outcome == Outcome::Success) {
        ++m_view.successes;
    } else if (isNeutral(outcome)) {
        ++m_view.neutral;
    } else if (failure.kind == ErrorKind::Timeout) {
        ++m_view.timeouts;
        answers = m_config.onTimeout;
    } else if (failure.kind == ErrorKind::Rejected) {
        ++m_view.rejections;
        answers = m_config.onRejection;
    } else {
        ++m_view.failures;
        answers = m_config.onFailure;
    }
    m_view.answered += answers;
    return answers;
}

void Fallback::reconfigure(const FallbackConfig &config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    m_config = config;
}

} // namespace resilience
