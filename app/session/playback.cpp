// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/playback.h"

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience;

namespace {
constexpr double kDecades = 6.0; // 0.001 .. 1000
constexpr double kSnap = 0.012; // of the slider's length, to either side of 1x
} // namespace

void Playback::setSpeed(double speed) { m_speed = std::clamp(speed, kSlowest, kFastest); }

Time Playback::target(Time now, Duration wall) const
{
    if (wall <= Duration::zero())
        return now;
    const double seconds = toSeconds(std::min(wall, kLongestFrame)) * m_speed;
    return saturatingAdd(now, std::max(fromSeconds(seconds), Duration{1}));
}

double Playback::speedAt(double position)
{
    const double p = std::clamp(position, 0.0, 1.0);
    if (std::abs(p - positionOf(1.0)) < kSnap)
        return 1.0;
    return kSlowest * std::pow(10.0, p * kDecades);
}

double Playback::positionOf(double speed)
{
    return std::log10(std::clamp(speed, kSlowest, kFastest) / kSlowest) / kDecades;
}

double Playback::lectureSpeed(const sim::Scenario &scenario)
{
    return scenario.networkLatency > Duration::zero() ? toSeconds(scenario.networkLatency) : scenario.speed;
}

} // namespace app
