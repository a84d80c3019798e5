// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"

#include "labs/circuit-breaker/step.h"
#include "labs/combining/step.h"

namespace resilience::labs {

const std::vector<Lab> &catalog()
{
    static const std::vector<Lab> all{
        circuitBreakerLab(),
        combiningLab(),
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
