// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/timeline.h"
#include "labs/catalog.h"

#include <cstdio>

// Plays every scenario of every lab and prints "step scenario fingerprint", one a line. Needs core and labs alone, so
// that any compiler may build it: see `run`.
int main()
{
    using namespace resilience;
    for (const labs::Lab &lab : labs::catalog())
        for (const auto &scenario : lab.scenarios) {
            sim::Timeline timeline(scenario);
            timeline.runTo(at(scenario->until));
            std::printf("%s %s %s\n", lab.id.c_str(), scenario->name.c_str(),
                        timeline.world().fingerprint().text().c_str());
        }
}
