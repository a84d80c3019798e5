// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep/shard_job.h"

#include <algorithm>
#include <utility>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;

uint64_t usualShards(uint64_t runs)
{
    constexpr uint64_t runsOfOne = 100;
    return std::clamp<uint64_t>((runs + runsOfOne - 1) / runsOfOne, 1, ShardPlace::kMost);
}

OrError<std::unique_ptr<ShardJob>> ShardJob::prepare(const SweepFolder &folder, const std::vector<ShardPlace> &shards)
{
    std::unique_ptr<ShardJob> job(new ShardJob(folder));
    for (const ShardPlace &shard : shards) {
        const auto there = ShardReader::open(folder, shard);
        if (!there)
            return there.error();
        if (*there)
            continue;
        const uint64_t size = shard.size(folder.manifest().sweep.runs());
        if (size == 0) { // more shards than runs
            if (const auto error = writeShard(folder, shard, {}))
                return *error;
            continue;
        }
        job->m_parts.push_back({shard, job->m_runs, {}, size});
        job->m_runs += size;
    }
    return job;
}

void ShardJob::start(unsigned threads)
{
    // The first task may run before m_work is there: tasks know nothing of it.
    m_work = std::make_unique<SweepWork>(m_runs, threads, [this](uint64_t number) { return play(number); });
}

bool ShardJob::play(uint64_t number)
{
    const auto after = std::upper_bound(m_parts.begin(), m_parts.end(), number,
                                        [](uint64_t one, const Part &part) { return one < part.first; });
    Part &part = *std::prev(after);
    const uint64_t row = number - part.first;
    const uint64_t run = part.place.run(row);
    auto result = sim::playSwept(m_folder.manifest().sweep, run, [this] { return m_stop.load(); });
    if (!result)
        return false;
    if (result->refusal)
        return fail(refused(run, *result->refusal));
    return put(part, row, std::move(*result));
}

bool ShardJob::put(Part &part, uint64_t row, sim::SweptRun result)
{
    std::vector<sim::SweptRun> whole;
    {
        const std::lock_guard lock(m_mutex);
        if (part.results.empty())
            part.results.resize(part.missing);
        part.results[row] = std::move(result);
        if (--part.missing > 0)
            return true;
        whole = std::exchange(part.results, {});
    }
    if (const auto error = writeShard(m_folder, part.place, whole))
        return fail(*error);
    return true;
}

bool ShardJob::fail(const InputError &error)
{
    const std::lock_guard lock(m_mutex);
    if (!m_failure)
        m_failure = error;
    m_stop = true;
    return false;
}

InputError ShardJob::refused(uint64_t run, const ConfigError &why) const
{
    const sim::Sweep &sweep = m_folder.manifest().sweep;
    return {"",
            "the journal of cell " + std::to_string(sweep.cellOf(run)) + ", seed " + std::to_string(sweep.seedOf(run)),
            why.field + " at " + why.found, why.expected, ""};
}

std::optional<InputError> ShardJob::join()
{
    m_work->join();
    return m_failure;
}

} // namespace app
