// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_source.h"

#include "core/sim/world/knob_address.h"

#include <algorithm>

namespace widgets {

namespace sim = resilience::sim;

namespace {

// Whose a pipeline is. What several clients share is named after its side, or after all of them: not after the first.
QString pipelineOwner(uint32_t pipeline, const sim::Snapshot &snapshot, const std::vector<sim::Side> &sides)
{
    QStringList names;
    std::vector<uint32_t> clients;
    for (uint32_t i = 0; i < snapshot.clients.size(); ++i) {
        if (snapshot.clients[i].pipeline != pipeline)
            continue;
        names << QString::fromStdString(snapshot.clients[i].name);
        clients.push_back(i);
    }
    if (names.size() < 2)
        return QString::fromStdString(snapshot.pipelines[pipeline].owner.name);
    for (const sim::Side &side : sides)
        if (side.clients == clients)
            return QStringLiteral("%1 pool").arg(QString::fromStdString(side.name));
    return names.join(QStringLiteral(" + "));
}

QString ownerOf(const sim::Gauge &gauge, const sim::Snapshot &snapshot, const std::vector<sim::Side> &sides)
{
    switch (spec(gauge).owner) {
    case sim::GaugeOwner::Pipeline:
        return pipelineOwner(gauge.index, snapshot, sides);
    case sim::GaugeOwner::Component:
        return QString::fromStdString(nameOf({spec(gauge).component, gauge.index}, snapshot.components));
    case sim::GaugeOwner::Run:
        break;
    }
    return {};
}

// Whose pipeline it belongs to; none where it is nobody's.
std::optional<size_t> sideOf(const sim::Gauge &gauge, const sim::Snapshot &snapshot,
                             const std::vector<sim::Side> &sides)
{
    if (spec(gauge).owner != sim::GaugeOwner::Pipeline)
        return std::nullopt;
    for (size_t side = 0; side < sides.size(); ++side)
        for (const uint32_t client : sides[side].clients)
            if (snapshot.clients[client].pipeline == gauge.index)
                return side;
    return std::nullopt;
}

// One for each mark: "payment", "shoppers>gateway"; "" for all.
QStringList ownersOf(const std::vector<sim::KnobMark> &marks, const sim::Snapshot &snapshot)
{
    const auto ofAll = [](const sim::KnobMark &mark) { return mark.target.isAll(); };
    if (std::all_of(marks.begin(), marks.end(), ofAll))
        return QStringList(static_cast<qsizetype>(marks.size()), QString());
    std::vector<std::string> clients;
    std::vector<std::string> services;
    std::vector<sim::PipelineOwner> pipelines;
    for (const sim::ClientView &client : snapshot.clients)
        clients.push_back(client.name);
    for (const sim::ServiceView &service : snapshot.services)
        services.push_back(service.name);
    for (const sim::PipelineView &pipeline : snapshot.pipelines)
        pipelines.push_back(pipeline.owner);
    const sim::KnobAddresses addresses(clients, services, pipelines);
    QStringList owners;
    for (const sim::KnobMark &mark : marks)
        owners << QString::fromStdString(addresses.nameOf(mark.target));
    return owners;
}

bool knowsBreaker(const resilience::PipelineConfig &config)
{
    return config.configured.has(resilience::PolicyKind::CircuitBreaker)
           || config.order.has(resilience::PolicyKind::CircuitBreaker);
}

} // namespace

TimeSource timeSourceOf(const sim::Snapshot &snapshot, const sim::History &history, resilience::Time frontier)
{
    TimeSource source;
    const sim::Event *last = history.log().numbered(history.log().lastNumber());
    source.now = snapshot.now;
    source.frontier = std::max({snapshot.now, frontier, last ? last->at : resilience::kTimeZero});
    source.until = snapshot.until;
    source.usual = snapshot.goodput.usual;
    for (uint32_t i = 0; i < snapshot.pipelines.size(); ++i) {
        if (!knowsBreaker(snapshot.pipelines[i].config))
            continue;
        source.breakers << QString::fromStdString(snapshot.pipelines[i].owner.name);
        source.states.push_back(history.states(i));
    }
    source.components = snapshot.components;
    source.outcomes = history.outcomes();
    source.sides = history.sides();
    for (size_t side = 0; side < source.sides.size(); ++side)
        source.outcomesOf.push_back(history.outcomesOf(side));
    source.levels = history.levels();
    for (const sim::Gauge &gauge : source.levels.gauges()) {
        source.gaugeOwners << ownerOf(gauge, snapshot, source.sides);
        source.gaugeSides.push_back(sideOf(gauge, snapshot, source.sides));
    }
    source.faults = history.faults();
    source.knobMarks = history.knobMarks();
    source.knobOwners = ownersOf(source.knobMarks, snapshot);
    return source;
}

} // namespace widgets
