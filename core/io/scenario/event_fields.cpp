// SPDX-License-Identifier: MIT
#include "core/io/scenario/event_fields.h"

#include "core/io/json/seconds_json.h"
#include "core/io/scenario/intervention_value.h"
#include "core/io/scenario/policies_value.h"
#include "core/sim/world/knobs.h"

#include <concepts>
#include <variant>

namespace resilience::io {

namespace {

// Writes what an event says of itself: see event_field.h.
struct Fields {
    OrderedJson &value;

    template <typename T>
    requires std::integral<T> || std::floating_point<T>
    void operator()(const char *field, T number) { value[field] = number; }
    void operator()(const char *field, Duration duration) { value[field] = secondsNumber(duration); }
    void operator()(const char *field, Time time) { value[field] = secondsNumber(time); }
    void operator()(const char *field, const char *text) { value[field] = text; }
    template <Named E> void operator()(const char *field, E named) { value[field] = name(named); }
    template <typename T> void operator()(const char *field, const std::optional<T> &some)
    {
        if (some)
            (*this)(field, *some);
    }
    void operator()(const char *field, const DelayRange &range)
    {
        value[field] = {secondsNumber(range.low), secondsNumber(range.high)};
    }
    void operator()(const char *field, const WindowCounts &window)
    {
        value[field] = {{"calls", window.calls},
                        {"failures", window.failures},
                        {"slow", window.slow},
                        {"consecutive_failures", window.consecutiveFailures}};
    }
    void operator()(const char *, const sim::KnobSetting &setting)
    {
        value["knob"] = sim::knobs()[setting.knob].id; // the address where it is one's: who writes it knows the names
        value["value"] = knobValueToValue(setting.knob, setting.value);
    }
    void operator()(const char *field, const PolicyOrder &order) { value[field] = policyOrderToValue(order); }
};

} // namespace

void addFields(OrderedJson &value, const sim::EventDetail &detail)
{
    value["event"] = kindName(detail);
    std::visit([&](const auto &kind) { kind.fields(Fields{value}); }, detail);
}

OrderedJson endingToValue(const sim::Ending &ending)
{
    OrderedJson value;
    ending.fields(Fields{value});
    return value;
}

} // namespace resilience::io
