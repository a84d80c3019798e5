// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/session.h"

#include "core/sim/world/knobs.h"

#include <algorithm>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {
// Another seed that people can read out: 1 .. 9999, and never the same twice in a row.
uint64_t seedAfter(uint64_t seed)
{
    const uint64_t next = (seed * 7919 + 4177) % 9999 + 1;
    return next == seed ? next % 9999 + 1 : next;
}

Time endOf(const Timeline &run) { return std::max(at(run.scenario().until), run.frontier()); }
} // namespace

Session::Session(const labs::Lab &lab, QObject *parent)
    : QObject(parent), m_lab(&lab), m_timeline(lab.scenarios.front()), m_horizon(endOf(m_timeline)), m_goals(lab)
{
    watchAtItsSpeed(scenario());
}

const SharedSnapshot &Session::frame() const
{
    if (!m_snapshot) {
        Snapshot made = m_snapshots.of(m_timeline);
        if (m_lab->panels.front() == labs::PanelKind::BreakerStage) // the one stage that shows it
            made.beside = m_correct.beside(m_timeline);
        made.speed = m_playback.speed();
        made.playing = needsTicks();
        made.until = m_horizon.time_since_epoch();
        m_snapshot = std::move(made);
    }
    return m_snapshot;
}

// ------------------------------------------------------------------------------------------------- which run

void Session::start(Timeline run)
{
    pause();
    m_timeline = std::move(run);
    ++m_run;
    m_untouched.reset();
    m_horizon = endOf(m_timeline);
    m_inspected = 0;
    m_jumped = true;
    moved();
}

void Session::openScenario(std::shared_ptr<const Scenario> scenario) { openRun(*m_lab, Timeline(std::move(scenario))); }

void Session::openRun(const labs::Lab &lab, Timeline run)
{
    m_undo.push(leaving());
    const bool played = m_timeline.frontier() > kTimeZero;
    if (m_lab != &lab) {
        leaveFor(lab);
        m_kept.reset();
    }
    m_prediction.clear();
    watchAtItsSpeed(run.scenario());
    start(std::move(run));
    if (const auto beat = labs::beatOf(m_lab->guide, scenario().name); beat && !onGuide())
        turnTo(*beat);
    if (played)
        m_notice = tr("Ctrl+Z brings your run back.");
    emit changed();
}

void Session::begin(const labs::Lab &lab, Timeline run)
{
    openRun(lab, std::move(run));
    m_undo.clear();
    m_notice.clear();
    emit changed();
}

void Session::watchAtItsSpeed(const Scenario &scenario)
{
    m_playback.setSpeed(m_chosenSpeed.value_or(scenario.speed));
    m_playback.setLeadIn(Playback::leadInOf(scenario));
}

void Session::reset()
{
    m_undo.push(leaving());
    m_prediction.clear();
    if (!m_chosenSpeed) // that one holds from the start
        watchAtItsSpeed(scenario());
    start(Timeline(m_timeline.sharedScenario()));
}

void Session::sameSeed()
{
    m_prediction.skip();
    m_inspected = 0;
    seek(kTimeZero);
}

void Session::newSeed()
{
    m_undo.push(leaving());
    m_prediction.clear();
    start(Timeline(m_timeline.sharedScenario(), seedAfter(m_timeline.seed()), m_timeline.journal()));
}

void Session::fork()
{
    m_kept = m_timeline;
    m_notice = tr("This run is kept. Change what you like; \"Swap runs\" brings it back.");
    m_snapshot = {};
    emit changed();
}

void Session::swapRuns()
{
    if (!m_kept)
        return;
    m_undo.clear();
    m_prediction.clear();
    Timeline other = std::move(*m_kept);
    m_kept = m_timeline;
    start(std::move(other));
}

// ------------------------------------------------------------------------------------------------------ time

void Session::pause()
{
    m_playback.setPlaying(false);
    m_wait.reset();
    m_notice.clear();
    m_jumped = false;
}

// After everything that may have moved the present moment.
void Session::moved()
{
    if (m_goals.update(*m_lab, m_timeline))
        ++m_progressVersion;
    if (m_prediction.update(now()))
        keepAnswer();
    m_snapshot = {};
    emit changed();
}

void Session::setPlaying(bool playing)
{
    pause();
    if (playing && m_prediction.stage() == Prediction::Stage::Asked) {
        m_notice = tr("Answer the question first, or skip it.");
    } else if (playing) {
        // At the end of the scenario, playing goes on into free play, a scenario's length at a time.
        if (now() >= m_horizon)
            m_horizon = saturatingAdd(m_horizon, scenario().until);
        m_inspected = 0;
        m_playback.setPlaying(true);
    }
    moved();
}

void Session::setSpeed(double speed)
{
    m_playback.setSpeed(speed);
    m_chosenSpeed = m_playback.speed();
    m_snapshot = {};
    emit changed();
}

void Session::useOwnSpeed()
{
    m_chosenSpeed.reset();
    m_playback.setSpeed(scenario().speed);
    m_snapshot = {};
    emit changed();
}

void Session::tick(Duration wall)
{
    const bool folded = m_prediction.elapse(wall);
    if (m_wait) {
        goOnWaiting();
    } else if (playing()) {
        play(wall);
    } else if (folded) {
        moved();
    }
}

