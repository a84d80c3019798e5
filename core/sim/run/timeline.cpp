// SPDX-License-Identifier: MIT
#include "core/sim/run/timeline.h"

#include "core/sim/run/turn.h"

#include <algorithm>
#include <tuple>

namespace resilience::sim {

namespace {

constexpr uint64_t kFirstCheckpointEvery = 64;
constexpr size_t kMaxCheckpoints = 256;
// Of worlds with many calls under way fewer are kept: going back then takes longer, but memory stays bounded.
constexpr size_t kMaxCheckpointBytes = size_t{128} << 20U;
constexpr size_t kFewestCheckpoints = 3;

Moment startOf(const Scenario &scenario, uint64_t seed)
{
    const World world(scenario, seed);
    return {world, Milestones(world)};
}

// How many entries two journals have in common, from the first on.
size_t commonEntries(const Journal &one, const Journal &two)
{
    const auto &a = one.entries();
    const auto &b = two.entries();
    return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

} // namespace

Timeline::Timeline(std::shared_ptr<const Scenario> scenario) : Timeline(scenario, scenario->seed, scenario->script) {}

Timeline::Timeline(std::shared_ptr<const Scenario> scenario, uint64_t seed, Journal journal, History::Keeps keeps)
    : m_scenario(std::move(scenario)), m_seed(seed), m_keeps(keeps), m_journal(std::move(journal)),
      m_present(startOf(*m_scenario, seed)), m_history(*m_scenario, m_present.world, keeps),
      m_checkpointEvery(kFirstCheckpointEvery)
{
    m_checkpoints.push_back(std::make_shared<const Checkpoint>(Checkpoint{m_present, m_history.mark()}));
}

std::optional<Time> Timeline::nextTime() const { return nextTime(m_present); }

std::optional<Upcoming> Timeline::upcoming() const
{
    return journalIsNext(m_present) ? std::nullopt : m_present.world.upcoming();
}

bool Timeline::runTo(Time t, uint64_t maxTurns)
{
    if (t < now())
        goBackTo([t](const Moment &moment) { return moment.world.now() <= t; });
    for (uint64_t turn = 0;; ++turn) {
        const auto next = nextTime();
        if (!next || *next > t)
            break;
        if (turn == maxTurns)
            return false;
        advance();
    }
    idleTo(t);
    return true;
}

void Timeline::idleTo(Time t)
{
    m_present.world.idleTo(t);
    if (t > m_frontier) {
        m_frontier = t;
        m_history.reach(m_present.world);
    }
    m_present.milestones.lookAt(m_history, *m_scenario, t);
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
        m_present = m_checkpoints.front()->moment;
        return false;
    }
    const uint64_t wanted = m_present.turns - 1;
    goBackTo([wanted](const Moment &moment) { return moment.turns <= wanted; });
    while (m_present.turns < wanted)
        advance();
    return true;
}

bool Timeline::stepDecisionBack()
{
    const bool moved = m_present.decisionTurns > 0;
    const uint64_t wanted = moved ? m_present.decisionTurns - 1 : 0;
    // Strictly before, so that the run halts right after the wanted decision and not at some later turn.
    goBackTo([wanted](const Moment &moment) { return moment.decisionTurns < wanted; });
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
    m_journal.insert(entry);
    m_branch = std::make_shared<const Branch>();

    // At the end of what was played, with nothing replaced that has taken effect, the present only grows; otherwise the
    // run is played again from a moment before the first entry that is another one now.
    const size_t kept = commonEntries(planned, m_journal);
    const bool onlyGrows =
        m_present.lastEvent == m_history.log().lastNumber() && m_frontier == now() && kept >= m_present.journalDone;
    if (!onlyGrows) {
        replay(kept, entry.at, entry.order);
        return std::nullopt;
    }
    while (journalIsNext(m_present) && m_journal.entries()[m_present.journalDone].at <= entry.at)
        advance();
    return std::nullopt;
}

World Timeline::worldBefore(uint64_t eventNumber) const
{
    const Moment &start =
        m_checkpoints[lastCheckpoint([&](const Moment &moment) { return moment.lastEvent < eventNumber; })]->moment;
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

bool Timeline::journalIsNext(const Moment &moment) const
{
    return sim::journalIsNext(m_journal, moment.journalDone, moment.world);
}

std::optional<Time> Timeline::nextTime(const Moment &moment) const
{
    return sim::nextTime(m_journal, moment.journalDone, moment.world);
}

std::optional<Timeline::Refusal> Timeline::takeTurn(Moment &moment, std::vector<Event> &events) const
{
    events.clear();
    std::optional<Refusal> refusal;
    const size_t entry = moment.journalDone;
    if (auto error = sim::takeTurn(m_journal, moment.journalDone, moment.world, events))
        refusal = Refusal{m_journal.entries()[entry], *error};
    ++moment.turns;
    moment.decisionTurns += std::any_of(events.begin(), events.end(), isDecision);
    if (!events.empty())
        moment.lastEvent = events.back().number;
    for (const Event &event : events)
        moment.milestones.add(event, moment.world);
    return refusal;
}

void Timeline::advance()
{
    const bool further = m_present.turns == m_turnsPlayed;
    if (further)
        m_history.passTo(*nextTime(), m_present.world);
    const auto refusal = takeTurn(m_present, m_lastTurn);
    ++m_turnsTaken;
    if (refusal && !m_refusal)
        m_refusal = refusal;
    for (const Event &event : m_lastTurn)
        if (event.number > m_history.log().lastNumber())
            m_history.add(event);
    if (further) {
        m_turnsPlayed = m_present.turns;
        m_history.sample(m_present.world);
    }
    m_frontier = std::max(m_frontier, now());
    m_present.milestones.lookAt(m_history, *m_scenario, now());
    saveCheckpoint();
}

void Timeline::saveCheckpoint()
{
    if (m_keeps == History::Keeps::Events || m_present.turns < m_checkpoints.back()->moment.turns + m_checkpointEvery)
        return;
    m_checkpoints.push_back(
        std::make_shared<const Checkpoint>(Checkpoint{m_present, m_history.mark(), m_present.world.bytes()}));
    // Too many: keep every other one, and make them rarer from now on.
    while (hasTooManyCheckpoints()) {
        size_t kept = 0;
        for (size_t i = 0; i < m_checkpoints.size(); i += 2)
            m_checkpoints[kept++] = m_checkpoints[i];
        m_checkpoints.resize(kept);
        m_checkpointEvery *= 2;
    }
}

bool Timeline::hasTooManyCheckpoints() const
{
    size_t bytes = 0;
    for (const auto &checkpoint : m_checkpoints)
        bytes += checkpoint->bytes;
    return m_checkpoints.size() > kMaxCheckpoints
           || (bytes > kMaxCheckpointBytes && m_checkpoints.size() > kFewestCheckpoints);
}

// The last checkpoint that satisfies a condition which holds up to some moment and never after; else the start.
template <typename IsBefore> size_t Timeline::lastCheckpoint(IsBefore isBefore) const
{
    const auto end = std::partition_point(m_checkpoints.begin() + 1, m_checkpoints.end(),
                                          [&](const auto &checkpoint) { return isBefore(checkpoint->moment); });
    return static_cast<size_t>(end - m_checkpoints.begin()) - 1;
}

template <typename IsBefore> void Timeline::goBackTo(IsBefore isBefore)
{
    m_present = m_checkpoints[lastCheckpoint(isBefore)]->moment;
}

// Plays again up to the present place, (now, order), with a journal of which only the first `kept` entries are as they
// were; the others take effect at that place or later. From the last checkpoint before all of them, or, when the
// history cannot be cut back to it, from the start.
void Timeline::replay(size_t kept, Time now, uint64_t order)
{
    const uint64_t steps = m_present.world.steps();
    size_t from = lastCheckpoint([&](const Moment &moment) {
        const auto place = std::tuple(moment.world.now(), moment.world.stepsThisInstant());
        return moment.journalDone <= kept && place <= std::tuple(now, order);
    });
    if (!m_history.cutBack(m_checkpoints[from]->mark)) {
        from = 0;
        m_history = History(*m_scenario, m_checkpoints.front()->moment.world, m_keeps);
    }
    m_checkpoints.resize(from + 1);
    m_present = m_checkpoints.back()->moment;
    m_frontier = this->now();
    m_turnsPlayed = m_present.turns;
    const auto done = m_journal.entries().begin() + static_cast<std::ptrdiff_t>(m_present.journalDone);
    if (m_refusal && std::find(m_journal.entries().begin(), done, m_refusal->entry) == done)
        m_refusal.reset();
    const auto due = [&] {
        if (!journalIsNext(m_present))
            return m_present.world.steps() < steps;
        const JournalEntry &entry = m_journal.entries()[m_present.journalDone];
        return std::tuple(entry.at, entry.order) <= std::tuple(now, order);
    };
    while (due())
        advance();
    idleTo(now);
}

} // namespace resilience::sim
