// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/run_request.h"
#include "app/sweep/sweep_folder.h"
#include "app/sweep/sweep_script.h"

#include <optional>
#include <string>
#include <vector>

namespace app {

struct SweepRequest {
    enum class What : uint8_t { Compute, Plan, Merge, Script } what = What::Compute;
    RunRequest run; // of a sweep that begins; its seed is not used
    std::vector<std::string> vary;
    std::optional<std::string> seeds;
    std::optional<std::string> metrics;
    std::string out; // folder; with a run: where the results go, else the sweep that goes on
    bool begins = false; // there is a run
    std::optional<unsigned> jobs;
    std::optional<ShardPlace> shard; // that one alone
    SweepEngine engine = SweepEngine::Slurm;
    std::optional<uint64_t> shards; // of a script
};

} // namespace app
