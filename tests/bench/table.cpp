// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/table.h"

#include <cstdio>

namespace bench {

namespace {

constexpr const char *kRow = "%-34s %7s %9s %12s %7s %9s %10s  %-26s %6s\n";

std::string number(std::optional<double> value, const char *format)
{
    if (!value)
        return "-";
    char text[32];
    std::snprintf(text, sizeof text, format, *value);
    return text;
}

std::string nanoseconds(std::optional<double> value)
{
    return number(value, value && *value >= 1000 ? "%.0f" : "%.1f");
}

std::string allocations(std::optional<double> value) { return number(value, value && *value != 0 ? "%.3f" : "%.0f"); }

struct PeerCells {
    std::string nanoseconds = "-";
    std::string allocations = "-";
    std::string name;
    std::string ratio = "-";
};

PeerCells peerCells(const std::string &what, int threads, const std::string &peer, std::optional<double> ours,
                    const PeerResults &peers)
{
    PeerCells cells;
    const std::string version = peers.version(peer);
    cells.name = peer + (version.empty() ? " not installed" : " " + version);
    if (const auto result = peers.find(what, threads, peer)) {
        cells.nanoseconds = nanoseconds(result->nanoseconds);
        cells.allocations = result->allocations;
        if (ours)
            cells.ratio = number(result->nanoseconds / *ours, "%.1f");
    } else if (!version.empty()) {
        cells.name += threads > 1 ? ": one thread" : ": no result";
    }
    return cells;
}

void printRows(const Subject &subject, int threads, const Measurements &ours, const PeerResults &peers)
{
    const std::string &what = subject.what;
    const auto threaded = ours.threaded(what, threads);
    std::vector<PeerCells> cells;
    for (const std::string &peer : subject.peers)
        cells.push_back(peerCells(what, threads, peer, threaded, peers));
    if (cells.empty())
        cells.emplace_back();
    const std::string plain = nanoseconds(threads == 1 ? ours.plain(what) : std::nullopt);
    const std::string made = allocations(ours.allocations(what));
    for (size_t i = 0; i < cells.size(); ++i) {
        const bool first = i == 0;
        std::printf(kRow, first && threads == 1 ? what.c_str() : "", first ? std::to_string(threads).c_str() : "",
                    first ? plain.c_str() : "", first ? nanoseconds(threaded).c_str() : "", first ? made.c_str() : "",
                    cells[i].nanoseconds.c_str(), cells[i].allocations.c_str(), cells[i].name.c_str(),
                    cells[i].ratio.c_str());
    }
}

void printOrigins(const PeerResults &peers)
{
    const benchmark::CPUInfo &machine = benchmark::CPUInfo::Get();
    const double load = machine.load_avg.empty() ? 0 : machine.load_avg.front();
    std::printf("%d processors, load %.1f at the start%s.\n", machine.num_cpus, load,
                load > 1 ? ": other programs were running, and two threads seldom met" : "");
    for (const auto &[peer, version] : peers.versions())
        std::printf("%s %s, ", peer.c_str(), version.c_str());
    std::printf("ours: %s %s\n", BENCH_COMPILER, BENCH_FLAGS);
}

constexpr const char *kIntroduction = R"(
Processor time per call in ns. plain: the pattern alone, time handed in. threaded: for many threads, with its readings of
the clock. ratio: the peer's time to ours, threaded.

)";

constexpr const char *kNotes = R"(
breaker: a permit, and its successful result. bulkhead, permitted: a slot, and giving it back. retry budget, permitted:
a request, and a retry of it. pipeline: a call of a function that returns at once; by hand: the same patterns, each asked
for itself. Of 15 repetitions the least counts; with 2 threads, which call without a pause, the median.
Where no answer depends on the time our clock is not read: breaker in a row, bulkhead, backoff. The other breakers read it
twice a call, to know slow calls; cockatiel knows none. x/time/rate: Allow(). cockatiel, opossum: execute() and fire() of a
function that does nothing, awaited; the last row is such a call without them. opossum's bulkhead comes with its breaker.
Node tells no allocations: bytes of heap a call instead, n/a where the collector came between.
)";

} // namespace

void printTable(const Subjects &subjects, const Measurements &ours, const PeerResults &peers)
{
    std::fputs(kIntroduction + 1, stdout);
    std::printf(kRow, "what", "threads", "plain ns", "threaded ns", "allocs", "peer ns", "its allocs", "peer", "ratio");
    for (const Subject &subject : subjects.all())
        for (int threads = 1; threads <= subject.mostThreads; ++threads)
            printRows(subject, threads, ours, peers);
    std::fputs(kNotes, stdout);
    printOrigins(peers);
}

} // namespace bench
