// SPDX-License-Identifier: MIT
#include "core/patterns/pipeline/pipeline_config.h"

#include "core/config_text.h"

#include <string>

namespace resilience {

namespace {

std::optional<ConfigError> under(PolicyKind policy, std::optional<ConfigError> error)
{
    if (error)
        error->field = std::string(name(policy)) + "." + error->field;
    return error;
}

template <typename Config> std::optional<ConfigError> check(PolicyKind policy, const Config &config)
{
    return under(policy, config.validate());
}
template <typename... Configs>
std::optional<ConfigError> check(PolicyKind policy, const std::variant<Configs...> &config)
{
    return std::visit([&](const auto &one) { return check(policy, one); }, config);
}
std::optional<ConfigError> check(PolicyKind policy, const GivenDuration &timeout)
{
    if (timeout > Duration::zero())
        return std::nullopt;
    return ConfigError{name(policy), secondsText(timeout), "more than 0 s"};
}

} // namespace

std::optional<ConfigError> PipelineConfig::validate() const
{
    std::optional<ConfigError> error;
    forEachPolicy([&]<typename Spec>() {
        if (!error)
            error = check(Spec::kKind, this->*Spec::kSettings);
    });
    return error || !retryBudget ? error : check(PolicyKind::Retry, *retryBudget);
}

PipelineConfig PipelineConfig::completed() const
{
    PipelineConfig complete = *this;
    for (const PolicyKind kind : order)
        complete.configured.insertAsIn(PolicyOrder::usual(), kind);
    return complete;
}

} // namespace resilience
