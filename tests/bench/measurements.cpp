// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/measurements.h"

#include "tests/bench/subject.h"

#include <algorithm>

namespace bench {

namespace {

// Older releases of Google Benchmark say it in a field, newer ones in another.
template <typename Run> bool hasFailed(const Run &run)
{
    if constexpr (requires { run.error_occurred; })
        return run.error_occurred;
    else
        return static_cast<bool>(run.skipped);
}
template <typename Run> const std::string &whyFailed(const Run &run)
{
    if constexpr (requires { run.error_message; })
        return run.error_message;
    else
        return run.skip_message;
}

} // namespace

void Measurements::ReportRuns(const std::vector<Run> &runs)
{
    for (const Run &run : runs) {
        if (run.run_type != Run::RT_Iteration)
            continue;
        const std::string &name = run.run_name.function_name;
        if (hasFailed(run)) {
            m_errors.push_back(name + ": " + whyFailed(run));
            continue;
        }
        m_nanoseconds[{name, static_cast<int>(run.threads)}].push_back(run.GetAdjustedCPUTime());
        double &most = m_allocations[name];
        most = std::max<double>(most, run.counters.at(kAllocations).value);
    }
}

std::optional<double> Measurements::plain(const std::string &what) const { return of(what + kPlain, 1); }

std::optional<double> Measurements::threaded(const std::string &what, int threads) const
{
    return of(what + kThreaded, threads);
}

std::optional<double> Measurements::allocations(const std::string &what) const
{
    std::optional<double> most;
    for (const char *kind : {kPlain, kThreaded})
        if (const auto found = m_allocations.find(what + kind); found != m_allocations.end())
            most = std::max(most.value_or(0), found->second);
    return most;
}

std::optional<double> Measurements::of(const std::string &name, int threads) const
{
    const auto found = m_nanoseconds.find({name, threads});
    if (found == m_nanoseconds.end())
        return std::nullopt;
    std::vector<double> times = found->second;
    std::sort(times.begin(), times.end());
    return threads == 1 ? times.front() : times[times.size() / 2];
}

} // namespace bench
