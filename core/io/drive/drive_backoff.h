// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive.h"
#include "core/patterns/retry/backoff.h"

namespace resilience::io {

// The backoff behind the line protocol. It has no time of its own: "t" is taken and not answered. For decorrelated
// jitter, attempt 1 begins a new call, and every other goes on from the latest delay.
class DriveBackoff : public Drive {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

protected:
    OrderedJson respond(const Json &request) override;

private:
    explicit DriveBackoff(Backoff backoff) : Drive("backoff"), m_backoff(std::move(backoff)) {}

    Backoff m_backoff;
    Duration m_previous{0};
};

} // namespace resilience::io
