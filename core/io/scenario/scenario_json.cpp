// SPDX-License-Identifier: MIT
#include "core/io/scenario/scenario_json.h"

#include "core/io/json/schema.h"
#include "core/io/scenario/scenario_value.h"

namespace resilience::io {

OrError<sim::Scenario> readScenario(std::string_view text, const std::string &file)
{
    const auto inFile = [&](InputError error) {
        error.file = file;
        return error;
    };
    const auto value = parseJson(text);
    if (!value)
        return inFile(value.error());
    if (const auto error = checkSchema(*value, "scenario"))
        return inFile(*error);
    auto scenario = scenarioFromValue(*value, "");
    return scenario ? std::move(scenario) : inFile(scenario.error());
}

std::string scenarioToJson(const sim::Scenario &scenario) { return toText(scenarioToValue(scenario)); }

} // namespace resilience::io
