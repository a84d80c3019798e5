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

KeptRuns alone(KeptRuns kept)
{
    kept.beside.reset();
    kept.ourName.clear();
    return kept;
}
} // namespace

Time Session::endOf(const Timeline &run) { return std::max(at(run.scenario().until), run.frontier()); }

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

void Session::openRun(const labs::Lab &lab, Timeline run, KeptRuns kept)
{
    if (kept == KeptRuns{})
        return openRun(lab, std::move(run));
    openRun(lab, std::move(run));
    m_twin.set(std::move(kept));
    moved();
}

void Session::openRun(const labs::Lab &lab, Timeline run)
{
    m_undo.push(leaving());
    const bool played = m_timeline.frontier() > kTimeZero;
    if (m_lab != &lab)
        leaveFor(lab);
    else
        m_twin.set(alone(keptRuns()));
    m_prediction.clear();
    watchAtItsSpeed(run.scenario());
    start(std::move(run));
    if (const auto beat = labs::beatOf(m_lab->guide, scenario().name); beat && !onGuide())
        turnTo(*beat);
    if (played)
        m_notice = tr("Ctrl+Z brings your run back.");
    emit changed();
}

void Session::begin(const labs::Lab &lab, Timeline run, KeptRuns kept)
{
    openRun(lab, std::move(run), std::move(kept));
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
    const uint64_t seed = seedAfter(m_timeline.seed());
    if (m_twin.isOn()) { // the same luck for both
        KeptRuns kept = keptRuns();
        kept.runs[*kept.beside].seed = seed;
        m_twin.set(std::move(kept));
    }
    start(Timeline(m_timeline.sharedScenario(), seed, m_timeline.journal()));
}

// ----------------------------------------------------------------------------------------------- changing it

RunState Session::present() const
{
    return {m_lab, m_timeline.sharedScenario(), m_timeline.seed(), m_timeline.journal(), m_twin.kept(), std::nullopt};
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
        m_twin.follow(m_timeline, kTurnsAtOnce);
        dropVoidBet();
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
    const bool anotherScenario = state.scenario != m_timeline.sharedScenario();
    if (m_lab != state.lab) {
        leaveFor(*state.lab);
        m_chosenSpeed = state.left ? state.left->speed : std::nullopt;
    }
    if (state.kept != m_twin.kept())
        m_twin.set(state.kept);
    Timeline run(state.scenario, state.seed, state.journal);
    const bool isShort = run.runTo(state.left ? state.left->frontier : where.at, kTurnsAtOnce);
    if (isShort)
        playTo(run, where);
    pause();
    if (!isShort)
        m_goOnTo = where.at;
    m_timeline = std::move(run);
    ++m_run;
    m_untouched.reset();
    if (anotherScenario) {
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
