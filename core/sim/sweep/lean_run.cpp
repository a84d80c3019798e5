// SPDX-License-Identifier: MIT
#include "core/sim/sweep/lean_run.h"

#include "core/sim/run/turn.h"

#include <utility>

namespace resilience::sim {

LeanRun::LeanRun(const Scenario &scenario, uint64_t seed, Journal journal, Duration until, RunTally tally)
    : m_world(scenario, seed), m_journal(std::move(journal)), m_until(until), m_tally(std::move(tally))
{
}

bool LeanRun::playOn(uint64_t turns)
{
    const Time end = at(m_until);
    for (uint64_t turn = 0; turn < turns; ++turn) {
        const auto next = nextTime(m_journal, m_journalDone, m_world);
        if (!next || *next > end) {
            m_world.idleTo(end);
            return true;
        }
        m_events.clear();
        m_refusal = takeTurn(m_journal, m_journalDone, m_world, m_events);
        if (m_refusal)
            return true;
        for (const Event &event : m_events)
            m_tally.add(event);
    }
    return false;
}

} // namespace resilience::sim
