// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_circuit_breaker.h"

#include "core/io/config/breaker_json.h"
#include "core/io/drive/drive_fields.h"
#include "core/io/json/schema.h"
#include "core/io/json/seconds_json.h"

namespace resilience::io {

namespace {

Outcome outcomeNamed(const std::string &name)
{
    return name == "success" ? Outcome::Success : name == "failure" ? Outcome::Failure : Outcome::Ignored;
}

void addState(OrderedJson &answer, BreakerState state)
{
    switch (state) {
    case BreakerState::ForcedOpen:
        answer["state"] = name(BreakerState::Open);
        answer["forced"] = "open";
        return;
    case BreakerState::Disabled:
    case BreakerState::MetricsOnly:
        answer["state"] = name(BreakerState::Closed);
        answer["forced"] = name(state);
        return;
    default:
        answer["state"] = name(state);
    }
}

OrderedJson answerTo(const Decision &decision, const CircuitBreaker &breaker, Time now)
{
    OrderedJson answer = answerAt(now);
    answer["decision"] = decision ? "permitted" : "rejected";
    addState(answer, breaker.state());
    if (decision.retryAfter)
        answer["retry_after"] = secondsNumber(*decision.retryAfter);
    return answer;
}

} // namespace

OrError<std::unique_ptr<Drive>> DriveCircuitBreaker::open(const Json &config)
{
    if (auto error = checkSchema(config, "circuit-breaker"))
        return *error;
    const auto checked = breakerFromJson(config);
    if (!checked)
        return checked.error();
    return std::unique_ptr<Drive>(new DriveCircuitBreaker(*checked));
}

OrderedJson DriveCircuitBreaker::respond(const Json &request)
{
    const auto &op = request["op"].get_ref<const std::string &>();
    const Time now = timeOf(request);
    if (op == "acquire")
        return acquire(callId(request["id"]), now);
    if (op == "call")
        return call(outcomeNamed(request["outcome"].get<std::string>()), request, now);
    if (op == "state")
        return look(now);
    if (op == "force")
        return force(request["state"].get<std::string>(), now);
    return report(callId(request["id"]), outcomeNamed(op), request, now);
}

OrderedJson DriveCircuitBreaker::acquire(const std::string &id, Time now)
{
    if (m_calls.contains(id))
        return refusal("/id: found " + shownId(id) + ", which is in flight, expected a new id");
    passTo(now);
    const Decision decision = m_breaker.tryAcquire(now);
    if (decision)
        m_calls.emplace(id, Call{decision.permit, now});
    return answerTo(decision, m_breaker, now);
}

OrderedJson DriveCircuitBreaker::report(const std::string &id, Outcome outcome, const Json &request, Time now)
{
    const auto it = m_calls.find(id);
    if (it == m_calls.end())
        return refusal("/id: found " + shownId(id)
                       + ", which is not in flight, expected the id of a permitted acquire");
    passTo(now);
    const Duration took =
        request.contains("duration") ? fromSeconds(request["duration"].get<double>()) : now - it->second.since;
    m_breaker.onResult(it->second.permit, outcome, took, now);
    m_calls.erase(it);
    OrderedJson answer = answerAt(now);
    addState(answer, m_breaker.state());
    return answer;
}

OrderedJson DriveCircuitBreaker::call(Outcome outcome, const Json &request, Time now)
{
    passTo(now);
    const Decision decision = m_breaker.tryAcquire(now);
    if (decision)
        m_breaker.onResult(decision.permit, outcome, fromSeconds(request.value("duration", 0.0)), now);
    return answerTo(decision, m_breaker, now);
}

OrderedJson DriveCircuitBreaker::force(const std::string &state, Time now)
{
    static const std::map<std::string, BreakerTrigger> triggers{
        {"open", BreakerTrigger::HoldOpen},           {"closed", BreakerTrigger::ForceClosed},
        {"half-open", BreakerTrigger::ForceHalfOpen}, {"disabled", BreakerTrigger::Disable},
        {"metrics-only", BreakerTrigger::WatchOnly},  {"auto", BreakerTrigger::Release}};
    passTo(now);
    m_breaker.force(triggers.at(state), now);
    OrderedJson answer = answerAt(now);
    addState(answer, m_breaker.state());
    return answer;
}

// Looking moves neither the breaker nor the latest time.
OrderedJson DriveCircuitBreaker::look(Time now) const
{
    const BreakerView view = m_breaker.view(now);
    OrderedJson answer = answerAt(now);
    addState(answer, view.state);
    answer["half_open_allowed"] = view.halfOpenAllowed;
    return answer;
}

} // namespace resilience::io
