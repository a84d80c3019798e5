// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/sweep_command.h"

#include "app/command_line/progress_line.h"
#include "app/command_line/stop_signal.h"
#include "app/run/prepared_run.h"
#include "app/sweep/program_version.h"
#include "app/sweep/shard_job.h"
#include "app/sweep/sweep_merge.h"
#include "core/io/sweep/vary_text.h"

#include <chrono>
#include <filesystem>
#include <ostream>
#include <thread>
#include <utility>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;

namespace {

int sweepFailed(std::ostream &err, const InputError &error, int code)
{
    err << "resilience-lab: " << error.message() << '\n';
    return code;
}

OrError<io::SweepManifest> manifestFor(const SweepRequest &request)
{
    const auto prepared = prepareRun(request.run);
    if (!prepared)
        return prepared.error();
    io::SweepManifest manifest = io::manifestOf(prepared->session, programVersion());
    sim::Sweep &sweep = manifest.sweep;
    const sim::KnobAddresses addresses(*sweep.scenario);
    for (const std::string &text : request.vary) {
        auto axis = io::parseVary(text, addresses, "--vary");
        if (!axis)
            return axis.error();
        sweep.axes.push_back(std::move(*axis));
    }
    if (request.seeds) {
        const auto seeds = io::parseSeeds(*request.seeds, "--seeds");
        if (!seeds)
            return seeds.error();
        sweep.firstSeed = seeds->first;
        sweep.seeds = seeds->count;
    }
    if (request.metrics) {
        auto chosen = io::parseMetrics(*request.metrics, *sweep.scenario, "--metrics");
        if (!chosen)
            return chosen.error();
        sweep.metrics = std::move(*chosen);
    }
    if (auto error = io::checkSweep(sweep))
        return *error;
    return manifest;
}

OrError<SweepFolder> folderFor(const SweepRequest &request)
{
    if (!request.begins) {
        auto folder = SweepFolder::open(request.out);
        const bool computes = request.what == SweepRequest::What::Compute;
        if (folder && computes && folder->manifest().version != programVersion())
            return InputError{folder->place(SweepFolder::kManifest), "/version",
                              "\"" + folder->manifest().version + "\"",
                              "\"" + std::string(programVersion()) + "\", this program's", ""};
        return folder;
    }
    auto manifest = manifestFor(request);
    return manifest ? SweepFolder::begin(request.out, std::move(*manifest)) : manifest.error();
}

// Computes what is missing, with progress. The exit code; where it is not 0, `err` has said why.
int compute(const SweepFolder &folder, const SweepRequest &request, std::ostream &err)
{
    const uint64_t runs = folder.manifest().sweep.runs();
    std::vector<ShardPlace> shards;
    if (request.shard)
        shards.push_back(*request.shard);
    else
        for (uint64_t i = 0; i < usualShards(runs); ++i)
            shards.push_back({i, usualShards(runs)});
    const auto job = ShardJob::prepare(folder, shards);
    if (!job)
        return sweepFailed(err, job.error(), 2);
    if ((*job)->runs() == 0)
        return 0;
    const StopSignal stop;
    ProgressLine progress(err);
    (*job)->start(request.jobs.value_or(usualThreads()));
    while (!(*job)->finished()) {
        if (stop.raised())
            (*job)->stop();
        progress.show((*job)->done(), (*job)->runs(), "runs");
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    progress.clear();
    if (const auto error = (*job)->join())
        return sweepFailed(err, *error, 1);
    if ((*job)->done() == (*job)->runs())
        return 0;
    err << "resilience-lab: stopped after " << (*job)->done() << " of " << (*job)->runs()
        << " runs; the same command goes on from the shards that are whole\n";
    return 1;
}

int merge(const SweepFolder &folder, std::ostream &out, std::ostream &err)
{
    if (const auto error = mergeSweep(folder))
        return sweepFailed(err, *error, 2);
    const sim::Sweep &sweep = folder.manifest().sweep;
    out << sweep.runs() << (sweep.runs() == 1 ? " run, " : " runs, ") << sweep.cells()
        << (sweep.cells() == 1 ? " cell: " : " cells: ") << folder.place("runs.csv") << ", "
        << folder.place("summary.csv") << '\n';
    return 0;
}

int script(const SweepFolder &folder, const SweepRequest &request, std::ostream &out)
{
    ScriptPlan plan;
    plan.engine = request.engine;
    plan.program = std::filesystem::read_symlink("/proc/self/exe").string();
    plan.folder = std::filesystem::absolute(folder.path()).lexically_normal().string();
    plan.shards = request.shards ? *request.shards : shardsOfMinutes(folder);
    plan.atOnce = request.jobs.value_or(usualThreads());
    out << sweepScript(plan);
    return 0;
}

} // namespace

int runSweep(const SweepRequest &request, std::ostream &out, std::ostream &err)
{
    using What = SweepRequest::What;
    const bool reads = request.what == What::Merge || request.what == What::Script;
    const auto folder = reads ? SweepFolder::open(request.out) : folderFor(request);
    if (!folder)
        return sweepFailed(err, folder.error(), 2);
    if (request.what == What::Script)
        return script(*folder, request, out);
    if (request.what == What::Merge)
        return merge(*folder, out, err);
    if (request.what == What::Plan) {
        out << folder->manifest().sweep.runs() << " runs: " << folder->place(SweepFolder::kManifest) << '\n';
        return 0;
    }
    if (const int code = compute(*folder, request, err); code != 0 || request.shard)
        return code;
    return merge(*folder, out, err);
}

} // namespace app
