// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"

#include <cstdint>
#include <optional>

namespace widgets {

inline constexpr double kRateWindow = 5.0; // simulated seconds over which rates are told

// What every part of a stage is laid out and painted from. A view: it lives no longer than what it refers to.
struct StageContext {
    const resilience::sim::Snapshot &snapshot;
    const Theme &theme;
    uint32_t clientIndex = 0; // must exist in the snapshot
    double figure = 1.0; // shapes (not text) are so much larger, on cards with room to spare

    const resilience::sim::ClientView &client() const { return snapshot.clients[clientIndex]; }
    // The service the client calls; none if the snapshot has no such.
    const resilience::sim::ServiceView *service() const;
    const resilience::BreakerView &breaker() const { return client().breaker; }

    double px(double atScaleOne) const { return theme.px(atScaleOne) * figure; }
    // Seconds of screen time since `then`, at the chosen speed.
    double screenAge(resilience::Time then) const;
};

// Where a run stands, for the eye.
enum class Pace : uint8_t { NotStarted, Playing, Paused, Ended };
Pace paceOf(const resilience::sim::Snapshot &snapshot);

// Whether a stage outlines what the next event is about: while the run is paused or not started, and something is to
// come.
bool showsNext(const resilience::sim::Snapshot &snapshot);

// Whether calls pass too fast, or are too many, to be followed as dots; rates are shown instead.
bool tooFastForDots(const resilience::sim::Snapshot &snapshot);

// What went by lately, of one client, per simulated second.
struct StageRates {
    double passed = 0; // let through by the breaker and answered
    double turnedAway = 0;
};
StageRates recentRates(const resilience::sim::Snapshot &snapshot, uint32_t client);

// Whether the next event is about this request, and is shown.
bool isNext(const resilience::sim::Snapshot &snapshot, uint64_t request);

} // namespace widgets
