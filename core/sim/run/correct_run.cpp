// SPDX-License-Identifier: MIT
#include "core/sim/run/correct_run.h"

#include "core/sim/run/faulty_variants.h"
#include "core/sim/world/knobs.h"

#include <algorithm>

namespace resilience::sim {

namespace {

RunSoFar soFar(const Timeline &run)
{
    RunSoFar so{.totals = run.world().totals()};
    for (const Service &service : run.world().services())
        so.refused += service.counts.refused;
    if (run.world().pipelines().empty())
        return so;
    const auto &states = run.history().states(0);
    const auto end = std::partition_point(states.begin(), states.end(),
                                          [&run](const StateSpan &span) { return span.from <= run.now(); });
    so.states.assign(states.begin(), end);
    return so;
}

} // namespace

// When the run first uses a broken variant; none by now.
std::optional<Time> CorrectRun::brokenSince(const Timeline &run)
{
    if (m_scenario != run.sharedScenario()) {
        m_scenario = run.sharedScenario();
        m_brokenByItself = !brokenVariantsOn(World(*m_scenario, m_scenario->seed)).empty();
    }
    if (m_brokenByItself)
        return kTimeZero;
    for (const JournalEntry &entry : run.journal().entries()) {
        const auto *turn = std::get_if<TurnKnob>(&entry.what);
        if (turn && knobs()[turn->knob].faultyVariant && turn->value != 0 && entry.at <= run.now())
            return entry.at;
    }
    return std::nullopt;
}

std::optional<BesideCorrect> CorrectRun::beside(const Timeline &run)
{
    const auto since = brokenSince(run);
    if (!since) {
        m_run.reset();
        return std::nullopt;
    }
    const Journal journal = mended(run.scenario(), run.seed(), run.journal());
    if (!m_run || m_run->sharedScenario() != run.sharedScenario() || m_run->seed() != run.seed()
        || m_run->journal() != journal)
        m_run.emplace(run.sharedScenario(), run.seed(), journal);
    m_run->runTo(run.now());
    return BesideCorrect{*since, soFar(run), soFar(*m_run)};
}

} // namespace resilience::sim
