// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/engine/fault.h"
#include "core/sim/measure/chart.h"
#include "core/sim/run/snapshot.h"
#include "core/sim/run/timeline.h"
#include "labs/kit/glossary.h"
#include "labs/kit/guide.h"
#include "labs/kit/question.h"

#include <memory>
#include <string>
#include <vector>

// A lab is data: what to show, what can be changed, what to do, and predicates that tell when it has been done.
namespace resilience::labs {

using resilience::sim::Event;
using resilience::sim::FaultKind;
using resilience::sim::Scenario;
using resilience::sim::Timeline;

// The kinds of picture there are. app/ turns each into a widget; a new kind touches widgets/ and app/.
enum class PanelKind : uint8_t {
    BreakerStage,
    RetryStage,
    LimiterStage,
    BulkheadStage,
    HealthStage,
    LockStage,
    CombiningStage,
    CapstoneStage,
};

struct Goal {
    std::string id; // "opens": in the summary and in guide.md
    std::string text; // "Three failures in a row open it"
    // Whether it has happened by timeline.now(). Cheap: asked every frame.
    bool (*met)(const Timeline &timeline);
};

// One of two runs that are to be seen beside each other.
struct ComparedRun {
    std::string name; // "full jitter"
    std::string scenario; // one of the lab's
    std::vector<sim::Intervention> changes{}; // at time zero
};
// A figure (core/sim/measure/run_figures.h) of both at the end, as the text of the comparison has it.
struct ComparedFigure {
    std::string id; // "goodput"
    std::string ours; // "67.8 %"
    std::string other;
};
struct Comparison {
    std::string id; // "jitter": in guide.md
    std::string title; // "Without jitter, and with it"
    ComparedRun ours;
    ComparedRun other;
    std::string text; // what comes of it, with the numbers of both
    std::vector<ComparedFigure> figures; // those numbers
};

struct Lab {
    std::string id; // "circuit-breaker"
    std::string title; // "Circuit breaker"
    std::string shortTitle; // where there is little room; "" = the title
    Guide guide;
    std::vector<std::shared_ptr<const Scenario>> scenarios; // the first is the one the lab opens with
    std::vector<std::string> mainKnobs; // ids, at most three
    std::vector<std::string> otherKnobs; // ids, behind the fold
    std::vector<FaultKind> faults;
    std::vector<PanelKind> panels;
    std::vector<const sim::ChartSpec *> charts;
    std::vector<Goal> goals;
    std::vector<Comparison> comparisons; // ready ones, the first is the step's own
    std::vector<Question> questions; // each named by one page of the guide
    std::vector<Term> words; // for its legend: its own
    std::vector<Term> commonWords; // ... and those that other steps need too: commonTerms()
    // What to do in a scenario; after all of them every goal is met.
    struct Solution {
        std::string scenario;
        std::vector<sim::JournalEntry> steps;
        Duration until{};
    };
    std::vector<Solution> solutions;

    std::shared_ptr<const Scenario> scenario(const std::string &name) const; // null when there is none
};

} // namespace resilience::labs
