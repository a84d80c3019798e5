// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_retry.h"

#include "core/io/config/backoff_json.h"
#include "core/io/config/retry_json.h"
#include "core/io/drive/drive_fields.h"
#include "core/io/json/schema.h"
#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

namespace resilience::io {

OrError<std::unique_ptr<Drive>> DriveRetry::open(const Json &config)
{
    if (auto error = checkSchema(config, "retry"))
        return *error;
    const auto wanted = retryFromJson(config);
    if (!wanted)
        return wanted.error();
    std::optional<RetryBudget> budget;
    if (config.contains("budget")) {
        const auto limits = retryBudgetFromJson(config["budget"], "/budget");
        if (!limits)
            return limits.error();
        budget.emplace(*limits);
    }
    std::optional<std::set<std::string>> retryOn;
    if (config.contains("retry_on"))
        retryOn = config["retry_on"].get<std::set<std::string>>();
    return std::unique_ptr<Drive>(new DriveRetry(Retry(*wanted, randomFromJson(config)), budget, std::move(retryOn)));
}

OrderedJson DriveRetry::respond(const Json &request)
{
    const Time now = timeOf(request);
    const std::string id = callId(request["id"]);
    return request["op"] == "begin" ? begin(id, now) : result(id, request, now);
}

OrderedJson DriveRetry::begin(const std::string &id, Time now)
{
    if (m_calls.contains(id))
        return refusal("/id: found " + shownId(id) + ", which is under way, expected a new id");
    passTo(now);
    const auto &call = m_calls.emplace(id, m_retry.begin(now, {}, {}, budget())).first->second;
    OrderedJson answer = answerAt(now);
    answer["attempt"] = call.attempts;
    return answer;
}

OrderedJson DriveRetry::result(const std::string &id, const Json &request, Time now)
{
    passTo(now);
    auto it = m_calls.find(id);
    if (it == m_calls.end())
        it = m_calls.emplace(id, m_retry.begin(now, {}, {}, budget())).first;

    const bool failed = request["outcome"] == "failure";
    Failure failure;
    failure.retryable = isRetryable(request);
    take(request, "retry_after", failure.retryAfter);
    const RetryVerdict verdict =
        m_retry.onResult(it->second, failed ? Outcome::Failure : Outcome::Success, failure, now, budget());
    if (!verdict.again())
        m_calls.erase(it);

    OrderedJson answer = answerAt(now);
    switch (verdict.kind) {
    case RetryVerdict::Kind::Done:
        answer["decision"] = "done";
        break;
    case RetryVerdict::Kind::Again:
        answer["decision"] = "retry";
        answer["attempt"] = verdict.attempt;
        answer["delay"] = secondsNumber(verdict.delay);
        break;
    case RetryVerdict::Kind::GiveUp:
        answer["decision"] = "give-up";
        answer["reason"] = name(verdict.reason);
        break;
    }
    return answer;
}

// A failure without a name is one of the many.
bool DriveRetry::isRetryable(const Json &request) const
{
    const std::string error = request.value("error", "");
    const bool byName = m_retryOn ? m_retryOn->contains(error) : error != "client-error" && error != "do-not-retry";
    return request.value("retryable", byName);
}

} // namespace resilience::io
