// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep/sweep_merge.h"

#include "app/files/whole_file.h"
#include "app/sweep/shard_file.h"
#include "core/io/sweep/sweep_csv.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include <sys/resource.h>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;

namespace {

namespace fs = std::filesystem;

// The shard that a name is one of: "shard-3-of-7.csv".
std::optional<ShardPlace> shardNamed(const std::string &name)
{
    constexpr std::string_view begin = "shard-";
    constexpr std::string_view middle = "-of-";
    ShardPlace place;
    if (!name.starts_with(begin))
        return std::nullopt;
    const char *const end = name.data() + name.size();
    const auto index = std::from_chars(name.data() + begin.size(), end, place.index);
    if (index.ec != std::errc{} || !std::string_view(index.ptr).starts_with(middle))
        return std::nullopt;
    const auto of = std::from_chars(index.ptr + middle.size(), end, place.of);
    const bool whole = of.ec == std::errc{} && std::string_view(of.ptr) == ".csv";
    return whole && place.index < place.of && place.of <= ShardPlace::kMost ? std::optional(place) : std::nullopt;
}

// Which shards of each division are there.
std::map<uint64_t, std::set<uint64_t>> shardsIn(const SweepFolder &folder)
{
    std::map<uint64_t, std::set<uint64_t>> found;
    std::error_code ignored;
    const fs::path shards = fs::path(folder.shardFile({})).parent_path();
    for (fs::directory_iterator file(shards, ignored), end; file != end; file.increment(ignored))
        if (const auto place = shardNamed(file->path().filename().string()))
            found[place->of].insert(place->index);
    return found;
}

InputError incomplete(const SweepFolder &folder, const std::map<uint64_t, std::set<uint64_t>> &found)
{
    if (found.empty())
        return {folder.path(), "", "no shard", "all of a sweep", ""};
    const auto most = std::max_element(found.begin(), found.end(), [](const auto &a, const auto &b) {
        return a.second.size() * b.first < b.second.size() * a.first;
    });
    uint64_t missing = 0;
    while (most->second.contains(missing))
        ++missing;
    return {folder.path(), "", std::to_string(most->second.size()) + " of " + std::to_string(most->first) + " shards",
            "all of them; " + std::to_string(missing) + "/" + std::to_string(most->first) + " is missing", ""};
}

// All shards are open at the same time.
void allowOpenFiles(uint64_t count)
{
    constexpr rlim_t others = 64;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= count + others)
        return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, count + others);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::optional<InputError> writeTables(const SweepFolder &folder, std::vector<ShardReader> &shards, std::ostream &runs,
                                      std::ostream &summary)
{
    const sim::Sweep &sweep = folder.manifest().sweep;
    runs << io::runsHeader(sweep);
    summary << io::summaryHeader(sweep);
    uint64_t run = 0;
    for (uint64_t cell = 0; cell < sweep.cells(); ++cell) {
        std::vector<std::vector<std::optional<double>>> values;
        for (uint64_t seed = 0; seed < sweep.seeds; ++seed, ++run) {
            const auto line = shards[run % shards.size()].next();
            if (!line)
                return line.error();
            auto found = io::valuesIn(*line, sweep);
            if (!found)
                return InputError{folder.path(), "", "a shard that changes while it is read", "it at rest", ""};
            runs << io::runsLine(sweep, run, *line);
            values.push_back(std::move(*found));
        }
        for (size_t i = 0; i < sweep.metrics.size(); ++i)
            summary << io::summaryLine(sweep, cell, *sweep.metrics[i], io::spreadIn(values, i, cell, sweep));
    }
    return std::nullopt;
}

} // namespace

std::optional<InputError> mergeSweep(const SweepFolder &folder)
{
    const auto found = shardsIn(folder);
    const auto whole =
        std::find_if(found.begin(), found.end(), [](const auto &one) { return one.second.size() == one.first; });
    if (whole == found.end())
        return incomplete(folder, found);
    allowOpenFiles(whole->first);
    std::vector<ShardReader> shards;
    for (const uint64_t index : whole->second) {
        auto reader = ShardReader::open(folder, {index, whole->first});
        if (!reader)
            return reader.error();
        shards.push_back(std::move(**reader));
    }
    auto runs = WholeFile::create(folder.place("runs.csv"));
    if (!runs)
        return runs.error();
    auto summary = WholeFile::create(folder.place("summary.csv"));
    if (!summary)
        return summary.error();
    if (auto error = writeTables(folder, shards, runs->stream(), summary->stream()))
        return error;
    for (WholeFile *file : {&*runs, &*summary})
        if (auto error = file->flush())
            return error;
    for (WholeFile *file : {&*runs, &*summary})
        if (auto error = file->commit())
            return error;
    return std::nullopt;
}

} // namespace app
