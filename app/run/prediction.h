// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/progress.h"
#include "labs/kit/lab.h"

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace app {

// "Predict, then run": which question is on, what was answered, and what the run said. A question belongs to one page
// of the guide, is asked where nobody has seen yet what comes, and never again once it was answered. The right answer
// comes from a fork of the very run, so it knows before the screen does and keeps quiet.
class Prediction {
public:
    enum class Stage : uint8_t {
        None, // nothing is asked
        Asked, // the run waits for an answer
        Locked, // answered; the run has not shown it yet
        Shown, // the run has come to it
        Void, // answered, but then the run was changed: it went another way than the one asked about
    };
    // Screen time for which the verdict stands on the stage before it folds into one line of the guide.
    static constexpr resilience::Duration kVerdict = std::chrono::seconds{5};

    // Screen time for which a question has to stand before keys answer it: the key that was already on its way when it
    // came was meant for something else.
    static constexpr resilience::Duration kReading = std::chrono::milliseconds{700};

    // Another run: nothing is on, and what was skipped may be asked again.
    void clear();
    // Whether one of the page's questions has its moment with `event`, which has just happened; `answered`: those that
    // are not asked again. If so it is on.
    bool offer(const resilience::labs::Lab &lab, const resilience::labs::Beat &page,
               const std::map<std::string, GivenAnswer> &answered, const resilience::sim::Timeline &timeline,
               const resilience::sim::Event &event);
    // What is about to be answered, while Asked: a place on the time axis, a number. None, as at first: nothing yet.
    void draft(std::optional<double> value);
    // Locks the answer; ignored unless Asked.
    void answer(double value);
    void skip();
    // Looks where the run is: its answer stands only where the run has come to it. True when it has for the first time.
    bool update(resilience::Time now);
    // The run was changed by hand, or a change was taken back. What has been answered is judged as soon as the run is
    // again the one that was asked about, and withdrawn where that moment is in the run no more.
    void disturb(const resilience::sim::Timeline &timeline);
    // Screen time has passed. True when the verdict has just been on the stage for long enough.
    bool elapse(resilience::Duration wall);
    void fold() { m_folded = true; }

    Stage stage() const { return m_stage; }
    // Asked, and for long enough that a key is meant for it.
    bool takesKeys() const { return m_stage == Stage::Asked && m_stood >= kReading; }
    // Asked just now: screen time has to pass yet.
    bool isNew() const { return m_stage == Stage::Asked && m_stood < kReading; }
    // Null for None.
    const resilience::labs::Question *question() const { return m_question; }
    const std::optional<double> &draft() const { return m_draft; }
    double given() const { return m_given; } // once answered
    const resilience::labs::Question::Answer &truth() const { return m_truth; }
    resilience::Time askedAt() const { return m_askedAt; }
    bool wasRight() const { return m_stage == Stage::Shown && m_question->isRight(m_given, m_truth); }
    bool wasJudged() const { return m_judged; } // the run has come to the answer before, wherever it is now
    // Whether there is a verdict, or that there will be none, to be read on the stage.
    bool verdictStands() const { return (m_stage == Stage::Shown || m_stage == Stage::Void) && !m_folded; }

private:
    bool isAskedAbout(const resilience::sim::Timeline &timeline, resilience::Time before) const;
    void withdraw();

    Stage m_stage = Stage::None;
    const resilience::labs::Question *m_question = nullptr; // the catalogue's
    std::optional<double> m_draft;
    double m_given = 0;
    resilience::labs::Question::Answer m_truth;
    resilience::Time m_askedAt;
    // The run that was asked about.
    std::shared_ptr<const resilience::sim::Scenario> m_scenario;
    uint64_t m_seed = 0;
    resilience::sim::Journal m_journal;
    bool m_judged = false;
    std::set<std::string> m_asked;
    resilience::Duration m_stood{};
    bool m_folded = false;
};

} // namespace app
