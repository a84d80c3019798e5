// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/kit/lab.h"

namespace resilience::labs {

std::shared_ptr<const Scenario> Lab::scenario(const std::string &name) const
{
    for (const auto &scenario : scenarios)
        if (scenario->name == name)
            return scenario;
    return nullptr;
}

} // namespace resilience::labs
