// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/run_report.h"

#include "core/duration_text.h"
#include "core/sim/engine/bounds.h"

#include <algorithm>
#include <sstream>

namespace app {

using namespace resilience;

namespace {

constexpr std::array kWords{"succeeded", "failed", "timed out", "short-circuited", "rejected", "throttled"};

std::string counted(uint64_t count, const std::string &one, const std::string &many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}
std::string counted(uint64_t count, const std::string &one) { return counted(count, one, one + "s"); }

// offered 60 = 48 succeeded + 5 failed + 6 short-circuited + 1 in flight
std::string conservation(const sim::Totals &totals)
{
    std::string sum;
    const auto add = [&](uint64_t count, const char *word) {
        if (count > 0)
            sum += (sum.empty() ? "" : " + ") + std::to_string(count) + " " + word;
    };
    for (const sim::RequestOutcome outcome : sim::kRequestOutcomes)
        add(totals.of(outcome), kWords[static_cast<size_t>(outcome)]);
    add(totals.inFlight, "in flight");
    return "offered " + std::to_string(totals.offered) + (sum.empty() ? "" : " = " + sum);
}

// A line for each pattern beside the breaker that the run has.
std::string otherPatterns(const io::RunCounters &counters)
{
    std::ostringstream text;
    if (const auto &retry = counters.retry())
        text << "retry: " << counted(retry->retries, "retry", "retries") << '\n';
    for (const io::GateCounters &gate : counters.gates())
        text << wordsOf(gate.kind).label << ": " << gate.permitted << " permitted, " << gate.rejected << " rejected\n";
    if (const auto &bulkhead = counters.bulkhead())
        text << "bulkhead: " << bulkhead->permitted << " permitted, " << bulkhead->rejected << " rejected, "
             << bulkhead->queued << " queued, " << bulkhead->expired << " expired\n";
    if (const auto &fallback = counters.fallback(); fallback && fallback->answered > 0)
        text << "fallback: answered " << counted(fallback->answered, "time") << '\n';
    if (const auto &health = counters.healthCheck())
        text << "health check: " << counted(health->probes, "probe") << ", " << health->failed << " failed, "
             << counted(health->restarts, "restart") << '\n';
    if (const auto &lock = counters.distributedLock())
        text << "lock: acquired " << counted(lock->acquired, "time") << "; " << counted(lock->writesAccepted, "write")
             << " accepted, " << lock->staleAccepted << " of them stale, " << lock->writesRefused << " refused\n";
    return text.str();
}

} // namespace

std::string runReport(const io::RunSummary &summary, const labs::Lab &lab)
{
    std::ostringstream text;
    text << lab.title << ", " << summary.scenario << ": " << sim::durationText(summary.until) << ", seed "
         << summary.seed << '\n';
    text << conservation(summary.totals) << "; " << counted(summary.totals.attempts, "attempt") << '\n';
    if (const sim::Totals &totals = summary.totals; totals.notTaken + totals.notSent > 0)
        text << "left out, for a run holds " << sim::kMostCallsInFlight << " calls and " << sim::kMostAttemptsInFlight
             << " attempts at once: " << counted(totals.notTaken, "call") << ", " << counted(totals.notSent, "attempt")
             << '\n';
    for (const io::BreakerCounters &breaker : summary.counters.breakers())
        text << "breaker of " << breaker.owner << ": " << name(breaker.state) << " at the end; opened "
             << counted(breaker.opened, "time") << ", " << counted(breaker.trials, "trial call") << '\n';
    text << otherPatterns(summary.counters);
    for (const labs::Goal &goal : lab.goals) {
        const bool met =
            std::find(summary.goals.begin(), summary.goals.end(), std::pair{goal.id, true}) != summary.goals.end();
        text << (met ? "[x] " : "[ ] ") << goal.text << '\n';
    }
    text << "fingerprint " << summary.fingerprint << '\n';
    return text.str();
}

} // namespace app
