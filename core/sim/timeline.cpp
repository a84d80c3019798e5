// SPDX-License-Identifier: MIT
#include "core/sim/timeline.h"

#include <algorithm>
#include <tuple>

namespace resilience::sim {

namespace {

constexpr uint64_t kFirstCheckpointEvery = 64;
constexpr size_t kMaxCheckpoints = 256;

} // namespace

Timeline::Timeline(std::shared_ptr<const Scenario> scenario) : Timeline(scenario, scenario->seed, scenario->script) {}

Timeline::Timeline(std::shared_ptr<const Scenario> scenario, uint64_t seed, Journal journal)
    : m_scenario(std::move(scenario)), m_seed(seed), m_journal(std::move(journal)), m_present{World(*m_scenario, seed)},
      m_history(*m_scenario, m_present.world), m_checkpointEvery(kFirstCheckpointEvery)
{
    m_checkpoints.push_back(std::make_shared<const Moment>(m_present));
}

std::optional<Time> Timeline::nextTime() const { return nextTime(m_present); }

std::optional<Pending> Timeline::nextPending() const
{
    return journalIsNext(m_present) ? std::nullopt : m_present.world.next();
}

bool Timeline::runTo(Time t, uint64_t maxTurns)
{
    if (t < now())
        m_present = lastCheckpoint([t](const Moment &moment) { return moment.world.now() <= t; });
    for (uint64_t turn = 0;; ++turn) {
        const auto next = nextTime();
        if (!next || *next > t)
            break;
        if (turn == maxTurns)
            return false;
        advance();
    }
    m_present.world.idleTo(t);
    m_frontier = std::max(m_frontier, t);
    return true;
}

bool Timeline::stepEvent(Time limit)
{
    const auto next = nextTime();
    if (!next || *next > limit)
        return false;
    advance();
    return true;
}

bool Timeline::stepDecision(Time limit)
{
    const uint64_t before = m_present.decisionTurns;
    while (m_present.decisionTurns == before)
        if (!stepEvent(limit))
            return false;
    return true;
}

bool Timeline::stepEventBack()
{
    if (m_present.turns == 0) {
        m_present = *m_checkpoints.front();
        return false;
    }
    const uint64_t wanted = m_present.turns - 1;
    m_present = lastCheckpoint([wanted](const Moment &moment) { return moment.turns <= wanted; });
    while (m_present.turns < wanted)
        advance();
    return true;
}

bool Timeline::stepDecisionBack()
{
    const bool moved = m_present.decisionTurns > 0;
    const uint64_t wanted = moved ? m_present.decisionTurns - 1 : 0;
    // Strictly before, so that the run halts right after the wanted decision and not at some later turn.
    m_present = lastCheckpoint([wanted](const Moment &moment) { return moment.decisionTurns < wanted; });
    while (m_present.decisionTurns < wanted)
        advance();
    return moved;
}

bool Timeline::runUntil(const std::function<bool(const Event &)> &stop, Time limit)
{
    while (stepEvent(limit))
        if (std::any_of(m_lastTurn.begin(), m_lastTurn.end(), stop))
            return true;
    if (limit > now())
        runTo(limit);
    return false;
}

std::optional<ConfigError> Timeline::intervene(const Intervention &what)
{
    std::vector<Event> ignored;
    if (World probe = m_present.world; auto error = probe.apply(what, ignored))
        return error;

    const JournalEntry entry{now(), m_present.world.stepsThisInstant(), what};
    const Journal planned = m_journal;
    m_journal.dropAfter(entry.at, entry.order);
    for (const JournalEntry &own : m_scenario->script.entries())
        if (std::tuple(own.at, own.order) > std::tuple(entry.at, entry.order)
            && std::find(planned.entries().begin(), planned.entries().end(), own) != planned.entries().end())
            m_journal.insert(own);
    const size_t before = m_journal.entries().size();
    m_journal.insert(entry);

    // At the end of what was played, with nothing replaced, the present only grows; otherwise the history up to here
    // is told anew.
    const bool onlyGrows = m_present.lastEvent == m_history.log().lastNumber() && m_frontier == now()
                           && m_journal.entries().size() == before + 1;
    if (!onlyGrows) {
        replayFromStart(entry.at, m_present.world.steps(), entry.order);
        return std::nullopt;
    }
    while (journalIsNext(m_present) && m_journal.entries()[m_present.journalDone].at <= entry.at)
        advance();
    return std::nullopt;
}

World Timeline::worldBefore(uint64_t eventNumber) const
{
    const Moment &start = lastCheckpoint([&](const Moment &moment) { return moment.lastEvent < eventNumber; });
    Moment moment = start;
    std::vector<Event> events;
    while (moment.lastEvent < eventNumber && nextTime(moment))
        takeTurn(moment, events);
    const uint64_t wanted = moment.turns > start.turns ? moment.turns - 1 : moment.turns;
    moment = start;
    while (moment.turns < wanted)
        takeTurn(moment, events);
    return moment.world;
}

// Journal entries come before the pending events of their instant, unless they were made after some of them.
bool Timeline::journalIsNext(const Moment &moment) const
{
    if (moment.journalDone >= m_journal.entries().size())
        return false;
    const JournalEntry &entry = m_journal.entries()[moment.journalDone];
    const auto pending = moment.world.next();
    if (!pending || entry.at != pending->at)
        return !pending || entry.at < pending->at;
    return entry.order <= (moment.world.now() == entry.at ? moment.world.stepsThisInstant() : 0);
}

std::optional<Time> Timeline::nextTime(const Moment &moment) const
{
    if (journalIsNext(moment))
        return m_journal.entries()[moment.journalDone].at;
    const auto pending = moment.world.next();
    return pending ? std::optional{pending->at} : std::nullopt;
}

std::optional<Timeline::Refusal> Timeline::takeTurn(Moment &moment, std::vector<Event> &events) const
{
    events.clear();
    std::optional<Refusal> refusal;
    if (journalIsNext(moment)) {
        const JournalEntry &entry = m_journal.entries()[moment.journalDone++];
        moment.world.idleTo(entry.at);
        if (auto error = moment.world.apply(entry.what, events))
            refusal = Refusal{entry, *error};
    } else {
        moment.world.step(events);
    }
    ++moment.turns;
    moment.decisionTurns += std::any_of(events.begin(), events.end(), isDecision);
    if (!events.empty())
        moment.lastEvent = events.back().number;
    return refusal;
}

void Timeline::advance()
{
    const auto refusal = takeTurn(m_present, m_lastTurn);
    if (refusal && !m_refusal)
        m_refusal = refusal;
    for (const Event &event : m_lastTurn)
        if (event.number > m_history.log().lastNumber())
            m_history.add(event);
    if (now() >= m_frontier)
        m_history.sample(m_present.world);
    m_frontier = std::max(m_frontier, now());
    saveCheckpoint();
}

void Timeline::saveCheckpoint()
{
    if (m_present.turns < m_checkpoints.back()->turns + m_checkpointEvery)
        return;
    m_checkpoints.push_back(std::make_shared<const Moment>(m_present));
    if (m_checkpoints.size() <= kMaxCheckpoints)
        return;
    // Too many: keep every other one, and make them rarer from now on.
    size_t kept = 0;
    for (size_t i = 0; i < m_checkpoints.size(); i += 2)
        m_checkpoints[kept++] = m_checkpoints[i];
    m_checkpoints.resize(kept);
    m_checkpointEvery *= 2;
}

// The last checkpoint that satisfies a condition which holds up to some moment and never after; else the start.
template <typename IsBefore> const Moment &Timeline::lastCheckpoint(IsBefore isBefore) const
{
    const auto end = std::partition_point(m_checkpoints.begin() + 1, m_checkpoints.end(),
                                          [&](const auto &checkpoint) { return isBefore(*checkpoint); });
    return **(end - 1);
}

void Timeline::replayFromStart(Time now, uint64_t steps, uint64_t order)
{
    m_present = *m_checkpoints.front();
    m_checkpoints.resize(1);
    m_history = History(*m_scenario, m_present.world);
    m_frontier = kTimeZero;
    m_refusal.reset();
    const auto due = [&] {
        if (!journalIsNext(m_present))
            return m_present.world.steps() < steps;
        const JournalEntry &entry = m_journal.entries()[m_present.journalDone];
        return std::tuple(entry.at, entry.order) <= std::tuple(now, order);
    };
    while (due())
        advance();
    m_present.world.idleTo(now);
    m_frontier = now;
}

} // namespace resilience::sim
