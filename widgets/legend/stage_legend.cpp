// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/legend/stage_legend.h"

#include "widgets/look/translation.h"

#include <array>

namespace widgets {

namespace {

constexpr uint32_t on(LegendStage stage) { return 1U << static_cast<uint32_t>(stage); }
template <typename... Stages> constexpr uint32_t on(LegendStage first, Stages... others)
{
    return on(first) | on(others...);
}

using S = LegendStage;
constexpr uint32_t kAll = (1U << kLegendStages) - 1;
constexpr uint32_t kCalls = kAll & ~on(S::Lock);
constexpr uint32_t kDots = on(S::Breaker, S::Health, S::Combining, S::Capstone);

struct LegendRow {
    uint32_t stages;
    Sign sign;
    const char *words;
};

// clang-format off
constexpr std::array kRows{
    LegendRow{kCalls & ~on(S::Limiter), Sign::Succeeded, QT_TRANSLATE_NOOP("Legend", "a call, or an attempt of one, that succeeded")},
    LegendRow{on(S::Limiter), Sign::PassedMark, QT_TRANSLATE_NOOP("Legend", "above the line: a call that the limiter let pass, when it left")},
    LegendRow{on(S::Limiter), Sign::ThrottledMark, QT_TRANSLATE_NOOP("Legend", "below the line: a call that was throttled. Numbers count those that stand close")},
    LegendRow{on(S::Lock), Sign::Succeeded, QT_TRANSLATE_NOOP("Legend", "a write that was accepted")},
    LegendRow{kCalls & ~on(S::Limiter), Sign::Failed, QT_TRANSLATE_NOOP("Legend", "failed: an error, a refusal or a broken connection")},
    LegendRow{on(S::Lock), Sign::Failed, QT_TRANSLATE_NOOP("Legend", "a stale write that was accepted: it overwrites a later one")},
    LegendRow{on(S::Lock), Sign::Rejected, QT_TRANSLATE_NOOP("Legend", "a vote that was lost; at the storage, a write that was refused")},
    LegendRow{kCalls & ~on(S::Limiter), Sign::TimedOut, QT_TRANSLATE_NOOP("Legend", "timed out: no answer in time")},
    LegendRow{on(S::Breaker, S::Combining, S::Capstone), Sign::ShortCircuited, QT_TRANSLATE_NOOP("Legend", "short-circuited: turned away by the breaker")},
    LegendRow{on(S::Bulkhead), Sign::TurnedAwayAtDoor, QT_TRANSLATE_NOOP("Legend", "rejected: no slot, and no seat. Each keeps the colour of its caller")},
    LegendRow{on(S::Combining, S::Capstone), Sign::Rejected, QT_TRANSLATE_NOOP("Legend", "rejected: no slot in the bulkhead, and no seat")},
    LegendRow{on(S::Limiter), Sign::Throttled, QT_TRANSLATE_NOOP("Legend", "at the vessel: a call that found no token")},
    LegendRow{on(S::Combining, S::Capstone), Sign::Throttled, QT_TRANSLATE_NOOP("Legend", "throttled: the rate limiter had no permit left")},
    LegendRow{kDots, Sign::CallOut, QT_TRANSLATE_NOOP("Legend", "a call on its way; the number is its name, or that of its attempt")},
    LegendRow{kDots, Sign::AnswerBack, QT_TRANSLATE_NOOP("Legend", "a good answer on its way back")},
    LegendRow{kDots, Sign::ErrorBack, QT_TRANSLATE_NOOP("Legend", "an error on its way back")},
    LegendRow{kDots, Sign::GivenUp, QT_TRANSLATE_NOOP("Legend", "its caller has given up: work for nobody")},
    LegendRow{on(S::Breaker, S::Health, S::Combining), Sign::Serving, QT_TRANSLATE_NOOP("Legend", "being worked on; the clock shows how far. +3: three more than there is room for")},
    LegendRow{on(S::Breaker), Sign::TrialRing, QT_TRANSLATE_NOOP("Legend", "a trial call of half-open")},
    LegendRow{on(S::Breaker), Sign::Lever, QT_TRANSLATE_NOOP("Legend", "the switch: down passes, up blocks, ajar lets trials through")},
    LegendRow{on(S::Breaker), Sign::Pip, QT_TRANSLATE_NOOP("Legend", "under half-open: a dot for each trial, filled when it succeeded")},
    LegendRow{on(S::Breaker), Sign::Arc, QT_TRANSLATE_NOOP("Legend", "a rim that runs off: how much of the wait is left")},
    LegendRow{on(S::Breaker, S::Health), Sign::Counted, QT_TRANSLATE_NOOP("Legend", "boxed: the results that count now")},
    LegendRow{on(S::Combining), Sign::Lever, QT_TRANSLATE_NOOP("Legend", "an open breaker: nothing passes")},
    LegendRow{on(S::Retry), Sign::InFlightLine, QT_TRANSLATE_NOOP("Legend", "an attempt under way; the number above its end tells which one")},
    LegendRow{on(S::Retry), Sign::WaitBar, QT_TRANSLATE_NOOP("Legend", "the wait before the next attempt; it drains as it passes")},
    LegendRow{on(S::Retry), Sign::JitterBand, QT_TRANSLATE_NOOP("Legend", "jitter: where that wait could have ended")},
    LegendRow{on(S::Retry), Sign::ArrivalBar, QT_TRANSLATE_NOOP("Legend", "attempts that arrived at the service, in each tenth of a second")},
    LegendRow{on(S::Retry), Sign::Rope, QT_TRANSLATE_NOOP("Legend", "above 4 attempts a second: a lane as thick as the attempts that ended in each second, with those that succeeded as its core")},
    LegendRow{on(S::Retry), Sign::AnswerBars, QT_TRANSLATE_NOOP("Legend", "then also: first attempts and repetitions that arrived in each second; below the line answers in time, and hatched those that came too late. Dashed: what the workers can do")},
    LegendRow{on(S::Retry), Sign::TankLayers, QT_TRANSLATE_NOOP("Legend", "the service's queue, the next call at the bottom; below it the workers")},
    LegendRow{on(S::Retry), Sign::ForNobody, QT_TRANSLATE_NOOP("Legend", "hatched: work for nobody, its caller has given up")},
    LegendRow{on(S::Retry), Sign::Coin, QT_TRANSLATE_NOOP("Legend", "a payment that the service has carried out")},
    LegendRow{on(S::Retry), Sign::CoinAgain, QT_TRANSLATE_NOOP("Legend", "the same payment carried out once more: paid twice")},
    LegendRow{on(S::Retry), Sign::CoinStored, QT_TRANSLATE_NOOP("Legend", "answered from memory, because the id was known: nothing was paid")},
    LegendRow{on(S::Breaker), Sign::BesideLanes, QT_TRANSLATE_NOOP("Legend", "with something broken on purpose: this run, and in grey the same run without it")},
    LegendRow{on(S::Retry), Sign::FaultBand, QT_TRANSLATE_NOOP("Legend", "the service did not answer")},
    LegendRow{on(S::Limiter), Sign::TapeFrame, QT_TRANSLATE_NOOP("Legend", "the frame: a window's length up to now. It slides along, and the number beside each row counts what passed in it")},
    LegendRow{on(S::Limiter), Sign::TapeCrowd, QT_TRANSLATE_NOOP("Legend", "more passed within a window's length than were meant to")},
    LegendRow{on(S::Limiter), Sign::TapeQueue, QT_TRANSLATE_NOOP("Legend", "how many calls wait for their turn")},
    LegendRow{on(S::Limiter), Sign::Token, QT_TRANSLATE_NOOP("Legend", "a token, which a call takes along; in a leaky bucket a permit that was given; in a queue a call that waits")},
    LegendRow{on(S::Limiter), Sign::EmptyPlace, QT_TRANSLATE_NOOP("Legend", "an empty place")},
    LegendRow{on(S::Limiter), Sign::WindowEdge, QT_TRANSLATE_NOOP("Legend", "the edge of a fixed window, where its count begins at zero. Edges stand; the frame moves")},
    LegendRow{on(S::Bulkhead), Sign::SlotFilling, QT_TRANSLATE_NOOP("Legend", "a slot; the filling is the time its call will still take. The letter tells whose call it is, the number is the same in both hulls")},
    LegendRow{on(S::Bulkhead), Sign::SlotOther, QT_TRANSLATE_NOOP("Legend", "a slot held by a call to the first service, which can be made slow")},
    LegendRow{on(S::Bulkhead), Sign::Wall, QT_TRANSLATE_NOOP("Legend", "the wall between two pools: drag it, or move it with Alt and an arrow")},
    LegendRow{on(S::Bulkhead), Sign::Door, QT_TRANSLATE_NOOP("Legend", "a door of callers; the same calls come to every hull")},
    LegendRow{on(S::Bulkhead), Sign::WaitingDot, QT_TRANSLATE_NOOP("Legend", "a seat in the queue, taken")},
    LegendRow{on(S::Health), Sign::NodeRing, QT_TRANSLATE_NOOP("Legend", "a node: the body is what it is, the ring what its prober believes (green healthy, amber degraded, red unhealthy)")},
    LegendRow{on(S::Health), Sign::NodeStarting, QT_TRANSLATE_NOOP("Legend", "it restarts: small and grey, and then it grows as it gets warm")},
    LegendRow{on(S::Health), Sign::ReadinessProbe, QT_TRANSLATE_NOOP("Legend", "a readiness probe: should it get traffic?")},
    LegendRow{on(S::Health), Sign::LivenessProbe, QT_TRANSLATE_NOOP("Legend", "a liveness probe: is the process stuck?")},
    LegendRow{on(S::Health), Sign::NextProbe, QT_TRANSLATE_NOOP("Legend", "time until the next probe; with a dot inside: one is out")},
    LegendRow{on(S::Health), Sign::LatencyBar, QT_TRANSLATE_NOOP("Legend", "the latest probe's latency: healthy, degraded, too slow")},
    LegendRow{on(S::Health), Sign::ProbePath, QT_TRANSLATE_NOOP("Legend", "the way of the probes; calls take the solid line with the share of traffic")},
    LegendRow{on(S::Lock), Sign::Vote, QT_TRANSLATE_NOOP("Legend", "this node has granted the lease to that holder")},
    LegendRow{on(S::Lock), Sign::Wire, QT_TRANSLATE_NOOP("Legend", "the network of a node or holder: click to cut it")},
    LegendRow{on(S::Lock), Sign::LeaseBar, QT_TRANSLATE_NOOP("Legend", "what is left of a lease; the amber end is kept back for clocks that drift. A · +100 %: granted to A, the clock runs twice as fast")},
    LegendRow{on(S::Lock), Sign::BeliefLine, QT_TRANSLATE_NOOP("Legend", "a holder takes the lease for its own; dashed: its lease is over")},
    LegendRow{on(S::Lock), Sign::PauseBar, QT_TRANSLATE_NOOP("Legend", "a process that stands still; drag the ring, and the pause ends there instead")},
    LegendRow{on(S::Combining), Sign::Shell, QT_TRANSLATE_NOOP("Legend", "a policy around what lies inside; the number at its right: how often it stepped in")},
    LegendRow{on(S::Combining), Sign::WaitingDot, QT_TRANSLATE_NOOP("Legend", "a call that waits at this policy")},
    LegendRow{on(S::Combining), Sign::AttemptsBar, QT_TRANSLATE_NOOP("Legend", "a call of your order at worst: attempts thick, waits thin, the line is the total timeout")},
    LegendRow{on(S::Capstone), Sign::ChipOn, QT_TRANSLATE_NOOP("Legend", "a policy in use; click to switch it off")},
    LegendRow{on(S::Capstone), Sign::ChipBusy, QT_TRANSLATE_NOOP("Legend", "... that is doing something just now")},
    LegendRow{on(S::Capstone), Sign::ChipOff, QT_TRANSLATE_NOOP("Legend", "a policy that is off. Short names: F fallback, TT total timeout, R retry, L limiter, CB circuit breaker, B bulkhead, T attempt timeout")},
    LegendRow{on(S::Capstone), Sign::FailingLine, QT_TRANSLATE_NOOP("Legend", "a line whose calls fail; the thicker, the more calls a second")},
    LegendRow{on(S::Capstone), Sign::WastedWork, QT_TRANSLATE_NOOP("Legend", "work for nobody: whoever asked for it has given up")},
    LegendRow{on(S::Capstone), Sign::Workers, QT_TRANSLATE_NOOP("Legend", "workers, busy and free, and below them the queue for them")},
    LegendRow{kAll, Sign::Next, QT_TRANSLATE_NOOP("Legend", "while paused: what happens next")},
    LegendRow{kAll, Sign::Lit, QT_TRANSLATE_NOOP("Legend", "under Why?: what counted for the decision")},
};
// clang-format on

} // namespace

std::vector<LegendSign> legendOf(LegendStage stage)
{
    std::vector<LegendSign> signs;
    for (const LegendRow &row : kRows)
        if (row.stages & on(stage))
            signs.push_back({row.sign, LegendTr::tr(row.words)});
    return signs;
}

} // namespace widgets
