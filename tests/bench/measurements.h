// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bench {

// Collects what Google Benchmark measures, and prints nothing.
class Measurements : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context &) override { return true; }
    void ReportRuns(const std::vector<Run> &runs) override;

    // Processor time per call, in ns; none when it was not measured. On one thread the least of all repetitions: the
    // rest is other programs' doing. On two the median: the least would be that in which they hardly met.
    std::optional<double> plain(const std::string &what) const;
    std::optional<double> threaded(const std::string &what, int threads) const;
    // Per call, the most of plain and threaded.
    std::optional<double> allocations(const std::string &what) const;

    // What went wrong, one line each.
    const std::vector<std::string> &errors() const { return m_errors; }

private:
    std::optional<double> of(const std::string &name, int threads) const;

    std::map<std::pair<std::string, int>, std::vector<double>> m_nanoseconds; // by name and threads
    std::map<std::string, double> m_allocations; // by name
    std::vector<std::string> m_errors;
};

} // namespace bench
