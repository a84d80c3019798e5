// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/kit/glossary.h"

#include <array>
#include <string_view>

namespace resilience::labs {

namespace {

struct Entry {
    std::string_view labs; // their ids, between spaces; "" = every step
    const char *word;
    const char *meaning;
};

constexpr std::array kEntries{
    Entry{" retry combining capstone ", "amplification",
          "Attempts sent for each call of a user. 1.0 without retries; 3.0 when every call is tried three times."},
    Entry{" circuit-breaker retry combining ", "attempt",
          "One try to get a call done. A call may take several attempts; an attempt that fails is not yet a call that "
          "fails."},
    Entry{" retry combining capstone ", "backoff", "The wait before the next attempt, usually longer each time."},
    Entry{" retry capstone ", "budget",
          "A bound on retries: no more than a share of the requests, plus a small floor."},
    Entry{" bulkhead combining capstone ", "bulkhead",
          "A limit on the calls that are out at once, as the walls in a ship's hull keep one leak from sinking it."},
    Entry{" circuit-breaker combining capstone ", "fail fast",
          "To answer with an error at once instead of waiting for an answer that will not come."},
    Entry{" distributed-lock ", "fencing token",
          "A number that grows with every grant of a lock. The storage refuses a write whose token is smaller than one "
          "that it has seen."},
    Entry{" retry combining capstone ", "goodput",
          "Requests that succeed per second, as against those that are offered."},
    Entry{" circuit-breaker combining capstone ", "half-open",
          "The breaker's test: after the open wait a few trial calls may pass, and how they end decides."},
    Entry{" retry ", "herd", "Callers who failed at the same moment and therefore all come back at the same moment."},
    Entry{" retry combining ", "idempotent",
          "Doing it twice has the same effect as doing it once. Reading is, paying is not, unless a request id is sent "
          "along."},
    Entry{" retry ", "jitter", "Chance in the length of a wait, so that callers do not come back together."},
    Entry{" distributed-lock ", "lease",
          "A lock that ends by itself after its ttl, so that a dead holder blocks nobody for ever."},
    Entry{" health-check ", "liveness", "Is the process itself stuck? If so it is restarted."},
    Entry{" capstone ", "metastable",
          "A state that keeps itself going after its cause has gone: here retries that keep the queue full."},
    Entry{
        "", "p50, p99",
        "Percentiles. p50 is the median: half of the calls took at most so long. p99: 99 of 100 took at most so long, "
        "and the slowest one longer."},
    Entry{" distributed-lock ", "quorum",
          "More than half of the nodes: of five, three. Two quorums always share a node."},
    Entry{" health-check ", "readiness",
          "Should it get traffic? If not it is taken out of rotation, and nothing is restarted."},
    Entry{" retry combining ", "request id",
          "A name that the client gives a request and repeats with every attempt, so that the service recognises the "
          "repetition and answers from memory."},
    Entry{"", "seed", "The number that all chance of a run is drawn from. The same seed gives the same run."},
    Entry{" circuit-breaker combining ", "threshold", "The count or share at which something changes state."},
    Entry{" rate-limiter combining capstone ", "throttled",
          "Turned away by a rate limiter, because the permits are used up."},
    Entry{" distributed-lock ", "ttl",
          "Time to live: how long a lease is good for, counted from when it was asked for."},
    Entry{" distributed-lock ", "validity",
          "How long a holder may rely on its lease: ttl, less the time that the vote took, less a part for clocks that "
          "drift apart."},
    Entry{" rate-limiter circuit-breaker ", "window",
          "The stretch of time, or the number of calls, that a rule looks at."},
};

} // namespace

std::vector<Term> glossaryOf(const std::string &lab)
{
    std::vector<Term> terms;
    for (const Entry &entry : kEntries)
        if (entry.labs.empty() || entry.labs.find(" " + lab + " ") != std::string_view::npos)
            terms.push_back({entry.word, entry.meaning});
    return terms;
}

} // namespace resilience::labs
