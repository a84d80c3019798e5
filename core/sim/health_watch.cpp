// SPDX-License-Identifier: MIT
#include "core/sim/health_watch.h"

#include <algorithm>

namespace resilience::sim {

namespace {

// What a restart cures: the faults of the process itself.
constexpr std::array kCuredByRestart{FaultKind::Hang, FaultKind::Pause, FaultKind::Crash};

void checkProbing(const ProbingConfig &config)
{
    if (config.interval <= Duration::zero())
        throw InvalidConfig({"interval", std::to_string(toSeconds(config.interval)), "more than 0 s"});
}

} // namespace

HealthWatch::HealthWatch(const Scenario &scenario, uint64_t seed) : m_restartingUntil(scenario.services.size())
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

void HealthWatch::begin(Turn &turn, CallFlow &flow)
{
    for (Watch &watch : m_watches) {
        const auto many = static_cast<int64_t>(watch.targets.size());
        for (uint32_t i = 0; i < watch.targets.size(); ++i) {
            const Time first = saturatingAdd(turn.now, watch.config.interval / many * i);
            flow.setRouted(watch.client, i, false);
            schedule(watch, i, Series::Readiness, first, turn);
            if (watch.config.liveness)
                schedule(watch, i, Series::Process, saturatingAdd(first, watch.config.interval / 2), turn);
        }
    }
}

void HealthWatch::schedule(Watch &watch, uint32_t index, Series series, Time at, Turn &turn)
{
    Beat &beat = watch.targets[index].beats[static_cast<size_t>(series)];
    beat.next = at;
    turn.schedule({.at = at,
                   .kind = Pending::Kind::ProbeDue,
                   .actor = watch.client,
                   .token = ++beat.ticket,
                   .payload = index,
                   .detail = static_cast<uint8_t>(series)});
}

void HealthWatch::handle(const Pending &pending, Turn &turn, CallFlow &flow)
{
    if (pending.kind == Pending::Kind::ServiceRestarted) {
        m_restartingUntil[pending.actor].reset();
        flow.restarted(pending.actor, turn);
        turn.tell({.client = static_cast<uint32_t>(pending.payload), .service = pending.actor, .detail = Restarted{}});
        return;
    }
    const auto found = std::find_if(m_watches.begin(), m_watches.end(),
                                    [&](const Watch &watch) { return watch.client == pending.actor; });
    const auto index = static_cast<uint32_t>(pending.payload);
    const Place place{*found, index, found->targets[index], turn, flow};
    // Probes whose time is up have failed before anything else happens to their target.
    expire(place);
    if (pending.kind == Pending::Kind::ProbeDue) {
        onDue(place, static_cast<Series>(pending.detail));
        return;
    }
    auto &flight = place.target.flights[pending.detail];
    if (!flight || flight->serial != pending.token)
        return;
    if (pending.kind == Pending::Kind::ProbeReaches)
        onReaches(place, *flight);
    else if (pending.kind == Pending::Kind::ProbeServed)
        onServed(place, *flight);
    else if (pending.kind == Pending::Kind::ProbeAnswer)
        onAnswer(place, *flight);
}

const HealthWatch::Watch *HealthWatch::watchOf(uint32_t client) const
{
    const auto found =
        std::find_if(m_watches.begin(), m_watches.end(), [&](const Watch &w) { return w.client == client; });
    return found == m_watches.end() ? nullptr : &*found;
}

const ProbeFlight *HealthWatch::flightOf(const Pending &pending) const
{
    const auto &flight = watchOf(pending.actor)->targets[pending.payload].flights[pending.detail];
    return flight && flight->serial == pending.token ? &*flight : nullptr;
}

bool HealthWatch::isVoid(const Pending &pending) const
{
    if (pending.kind == Pending::Kind::ServiceRestarted)
        return false;
    if (pending.kind == Pending::Kind::ProbeDue)
        return watchOf(pending.actor)->targets[pending.payload].beats[pending.detail].ticket != pending.token;
    return flightOf(pending) == nullptr;
}

// The new interval counts from the latest probe; a series that is no longer wanted ends.
void HealthWatch::reconfigure(Watch &watch, const ProbingConfig &config, Turn &turn)
{
    checkProbing(config);
    const ProbingConfig old = watch.config;
    for (Target &target : watch.targets)
        target.check.reconfigure(config.check, turn.now);
    watch.config = config;
    const auto many = static_cast<int64_t>(watch.targets.size());
    for (uint32_t i = 0; i < watch.targets.size(); ++i)
        for (const Series series : {Series::Readiness, Series::Process}) {
            Beat &beat = watch.targets[i].beats[static_cast<size_t>(series)];
            if (series == Series::Process && !config.liveness) {
                ++beat.ticket;
                beat.next.reset();
            } else if (config.interval != old.interval || !beat.next) {
                const Time first = saturatingAdd(turn.now, config.interval / many * i);
                const Time next = beat.last ? saturatingAdd(*beat.last, config.interval) : beat.next.value_or(first);
                schedule(watch, i, series, std::max(turn.now, next), turn);
            }
        }
}

// Tells what has changed, routes by it, and has the supervisor restart who is not alive.
void HealthWatch::judge(const Place &place)
{
    const HealthView now = place.target.check.view(place.turn.now);
    const HealthView &told = place.target.told;
    if (now.status != told.status || now.live != told.live || now.ready != told.ready)
        tellChange(place, now);
    place.target.told = now;
    if (!now.live && !m_restartingUntil[place.target.service])
        restart(place);
}

void HealthWatch::tellChange(const Place &place, const HealthView &now)
{
    const Health from = place.target.told.status;
    place.watch.routingChanges += now.ready != place.target.told.ready;
    place.flow.setRouted(place.watch.client, place.index, now.ready);
    place.turn.tell({.client = place.watch.client,
                     .service = place.target.service,
                     .detail = HealthChanged{from, now.status, now.live, now.ready}});
    place.target.lastChange = place.turn.lastNumber;
    place.target.told = now;
}

void HealthWatch::restart(const Place &place)
{
    const uint32_t service = place.target.service;
    Turn &turn = place.turn;
    const Duration takes = place.flow.services()[service].config().restartTime;
    const Time until = saturatingAdd(turn.now, takes);
    m_restartingUntil[service] = until;
    turn.tell({.client = place.watch.client, .service = service, .detail = Restarting{takes}});
    const uint64_t number = turn.lastNumber;
    place.flow.restart(service, turn);
    for (const FaultKind kind : kCuredByRestart)
        if (place.flow.services()[service].fault(kind)) {
            turn.tell({.service = service, .detail = FaultCleared{kind}});
            place.flow.clearFault(service, kind, turn);
        }
    turn.schedule(
        {.at = until, .kind = Pending::Kind::ServiceRestarted, .actor = service, .payload = place.watch.client});
    // It is another process now: what was known about the old one counts no more.
    for (Watch &watch : m_watches)
        for (uint32_t i = 0; i < watch.targets.size(); ++i) {
            Target &target = watch.targets[i];
            if (target.service != service)
                continue;
            target.check = HealthCheck(watch.config.check);
            target.flights = {};
            target.lastRestart = number;
            const HealthView fresh = target.check.view(turn.now);
            if (target.told.status != fresh.status || target.told.ready != fresh.ready)
                tellChange({watch, i, target, turn, place.flow}, fresh);
            target.told = fresh;
        }
}

const HealthCheck *HealthWatch::checkOf(uint32_t client, uint32_t service) const
{
    if (const Watch *watch = watchOf(client))
        for (const Target &target : watch->targets)
            if (target.service == service)
                return &target.check;
    return nullptr;
}

const ProbingConfig *HealthWatch::configOf(uint32_t client) const
{
    const Watch *watch = watchOf(client);
    return watch ? &watch->config : nullptr;
}

uint64_t HealthWatch::routingChanges() const
{
    uint64_t sum = 0;
    for (const Watch &watch : m_watches)
        sum += watch.routingChanges;
    return sum;
}

std::vector<HealthWatchView> HealthWatch::view(Time now) const
{
    std::vector<HealthWatchView> views;
    for (const Watch &watch : m_watches) {
        HealthWatchView view{.client = watch.client, .config = watch.config, .routingChanges = watch.routingChanges};
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
