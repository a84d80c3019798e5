// SPDX-License-Identifier: GPL-3.0-or-later
// The runs that are kept beside the present one, and the one that it is compared with.
#include "app/run/session.h"

#include "core/sim/world/knobs.h"
#include "core/tell/change_text.h"

#include <algorithm>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {

KeptRun keptOf(const Timeline &run, std::string name)
{
    return {std::move(name), run.sharedScenario(), run.seed(), run.journal()};
}

std::string titleOfScenario(const Scenario &scenario)
{
    return scenario.title.empty() ? scenario.name : scenario.title;
}

// The oldest that is not in use makes room.
void add(KeptRuns &kept, KeptRun run)
{
    if (kept.runs.size() >= KeptRuns::kMost)
        kept.runs.erase(kept.runs.begin());
    kept.runs.push_back(std::move(run));
    kept.beside = kept.runs.size() - 1;
}

} // namespace

std::string Session::ourName() const
{
    return keptRuns().ourName.empty() ? titleOfScenario(scenario()) : keptRuns().ourName;
}

void Session::compare()
{
    m_undo.push(present());
    KeptRuns kept = keptRuns();
    const std::string where = now() > kTimeZero
                                  ? tr("as it was at %1").arg(toSeconds(now()), 0, 'g', 4).toStdString() + " s"
                                  : tr("as it was").toStdString();
    add(kept, keptOf(m_timeline, kept.ourName.empty() ? where : kept.ourName));
    kept.ourName = tr("changed").toStdString();
    m_twin.set(std::move(kept), m_timeline);
    m_notice = tr("This run is kept and goes along. Change what you like in the other one.");
    moved();
}

void Session::compareWith(Timeline other, const std::string &name)
{
    m_undo.push(present());
    pause();
    KeptRuns kept = keptRuns();
    add(kept, keptOf(other, name.empty() ? titleOfScenario(other.scenario()) : name));
    m_twin.set(std::move(kept), std::move(other));
    m_jumped = true;
    moved();
}

void Session::compareWith(const Scenario &scenario)
{
    Journal script = scenario.script;
    if (const auto shared = m_lab->scenario(scenario.name))
        compareWith(Timeline(shared, m_timeline.seed(), std::move(script)), titleOfScenario(scenario));
}

void Session::compareBroken(uint32_t knob)
{
    RunState broken = present();
    m_undo.push(broken);
    KeptRuns kept = keptRuns();
    add(kept, keptOf(m_timeline, kept.ourName.empty() ? tr("correct").toStdString() : kept.ourName));
    kept.ourName = knobs()[knob].label;
    m_twin.set(std::move(kept), m_timeline);
    broken.kept = m_twin.kept();
    broken.journal.insert({kTimeZero, 0, TurnKnob{knob, 1, {}}});
    restore(broken);
}

void Session::open(const labs::Comparison &ready)
{
    const auto sideOf = [this](const labs::ComparedRun &run) {
        const auto scenario = m_lab->scenario(run.scenario);
        Journal journal = scenario->script;
        for (const Intervention &change : run.changes)
            journal.insert({kTimeZero, 0, change});
        return Timeline(scenario, scenario->seed, std::move(journal));
    };
    m_undo.push(leaving());
    m_prediction.clear();
    Timeline ours = sideOf(ready.ours);
    watchAtItsSpeed(ours.scenario());
    KeptRuns kept;
    kept.ourName = ready.ours.name;
    Timeline other = sideOf(ready.other);
    add(kept, keptOf(other, ready.other.name));
    m_twin.set(std::move(kept), std::move(other));
    m_betFigure = ready.figures.empty() ? nullptr : runFigureNamed(ready.figures.front().id);
    start(std::move(ours));
}

void Session::showBeside(std::optional<size_t> run)
{
    if (run == keptRuns().beside || (run && *run >= keptRuns().runs.size()))
        return;
    m_undo.push(present());
    KeptRuns kept = keptRuns();
    kept.beside = run;
    m_twin.set(std::move(kept));
    m_notice.clear();
    moved();
}

void Session::swapRuns()
{
    if (!m_twin.isOn())
        return;
    m_undo.push(present());
    m_prediction.clear();
    KeptRuns kept = keptRuns();
    KeptRun &beside = kept.runs[*kept.beside];
    const std::string name = beside.name;
    beside = keptOf(m_timeline, ourName());
    kept.ourName = name;
    kept.oursRight = !kept.oursRight;
    Timeline other = m_twin.takeOther();
    std::swap(other, m_timeline);
    m_twin.set(std::move(kept), std::move(other));
    ++m_run;
    m_untouched.reset();
    m_horizon = std::max({endOf(m_timeline), m_horizon, now()});
    m_inspected = 0;
    m_jumped = true;
    m_notice.clear();
    moved();
}

