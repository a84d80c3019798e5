// SPDX-License-Identifier: MIT
#include "core/sim/engine/fault.h"

#include "core/number_text.h"

namespace resilience::sim {

const char *nounOf(FaultValue value)
{
    constexpr std::array nouns{"nothing", "a share", "seconds", "a relative change"};
    return nouns[static_cast<size_t>(value)];
}

std::string rangeText(const FaultSpec &fault)
{
    if (!fault.hasValue())
        return {};
    const std::string range = shortNumber(fault.minimum) + " to " + shortNumber(fault.maximum);
    return *fault.unit() ? range + " " + fault.unit() : range;
}

FaultEffect effectOf(const ActiveFaults &faults)
{
    FaultEffect worst = FaultEffect::None;
    for (const FaultSpec &fault : kFaultSpecs)
        if (faults[static_cast<size_t>(fault.kind)])
            worst = std::max(worst, fault.effect);
    return worst;
}

std::optional<ConfigError> checkFaultValue(const FaultSpec &fault, double value)
{
    if (value >= fault.minimum && value <= fault.maximum) // false of what is no number
        return std::nullopt;
    if (!fault.hasValue())
        return ConfigError{fault.name, shortNumber(value), "no value"};
    return ConfigError{fault.name, shortNumber(value),
                       std::string(nounOf(fault.value)) + ", " + shortNumber(fault.minimum) + " to "
                           + shortNumber(fault.maximum)};
}

} // namespace resilience::sim
