// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/playback.h"

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience;

namespace {
constexpr double kDecades = 6.0; // 0.001 .. 1000
constexpr double kSnap = 0.012; // of the slider's length, to either side of 1x

// Where calls come by a clock rather than one by one, the first of them.
Time firstCall(const sim::ArrivalConfig &arrivals)
{
    switch (arrivals.kind) {
    case sim::ArrivalConfig::Kind::Script:
        return arrivals.times.empty() ? kTimeZero : at(arrivals.times.front());
    case sim::ArrivalConfig::Kind::Burst:
        return at(arrivals.period);
    default:
        return kTimeZero;
    }
}
} // namespace

void Playback::setSpeed(double speed)
{
    m_speed = std::clamp(speed, kSlowest, kFastest);
    m_leadIn = kTimeZero;
}

Time Playback::leadInOf(const sim::Scenario &scenario)
{
    constexpr Duration kBefore = std::chrono::seconds{1};
    Time action = kTimeMax;
    for (const sim::JournalEntry &entry : scenario.script.entries())
        action = std::min(action, entry.at);
    if (scenario.script.empty())
        for (const sim::ClientConfig &client : scenario.clients)
            action = std::min(action, firstCall(client.arrivals));
    return action == kTimeMax || action <= at(kBefore) ? kTimeZero : action - kBefore;
}

Time Playback::target(Time now, Duration wall) const
{
    if (wall <= Duration::zero())
        return now;
    const double frame = toSeconds(std::min(wall, kLongestFrame));
    const auto after = [&](double speed) {
        return saturatingAdd(now, std::max(fromSeconds(frame * speed), Duration{1}));
    };
    const double leading = toSeconds(m_leadIn) / toSeconds(kLeadIn);
    return leadsIn(now) && leading > m_speed ? std::min(after(leading), m_leadIn) : after(m_speed);
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
