// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/allocations.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace bench {

// One line of the table: what is called. Peers know it by the same words.
struct Subject {
    std::string what;
    int mostThreads = 2; // 1: a second thread would get another answer
    bool plain = true; // whether there is a plain core to it
    std::vector<std::string> peers; // who have the like
};

constexpr const char *kPlain = "/plain";
constexpr const char *kThreaded = "/threaded";
constexpr const char *kAllocations = "allocations";
constexpr int kRepetitions = 15;

// What the verdict on pipelines compares.
constexpr const char *kClock = "(reading the clock)";
constexpr const char *kPipelineAlone = "pipeline, no policies";
constexpr const char *kPipelineOfThree = "pipeline, timeout, retry, breaker";
constexpr const char *kPipelineOfAll = "pipeline, all policies";
constexpr const char *kThreeByHand = "(timeout, retry, breaker by hand)";
constexpr const char *kAllByHand = "(all policies by hand)";

// Calls it for as long as the benchmark wants; it says whether the answer was the one to be measured.
template <typename Call> void measure(benchmark::State &state, Call &call)
{
    bool good = true;
    const uint64_t before = allocations();
    for (auto _ : state)
        good &= call();
    const auto made = static_cast<double>(allocations() - before);
    state.counters[kAllocations] = benchmark::Counter(made, benchmark::Counter::kAvgIterations);
    if (!good)
        state.SkipWithError("a call was answered otherwise than meant");
}

// All subjects measured, in the order of the table.
class Subjects {
public:
    // The pattern alone, on one thread. Every repetition starts from a copy of `call`.
    template <typename Call> void addPlain(const Subject &subject, const Call &call)
    {
        m_subjects.push_back(subject);
        const auto run = [call](benchmark::State &state) {
            Call copy = call;
            measure(state, copy);
        };
        add(benchmark::RegisterBenchmark((subject.what + kPlain).c_str(), run), 1);
    }
    // Its wrapper, which reads the clock. The threads share what `call` points to; follows addPlain(), if any.
    template <typename Call> void addThreaded(const Subject &subject, const Call &call)
    {
        if (!subject.plain)
            m_subjects.push_back(subject);
        const auto run = [call](benchmark::State &state) {
            Call copy = call;
            measure(state, copy);
        };
        for (int threads = 1; threads <= subject.mostThreads; ++threads)
            add(benchmark::RegisterBenchmark((subject.what + kThreaded).c_str(), run), threads);
    }

    // Of ours there is nothing like it.
    void addPeersOnly(const Subject &subject) { m_subjects.push_back(subject); }

    const std::vector<Subject> &all() const { return m_subjects; }

private:
    static void add(benchmark::internal::Benchmark *benchmark, int threads)
    {
        benchmark->MinTime(0.01)->Repetitions(kRepetitions)->Threads(threads);
    }

    std::vector<Subject> m_subjects;
};

// The pages of the table.
void addBreakers(Subjects &subjects);
void addLimiters(Subjects &subjects);
void addBulkhead(Subjects &subjects);
void addRetries(Subjects &subjects);
void addLockPatterns(Subjects &subjects);
// pipeline.call() of a function that returns at once, and the same patterns without a pipeline.
void addPipelines(Subjects &subjects);
// What the others contain: reading the clock, and an awaited call in JavaScript.
void addBaselines(Subjects &subjects);

} // namespace bench
