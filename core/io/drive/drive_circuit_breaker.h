// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive.h"
#include "core/patterns/circuit_breaker.h"

#include <map>

namespace resilience::io {

// The breaker behind the line protocol. Answers speak of closed, open and half-open only; while an operator holds it,
// "forced" names the hold: open (shown as open), disabled or metrics-only (both let calls pass, and show as closed).
class DriveCircuitBreaker : public Drive {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

protected:
    OrderedJson respond(const Json &request) override;

private:
    struct Call {
        Permit permit;
        Time since;
    };

    explicit DriveCircuitBreaker(const CircuitBreakerConfig &config) : Drive("circuit-breaker"), m_breaker(config) {}

    OrderedJson acquire(const std::string &id, Time now);
    OrderedJson report(const std::string &id, Outcome outcome, const Json &request, Time now);
    OrderedJson call(Outcome outcome, const Json &request, Time now);
    OrderedJson force(const std::string &state, Time now);
    OrderedJson look(Time now) const;

    CircuitBreaker m_breaker;
    std::map<std::string, Call> m_calls; // in flight, by id
};

} // namespace resilience::io
