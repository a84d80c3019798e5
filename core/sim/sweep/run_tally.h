// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/event.h"
#include "core/sim/measure/outcome_series.h"
#include "core/sim/sweep/fine_histogram.h"
#include "core/time.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace resilience::sim {

/// What is counted of a run while it is played, instead of keeping its history. Its size does not depend on how much
/// happens.
class RunTally {
public:
    explicit RunTally(Duration binWidth = std::chrono::seconds{1},
                      OutcomeSeries::Durations kept = OutcomeSeries::Durations::Dropped)
        : m_series(binWidth, kept)
    {
    }
    /// Also keeps the series of these clients by themselves: of a side.
    void keepSide(const std::vector<uint32_t> &clients);
    void add(const Event &event);

    const OutcomeSeries &series() const { return m_series; }
    /// Of the side, or of all where none is kept.
    const OutcomeSeries &sideSeries() const { return m_side ? *m_side : m_series; }
    /// How long the originals took that succeeded.
    const FineHistogram &successTimes() const { return m_successTimes; }

    bool operator==(const RunTally &) const = default;

private:
    OutcomeSeries m_series;
    std::optional<OutcomeSeries> m_side;
    std::vector<bool> m_isOfSide; // by client
    FineHistogram m_successTimes;
};

} // namespace resilience::sim
