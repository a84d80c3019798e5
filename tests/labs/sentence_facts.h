// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/timeline.h"
#include "core/tell/explain.h"

#include <QStringList>

#include <map>
#include <string>
#include <utility>
#include <vector>

// What a sentence may say about an event: numbers that stand in the log or in the settings of that run, or follow from
// them by the rule of the pattern, worked out here from the log once more.
namespace tests {

inline double seconds(resilience::Duration d) { return resilience::toSeconds(d); }
inline double seconds(resilience::Time t) { return resilience::toSeconds(t); }

// A number in a sentence; spans in seconds, shares in percent.
struct Figure {
    double value = 0;
    double step = 1; // of its last digit
    bool percent = false;
    bool whole = true; // a count, which has to be met exactly
    QString text;
};
// `names`: what parts of the scenario are called, whose digits are no figures.
QStringList namesIn(const resilience::sim::Scenario &scenario);
std::vector<Figure> figuresIn(const std::string &sentence, const QStringList &names);

// Follows a run turn by turn, and knows after each what may be said about its events.
class SentenceFacts {
public:
    explicit SentenceFacts(const resilience::sim::Timeline &timeline);

    // One turn has been played; `before` is the world before it.
    void follow(const resilience::sim::World &before);
    struct Facts {
        std::vector<double> numbers;
        std::vector<double> percents;
        bool know(const Figure &figure) const;
    };
    // What may be said about an event of the latest turn.
    Facts about(const resilience::sim::Event &event, const resilience::sim::Explanation &explanation) const;

private:
    struct Limited { // what a pipeline's limiter has let pass
        std::vector<double> permits; // when
        double level = 0; // tokens or room, at `since`
        double since = 0;
        long waiting = 0; // turns of a leaky queue that are to come
        std::vector<double> turns; // ... and when each is or was
    };
    void addEvent(const resilience::sim::Event &event, Facts &facts) const;
    void addRelated(const resilience::sim::Event &event, Facts &facts) const;
    void addPipeline(uint32_t pipeline, Facts &facts) const;
    void addLimiter(const resilience::sim::Event &event, Facts &facts) const;
    void addBackoff(const resilience::sim::Event &event, Facts &facts) const;
    void addBreaker(const resilience::sim::Event &event, Facts &facts) const;
    void addBudget(const resilience::sim::Event &event, Facts &facts) const;
    void addService(const resilience::sim::Event &event, Facts &facts) const;
    void addHealth(const resilience::sim::Event &event, Facts &facts) const;
    void addLock(const resilience::sim::Event &event, Facts &facts) const;
    void addKnobs(const resilience::sim::Event &event, Facts &facts) const;

    const resilience::sim::Timeline &m_timeline;
    const resilience::sim::World *m_before = nullptr;
    std::map<uint32_t, Limited> m_limited; // by pipeline, before the latest turn
    std::map<uint32_t, Limited> m_next; // ... after it
    std::map<std::pair<uint64_t, uint32_t>, std::vector<uint64_t>> m_calls; // events about one call: request and caller
    std::map<uint32_t, std::vector<uint64_t>> m_moves; // transitions, by pipeline
    mutable std::map<uint64_t, std::vector<double>> m_numbers; // of events, as far as they were asked for
    uint64_t m_done = 0; // events followed
};

} // namespace tests
