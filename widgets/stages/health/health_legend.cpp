// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stages/health/health_scene.h"

namespace widgets {

std::vector<LegendSign> HealthScene::legend() const
{
    // clang-format off
    return {
        {Sign::Succeeded}, {Sign::Failed}, {Sign::TimedOut}, {Sign::CallOut}, {Sign::AnswerBack}, {Sign::ErrorBack},
        {Sign::GivenUp}, {Sign::Serving}, {Sign::Counted},
        {Sign::NodeRing, LegendTr::tr("a node: the body is what it is, the ring what its prober believes (green healthy, amber degraded, red unhealthy)")},
        {Sign::NodeStarting, LegendTr::tr("it restarts: small and grey, and then it grows as it gets warm")},
        {Sign::ReadinessProbe, LegendTr::tr("a readiness probe: should it get traffic?")},
        {Sign::LivenessProbe, LegendTr::tr("a liveness probe: is the process stuck?")},
        {Sign::NextProbe, LegendTr::tr("time until the next probe; with a dot inside: one is out")},
        {Sign::LatencyBar, LegendTr::tr("the latest probe's latency: healthy, degraded, too slow")},
        {Sign::ProbePath, LegendTr::tr("the way of the probes; calls take the solid line with the share of traffic")},
    };
    // clang-format on
}

} // namespace widgets
