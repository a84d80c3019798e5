// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace tests {

// A scenario written by hand: 30 s of two calls a second, with what is put in its "faults".
inline QByteArray handWritten(const QByteArray &faults = {})
{
    return R"({
  "format": "resilience-lab/scenario/1",
  "step": "circuit-breaker",
  "name": "by-hand",
  "until": 30,
  "services": [{"name": "payment-service", "latency": 0.15}],
  "clients": [{"name": "shop", "arrivals": {"type": "poisson", "rate": 3},
               "circuit_breaker": {"failure_threshold": 3, "open_duration": 4}}],
  "faults": [)"
           + faults + "]\n}\n";
}

inline constexpr const char *kOutage = R"({"at": 10, "until": 20, "kind": "outage", "target": "payment-service"})";

} // namespace tests
