// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/bet.h"
#include "app/run/goal_book.h"
#include "app/run/guide_progress.h"
#include "app/run/playback.h"
#include "app/run/prediction.h"
#include "app/run/progress.h"
#include "app/run/run_until.h"
#include "app/run/twin.h"
#include "app/run/undo_stack.h"
#include "core/sim/compare/journal_difference.h"
#include "core/sim/engine/fault_end.h"
#include "core/sim/run/correct_run.h"
#include "core/sim/run/snapshot.h"
#include "core/sim/run/timeline.h"
#include "labs/kit/lab.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace app {

// One person's work with one lab: the run, how it is played, what was done to it, which goals are met and what was
// predicted. All of the program's decisions are taken here, none in the window. It draws nothing and reads no clock:
// tick() is handed the screen time that has passed.
//
// One signal: changed() says that something may look different; whoever draws then takes snapshot() once.
class Session : public QObject {
    Q_OBJECT

public:
    // Events played in one tick at most, so that a frame stays a frame at any speed.
    static constexpr uint64_t kEventsPerTick = 20'000;
    // Turns played at once where somebody waits for the picture of another moment; what is further away is played on
    // to in ticks, so that the window answers.
    static constexpr uint64_t kTurnsAtOnce = 100'000;

    // Opens the lab's first scenario, paused at its start.
    explicit Session(const resilience::labs::Lab &lab, QObject *parent = nullptr);

    const resilience::labs::Lab &lab() const { return *m_lab; }
    const resilience::sim::Timeline &timeline() const { return m_timeline; }
    const resilience::sim::Scenario &scenario() const { return m_timeline.scenario(); }
    const resilience::sim::Snapshot &snapshot() const { return *frame(); }
    const resilience::sim::SharedSnapshot &frame() const; // the same one, to keep
    // Grows whenever the run is replaced by another one: what was read from its past no longer holds.
    uint64_t run() const { return m_run; }
    Time now() const { return m_timeline.now(); }
    Time horizon() const { return m_horizon; } // where playing ends: the scenario's length, or more once played on
    const GoalBook &goals() const { return m_goals; }
    const GuideProgress &guide() const { return m_guide; }
    const Prediction &prediction() const { return m_prediction; }
    uint64_t inspected() const { return m_inspected; } // number of the event under "Why?"; 0 = none
    // The present moment was not reached by playing or stepping.
    bool jumped() const { return m_jumped; }
    // What the last action could not do, for the person who tried; empty when all went well.
    const QString &notice() const { return m_notice; }

    // --- which run ---
    // As it was left: its goals, its page of the guide and the scenario that was open, from the start. Nothing happens
    // when it is open already.
    void openLab(const resilience::labs::Lab &lab);
    void openScenario(std::shared_ptr<const resilience::sim::Scenario> scenario);
    // A run from a file, at the moment it was saved. `lab` is the one its scenario belongs to. Opening anything turns
    // to the page of the guide that is about it, and can be undone.
    void openRun(const resilience::labs::Lab &lab, resilience::sim::Timeline run);
    void openRun(const resilience::labs::Lab &lab, resilience::sim::Timeline run, KeptRuns kept); // beside it
    // The same as the first thing of all: there is nothing before it to go back to.
    void begin(const resilience::labs::Lab &lab, resilience::sim::Timeline run, KeptRuns kept = {});
    void reset(); // the scenario's known start: its seed and knobs, nothing done
    void sameSeed(); // back to the start; everything done so far happens again
    void newSeed(); // another seed, the same interventions

