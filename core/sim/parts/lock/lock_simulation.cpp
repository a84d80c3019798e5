// SPDX-License-Identifier: MIT
#include "core/sim/parts/lock/lock_simulation.h"

#include <algorithm>
#include <cmath>

namespace resilience::sim {

namespace {

constexpr double kBillion = 1e9;

SkewedClock clockWithDrift(double drift) { return {std::llround(drift * kBillion), {}}; }

} // namespace

LockSimulation::LockSimulation(const Scenario &scenario, uint64_t seed)
    : m_settings(scenario.lock), m_resource(scenario.lock.fencing)
{
    if (m_settings.holders.empty())
        return;
    if (m_settings.nodes.size() != m_settings.lock.nodes)
        throw InvalidConfig(
            {"lock.nodes", std::to_string(m_settings.nodes.size()), std::to_string(m_settings.lock.nodes)});
    for (size_t i = 0; i < m_settings.nodes.size(); ++i) {
        const LockNodeConfig &config = m_settings.nodes[i];
        m_stores.push_back({.config = config, .node = LockNode(clockWithDrift(config.drift))});
    }
    for (size_t i = 0; i < m_settings.holders.size(); ++i) {
        const LockHolderConfig &config = m_settings.holders[i];
        if (config.work <= Duration::zero())
            throw InvalidConfig({"work", "0 s", "more than 0 s"});
        LockHolder holder{.config = config,
                          .lock = Redlock(m_settings.lock, RandomStream(seed, "lock-holder-" + std::to_string(i)))};
        holder.answers.resize(m_stores.size());
        m_holders.push_back(std::move(holder));
    }
}

void LockSimulation::begin(StepContext &context)
{
    for (uint32_t i = 0; i < m_holders.size(); ++i) {
        const Time start = at(m_holders[i].config.start);
        enter(m_holders[i], HolderDoing::Resting, context.now, start);
        setTimer(i, HolderTimer::Ask, start, context);
    }
}

void LockSimulation::handle(const Pending &pending, StepContext &context)
{
    const auto kind = static_cast<Kind>(pending.kind);
    if (kind == Kind::ReachNode) {
        reachNode(pending, context);
        return;
    }
    if (kind == Kind::ReachResource) {
        reachStore(pending, context);
        return;
    }
    // A lease ends even while its holder is paused.
    const bool leaseEnd = kind == Kind::Timer && HolderTimer(pending.detail) == HolderTimer::LeaseEnds;
    if (m_holders[pending.actor].paused() && !leaseEnd) {
        m_holders[pending.actor].held.push_back(pending);
        return;
    }
    if (kind == Kind::Timer) {
        stopTimer(pending.actor, HolderTimer(pending.detail));
        onTimer(pending.actor, HolderTimer(pending.detail), context);
        return;
    }
    if (const auto message = take(pending.token, context.network); message && !message->lost)
        onReply(pending.actor, *message, context);
}

bool LockSimulation::isStale(const Pending &pending) const
{
    return static_cast<Kind>(pending.kind) == Kind::Timer
           && m_holders[pending.actor].timers[pending.detail] != pending.token;
}

Link LockSimulation::linkOf(const LockMessage &message)
{
    const bool toResource = message.node == LockMessage::kResource;
    return {Subject::lockHolder(message.holder), toResource ? Subject() : Subject::lockNode(message.node)};
}

void LockSimulation::post(LockMessage message, Kind arrival, uint32_t actor, StepContext &context)
{
    const Transit transit = context.network.sendUnevenly(linkOf(message), context.now);
    message.key = ++m_lastMessage;
    message.lost = transit.lost;
    message.sentAt = context.now;
    message.arrivesAt = transit.arrivesAt;
    m_messages.push_back(message);
    context.schedule<LockSimulation>(message.arrivesAt, arrival, {.token = message.key, .actor = actor});
}

const LockMessage *LockSimulation::message(uint64_t key) const
{
    const auto found = std::lower_bound(m_messages.begin(), m_messages.end(), key,
                                        [](const LockMessage &message, uint64_t k) { return message.key < k; });
    return found != m_messages.end() && found->key == key ? &*found : nullptr;
}

// Off the network. A link that was cut in the meantime has lost it.
std::optional<LockMessage> LockSimulation::take(uint64_t key, const Network &network)
{
    const LockMessage *found = message(key);
    if (!found)
        return std::nullopt;
    LockMessage message = *found;
    m_messages.erase(m_messages.begin() + (found - m_messages.data()));
    message.lost = message.lost || network.isCut(linkOf(message));
    return message;
}

void LockSimulation::reachNode(const Pending &pending, StepContext &context)
{
    LockNodeState &store = m_stores[pending.actor];
    if (store.fault(FaultKind::Pause)) {
        store.held.push_back(pending);
        return;
    }
    const auto taken = take(pending.token, context.network);
    if (!taken || taken->lost || store.fault(FaultKind::Crash))
        return;
    LockMessage message = *taken;
    // The slip: whoever has it, it is deleted.
    const auto giveBack = [&](uint64_t owner) {
        return store.node.release(m_settings.releaseComparesOwner ? owner : store.node.view(context.now).owner,
                                  context.now);
    };
    if (message.kind == LockMessage::Kind::Acquire) {
        if (message.lapsed != 0)
            giveBack(message.lapsed);
        message.reply = store.node.acquire(message.owner, message.ttl, context.now);
        if (message.reply == LockReply::Granted)
            store.holder = message.holder;
    } else if (message.kind == LockMessage::Kind::Extend) {
        message.reply = store.node.extend(message.owner, message.ttl, context.now);
    } else {
        message.reply = giveBack(message.owner);
    }
    if (message.round == 0)
        return;
    message.answer = true;
    post(message, Kind::Reply, message.holder, context);
}

void LockSimulation::reachStore(const Pending &pending, StepContext &context)
{
    const auto taken = take(pending.token, context.network);
    if (!taken || taken->lost)
        return;
    LockMessage message = *taken;
    message.accepted = m_resource.write(message.token);
    const bool stale = message.token < m_largest;
    (message.accepted ? m_accepted : m_refused) += 1;
    if (message.accepted) {
        m_staleAccepted += stale;
        m_largest = std::max(m_largest, message.token);
    }
    context.record(eventOf(message.holder, WriteTried{message.token, message.accepted, stale}));
    m_writes.push_back({context.lastNumber, context.now, message.holder, message.token, message.accepted, stale});
    if (m_writes.size() > LockView::kWrites)
        m_writes.erase(m_writes.begin());
    message.answer = true;
    post(message, Kind::ResourceAnswer, message.holder, context);
}

// With the drift that it has now, and showing at `now` what it shows: a clock changes its pace, it does not jump.
SkewedClock LockSimulation::clockOf(const LockNodeState &store, Time now) const
{
    SkewedClock clock = clockWithDrift(store.fault(FaultKind::ClockDrift).value_or(store.config.drift));
    clock.offset = saturatingSince(store.node.clock().read(now), clock.read(now));
    return clock;
}

void LockSimulation::setFault(const Subject &component, FaultKind kind, double value, StepContext &context)
{
    if (component.kind == Subject::Kind::LockNode) {
        LockNodeState &store = m_stores[component.index];
        store.faults[static_cast<size_t>(kind)] = value;
        if (kind == FaultKind::ClockDrift)
            store.node.setClock(clockOf(store, context.now), context.now);
        if (kind == FaultKind::Crash) {
            for (const Pending &pending : store.held)
                take(pending.token, context.network);
            store.held.clear();
        }
        return;
    }
    LockHolder &holder = m_holders[component.index];
    holder.faults[static_cast<size_t>(kind)] = value;
    if (kind == FaultKind::Pause && !holder.paused())
        holder.pausedSince = context.now;
}

void LockSimulation::clearFault(const Subject &component, FaultKind kind, StepContext &context)
{
    const auto goOn = [&context](std::vector<Pending> &held) {
        for (const Pending &pending : held)
            context.reschedule(pending);
        held.clear();
    };
    if (component.kind == Subject::Kind::LockNode) {
        LockNodeState &store = m_stores[component.index];
        store.faults[static_cast<size_t>(kind)].reset();
        if (kind == FaultKind::ClockDrift)
            store.node.setClock(clockOf(store, context.now), context.now);
        if (kind == FaultKind::Pause)
            goOn(store.held);
        if (kind == FaultKind::Crash) {
            store.node.restart(true, context.now);
            ++store.restarts;
            context.record({.target = component, .detail = NodeRestarted{}});
        }
        return;
    }
    LockHolder &holder = m_holders[component.index];
    holder.faults[static_cast<size_t>(kind)].reset();
    if (kind == FaultKind::Pause) {
        holder.pausedSince.reset();
        goOn(holder.held);
    }
}

ActiveFaults LockSimulation::faultsOf(const Subject &component) const
{
    return component.kind == Subject::Kind::LockNode ? m_stores[component.index].faults
                                                     : m_holders[component.index].faults;
}

void LockSimulation::reconfigure(const RedlockConfig &config, StepContext &context)
{
    for (LockHolder &holder : m_holders)
        holder.lock.reconfigure(config, context.now);
    m_settings.lock = config;
}

void LockSimulation::changeHolders(const std::function<void(LockHolderConfig &)> &change, StepContext &context)
{
    for (uint32_t i = 0; i < m_holders.size(); ++i) {
        LockHolder &holder = m_holders[i];
        const bool extended = holder.config.extends;
        change(holder.config);
        m_settings.holders[i] = holder.config;
        if (extended == holder.config.extends)
            continue;
        stopTimer(i, HolderTimer::Renew);
        if (holder.config.extends && holder.believes())
            setTimer(i, HolderTimer::Renew, saturatingAdd(context.now, m_settings.lock.ttl / 3), context);
    }
}

// Whoever begins to compare goes by the latest token that has written.
void LockSimulation::setFencing(bool on)
{
    m_settings.fencing = on;
    m_resource = FencedResource(on);
    if (m_largest > 0)
        m_resource.write(m_largest);
}

} // namespace resilience::sim
