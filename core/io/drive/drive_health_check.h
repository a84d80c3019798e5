// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive.h"
#include "core/patterns/health_check.h"

namespace resilience::io {

// The health check behind the line protocol: each line is a whole probe, of readiness unless it says otherwise.
class DriveHealthCheck : public Drive {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

protected:
    OrderedJson respond(const Json &request) override;

private:
    explicit DriveHealthCheck(const HealthCheckConfig &config) : Drive("health-check"), m_check(config) {}

    void probe(const Json &request, Time now);

    HealthCheck m_check;
};

} // namespace resilience::io
