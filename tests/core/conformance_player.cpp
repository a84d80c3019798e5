// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/conformance_player.h"

#include <algorithm>
#include <stdexcept>

using namespace resilience;

namespace tests {

namespace {

// A case about bad settings needs a player all the same.
CircuitBreakerConfig playableBreaker(const CircuitBreakerConfig &config)
{
    return config.validate() ? CircuitBreakerConfig{} : config;
}

BreakerTrigger handFor(const std::string &state)
{
    static const std::map<std::string, BreakerTrigger> hands{
        {"closed", BreakerTrigger::ForceClosed},      {"open", BreakerTrigger::ForceOpen},
        {"half_open", BreakerTrigger::ForceHalfOpen}, {"forced_open", BreakerTrigger::HoldOpen},
        {"disabled", BreakerTrigger::Disable},        {"metrics_only", BreakerTrigger::WatchOnly}};
    return hands.at(state);
}

bool breakerMatches(const nlohmann::json &expected, const nlohmann::json &found)
{
    return expected.is_number() && found.is_number() ? expected.get<double>() == found.get<double>()
                                                     : expected == found;
}

} // namespace

ConformancePlayer::ConformancePlayer(const ConformanceCase &conformanceCase)
    : m_case(conformanceCase), m_config(breakerConfigOf(conformanceCase.ours)), m_breaker(playableBreaker(m_config)),
      m_window(playableBreaker(m_config).window)
{
    if (!m_case.start.empty())
        m_breaker.force(handFor(m_case.start), kTimeZero);
}

std::vector<std::string> ConformancePlayer::play()
{
    size_t index = 0;
    for (const Json &step : m_case.steps) {
        const Time now = at(Duration{step.at("t").get<int64_t>()});
        for (int i = 0; i < step.value("repeat", 1); ++i)
            doStep(step, now);
        compare(step.at("expect"), "", "step " + std::to_string(++index), now, step.at("op") == "state");
    }
    return m_differences;
}

std::vector<std::string> ConformancePlayer::playForFinalState()
{
    play();
    m_differences.clear();
    const Json &last = m_case.steps.back();
    compare({{"state", last.at("expect").at("state")}}, "", "last step", at(Duration{last.at("t").get<int64_t>()}),
            false);
    return m_differences;
}

void ConformancePlayer::doStep(const Json &step, Time now)
{
    const uint64_t generation = m_breaker.generation();
    m_decision = {};
    if (m_case.pattern == "rolling_window")
        doWindowStep(step.at("op"), step, now);
    else
        doBreakerStep(step.at("op"), step, now);
    if (m_breaker.generation() != generation)
        m_rejected = 0;
    m_rejected += !m_decision.permitted();
}

void ConformancePlayer::doBreakerStep(const std::string &op, const Json &step, Time now)
{
    if (op == "succeed")
        callAtOnce(Outcome::Success, step, now);
    else if (op == "fail")
        callAtOnce(Outcome::Failure, step, now);
    else if (op == "exclude" || op == "ignore")
        callAtOnce(Outcome::Ignored, step, now);
    else if (op == "begin" || op == "try_acquire")
        acquire(step, now);
    else if (op == "end_success")
        finish(Outcome::Success, step, now);
    else if (op == "end_failure")
        finish(Outcome::Failure, step, now);
    else if (op == "end_excluded")
        finish(Outcome::Ignored, step, now);
    else if (op == "release_permission")
        finish(Outcome::Cancelled, step, now);
    else if (op == "force_transition") {
        const BreakerState before = m_breaker.view(now).state;
        m_begunAnew += m_breaker.force(handFor(step.at("to")), now) && m_breaker.state() == before;
    } else if (op == "blocked_until") {
        CircuitBreaker fresh(m_config);
        fresh.force(BreakerTrigger::ForceOpen, now);
        m_blockedUntil = fresh.openUntil();
    } else if (op == "construct") {
        Json ours = m_case.ours;
        ours.update(step.value("set", Json::object()));
        const auto error = breakerConfigOf(ours).validate();
        m_refused = error ? error->field : "";
    } else if (op != "state") {
        throw std::runtime_error("no such operation: " + op);
    }
}

void ConformancePlayer::doWindowStep(const std::string &op, const Json &step, Time now)
{
    if (op == "record_success" || op == "record_failure")
        m_window.add(op == "record_failure", step.value("slow", false), now);
    else if (op != "snapshot")
        throw std::runtime_error("no such operation: " + op);
}

void ConformancePlayer::callAtOnce(Outcome outcome, const Json &step, Time now)
{
    m_decision = m_breaker.tryAcquire(now);
    if (m_decision)
        m_breaker.onResult(m_decision.permit, outcome, Duration{step.value("duration", int64_t{0})}, now);
}

void ConformancePlayer::acquire(const Json &step, Time now)
{
    m_decision = m_breaker.tryAcquire(now);
    if (m_decision)
        m_calls[step.value("call", "")] = m_decision.permit;
}

void ConformancePlayer::finish(Outcome outcome, const Json &step, Time now)
{
    m_breaker.onResult(m_calls.at(step.value("call", "")), outcome, {}, now);
}

// `prefix` names the object that `expected` is the value of: "counts." and so on.
void ConformancePlayer::compare(const Json &expected, const std::string &prefix, const std::string &place, Time now,
                                bool reading)
{
    for (const auto &[key, value] : expected.items()) {
        const std::string path = prefix + key;
        if (std::ranges::find(m_case.notCompared, path) != m_case.notCompared.end())
            continue;
        if (value.is_object()) {
            compare(value, path + ".", place, now, reading);
            continue;
        }
        const Json found = actual(path, now, reading);
        if (!breakerMatches(value, found))
            m_differences.push_back(place + ": " + path + " is " + found.dump() + ", expected " + value.dump());
    }
}

ConformancePlayer::Json ConformancePlayer::actual(const std::string &key, Time now, bool reading) const
{
    const BreakerView view = m_breaker.view(now);
    const WindowCounts seen = m_case.pattern == "rolling_window" ? m_window.counts(now) : deciding(now);
    if (key == "state")
        return stateWord(now, reading);
    if (key == "permitted" || key == "accepted")
        return m_decision.permitted();
    if (key == "rejected")
        return !m_decision.permitted();
    if (key == "reason")
        return m_decision.rejection == Rejection::TrialsTaken ? "too_many_half_open" : "other";
    if (key == "retry_after")
        return m_decision.retryAfter ? Json(m_decision.retryAfter->count()) : Json();
    if (key == "trip")
        return view.state == BreakerState::Open;
    if (key == "value")
        return m_blockedUntil->time_since_epoch().count();
    if (key == "refused")
        return m_refused;
    if (key == "counts.requests")
        return view.window.calls;
    if (key == "counts.consecutive_failures")
        return view.window.consecutiveFailures;
    if (key == "total" || key == "buffered" || key == "metrics.buffered")
        return seen.calls;
    if (key == "failures" || key == "metrics.failures")
        return seen.failures;
    if (key == "successes" || key == "metrics.successes")
        return seen.calls - seen.failures;
    if (key == "slow" || key == "slow_calls")
        return seen.slow;
    if (key == "metrics.failure_rate")
        return rate(seen.failures, now);
    if (key == "slow_rate")
        return rate(seen.slow, now);
    if (key == "metrics.not_permitted")
        return m_rejected;
    if (key == "events.state_transition")
        return view.generation - m_begunAnew;
    throw std::runtime_error("no such expectation: " + key);
}

// The counters as resilience4j shows them: half-open shows its trials, and open still shows what opened it (ours are
// cleared by then, and the view keeps them as the last).
WindowCounts ConformancePlayer::deciding(Time now) const
{
    const BreakerView view = m_breaker.view(now);
    if (view.state == BreakerState::HalfOpen)
        return {view.trialsSucceeded + view.trialsFailed, view.trialsFailed, view.trialsSlow, 0};
    if (view.state != BreakerState::Open)
        return view.window;
    if (view.lastTrigger == BreakerTrigger::TrialsFailed)
        return {view.lastTrialsSucceeded + view.lastTrialsFailed, view.lastTrialsFailed, view.lastTrialsSlow, 0};
    return view.lastWindow;
}

// In percent; -1 below the number of calls from which a rate is judged.
ConformancePlayer::Json ConformancePlayer::rate(uint32_t hits, Time now) const
{
    const BreakerView view = m_breaker.view(now);
    const bool trials = view.state == BreakerState::HalfOpen || view.lastTrigger == BreakerTrigger::TrialsFailed;
    const uint32_t calls = deciding(now).calls;
    if (calls < (trials ? m_config.halfOpenMaxCalls : m_config.minimumCalls))
        return -1;
    return 100.0 * hits / calls;
}

// Some peers enter half-open when somebody looks after the wait; ours says then that half-open is allowed, and enters
// it with the next call.
std::string ConformancePlayer::stateWord(Time now, bool reading) const
{
    const BreakerView view = m_breaker.view(now);
    std::string word = reading && view.halfOpenAllowed ? "half_open" : name(view.state);
    std::ranges::replace(word, '-', '_');
    return word;
}

} // namespace tests
