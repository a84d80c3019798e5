// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sweep/sweep_folder.h"

#include <cstdint>
#include <string>

namespace app {

enum class SweepEngine : uint8_t { Slurm, Parallel, Mpi };

struct ScriptPlan {
    SweepEngine engine = SweepEngine::Slurm;
    std::string program; // its path
    std::string folder; // likewise, absolute
    uint64_t shards = 1;
    unsigned atOnce = 1;
};
// A shell script that has every shard of the sweep computed by the engine, and merges them afterwards. What is there
// already is not computed again, so it may be started again at any time.
std::string sweepScript(const ScriptPlan &plan);

// So many that each takes about three minutes of one processor, from how long some of the runs take now.
uint64_t shardsOfMinutes(const SweepFolder &folder);

} // namespace app
