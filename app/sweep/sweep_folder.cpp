// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep/sweep_folder.h"

#include "app/files/whole_file.h"
#include "core/io/json/text_file.h"

#include <filesystem>
#include <utility>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;
using io::SweepManifest;

namespace {

namespace fs = std::filesystem;

constexpr const char *kShards = "shards";
constexpr size_t kMostManifest = 8 * io::kMaxFileBytes;

std::string placeIn(const std::string &path, const std::string &name) { return (fs::path(path) / name).string(); }

OrError<SweepManifest> manifestIn(const std::string &path)
{
    const std::string file = placeIn(path, SweepFolder::kManifest);
    const auto text = io::readWholeFile(file, kMostManifest, "the manifest of a sweep, of at most 8 MiB");
    return text ? io::readManifest(*text, file) : text.error();
}

// In what the sweep that is there differs from the one that is asked for.
std::string difference(const SweepManifest &there, const SweepManifest &asked)
{
    if (there.version != asked.version)
        return "one of version " + there.version;
    if (there.sweep.axes != asked.sweep.axes)
        return "one of other knobs or values";
    if (there.sweep.firstSeed != asked.sweep.firstSeed || there.sweep.seeds != asked.sweep.seeds)
        return "one of the seeds " + std::to_string(there.sweep.firstSeed) + ".."
               + std::to_string(there.sweep.firstSeed + there.sweep.seeds - 1);
    if (there.sweep.metrics != asked.sweep.metrics)
        return "one of other metrics";
    if (there.sweep.until != asked.sweep.until)
        return "one of another length";
    return "one of another scenario or run";
}

} // namespace

SweepFolder::SweepFolder(std::string path, SweepManifest manifest)
    : m_path(std::move(path)), m_manifest(std::move(manifest)), m_id(m_manifest.id())
{
}

std::string SweepFolder::place(const std::string &name) const { return placeIn(m_path, name); }

std::string SweepFolder::shardFile(const ShardPlace &shard) const
{
    return placeIn(place(kShards), "shard-" + std::to_string(shard.index) + "-of-" + std::to_string(shard.of) + ".csv");
}

bool SweepFolder::isOne(const std::string &path)
{
    std::error_code ignored;
    return fs::is_directory(path, ignored) && fs::exists(placeIn(path, kManifest), ignored);
}

OrError<SweepFolder> SweepFolder::open(const std::string &path)
{
    auto manifest = manifestIn(path);
    return manifest ? OrError<SweepFolder>(SweepFolder(path, std::move(*manifest))) : manifest.error();
}

OrError<SweepFolder> SweepFolder::begin(const std::string &path, SweepManifest manifest)
{
    std::error_code failure;
    SweepFolder folder(path, std::move(manifest));
    if (fs::exists(folder.place(kManifest), failure)) {
        const auto there = manifestIn(path);
        if (!there)
            return there.error();
        if (there->id() != folder.id())
            return InputError{folder.place(kManifest), "",
                              "the manifest of another sweep, " + difference(*there, folder.manifest()),
                              "that of this one, or another folder", ""};
    } else {
        for (const char *table : {"runs.csv", "summary.csv", kShards})
            if (fs::exists(folder.place(table), failure))
                return InputError{folder.place(table), "", "it without a manifest", "a folder without it", ""};
    }
    fs::create_directories(folder.place(kShards), failure);
    if (failure)
        return InputError{path, "", failure.message(), "a folder that can be written to", ""};
    if (!fs::exists(folder.place(kManifest), failure))
        if (const auto error = WholeFile::write(folder.place(kManifest), io::manifestToJson(folder.manifest())))
            return *error;
    return folder;
}

} // namespace app
