// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"

#include "labs/bulkhead/step.h"
#include "labs/capstone/step.h"
#include "labs/circuit-breaker/step.h"
#include "labs/combining/step.h"
#include "labs/distributed-lock/step.h"
#include "labs/health-check/step.h"
#include "labs/rate-limiter/step.h"
#include "labs/retry/step.h"

namespace resilience::labs {

const std::vector<Lab> &catalog()
{
    static const std::vector<Lab> all{
        circuitBreakerLab(), retryLab(),           rateLimiterLab(), bulkheadLab(),
        healthCheckLab(),    distributedLockLab(), combiningLab(),   capstoneLab(),
    };
    return all;
}

const Lab *labWithId(const std::string &id)
{
    for (const Lab &lab : catalog())
        if (lab.id == id)
            return &lab;
    return nullptr;
}

} // namespace resilience::labs