    // --- beside each other ---
    // Both are always at the same moment: there is one clock. All of it can be undone.
    bool comparing() const { return m_twin.isOn(); }
    const resilience::sim::Timeline &otherRun() const { return m_twin.other(); } // precondition: comparing()
    const resilience::sim::SharedSnapshot &otherFrame() const { return m_twin.frame(snapshot()); } // likewise
    const KeptRuns &keptRuns() const { return *m_twin.kept(); }
    std::string ourName() const;
    const std::string &otherName() const { return keptRuns().runs[*keptRuns().beside].name; } // likewise
    // Keeps this run and goes on with a copy: a what-if, from here.
    void compare();
    void compareWith(resilience::sim::Timeline other, const std::string &name = {});
    void compareWith(const resilience::sim::Scenario &scenario); // of this lab, with the same seed
    void compareBroken(uint32_t knob); // ours goes on with that variant from its start, the other one is as it was
    void open(const resilience::labs::Comparison &ready); // of this lab: both from their start
    void showBeside(std::optional<size_t> run); // of those kept; none: this run alone
    void swapRuns(); // what is done from now on is done to the other one
    void renameRun(std::optional<size_t> run, const std::string &name); // none: the present one
    void removeRun(size_t run);
    // What was done to the one and not to the other, and making one of these as it is there.
    std::vector<resilience::sim::JournalChange> changesToOther() const;
    void takeBack(const resilience::sim::JournalChange &change);
    const std::optional<resilience::sim::FirstDifference> &firstDifference() const { return m_twin.firstDifference(); }
    void goToDifference(); // and ask why
    // A bet on one of the two, before either end has been seen; it is judged where both have come to the end, and void
    // once one of them is another run.
    const resilience::sim::RunFigure &figureToBetOn() const;
    bool canBet() const;
    void bet(Bet::On on);
    const std::optional<Bet> &standingBet() const { return m_bet; }
    std::optional<BetVerdict> betVerdict() const; // none: not decided yet

    // --- time ---
    bool playing() const { return m_playback.playing(); }
    // On the way to a runUntil(), or to a moment far away, or the other run is.
    bool waiting() const { return m_wait || m_goOnTo || m_twin.isBehind(); }
    bool needsTicks() const { return playing() || waiting(); }
    // Also while nothing but the screen moves: a verdict that has to fold, a question that has to be read.
    bool wantsTicks() const { return needsTicks() || m_prediction.verdictStands() || m_prediction.isNew(); }
    void setPlaying(bool playing);
    void togglePlaying() { setPlaying(!needsTicks()); }
    double speed() const { return m_playback.speed(); }
    // Chosen by a person, it stays for all scenarios of this step. Without a choice each has its own.
    void setSpeed(double speed);
    void useOwnSpeed();
    void tick(Duration wall);
    void stepEvent();
    void stepDecision();
    void stepEventBack();
    void stepDecisionBack();
    void seek(Time t); // also beyond the horizon, which then moves out
    // Plays on to there, a part in each tick where it is a long way; whatever is done halts it. seek() goes on so, too.
    void goOnTo(Time t);
    void runUntil(RunUntil wait);

    // --- changing it ---
    // Whether an intervention is a new act or the next bit of a gesture that is still going on (a dragged slider):
    // one gesture is one undo.
    enum class Gesture : uint8_t { New, Continued };
    std::optional<resilience::ConfigError> intervene(const resilience::sim::Intervention &what,
                                                     Gesture gesture = Gesture::New);
    void toggleFault(uint32_t service, resilience::sim::FaultKind kind); // on with its usual value, or off
    // Another end for a fault, be it ahead or past: the run is played again with it, up to the present moment.
    void endFault(const resilience::sim::FaultEnd &end);
    bool canUndo() const { return m_undo.canUndo(); }
    bool canRedo() const { return m_undo.canRedo(); }
    void undo();
    void redo();

    // What the scenario itself sets a knob to; none where the knob does not apply to it.
    std::optional<double> defaultOf(uint32_t knob, resilience::sim::KnobTarget target = {}) const;

