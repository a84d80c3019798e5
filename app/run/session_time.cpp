// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/session.h"

// How time passes: playing, stepping, going to another moment.
namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {
bool isBefore(const std::optional<Time> &a, const std::optional<Time> &b) { return a && (!b || *a < *b); }
} // namespace

void Session::pause()
{
    m_playback.setPlaying(false);
    m_wait.reset();
    m_goOnTo.reset();
    m_notice.clear();
    m_jumped = false;
}

// After everything that may have moved the present moment.
void Session::moved()
{
    // While it plays the other has about as much to do as ours; after a jump it may take some frames more.
    dropVoidBet();
    m_twin.follow(m_timeline, playing() ? kEventsPerTick : kTurnsAtOnce);
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
    if (m_twin.isBehind()) {
        moved();
    } else if (m_wait) {
        goOnWaiting();
    } else if (m_goOnTo) {
        goOnTo(*m_goOnTo);
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
    if (m_twin.isOn() && isBefore(m_twin.other().nextTime(), m_timeline.nextTime()))
        m_timeline.runTo(*m_twin.other().nextTime()); // one clock: the other's event comes first
    else if (!m_timeline.stepEvent())
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
    m_horizon = std::max(m_horizon, t);
    goOnTo(std::max(t, kTimeZero));
}

void Session::goOnTo(Time t)
{
    const bool there = m_timeline.runTo(t, m_goOnTo ? kEventsPerTick : kTurnsAtOnce);
    if (there && m_goOnTo)
        m_notice.clear();
    m_goOnTo = there ? std::nullopt : std::optional(t);
    if (!there)
        m_notice = tr("A long way: playing on to %1 s. Space halts.").arg(toSeconds(t - kTimeZero), 0, 'g', 6);
    m_jumped = true;
    moved();
}

} // namespace app
