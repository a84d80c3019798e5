// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a call of each pattern costs, beside other libraries: patterns [Google Benchmark's options] [PEER-RESULTS...].
// The files of peer results are made by the programs in peers/; tests/bench/run runs them just before.
#include "tests/bench/table.h"

#include <cstdio>
#include <future>
#include <thread>

int main(int argc, char **argv)
{
    benchmark::Initialize(&argc, argv);
    bench::PeerResults peers;
    for (int i = 1; i < argc; ++i) {
        std::string error;
        if (!peers.read(argv[i], error)) {
            std::fprintf(stderr, "%s\n", error.c_str());
            return 2;
        }
    }

    // The C library's locks are cheaper while a process has one thread. Programs with threads are what is measured.
    std::promise<void> over;
    const std::jthread idle([ended = over.get_future()] { ended.wait(); });

    bench::Subjects subjects;
    bench::addBreakers(subjects);
    bench::addLimiters(subjects);
    bench::addBulkhead(subjects);
    bench::addRetries(subjects);
    bench::addLockPatterns(subjects);
    bench::addPipelines(subjects);
    bench::addBaselines(subjects);
    bench::Measurements ours;
    benchmark::RunSpecifiedBenchmarks(&ours);
    over.set_value();

    bench::printTable(subjects, ours, peers);
    bench::printVerdict(subjects, ours, peers);
    for (const std::string &error : ours.errors())
        std::fprintf(stderr, "%s\n", error.c_str());
    return ours.errors().empty() ? 0 : 1;
}