void Session::renameRun(std::optional<size_t> run, const std::string &name)
{
    if (name.empty() || (run && *run >= keptRuns().runs.size()))
        return;
    m_undo.push(present());
    KeptRuns kept = keptRuns();
    (run ? kept.runs[*run].name : kept.ourName) = name;
    m_twin.rename(std::move(kept));
    emit changed();
}

void Session::removeRun(size_t run)
{
    if (run >= keptRuns().runs.size())
        return;
    m_undo.push(present());
    KeptRuns kept = keptRuns();
    kept.runs.erase(kept.runs.begin() + static_cast<std::ptrdiff_t>(run));
    if (kept.beside == run)
        kept.beside.reset();
    else if (kept.beside && *kept.beside > run)
        --*kept.beside;
    if (!kept.beside)
        m_twin.set(std::move(kept));
    else
        m_twin.rename(std::move(kept));
    moved();
}

std::vector<JournalChange> Session::changesToOther() const
{
    return m_twin.isOn() ? changesThatMatter(m_timeline, m_twin.other()) : std::vector<JournalChange>{};
}

void Session::takeBack(const JournalChange &change)
{
    RunState other = present();
    m_undo.push(other);
    other.journal = takenBack(m_timeline.journal(), change);
    restore(other);
}

void Session::goToDifference()
{
    const auto difference = firstDifference();
    if (!difference)
        return;
    const auto &event = difference->ours;
    const auto &there = difference->other;
    if ((event && !m_timeline.history().log().numbered(event->number))
        || (there
            && !m_twin.other().history().log().numbered(there->number))) { // long forgotten: played again up to there
        pause();
        m_timeline = Timeline(m_timeline.sharedScenario(), m_timeline.seed(), m_timeline.journal());
        m_twin.playAgain();
        ++m_run;
    }
    seek(difference->at);
    if (event)
        inspect(event->number);
}

const RunFigure &Session::figureToBetOn() const { return m_betFigure ? *m_betFigure : usualBet(m_timeline.world()); }

bool Session::canBet() const
{
    const Time end = at(scenario().until);
    return m_twin.isOn() && !m_bet && m_timeline.frontier() < end && m_twin.other().frontier() < end;
}

void Session::bet(Bet::On on)
{
    if (!canBet())
        return;
    m_betVerdict.reset();
    m_bet = Bet{&figureToBetOn(), on, at(scenario().until), keptOf(m_timeline, {}), keptOf(m_twin.other(), {})};
    moved();
}

// After everything that may have changed either run.
void Session::dropVoidBet()
{
    if (!m_twin.isOn()) {
        m_bet.reset();
        m_betFigure = nullptr;
        return;
    }
    if (!m_bet)
        return;
    const auto is = [this](const KeptRun &ours, const KeptRun &other) {
        return isThat(m_timeline, ours) && isThat(m_twin.other(), other);
    };
    if (is(m_bet->ours, m_bet->other))
        return;
    if (is(m_bet->other, m_bet->ours)) { // swapped
        std::swap(m_bet->ours, m_bet->other);
        m_betVerdict.reset();
        if (m_bet->on != Bet::On::Neither)
            m_bet->on = m_bet->on == Bet::On::Ours ? Bet::On::Other : Bet::On::Ours;
    } else {
        m_bet.reset();
    }
}

std::optional<BetVerdict> Session::betVerdict() const
{
    if (!m_bet || !m_twin.isOn() || now() < m_bet->end || m_twin.isBehind())
        return std::nullopt;
    if (m_betVerdict)
        return m_betVerdict;
    // At the end itself, wherever people have played on to.
    Timeline ours = m_timeline;
    Timeline other = m_twin.other();
    ours.runTo(m_bet->end);
    other.runTo(m_bet->end);
    m_betVerdict.emplace();
    m_betVerdict->ours = m_bet->figure->read(ours.world());
    m_betVerdict->other = m_bet->figure->read(other.world());
    m_betVerdict->truth = betterOf(*m_bet->figure, m_betVerdict->ours, m_betVerdict->other);
    m_betVerdict->isRight = m_betVerdict->truth == m_bet->on;
    return m_betVerdict;
}

} // namespace app
