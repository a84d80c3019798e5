// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_source.h"

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
    switch (gauge.kind) {
    case sim::GaugeKind::Permits:
    case sim::GaugeKind::SlotsInUse:
    case sim::GaugeKind::SlotsQueued:
        return pipelineOwner(gauge.index, snapshot, sides);
    case sim::GaugeKind::ServiceBusy:
    case sim::GaugeKind::ServiceQueue:
        return QString::fromStdString(snapshot.services[gauge.index].name);
    case sim::GaugeKind::LeaseLeft:
        return QString::fromStdString(snapshot.lock.holders[gauge.index].name);
    case sim::GaugeKind::LockBelievers:
        break;
    }
    return {};
}

bool isOfPipeline(sim::GaugeKind kind)
{
    return kind == sim::GaugeKind::Permits || kind == sim::GaugeKind::SlotsInUse || kind == sim::GaugeKind::SlotsQueued;
}

// Whose pipeline it belongs to; none where it is nobody's.
std::optional<size_t> sideOf(const sim::Gauge &gauge, const sim::Snapshot &snapshot,
                             const std::vector<sim::Side> &sides)
{
    if (!isOfPipeline(gauge.kind))
        return std::nullopt;
    for (size_t side = 0; side < sides.size(); ++side)
        for (const uint32_t client : sides[side].clients)
            if (snapshot.clients[client].pipeline == gauge.index)
                return side;
    return std::nullopt;
}

// "payment", "shoppers>gateway"; "" for all.
QString ownerOf(const sim::KnobTarget &target, const sim::Snapshot &snapshot)
{
    const auto nameOfCaller = [&](const sim::Subject &caller) {
        return caller.isClient() ? snapshot.clients[caller.index].name : snapshot.services[caller.index].name;
    };
    std::string name;
    if (target.kind == sim::KnobTarget::Kind::Client) {
        name = snapshot.clients[target.index].name;
    } else if (target.kind == sim::KnobTarget::Kind::Service) {
        name = snapshot.services[target.index].name;
    } else if (target.kind == sim::KnobTarget::Kind::Pipeline) {
        const sim::PipelineOwner &owner = snapshot.pipelines[target.index].owner;
        name = nameOfCaller(owner.caller) + '>' + snapshot.services[owner.target].name;
    }
    return QString::fromStdString(name);
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
    for (const sim::KnobMark &mark : source.knobMarks)
        source.knobOwners << ownerOf(mark.target, snapshot);
    return source;
}

} // namespace widgets
