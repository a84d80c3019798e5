// SPDX-License-Identifier: MIT
#include "core/sim/measure/run_figures.h"

#include "core/fixed_number.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace resilience::sim {

namespace {

using Figure = std::optional<double>;

Figure figureCount(uint64_t count) { return static_cast<double>(count); }
// Nothing to count where no client ever called.
Figure ofCalls(const World &world, uint64_t count)
{
    return world.totals().offered > 0 ? figureCount(count) : std::nullopt;
}

// Of the calls that were offered: one that never comes to an end is no success either.
Figure goodputShare(const World &world)
{
    const Totals &totals = world.totals();
    return totals.offered > 0
               ? Figure(static_cast<double>(totals.of(RequestOutcome::Succeeded)) / static_cast<double>(totals.offered))
               : std::nullopt;
}
Figure amplification(const World &world)
{
    return world.totals().offered > 0 ? Figure(world.totals().attemptsPerCall()) : std::nullopt;
}
Figure stillInFlight(const World &world) { return ofCalls(world, world.totals().inFlight); }
Figure attemptsSent(const World &world) { return ofCalls(world, world.totals().attempts); }
template <RequestOutcome kOutcome> Figure endedAs(const World &world)
{
    return ofCalls(world, world.totals().of(kOutcome));
}
Figure forNobody(const World &world) { return ofCalls(world, world.totals().late); }
Figure deadService(const World &world)
{
    uint64_t refused = 0;
    for (const Service &service : world.services())
        refused += service.counts.refused;
    return ofCalls(world, refused);
}
Figure fellBack(const World &world) { return ofCalls(world, world.totals().fellBack); }

template <int kPercent> Figure successTakes(const World &world)
{
    DurationHistogram all;
    for (uint32_t client = 0; client < world.clients().size(); ++client)
        all.merge(world.flow().successTimesOf(client));
    const auto found = all.percentile(kPercent / 100.0);
    return found ? Figure(toSeconds(*found)) : std::nullopt;
}
// How long those that did not succeed took, on average.
Figure failureTakes(const World &world)
{
    const Totals &totals = world.totals();
    const uint64_t lost = totals.notSucceeded();
    return lost > 0 ? Figure(toSeconds(totals.unsuccessful) / static_cast<double>(lost)) : std::nullopt;
}
Figure firstOpened(const World &world)
{
    std::optional<Time> first;
    for (uint32_t i = 0; i < world.pipelines().size(); ++i)
        if (const auto &opened = world.flow().countsOf(i).firstOpened; opened && (!first || *opened < *first))
            first = opened;
    return first ? Figure(toSeconds(*first)) : std::nullopt;
}
Figure restartCount(const World &world)
{
    uint64_t all = 0;
    for (const Service &service : world.services())
        all += service.counts.restarts;
    return world.services().empty() ? std::nullopt : figureCount(all);
}
template <uint64_t (LockSimulation::*kCount)() const> Figure ofLock(const World &world)
{
    return !world.lock().settings().holders.empty() ? figureCount((world.lock().*kCount)()) : std::nullopt;
}

constexpr std::array kFigures{
    RunFigure{"goodput", "goodput", FigureUnit::Share, true, goodputShare},
    RunFigure{"amplification", "attempts per call", FigureUnit::Ratio, false, amplification},
    RunFigure{"p50", "a success takes, p50", FigureUnit::Seconds, false, successTakes<50>},
    RunFigure{"p99", "a success takes, p99", FigureUnit::Seconds, false, successTakes<99>},
    RunFigure{"failed", "failed", FigureUnit::Count, false, endedAs<RequestOutcome::Failed>},
    RunFigure{"timed_out", "timed out", FigureUnit::Count, false, endedAs<RequestOutcome::TimedOut>},
    RunFigure{"short_circuited", "short-circuited", FigureUnit::Count, false, endedAs<RequestOutcome::ShortCircuited>},
    RunFigure{"rejected", "rejected by the bulkhead", FigureUnit::Count, false, endedAs<RequestOutcome::Rejected>},
    RunFigure{"throttled", "throttled", FigureUnit::Count, false, endedAs<RequestOutcome::Throttled>},
    RunFigure{"in_flight", "still in flight", FigureUnit::Count, false, stillInFlight},
    RunFigure{"fell_back", "answered by a fallback", FigureUnit::Count, true, fellBack},
    RunFigure{"dead_service", "hit a dead service", FigureUnit::Count, false, deadService},
    RunFigure{"wasted", "answers for nobody", FigureUnit::Count, false, forNobody},
    RunFigure{"attempts", "attempts sent", FigureUnit::Count, false, attemptsSent},
    RunFigure{"failure_takes", "a failure takes, mean", FigureUnit::Seconds, false, failureTakes},
    RunFigure{"first_opened", "breaker first opened", FigureUnit::Seconds, true, firstOpened},
    RunFigure{"restarts", "restarts", FigureUnit::Count, false, restartCount},
    RunFigure{"writes_accepted", "writes accepted", FigureUnit::Count, true, ofLock<&LockSimulation::accepted>},
    RunFigure{"stale_accepted", "stale writes accepted", FigureUnit::Count, false,
              ofLock<&LockSimulation::staleAccepted>},
    RunFigure{"writes_refused", "writes refused", FigureUnit::Count, false, ofLock<&LockSimulation::refused>},
};

// Seconds with as many digits as one can use: "0.49", "12.4", "0.0021".
int secondsDigits(double seconds)
{
    const double size = std::abs(seconds);
    return size >= 10 ? 1 : size >= 0.1 || size == 0 ? 2 : size >= 0.01 ? 3 : 4;
}

std::string plainText(const RunFigure &figure, double value, const char *ofShares)
{
    switch (figure.unit) {
    case FigureUnit::Share:
        return fixedNumber(value * 100, 1) + ofShares;
    case FigureUnit::Ratio:
        return fixedNumber(value, 2);
    case FigureUnit::Seconds:
        return fixedNumber(value, secondsDigits(value)) + " s";
    case FigureUnit::Count:
        break;
    }
    return fixedNumber(value, 0);
}

} // namespace

std::span<const RunFigure> runFigures() { return kFigures; }

const RunFigure *runFigureNamed(std::string_view id)
{
    const auto found =
        std::find_if(kFigures.begin(), kFigures.end(), [id](const RunFigure &one) { return one.id == id; });
    return found == kFigures.end() ? nullptr : &*found;
}

std::string figureText(const RunFigure &figure, std::optional<double> value)
{
    return value ? plainText(figure, *value, " %") : "-";
}

std::string figureDifference(const RunFigure &figure, std::optional<double> ours, std::optional<double> other)
{
    if (!ours || !other)
        return {};
    const double more = *ours - *other;
    return more == 0 ? "0" : (more > 0 ? "+" : "") + plainText(figure, more, " points");
}

} // namespace resilience::sim
