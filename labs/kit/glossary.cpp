// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/kit/glossary.h"

#include "labs/kit/lab.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace resilience::labs {

namespace {

struct Entry {
    const char *word;
    const char *meaning;
    bool everywhere = false; // each step needs it
};

constexpr std::array kEntries{
    Entry{"amplification",
          "Attempts sent for each call of a user. 1.0 without retries; 3.0 when every call is tried three times."},
    Entry{"attempt",
          "One try to get a call done. A call may take several attempts; an attempt that fails is not yet a call that "
          "fails."},
    Entry{"backoff", "The wait before the next attempt, usually longer each time."},
    Entry{"budget", "A bound on retries: no more than a share of the requests, plus a small floor."},
    Entry{"bulkhead",
          "A limit on the calls that are out at once, as the walls in a ship's hull keep one leak from sinking it."},
    Entry{"fail fast", "To answer with an error at once instead of waiting for an answer that will not come."},
    Entry{"goodput", "Requests that succeed per second, as against those that are offered."},
    Entry{"half-open", "The breaker's test: after the open wait a few trial calls may pass, and how they end decides."},
    Entry{"idempotent",
          "Doing it twice has the same effect as doing it once. Reading is, paying is not, unless a request id is sent "
          "along."},
    Entry{
        "p50, p99",
        "Percentiles. p50 is the median: half of the calls took at most so long. p99: 99 of 100 took at most so long, "
        "and the slowest one longer.",
        true},
    Entry{"request id",
          "A name that the client gives a request and repeats with every attempt, so that the service recognises the "
          "repetition and answers from memory."},
    Entry{"seed", "The number that all chance of a run is drawn from. The same seed gives the same run.", true},
    Entry{"threshold", "The count or share at which something changes state."},
    Entry{"throttled", "Turned away by a rate limiter, because the permits are used up."},
    Entry{"window", "The stretch of time, or the number of calls, that a rule looks at."},
};

} // namespace

std::vector<Term> commonTerms(std::initializer_list<std::string_view> words)
{
    std::vector<Term> terms;
    for (const std::string_view word : words) {
        const auto found =
            std::find_if(kEntries.begin(), kEntries.end(), [word](const Entry &entry) { return entry.word == word; });
        if (found == kEntries.end())
            throw std::out_of_range("no common word is " + std::string(word));
        terms.push_back({found->word, found->meaning});
    }
    return terms;
}

std::vector<Term> glossaryOf(const Lab &lab)
{
    std::vector<Term> terms = lab.words;
    terms.insert(terms.end(), lab.commonWords.begin(), lab.commonWords.end());
    for (const Entry &entry : kEntries)
        if (entry.everywhere)
            terms.push_back({entry.word, entry.meaning});
    std::sort(terms.begin(), terms.end(), [](const Term &a, const Term &b) { return a.word < b.word; });
    return terms;
}

} // namespace resilience::labs
