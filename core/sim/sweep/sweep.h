// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/journal.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/sweep/metric.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace resilience::sim {

/// A knob and the values that it is given in turn.
struct SweepAxis {
    uint32_t knob = 0; // index into knobs()
    KnobTarget target{};
    std::vector<double> values;
    bool operator==(const SweepAxis &) const = default;
};

/// Many runs of one scenario: each combination of values (a cell) with each seed. Runs are numbered from 0, the seeds
/// of a cell one after the other; the last axis changes fastest.
struct Sweep {
    static constexpr uint64_t kMostCells = 10'000;
    static constexpr uint64_t kMostSeeds = 1'000'000; // of a cell
    static constexpr uint64_t kMostRuns = 10'000'000;

    std::shared_ptr<const Scenario> scenario;
    Journal journal; // of every run, before the knobs are turned
    Duration until{};
    std::vector<SweepAxis> axes; // none = one cell, the scenario as it is
    uint64_t firstSeed = 1;
    uint64_t seeds = 1; // how many, one after the other
    std::vector<const MetricSpec *> metrics;

    uint64_t cells() const;
    uint64_t runs() const { return cells() * seeds; }
    uint64_t cellOf(uint64_t run) const { return run / seeds; }
    uint64_t seedOf(uint64_t run) const { return firstSeed + run % seeds; }
    /// One of each axis.
    std::vector<double> valuesOf(uint64_t cell) const;
    std::vector<TurnKnob> turnsOf(uint64_t cell) const;
    /// The knobs are turned at time zero, after all else that happens there.
    Journal journalOf(uint64_t cell) const;
};

/// What one run came to.
struct SweptRun {
    std::vector<std::optional<double>> values; // of the sweep's metrics
    std::string fingerprint;
    std::optional<ConfigError> refusal; // the run ended there; the rest means nothing
    bool operator==(const SweptRun &) const = default;
};
/// A pure function of the sweep and the number of the run, so that any thread or machine may have any of them. None
/// when `stop` (asked now and then, from the thread that plays) said so.
std::optional<SweptRun> playSwept(const Sweep &sweep, uint64_t run, const std::function<bool()> &stop);
/// The same from what has been played.
SweptRun sweptRun(const LeanRun &run, const std::vector<const MetricSpec *> &metrics);

} // namespace resilience::sim