    // --- the guide ---
    // Opens the scenario the beat is about, where it names one that is not open; after the last beat, the next lab.
    void nextBeat();
    bool hasNextBeat() const { return m_guide.hasNext(*m_lab) || nextLab() != nullptr; }
    const resilience::labs::Lab *nextLab() const; // in the order of the steps; null after the last
    void previousBeat();
    // Whether the page is about the scenario that is open; false too where the guide does not speak of that one.
    bool onGuide() const;
    void backToGuide(); // opens the scenario that the page is about

    // --- from one start to the next ---
    // Grows with every goal met, page turned and question answered.
    uint64_t progressVersion() const { return m_progressVersion; }
    Progress progress(const resilience::labs::Lab &lab) const;
    // Takes up where somebody left off: in each lab its goals, its page and the scenario of that.
    void recall(const std::function<Progress(const resilience::labs::Lab &)> &saved);
    void startOver(); // forgets goals, answers and pages of all labs, and opens the first scenario of this one

    // --- asking ---
    void inspect(uint64_t event); // pauses; 0 closes the inspector
    // Locks the prediction; the run goes on. A choice by its index, a time in seconds since the start, a number.
    void answer(double value);
    void draftAnswer(std::optional<double> value); // what is about to be answered; none: nothing yet
    void skipQuestion();
    void foldVerdict(); // off the stage
    // Those of this lab, by the question's id.
    const std::map<std::string, GivenAnswer> &answers() const { return m_answers; }
    void askAgain(const std::string &question); // forgets its answer
    void setAsking(bool asking); // whether questions are asked at all
    bool asking() const { return m_asking; }

signals:
    void changed();

private:
    // What stays of a lab while another one is open.
    struct Left {
        GoalBook goals;
        GuideProgress guide;
        std::shared_ptr<const resilience::sim::Scenario> scenario;
        std::map<std::string, GivenAnswer> answers;
        Twin::Shared kept = std::make_shared<const KeptRuns>();
    };
    Left leftFrom(const resilience::labs::Lab &lab, const Progress &saved) const;
    void leaveFor(const resilience::labs::Lab &lab);
    static Time endOf(const resilience::sim::Timeline &run);
    void start(resilience::sim::Timeline run);
    void watchAtItsSpeed(const resilience::sim::Scenario &scenario);
    void pause();
    void moved();
    bool asks(const resilience::sim::Event &event);
    void keepAnswer();
    void play(Duration wall);
    void goOnWaiting();
    void dropVoidBet();
    void restore(const RunState &state);
    void disturbPrediction();
    void openScenarioOfBeat();
    void turnTo(size_t beat);
    RunState present() const;
    RunState leaving() const; // the same, and where undoing leads back to

    const resilience::labs::Lab *m_lab;
    std::map<std::string, Left> m_left; // by the lab's id
    resilience::sim::Timeline m_timeline;
    uint64_t m_run = 1;
    bool m_jumped = true;
    Twin m_twin;
    std::optional<Bet> m_bet;
    mutable std::optional<BetVerdict> m_betVerdict; // once it is known; of that bet
    const resilience::sim::RunFigure *m_betFigure = nullptr; // of the ready comparison that is open
    Playback m_playback;
    std::optional<double> m_chosenSpeed; // in this step
    Time m_horizon;
    std::optional<RunUntil> m_wait;
    std::optional<Time> m_goOnTo;
    GoalBook m_goals;
    GuideProgress m_guide;
    Prediction m_prediction;
    std::map<std::string, GivenAnswer> m_answers;
    bool m_asking = true;
    bool m_goOnAfterAnswer = false;
    UndoStack m_undo;
    uint64_t m_progressVersion = 1;
    uint64_t m_inspected = 0;
    QString m_notice;
    mutable resilience::sim::SharedSnapshot m_snapshot;
    mutable resilience::sim::SnapshotMaker m_snapshots;
    mutable resilience::sim::CorrectRun m_correct; // beside ours, while something is broken on purpose
    mutable std::optional<resilience::sim::World> m_untouched; // the scenario's start, for defaultOf()
};

} // namespace app
