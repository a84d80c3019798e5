// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/run_report.h"

#include "core/sim/duration_text.h"

#include <algorithm>
#include <sstream>

namespace app {

using namespace resilience;

namespace {

constexpr std::array kWords{"succeeded", "failed", "timed out", "short-circuited", "rejected", "throttled"};

std::string counted(uint64_t count, const std::string &one)
{
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

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

} // namespace

std::string runReport(const io::RunSummary &summary, const labs::Lab &lab)
{
    std::ostringstream text;
    text << lab.title << ", " << summary.scenario << ": " << sim::durationText(summary.until) << ", seed "
         << summary.seed << '\n';
    text << conservation(summary.totals) << "; " << counted(summary.totals.attempts, "attempt") << '\n';
    for (const io::BreakerCounters &breaker : summary.breakers)
        text << "breaker of " << breaker.client << ": " << name(breaker.state) << " at the end; opened "
             << counted(breaker.opened, "time") << ", " << counted(breaker.trials, "trial call") << '\n';
    for (const labs::Goal &goal : lab.goals) {
        const bool met =
            std::find(summary.goals.begin(), summary.goals.end(), std::pair{goal.id, true}) != summary.goals.end();
        text << (met ? "[x] " : "[ ] ") << goal.text << '\n';
    }
    text << "fingerprint " << summary.fingerprint << '\n';
    return text.str();
}

} // namespace app
