// SPDX-License-Identifier: MIT
#pragma once

#include "core/decision.h"
#include "core/io/drive/drive.h"
#include "core/io/drive/drive_fields.h"
#include "core/io/json/seconds_json.h"

#include <utility>

namespace resilience::io {

// What all rate limiters have in common behind the line protocol: one operation, "acquire", of so many permits. A
// Limiter has tryAcquire(Time, uint64_t) and available(Time).
template <typename Limiter> class DriveLimiter : public Drive {
protected:
    template <typename Config>
    DriveLimiter(std::string pattern, const Config &config) : Drive(std::move(pattern)), m_limiter(config)
    {
    }

    OrderedJson respond(const Json &request) override
    {
        const Time now = timeOf(request);
        const uint64_t permits = request.contains("permits") ? request["permits"].get<uint64_t>() : 1;
        // A peek moves neither the limiter nor the latest time.
        if (permits > 0)
            passTo(now);
        const Decision decision = m_limiter.tryAcquire(now, permits);
        OrderedJson answer = answerAt(now);
        answer["decision"] = decision ? "permitted" : "rejected";
        answer["available"] = static_cast<double>(m_limiter.available(now));
        if (decision.rejection == Rejection::ExceedsCapacity)
            answer["reason"] = "exceeds-capacity";
        if (decision.retryAfter)
            answer["retry_after"] = secondsNumber(*decision.retryAfter);
        return answer;
    }

private:
    Limiter m_limiter;
};

} // namespace resilience::io
