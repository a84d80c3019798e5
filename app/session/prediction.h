// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/lab.h"

#include <optional>
#include <vector>

namespace app {

// "Predict, then run": which question is on, what was answered, and what the run said. Each question is asked once,
// until clear(). The right answer comes from a fork of the very run, so it knows before the screen does and keeps
// quiet.
class Prediction {
public:
    enum class Stage : uint8_t {
        None, // nothing is asked
        Asked, // the run waits for an answer
        Locked, // answered; the run has not shown it yet
        Shown, // the run has come to it
        Void, // answered, but then the run was changed: it went another way than the one asked about
    };

    void clear();
    // Whether a question's moment is `event`, which has just happened. If so it is on. Questions whose answer the run
    // never gives are not asked.
    bool offer(const resilience::labs::Lab &lab, const resilience::sim::Timeline &timeline,
               const resilience::sim::Event &event);
    // Locks the answer; ignored unless Asked.
    void answer(size_t choice);
    void skip();
    // Looks whether the run has come to the answer. True when it just has.
    bool update(resilience::Time now);
    // The run was changed by hand.
    void disturb();

    Stage stage() const { return m_stage; }
    size_t question() const { return m_question; } // index into lab.questions; meaningless for None
    size_t chosen() const { return m_chosen; }
    const resilience::labs::Question::Answer &truth() const { return m_truth; }
    bool wasRight() const { return m_stage == Stage::Shown && m_chosen == m_truth.choice; }

private:
    Stage m_stage = Stage::None;
    size_t m_question = 0;
    size_t m_chosen = 0;
    resilience::labs::Question::Answer m_truth;
    std::vector<bool> m_asked;
};

} // namespace app
