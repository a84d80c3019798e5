// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep/sweep_script.h"

#include "core/sim/sweep/sweep.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace app {

namespace {

// As one word of a shell.
std::string quoted(const std::string &text)
{
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

std::string slurm(const ScriptPlan &plan)
{
    const std::string last = std::to_string(plan.shards - 1);
    return "array=$(sbatch --parsable --job-name=sweep --array=0-" + last + "%" + std::to_string(plan.atOnce)
           + " --requeue --cpus-per-task=1 --output=\"$folder/log/%A-%a.txt\" \\\n"
             "    --export=ALL,program=\"$program\",folder=\"$folder\",shards=\"$shards\" \\\n"
             "    --wrap 'exec \"$program\" sweep \"$folder\" --jobs 1 --shard \"$SLURM_ARRAY_TASK_ID/$shards\"')\n"
             "array=${array%%;*} # a cluster's name may follow\n"
             "sbatch --parsable --job-name=sweep-merge --dependency=\"afterok:$array\" --kill-on-invalid-dep=yes "
             "--output=\"$folder/log/merge.txt\" \\\n"
             "    --export=ALL,program=\"$program\",folder=\"$folder\" \\\n"
             "    --wrap 'exec \"$program\" sweep merge \"$folder\"'\n";
}

std::string parallel(const ScriptPlan &plan)
{
    return "export program folder shards\n"
           "seq 0 $((shards - 1)) | parallel --jobs "
           + std::to_string(plan.atOnce)
           + " --joblog \"$folder/log/joblog.tsv\" --resume-failed \\\n"
             "    '\"$program\" sweep \"$folder\" --jobs 1 --shard {}/\"$shards\"'\n"
             "exec \"$program\" sweep merge \"$folder\"\n";
}

std::string mpi(const ScriptPlan &plan)
{
    return "export program folder shards\n"
           "mpirun -n "
           + std::to_string(plan.atOnce)
           + " sh -c '\n"
             "    rank=${OMPI_COMM_WORLD_RANK:-${PMI_RANK:-${SLURM_PROCID:?no rank in the environment}}}\n"
             "    size=${OMPI_COMM_WORLD_SIZE:-${PMI_SIZE:-${SLURM_NTASKS:?no size in the environment}}}\n"
             "    while [ \"$rank\" -lt \"$shards\" ]; do\n"
             "        \"$program\" sweep \"$folder\" --jobs 1 --shard \"$rank/$shards\" || exit\n"
             "        rank=$((rank + size))\n"
             "    done'\n"
             "exec \"$program\" sweep merge \"$folder\"\n";
}

} // namespace

std::string sweepScript(const ScriptPlan &plan)
{
    std::string text = "#!/bin/sh\n"
                       "# Computes the shards of a sweep and merges them. Those that are there are skipped: start it\n"
                       "# again after whatever came between.\n"
                       "set -eu\n";
    text += "program=" + quoted(plan.program) + "\n";
    text += "folder=" + quoted(plan.folder) + "\n";
    text += "shards=" + std::to_string(plan.shards) + "\n";
    text += "mkdir -p \"$folder/log\"\n";
    switch (plan.engine) {
    case SweepEngine::Slurm:
        return text + slurm(plan);
    case SweepEngine::Parallel:
        return text + parallel(plan);
    case SweepEngine::Mpi:
        return text + mpi(plan);
    }
    return text;
}

uint64_t shardsOfMinutes(const SweepFolder &folder)
{
    constexpr uint64_t tried = 20;
    constexpr double secondsOfOne = 180;
    const resilience::sim::Sweep &sweep = folder.manifest().sweep;
    const uint64_t count = std::min(tried, sweep.runs());
    const auto start = std::chrono::steady_clock::now();
    for (uint64_t i = 0; i < count; ++i) // spread over the cells, which may differ much
        resilience::sim::playSwept(sweep, i * (sweep.runs() / count), {});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const double all = took.count() / static_cast<double>(count) * static_cast<double>(sweep.runs());
    const uint64_t most = std::min(sweep.runs(), ShardPlace::kMost);
    return std::clamp<uint64_t>(static_cast<uint64_t>(std::ceil(std::min(all / secondsOfOne, 1e6))), 1, most);
}

} // namespace app
