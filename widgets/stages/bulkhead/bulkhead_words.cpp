// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/bulkhead/bulkhead_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

#include <algorithm>

namespace widgets::words {

using namespace resilience;
using namespace resilience::sim;

namespace {

QString serviceOf(const Snapshot &snapshot, const ClientView &client)
{
    return QString::fromStdString(snapshot.services[client.target].name);
}

bool slotsTaken(const PipelineView &pipeline)
{
    return pipeline.inSlots.size() >= pipeline.config.bulkhead.maxConcurrent;
}

// "13 of orders-split"; whose it is tells also where nobody else makes the same calls.
QString callOf(const Snapshot &snapshot, const BulkheadOccupant &occupant)
{
    return BulkheadTr::tr("%1 of %2")
        .arg(occupant.callNumber)
        .arg(QString::fromStdString(snapshot.clients[occupant.client].name));
}

// The next caller is turned away.
bool isFull(const PipelineView &pipeline)
{
    return slotsTaken(pipeline) && pipeline.inQueue.size() >= pipeline.config.bulkhead.maxQueue;
}

} // namespace

const Hue &callerHue(bool good, const Theme &theme) { return good ? theme.inFlight : theme.waiting; }

std::vector<uint32_t> clientsOf(const Snapshot &snapshot, uint32_t pipeline)
{
    std::vector<uint32_t> clients;
    for (uint32_t i = 0; i < snapshot.clients.size(); ++i)
        if (snapshot.clients[i].pipeline == pipeline)
            clients.push_back(i);
    return clients;
}

QStringList poolTitle(const Snapshot &snapshot, uint32_t index)
{
    const PipelineView &pipeline = snapshot.pipelines[index];
    QStringList names;
    for (const uint32_t client : clientsOf(snapshot, index))
        names << serviceOf(snapshot, snapshot.clients[client]);
    const QString used =
        BulkheadTr::tr("%1 of %2 slots").arg(pipeline.inSlots.size()).arg(pipeline.config.bulkhead.maxConcurrent);
    const QString who = names.join(BulkheadTr::tr(" and "));
    return {
        BulkheadTr::tr("%1: %2").arg(who, used),
        BulkheadTr::tr("%1: %2/%3").arg(who).arg(pipeline.inSlots.size()).arg(pipeline.config.bulkhead.maxConcurrent),
        who};
}

StageBoxWords doorWords(const Snapshot &snapshot, uint32_t client)
{
    const ClientView &caller = snapshot.clients[client];
    return {serviceOf(snapshot, caller), {clientDetail(caller), {}}};
}

QStringList rejectedLabel(const Snapshot &snapshot, uint32_t client)
{
    const uint64_t count = snapshot.clients[client].totals.of(RequestOutcome::Rejected);
    return {BulkheadTr::tr("%1: %2 rejected").arg(serviceOf(snapshot, snapshot.clients[client])).arg(count),
            BulkheadTr::tr("%1 rejected").arg(count), QString::number(count)};
}

QStringList queueTitle(const PipelineView &pipeline)
{
    if (pipeline.config.bulkhead.maxQueue > 1000)
        return {BulkheadTr::tr("queue without end: %1").arg(pipeline.inQueue.size()),
                QString::number(pipeline.inQueue.size())};
    return {BulkheadTr::tr("queue %1 of %2").arg(pipeline.inQueue.size()).arg(pipeline.config.bulkhead.maxQueue),
            BulkheadTr::tr("queue")};
}

StageHeaderWords bulkheadHeader(const Snapshot &snapshot, const Theme &theme)
{
    StageHeaderWords words;
    bool sharedFull = false;
    QStringList full;
    QStringList queueing;
    bool anyShared = false;
    bool anyAlone = false;
    for (uint32_t i = 0; i < snapshot.pipelines.size(); ++i) {
        const PipelineView &pipeline = snapshot.pipelines[i];
        const bool shared = clientsOf(snapshot, i).size() > 1;
        const QString name = shared ? BulkheadTr::tr("the shared pool") : poolTitle(snapshot, i).back();
        (shared ? anyShared : anyAlone) = true;
        sharedFull |= shared && isFull(pipeline);
        if (isFull(pipeline))
            full << name;
        else if (slotsTaken(pipeline))
            queueing << name;
    }
    const QString pools = (full.isEmpty() ? queueing : full).join(BulkheadTr::tr(" and "));
    if (!full.isEmpty()) {
        words.title = {BulkheadTr::tr("FULL · %1").arg(pools), BulkheadTr::tr("FULL")};
        words.titleColor = sharedFull ? theme.rejected.text : theme.waiting.text;
    } else if (!queueing.isEmpty()) {
        words.title = {BulkheadTr::tr("QUEUEING · %1").arg(pools), BulkheadTr::tr("QUEUEING")};
        words.titleColor = theme.waiting.text;
    } else {
        words.title = {BulkheadTr::tr("ROOM · every pool has a free slot"), BulkheadTr::tr("ROOM")};
        words.titleColor = theme.succeeded.text;
    }
    if (anyShared && anyAlone) // two hulls
        words.detail = {BulkheadTr::tr("the same calls come to both hulls"), {}};
    addStageNotice(words, snapshot,
                   {BulkheadTr::tr("Press Space to start. Then click the slow service to make it slower."),
                    BulkheadTr::tr("Press Space to start.")},
                   false);
    return words;
}

std::optional<double> successOf(const ClientView &client)
{
    const uint64_t ended = client.totals.offered - client.totals.inFlight;
    if (ended == 0)
        return std::nullopt;
    return double(client.totals.of(RequestOutcome::Succeeded)) / double(ended);
}

QString bulkheadStageText(const Snapshot &snapshot)
{
    QStringList pools;
    for (uint32_t i = 0; i < snapshot.pipelines.size(); ++i)
        pools << (isFull(snapshot.pipelines[i]) ? BulkheadTr::tr("%1: full").arg(poolTitle(snapshot, i).back())
                  : slotsTaken(snapshot.pipelines[i])
                      ? BulkheadTr::tr("%1: queueing").arg(poolTitle(snapshot, i).back())
                      : BulkheadTr::tr("%1: has room").arg(poolTitle(snapshot, i).back()));
    return pools.join(QStringLiteral("; ")) + QLatin1Char('.');
}

namespace {

QString clientFigureText(const Snapshot &snapshot, const ClientView &client)
{
    const auto success = successOf(client);
    if (!success)
        return BulkheadTr::tr("%1: none of its calls to %2 has ended yet.")
            .arg(QString::fromStdString(client.name), serviceOf(snapshot, client));
    return BulkheadTr::tr("%1: %2 of its ended calls to %3 succeeded; %4 were rejected, %5 timed out.")
        .arg(QString::fromStdString(client.name), percent(*success), serviceOf(snapshot, client))
        .arg(client.totals.of(RequestOutcome::Rejected))
        .arg(client.totals.of(RequestOutcome::TimedOut));
}

QString occupantText(const Snapshot &snapshot, uint64_t request)
{
    for (const PipelineView &pipeline : snapshot.pipelines) {
        for (const BulkheadOccupant &occupant : pipeline.inSlots)
            if (occupant.request == request)
                return BulkheadTr::tr("Call %1 has held a slot since %2. Click for why.")
                    .arg(callOf(snapshot, occupant), moment(occupant.since));
        for (const BulkheadOccupant &occupant : pipeline.inQueue)
            if (occupant.request == request)
                return BulkheadTr::tr("Call %1 has waited for a slot since %2. Click for why.")
                    .arg(callOf(snapshot, occupant), moment(occupant.since));
    }
    return {};
}

QString bulkheadPartText(const Snapshot &snapshot, BulkheadPart part, uint32_t of)
{
    const bool ofPipeline = part == BulkheadPart::Pool || part == BulkheadPart::Wall;
    if (of >= (ofPipeline ? snapshot.pipelines.size() : snapshot.clients.size()))
        return {};
    switch (part) {
    case BulkheadPart::Pool:
        return poolTitle(snapshot, of).front();
    case BulkheadPart::Wall:
        return BulkheadTr::tr("The wall between the pools: %1 slots for %2. Drag it, or press Alt with an arrow.")
            .arg(snapshot.pipelines[of].config.bulkhead.maxConcurrent)
            .arg(poolTitle(snapshot, of).back());
    case BulkheadPart::Pile:
        return BulkheadTr::tr("%1 of %2 calls of %3 were turned away. Click for the latest.")
            .arg(snapshot.clients[of].totals.of(RequestOutcome::Rejected))
            .arg(snapshot.clients[of].totals.offered)
            .arg(QString::fromStdString(snapshot.clients[of].name));
    case BulkheadPart::Callers:
        return BulkheadTr::tr("Callers of %1: %2. Each of their calls comes to every hull.")
            .arg(serviceOf(snapshot, snapshot.clients[of]), clientDetail(snapshot.clients[of]));
    }
    return {};
}

} // namespace

QString bulkheadTargetText(const Snapshot &snapshot, const StageTarget &target)
{
    if (const auto *service = target.as<targets::Service>())
        return service->service < snapshot.services.size()
                   ? BulkheadTr::tr("%1: %2. Click to make it slow, or well again.")
                         .arg(QString::fromStdString(snapshot.services[service->service].name),
                              serviceCondition(snapshot.services[service->service]))
                   : QString();
    if (const auto *client = target.as<targets::Client>())
        return client->client < snapshot.clients.size() ? clientFigureText(snapshot, snapshot.clients[client->client])
                                                        : QString();
    if (const auto *request = target.as<targets::Request>())
        return occupantText(snapshot, request->request);
    const auto part = target.part<BulkheadPart>();
    return part ? bulkheadPartText(snapshot, part->which, part->of) : QString();
}

} // namespace widgets::words
