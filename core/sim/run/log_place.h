// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/run/timeline.h"

namespace resilience::sim {

/// How far a run's log has been read.
class LogPlace {
public:
    /// Whether the run, as it stands, has come from there: all that was read has happened in it too, and nothing of
    /// that lies ahead.
    bool leadsTo(const Timeline &timeline) const
    {
        return m_branch == timeline.branch() && m_last <= timeline.lastEvent();
    }
    void moveTo(const Timeline &timeline)
    {
        m_branch = timeline.branch();
        m_last = timeline.lastEvent();
    }
    /// Number of the last event read; 0 = none.
    uint64_t last() const { return m_last; }

private:
    std::shared_ptr<const Timeline::Branch> m_branch;
    uint64_t m_last = 0;
};

} // namespace resilience::sim
