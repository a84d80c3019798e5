// SPDX-License-Identifier: MIT
#include "core/io/sweep/sweep_manifest.h"

#include "core/fingerprint.h"
#include "core/io/json/schema.h"
#include "core/io/scenario/intervention_check.h"
#include "core/io/scenario/intervention_value.h"
#include "core/io/sweep/vary_text.h"
#include "core/sim/world/knob_address.h"

#include <utility>

namespace resilience::io {

namespace {

constexpr const char *kFormat = "resilience-lab/sweep/1";

OrderedJson contentOf(const SweepManifest &manifest)
{
    const sim::Sweep &sweep = manifest.sweep;
    const sim::KnobAddresses addresses(*sweep.scenario);
    OrderedJson value{{"format", kFormat}, {"version", manifest.version}};
    value["vary"] = OrderedJson::array();
    for (const sim::SweepAxis &axis : sweep.axes) {
        OrderedJson values = OrderedJson::array();
        for (const double one : axis.values)
            values.push_back(knobValueToValue(axis.knob, one));
        value["vary"].push_back({{"knob", addresses.textOf(axis.knob, axis.target)}, {"values", std::move(values)}});
    }
    value["seeds"] = {{"first", sweep.firstSeed}, {"count", sweep.seeds}};
    value["metrics"] = OrderedJson::array();
    for (const sim::MetricSpec *metric : sweep.metrics)
        value["metrics"].push_back(std::string(metric->id()));
    value["run"] =
        OrderedJson::parse(sessionToJson({*sweep.scenario, manifest.seed, sweep.until, std::nullopt, sweep.journal}));
    return value;
}

OrError<sim::SweepAxis> axisFrom(const Json &value, const sim::KnobAddresses &addresses, const std::string &place)
{
    sim::SweepAxis axis;
    for (const Json &one : value["values"]) {
        const auto turn = turnKnobFrom({{"knob", value["knob"]}, {"value", one}}, addresses, place);
        if (!turn)
            return turn.error();
        axis.knob = turn->knob;
        axis.target = turn->target;
        axis.values.push_back(turn->value);
    }
    return axis;
}

OrError<SweepManifest> manifestFrom(const Json &value)
{
    const auto session = readSession(value["run"].dump(), "");
    if (!session)
        return session.error();
    SweepManifest manifest = manifestOf(*session, value["version"].get<std::string>());
    sim::Sweep &sweep = manifest.sweep;
    sweep.firstSeed = value["seeds"]["first"].get<uint64_t>();
    sweep.seeds = value["seeds"]["count"].get<uint64_t>();
    const sim::KnobAddresses addresses(*sweep.scenario);
    for (size_t i = 0; i < value["vary"].size(); ++i) {
        auto axis = axisFrom(value["vary"][i], addresses, below("/vary", i));
        if (!axis)
            return axis.error();
        sweep.axes.push_back(std::move(*axis));
    }
    std::string words;
    for (const Json &word : value["metrics"])
        words += (words.empty() ? "" : ",") + word.get<std::string>();
    auto metrics = parseMetrics(words, *sweep.scenario, "/metrics");
    if (!metrics)
        return metrics.error();
    sweep.metrics = std::move(*metrics);
    if (auto error = checkSweep(sweep))
        return *error;
    return manifest;
}

} // namespace

SweepManifest manifestOf(const Session &session, std::string version)
{
    SweepManifest manifest;
    manifest.sweep.scenario = std::make_shared<const sim::Scenario>(session.scenario);
    manifest.sweep.journal = session.journal;
    manifest.sweep.until = session.until;
    manifest.sweep.firstSeed = session.seed;
    manifest.sweep.metrics = sim::usualMetrics(session.scenario);
    manifest.seed = session.seed;
    manifest.version = std::move(version);
    return manifest;
}

std::string SweepManifest::id() const
{
    Fingerprint fingerprint;
    fingerprint.add(toLine(contentOf(*this)));
    return fingerprint.text();
}

std::string manifestToJson(const SweepManifest &manifest)
{
    OrderedJson value = contentOf(manifest);
    value["id"] = manifest.id();
    return toText(value);
}

OrError<SweepManifest> readManifest(std::string_view text, const std::string &file)
{
    const auto inFile = [&file](InputError error) {
        error.file = file;
        return error;
    };
    const auto value = parseJson(text);
    if (!value)
        return inFile(value.error());
    if (const auto error = checkSchema(*value, "sweep"))
        return inFile(*error);
    auto manifest = manifestFrom(*value);
    if (!manifest)
        return inFile(manifest.error());
    if (const std::string id = manifest->id(); (*value)["id"] != id)
        return inFile({"", "/id", describe((*value)["id"]), "\"" + id + "\", which stands for what the file says", ""});
    return manifest;
}

} // namespace resilience::io