void Session::play(Duration wall)
{
    uint64_t left = kEventsPerTick;
    const auto stop = [&](const Event &event) {
        if (asks(event)) {
            m_goOnAfterAnswer = true;
            pause();
            m_inspected = 0;
            return true;
        }
        return --left == 0;
    };
    m_timeline.runUntil(stop, std::min(m_playback.target(now(), wall), m_horizon));
    if (now() >= m_horizon) {
        pause();
        m_notice = tr("The end of the scenario. Play goes on from here, Ctrl+R starts over.");
    }
    moved();
}

void Session::runUntil(RunUntil wait)
{
    pause();
    if (now() >= m_horizon)
        m_horizon = saturatingAdd(m_horizon, scenario().until);
    m_inspected = 0;
    m_wait = wait;
    goOnWaiting();
}

void Session::goOnWaiting()
{
    uint64_t left = kEventsPerTick;
    bool over = false;
    const RunUntil wait = *m_wait;
    const auto stop = [&](const Event &event) {
        over = over || isOver(wait, event);
        return over || --left == 0;
    };
    const bool halted = m_timeline.runUntil(stop, m_horizon);
    if (over || !halted) {
        pause();
        m_jumped = true;
        if (!over && wait != RunUntil::End)
            m_notice = tr("That does not happen before the end, %1 s.").arg(toSeconds(m_horizon));
    }
    moved();
}

void Session::stepEvent()
{
    pause();
    if (!m_timeline.stepEvent())
        m_notice = tr("Nothing will ever happen again.");
    m_horizon = std::max(m_horizon, now());
    moved();
}

void Session::stepDecision()
{
    pause();
    if (!m_timeline.stepDecision(std::max(m_horizon, saturatingAdd(now(), scenario().until))))
        m_notice = tr("No further decision.");
    m_horizon = std::max(m_horizon, now());
    moved();
}

void Session::stepEventBack()
{
    pause();
    if (!m_timeline.stepEventBack())
        m_notice = tr("This is the start.");
    moved();
}

void Session::stepDecisionBack()
{
    pause();
    if (!m_timeline.stepDecisionBack())
        m_notice = tr("This is the start.");
    moved();
}

void Session::seek(Time t)
{
    pause();
    m_timeline.runTo(std::max(t, kTimeZero));
    m_horizon = std::max(m_horizon, t);
    m_jumped = true;
    moved();
}

// ----------------------------------------------------------------------------------------------- changing it

RunState Session::present() const
{
    return {m_lab, m_timeline.sharedScenario(), m_timeline.seed(), m_timeline.journal(), std::nullopt};
}

RunState Session::leaving() const
{
    RunState state = present();
    state.left = RunState::Left{placeOf(m_timeline), m_timeline.frontier(), m_guide.beat(), m_chosenSpeed};
    return state;
}

std::optional<double> Session::defaultOf(uint32_t knob, KnobTarget target) const
{
    if (!m_untouched)
        m_untouched = World(scenario(), scenario().seed);
    const KnobSpec &spec = knobs()[knob];
    return spec.applies(*m_untouched, target) ? std::optional(spec.get(*m_untouched, target)) : std::nullopt;
}

std::optional<ConfigError> Session::intervene(const Intervention &what, Gesture gesture)
{
    RunState before = present();
    const auto refused = m_timeline.intervene(what);
    m_snapshot = {};
    m_notice.clear();
    if (!refused) {
        if (gesture == Gesture::New)
            m_undo.push(std::move(before));
        disturbPrediction();
    }
    emit changed();
    return refused;
}

void Session::endFault(const FaultEnd &end)
{
    const auto journal = withFaultEnd(m_timeline.journal(), scenario().script, end);
    if (!journal) {
        m_notice = tr("The fault cannot end there.");
        emit changed();
        return;
    }
    RunState other = present();
    m_undo.push(other);
    other.journal = *journal;
    restore(other);
}

void Session::toggleFault(uint32_t target, FaultKind kind)
{
    const auto components = componentsOf(m_timeline.scenario());
    if (!canHave(components.at(target), kind))
        return;
    if (m_timeline.world().faultsOf(target)[static_cast<size_t>(kind)])
        intervene(ClearFault{target, kind});
    else
        intervene(SetFault{target, kind, spec(kind).defaultValue});
}

void Session::undo()
{
    if (const auto before = m_undo.undo(leaving()))
        restore(*before);
}

void Session::redo()
{
    if (const auto after = m_undo.redo(leaving()))
        restore(*after);
}

// The same moment of the run as it would have been; or another run, where it was left.
void Session::restore(const RunState &state)
{
    const Place where = state.left ? state.left->place : placeOf(m_timeline);
    const bool otherRun = state.scenario != m_timeline.sharedScenario();
    if (m_lab != state.lab) {
        leaveFor(*state.lab);
        m_chosenSpeed = state.left ? state.left->speed : std::nullopt;
    }
    Timeline run(state.scenario, state.seed, state.journal);
    if (state.left)
        run.runTo(state.left->frontier);
    playTo(run, where);
    pause();
    m_timeline = std::move(run);
    ++m_run;
    m_untouched.reset();
    if (otherRun) {
        m_prediction.clear();
        watchAtItsSpeed(scenario());
        m_horizon = endOf(m_timeline);
    }
    if (state.left)
        turnTo(state.left->beat);
    m_horizon = std::max(m_horizon, now());
    m_inspected = 0;
    m_jumped = true;
    disturbPrediction();
    moved();
}

} // namespace app
