// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive.h"
#include "core/patterns/retry.h"

#include <map>
#include <set>

namespace resilience::io {

// The retry behind the line protocol. "begin" begins the call of an id: max_elapsed counts from there, and the budget
// has one more request. A result of an id that was not begun is as if it had begun at that moment. After "done" and
// "give-up" the id is free. Errors go by name: those in retry_on are retried, without it all but client-error and
// do-not-retry; a result's own "retryable" has the last word.
class DriveRetry : public Drive {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

protected:
    OrderedJson respond(const Json &request) override;

private:
    DriveRetry(Retry retry, std::optional<RetryBudget> budget, std::optional<std::set<std::string>> retryOn)
        : Drive("retry"), m_retry(std::move(retry)), m_budget(std::move(budget)), m_retryOn(std::move(retryOn))
    {
    }

    RetryBudget *budget() { return m_budget ? &*m_budget : nullptr; }
    OrderedJson begin(const std::string &id, Time now);
    OrderedJson result(const std::string &id, const Json &request, Time now);
    bool isRetryable(const Json &request) const;

    Retry m_retry;
    std::optional<RetryBudget> m_budget;
    std::optional<std::set<std::string>> m_retryOn;
    std::map<std::string, RetryCall> m_calls; // under way, by id
};

} // namespace resilience::io
