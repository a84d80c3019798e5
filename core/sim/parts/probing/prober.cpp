// SPDX-License-Identifier: MIT
#include "core/sim/parts/probing/prober.h"

#include "core/duration_text.h"

#include <algorithm>

namespace resilience::sim {

namespace {

void checkProbing(const ProbingConfig &config)
{
    if (config.interval <= Duration::zero())
        throw InvalidConfig({"interval", durationText(config.interval), "more than 0 s"});
}

} // namespace

Prober::Prober(const Scenario &scenario, uint64_t seed) : m_restartingUntil(scenario.services.size())
{
    for (uint32_t i = 0; i < scenario.clients.size(); ++i) {
        const ClientConfig &client = scenario.clients[i];
        if (!client.probing)
            continue;
        checkProbing(*client.probing);
        Watch watch{.client = i,
                    .config = *client.probing,
                    .random = RandomStream(seed, "probe:" + client.name),
                    .targets = {}};
        for (const uint32_t service : client.targets)
            watch.targets.push_back({.service = service, .check = HealthCheck(client.probing->check), .told = {}});
        m_watches.push_back(std::move(watch));
    }
}

void Prober::begin(StepContext &context)
{
    CallFlow &flow = context.part<CallFlow>();
    for (Watch &watch : m_watches) {
        const auto many = static_cast<int64_t>(watch.targets.size());
        for (uint32_t i = 0; i < watch.targets.size(); ++i) {
            const Time first = saturatingAdd(context.now, watch.config.interval / many * i);
            flow.setRouted(watch.client, i, false);
            schedule(watch, i, Series::Readiness, first, context);
            if (watch.config.liveness)
                schedule(watch, i, Series::Process, saturatingAdd(first, watch.config.interval / 2), context);
        }
    }
}

void Prober::schedule(Watch &watch, uint32_t index, Series series, Time at, StepContext &context)
{
    Beat &beat = watch.targets[index].beats[static_cast<size_t>(series)];
    beat.next = at;
    context.schedule<Prober>(
        at, Kind::ProbeDue,
        {.token = ++beat.ticket, .payload = index, .actor = watch.client, .detail = static_cast<uint8_t>(series)});
}

void Prober::handle(const Pending &pending, StepContext &context)
{
    CallFlow &flow = context.part<CallFlow>();
    const auto kind = static_cast<Kind>(pending.kind);
    if (kind == Kind::ServiceRestarted) {
        m_restartingUntil[pending.actor].reset();
        flow.restarted(pending.actor, context);
        context.record({.target = Subject::service(pending.actor), .detail = Restarted{}});
        return;
    }
    const auto found = std::find_if(m_watches.begin(), m_watches.end(),
                                    [&](const Watch &watch) { return watch.client == pending.actor; });
    const auto index = static_cast<uint32_t>(pending.payload);
    const Place place{*found, index, found->targets[index], context, flow};
    // Probes whose time is up have failed before anything else happens to their target.
    expire(place);
    if (kind == Kind::ProbeDue) {
        onDue(place, static_cast<Series>(pending.detail));
        return;
    }
    auto &flight = place.target.flights[pending.detail];
    if (!flight || flight->serial != pending.token)
        return;
    if (kind == Kind::ProbeReaches)
        onReaches(place, *flight);
    else if (kind == Kind::ProbeServed)
        onServed(place, *flight);
    else if (kind == Kind::ProbeAnswer)
        onAnswer(place, *flight);
}

const Prober::Watch *Prober::watchOf(uint32_t client) const
{
    const auto found =
        std::find_if(m_watches.begin(), m_watches.end(), [&](const Watch &w) { return w.client == client; });
    return found == m_watches.end() ? nullptr : &*found;
}

const ProbeFlight *Prober::flightOf(const Pending &pending) const
{
    const auto &flight = watchOf(pending.actor)->targets[pending.payload].flights[pending.detail];
    return flight && flight->serial == pending.token ? &*flight : nullptr;
}

bool Prober::isStale(const Pending &pending) const
{
    const auto kind = static_cast<Kind>(pending.kind);
    if (kind == Kind::ServiceRestarted)
        return false;
    if (kind == Kind::ProbeDue)
        return watchOf(pending.actor)->targets[pending.payload].beats[pending.detail].ticket != pending.token;
    return flightOf(pending) == nullptr;
}

Upcoming Prober::describe(const Pending &pending, const ConstPartReferences &parts) const
{
    using Where = Upcoming::Where;
    const auto kind = static_cast<Kind>(pending.kind);
    const bool restarted = kind == Kind::ServiceRestarted;
    const uint32_t client = restarted ? static_cast<uint32_t>(pending.payload) : pending.actor;
    const uint32_t about = restarted ? pending.actor : watchOf(client)->targets[pending.payload].service;
    Upcoming next{.at = pending.at, .actor = Subject::client(client), .target = Subject::service(about)};
    const std::string service = std::get<const CallFlow &>(parts).services()[about].config().name;
    const auto say = [&next](Where where, std::string words, const char *brief) {
        next.where = where;
        next.words = std::move(words);
        next.brief = brief;
    };
    switch (kind) {
    case Kind::ProbeDue:
        say(Where::Client, "a probe of " + service + " is due", "a probe");
        break;
    case Kind::ProbeReaches:
        say(Where::Service, "a probe reaches " + service, "a probe arrives");
        break;
    case Kind::ProbeServed:
        say(Where::Service, service + " answers a probe", "a probe's answer");
        break;
    case Kind::ProbeAnswer:
        say(Where::Client, "a probe of " + service + " is back", "a probe is back");
        break;
    case Kind::ProbeTimeout:
        say(Where::Client, "a probe of " + service + " times out", "a probe times out");
        break;
    case Kind::ServiceRestarted:
        say(Where::Service, service + " has started again", "a restart is over");
        break;
    }
    return next;
}

// The new interval counts from the latest probe; a series that is no longer wanted ends.
void Prober::reconfigure(Watch &watch, const ProbingConfig &config, StepContext &context)
{
    checkProbing(config);
    const ProbingConfig old = watch.config;
    for (Target &target : watch.targets)
        target.check.reconfigure(config.check, context.now);
    watch.config = config;
    const auto many = static_cast<int64_t>(watch.targets.size());
    for (uint32_t i = 0; i < watch.targets.size(); ++i)
        for (const Series series : {Series::Readiness, Series::Process}) {
            Beat &beat = watch.targets[i].beats[static_cast<size_t>(series)];
            if (series == Series::Process && !config.liveness) {
                ++beat.ticket;
                beat.next.reset();
            } else if (config.interval != old.interval || !beat.next) {
                const Time first = saturatingAdd(context.now, config.interval / many * i);
                const Time next = beat.last ? saturatingAdd(*beat.last, config.interval) : beat.next.value_or(first);
                schedule(watch, i, series, std::max(context.now, next), context);
            }
        }
}

// Tells what has changed, routes by it, and has the supervisor restart who is not alive.
void Prober::judge(const Place &place)
{
    const HealthView now = place.target.check.view(place.context.now);
    const HealthView &told = place.target.told;
    if (now.status != told.status || now.live != told.live || now.ready != told.ready)
        tellChange(place, now);
    place.target.told = now;
    if (!now.live && !m_restartingUntil[place.target.service])
        restart(place);
}

void Prober::tellChange(const Place &place, const HealthView &now)
{
    const Health from = place.target.told.status;
    place.watch.routingChanges += now.ready != place.target.told.ready;
    place.flow.setRouted(place.watch.client, place.index, now.ready);
    place.context.record(eventOf(place, HealthChanged{from, now.status, now.live, now.ready}));
    place.target.lastChange = place.context.lastNumber;
    place.target.told = now;
}

void Prober::restart(const Place &place)
{
    const uint32_t service = place.target.service;
    StepContext &context = place.context;
    const Duration takes = place.flow.services()[service].config().restartTime;
    const Time until = saturatingAdd(context.now, takes);
    m_restartingUntil[service] = until;
    context.record(eventOf(place, Restarting{takes}));
    const uint64_t number = context.lastNumber;
    place.flow.restart(service, context);
    for (const FaultKind kind : kFaultsWorstFirst)
        if (spec(kind).curedByRestart && place.flow.services()[service].fault(kind)) {
            context.record({.target = Subject::service(service), .detail = FaultCleared{kind}});
            place.flow.clearFault(service, kind, context);
        }
    context.schedule<Prober>(until, Kind::ServiceRestarted, {.payload = place.watch.client, .actor = service});
    // It is another process now: what was known about the old one counts no more.
    for (Watch &watch : m_watches)
        for (uint32_t i = 0; i < watch.targets.size(); ++i) {
            Target &target = watch.targets[i];
            if (target.service != service)
                continue;
            target.check = HealthCheck(watch.config.check);
            target.flights = {};
            target.lastRestart = number;
            const HealthView fresh = target.check.view(context.now);
            if (target.told.status != fresh.status || target.told.ready != fresh.ready)
                tellChange({watch, i, target, context, place.flow}, fresh);
            target.told = fresh;
        }
}

const HealthCheck *Prober::checkOf(uint32_t client, uint32_t service) const
{
    if (const Watch *watch = watchOf(client))
        for (const Target &target : watch->targets)
            if (target.service == service)
                return &target.check;
    return nullptr;
}

const ProbingConfig *Prober::configOf(uint32_t client) const
{
    const Watch *watch = watchOf(client);
    return watch ? &watch->config : nullptr;
}

uint64_t Prober::routingChanges() const
{
    uint64_t sum = 0;
    for (const Watch &watch : m_watches)
        sum += watch.routingChanges;
    return sum;
}

std::vector<ProberView> Prober::view(Time now) const
{
    std::vector<ProberView> views;
    for (const Watch &watch : m_watches) {
        ProberView view{.client = watch.client, .config = watch.config, .routingChanges = watch.routingChanges};
        for (const Target &target : watch.targets) {
            const auto &[readiness, process] = target.beats;
            HealthTargetView shown{.service = target.service,
                                   .health = target.check.view(now),
                                   .routed = target.told.ready,
                                   .lastChange = target.lastChange,
                                   .lastReadiness = readiness.last,
                                   .nextReadiness = readiness.next,
                                   .nextLiveness = process.next,
                                   .readiness = target.recent[0],
                                   .liveness = target.recent[1],
                                   .restartingUntil = m_restartingUntil[target.service],
                                   .lastRestart = target.lastRestart};
            for (const auto &flight : target.flights)
                if (flight)
                    shown.flights.push_back(*flight);
            view.targets.push_back(std::move(shown));
        }
        views.push_back(std::move(view));
    }
    return views;
}

} // namespace resilience::sim
