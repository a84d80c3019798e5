// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/json/input_error.h"
#include "core/io/sweep/sweep_manifest.h"

#include <cstdint>
#include <optional>
#include <string>

namespace app {

// Which part of a sweep: every `of`-th run, from `index` on.
struct ShardPlace {
    static constexpr uint64_t kMost = 1000;
    uint64_t index = 0;
    uint64_t of = 1; // at most kMost

    uint64_t size(uint64_t runs) const { return runs / of + (index < runs % of ? 1 : 0); }
    uint64_t run(uint64_t row) const { return index + row * of; }
    bool operator==(const ShardPlace &) const = default;
};

// Where the results of a sweep lie: manifest.json, a file for each shard that is done, and the tables.
class SweepFolder {
public:
    static constexpr const char *kManifest = "manifest.json";

    // For a sweep that begins or goes on: makes the folder, and puts the manifest there or finds the same one. Refused,
    // and nothing done, where another one is.
    static resilience::io::OrError<SweepFolder> begin(const std::string &path, resilience::io::SweepManifest manifest);
    // Where one has begun.
    static resilience::io::OrError<SweepFolder> open(const std::string &path);
    // Whether the path is a folder with a manifest.
    static bool isOne(const std::string &path);

    const std::string &path() const { return m_path; }
    const resilience::io::SweepManifest &manifest() const { return m_manifest; }
    const std::string &id() const { return m_id; }
    std::string place(const std::string &name) const;
    std::string shardFile(const ShardPlace &shard) const;

private:
    SweepFolder(std::string path, resilience::io::SweepManifest manifest);

    std::string m_path;
    resilience::io::SweepManifest m_manifest;
    std::string m_id;
};

} // namespace app
