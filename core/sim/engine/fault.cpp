// SPDX-License-Identifier: MIT
#include "core/sim/engine/fault.h"

#include "core/number_text.h"

namespace resilience::sim {

std::string rangeText(const FaultSpec &fault)
{
    if (!fault.hasValue())
        return {};
    const std::string range = shortNumber(fault.minimum) + " to " + shortNumber(fault.maximum);
    return *fault.unit() ? range + " " + fault.unit() : range;
}

std::optional<ConfigError> checkFaultValue(const FaultSpec &fault, double value)
{
    if (value >= fault.minimum && value <= fault.maximum) // false of what is no number
        return std::nullopt;
    if (!fault.hasValue())
        return ConfigError{fault.name, shortNumber(value), "no value"};
    constexpr std::array kinds{"", "a share, ", "seconds, ", "a relative change, "};
    return ConfigError{fault.name, shortNumber(value),
                       kinds[static_cast<size_t>(fault.value)] + shortNumber(fault.minimum) + " to "
                           + shortNumber(fault.maximum)};
}

} // namespace resilience::sim
