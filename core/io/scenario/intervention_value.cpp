// SPDX-License-Identifier: MIT
#include "core/io/scenario/intervention_value.h"

#include "core/io/scenario/intervention_check.h"
#include "core/sim/world/knobs.h"

namespace resilience::io {

using sim::KnobSpec;

OrError<double> faultValueFrom(const Json &fault, sim::FaultKind kind, const std::string &place)
{
    if (!fault.contains("value"))
        return spec(kind).defaultValue;
    const auto value = fault["value"].get<double>();
    if (const auto error = checkFaultValue(kind, value, place + "/value"))
        return *error;
    return value;
}

void addFaultValue(OrderedJson &fault, sim::FaultKind kind, double value)
{
    if (spec(kind).hasValue())
        fault["value"] = value;
}

OrError<sim::TurnKnob> turnKnobFrom(const Json &value, const sim::KnobAddresses &addresses, const std::string &place)
{
    const auto knob = knobAddressed(value["knob"].get<std::string>(), addresses, place + "/knob");
    if (!knob)
        return knob.error();
    const KnobSpec &spec = sim::knobs()[knob->knob];
    const Json &setting = value["value"];
    const bool asText = spec.kind == KnobSpec::Kind::Choice || spec.kind == KnobSpec::Kind::Toggle;
    if (setting.is_number() == asText || setting.is_boolean() != (spec.kind == KnobSpec::Kind::Toggle))
        return InputError{"", place + "/value", describe(setting), knobRange(spec), ""};
    const sim::KnobValue read =
        setting.is_number() ? sim::KnobValue{setting.get<double>(), checkKnobValue(spec, setting.get<double>())}
                            : parseKnobValue(spec, setting.is_boolean() ? setting.dump() : setting.get<std::string>());
    if (read.error)
        return InputError{"", place + "/value", describe(setting), read.error->expected, ""};
    return sim::TurnKnob{knob->knob, read.value, knob->target};
}

OrderedJson knobValueToValue(uint32_t knob, double value)
{
    const KnobSpec &spec = sim::knobs()[knob];
    if (spec.kind == KnobSpec::Kind::Choice)
        return formatKnobValue(spec, value);
    if (spec.kind == KnobSpec::Kind::Toggle)
        return value != 0;
    return value;
}

OrderedJson turnKnobToValue(const sim::TurnKnob &turn, const sim::KnobAddresses &addresses)
{
    return {{"knob", addresses.textOf(turn.knob, turn.target)}, {"value", knobValueToValue(turn.knob, turn.value)}};
}

} // namespace resilience::io
