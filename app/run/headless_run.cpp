// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/headless_run.h"

#include <algorithm>

namespace app {

using namespace resilience;

HeadlessRun::HeadlessRun(const PreparedRun &run, sim::History::Keeps keeps)
    : m_lab(run.lab), m_timeline(run.timeline(keeps)), m_until(run.session.until), m_goals(*run.lab),
      m_counters(run.session.scenario)
{
}

bool HeadlessRun::playOn(uint64_t turns, const Listener &listener)
{
    bool more = true;
    for (uint64_t i = 0; i < turns && more; ++i) {
        more = m_timeline.stepEvent(at(m_until));
        hear(listener);
    }
    if (!more)
        m_timeline.runTo(at(m_until));
    m_goals.update(*m_lab, m_timeline);
    return !more;
}

void HeadlessRun::playTo(Time t, const Listener &listener)
{
    const Time end = std::min(t, at(m_until));
    while (m_timeline.stepEvent(end))
        hear(listener);
    m_timeline.runTo(end);
    m_goals.update(*m_lab, m_timeline);
}

void HeadlessRun::hear(const Listener &listener)
{
    for (; m_heard < m_timeline.lastEvent(); ++m_heard) {
        const sim::Event &event = *m_timeline.history().log().numbered(m_heard + 1);
        m_counters.add(event);
        if (listener)
            listener(event);
    }
}

io::RunSummary HeadlessRun::summary() const
{
    const sim::World &world = m_timeline.world();
    io::RunSummary summary;
    summary.step = m_lab->id;
    summary.scenario = m_timeline.scenario().name;
    summary.seed = m_timeline.seed();
    summary.until = m_until;
    summary.fingerprint = world.fingerprint().text();
    summary.totals = world.totals();
    for (size_t i = 0; i < m_lab->goals.size(); ++i)
        summary.goals.emplace_back(m_lab->goals[i].id, m_goals.isMet(i));
    for (size_t i = 0; i < world.clients().size(); ++i)
        summary.clients.emplace_back(world.clients()[i].config().name, world.flow().totalsByClient()[i]);
    summary.counters = m_counters;
    summary.counters.close(world);
    return summary;
}

} // namespace app
