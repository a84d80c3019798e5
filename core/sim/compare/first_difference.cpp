// SPDX-License-Identifier: MIT
#include "core/sim/compare/first_difference.h"

#include <algorithm>

namespace resilience::sim {

bool isIntervention(const Event &event)
{
    return event.as<FaultSet>() || event.as<FaultCleared>() || event.as<KnobTurned>() || event.as<PoliciesSet>();
}

bool tellTheSame(const Event &a, const Event &b)
{
    Event renumbered = b;
    renumbered.number = a.number;
    return a == renumbered;
}

void DifferenceFinder::Reader::start(const Timeline &run)
{
    branch = run.branch();
    read = 0;
    again.reset();
}

// The next event that is no intervention, unread; none when it has not been played. Never past what `run` has played.
const Event *DifferenceFinder::Reader::next(const Timeline &run)
{
    for (;; ++read) {
        const EventLog &log = run.history().log();
        if (read >= log.lastNumber())
            return nullptr;
        const Event *event = log.numbered(read + 1);
        if (!event) { // forgotten
            if (!again)
                again.emplace(run.sharedScenario(), run.seed(), run.journal(), History::Keeps::Events);
            while (again->history().log().lastNumber() <= read && again->stepEvent(run.frontier()))
                ;
            event = again->history().log().numbered(read + 1);
        }
        if (!event || !isIntervention(*event))
            return event;
    }
}

const std::optional<FirstDifference> &DifferenceFinder::find(const Timeline &ours, const Timeline &other,
                                                             uint64_t maxEvents)
{
    const std::array runs{&ours, &other};
    if (m_readers[0].branch != ours.branch() || m_readers[1].branch != other.branch()) {
        for (size_t i = 0; i < runs.size(); ++i)
            m_readers[i].start(*runs[i]);
        m_found.reset();
    }
    m_done = true;
    if (m_found) { // what comes instead may have come since
        const Event *const mine = m_found->ours ? nullptr : m_readers[0].next(ours);
        const Event *const theirs = m_found->other ? nullptr : m_readers[1].next(other);
        if (mine)
            m_found->ours = *mine;
        if (theirs)
            m_found->other = *theirs;
        return m_found;
    }
    for (uint64_t taken = 0; taken < maxEvents; ++taken) {
        const Event *const mine = m_readers[0].next(ours);
        const Event *const theirs = m_readers[1].next(other);
        if (mine && theirs && tellTheSame(*mine, *theirs)) {
            for (Reader &reader : m_readers)
                ++reader.read;
            continue;
        }
        // Of one that is played less far the next event may still come.
        const auto isMissing = [](const Event *there, const Event *missing, const Timeline &run) {
            return there && !missing && there->at < run.frontier();
        };
        if ((mine && theirs) || isMissing(mine, theirs, other) || isMissing(theirs, mine, ours)) {
            m_found.emplace();
            if (mine)
                m_found->ours = *mine;
            if (theirs)
                m_found->other = *theirs;
            m_found->at = std::min(mine ? mine->at : kTimeMax, theirs ? theirs->at : kTimeMax);
        }
        return m_found;
    }
    m_done = false;
    return m_found;
}

} // namespace resilience::sim
