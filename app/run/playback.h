// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/engine/scenario.h"
#include "core/time.h"

namespace app {

using resilience::Duration;
using resilience::Time;

// How fast simulated time passes on the screen. It reads no clock: whoever draws frames hands in the screen time that
// has passed since the last one.
class Playback {
public:
    static constexpr double kSlowest = 0.001; // simulated seconds per second of screen time
    static constexpr double kFastest = 1000.0;
    // A frame that took longer than this (a suspended machine, a dialog) does not fling the run forward.
    static constexpr Duration kLongestFrame = std::chrono::milliseconds{100};

    bool playing() const { return m_playing; }
    void setPlaying(bool playing) { m_playing = playing; }

    double speed() const { return m_speed; }
    // Kept within kSlowest..kFastest.
    void setSpeed(double speed);

    // Up to this moment it plays fast enough to be there within kLeadIn of screen time. A speed that is set takes the
    // lead-in away.
    static constexpr Duration kLeadIn = std::chrono::milliseconds{1500};
    void setLeadIn(Time end) { m_leadIn = end; }
    bool leadsIn(Time now) const { return now < m_leadIn; }
    // One second before the first thing that the scenario does by itself, or before the first call where its calls come
    // at given times.
    static Time leadInOf(const resilience::sim::Scenario &scenario);

    // The moment to be shown `wall` of screen time after `now`; later than now for any wall > 0.
    Time target(Time now, Duration wall) const;

    // The speed slider: position 0..1 on a log scale, caught by 1x when close to it.
    static double speedAt(double position);
    static double positionOf(double speed);

    // A request's flight takes one second of the screen; where there is no flight, the scenario's own speed.
    static double lectureSpeed(const resilience::sim::Scenario &scenario);
    // A quarter of that: for talking while it flies.
    static double slowSpeed(const resilience::sim::Scenario &scenario) { return lectureSpeed(scenario) / 4; }

private:
    bool m_playing = false;
    double m_speed = 1.0;
    Time m_leadIn = resilience::kTimeZero;
};

} // namespace app
