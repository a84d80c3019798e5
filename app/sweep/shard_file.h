// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sweep/sweep_folder.h"
#include "core/fingerprint.h"
#include "core/sim/sweep/sweep.h"

#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace app {

// The runs of one shard, in their order, as a file: what they belong to first, a check of all of it last. It appears
// whole or not.
std::optional<resilience::io::InputError> writeShard(const SweepFolder &folder, const ShardPlace &shard,
                                                     const std::vector<resilience::sim::SweptRun> &runs);

// Reads it run by run; each is held against the check before it is believed.
class ShardReader {
public:
    // None where there is no such file; an error where it is damaged or of another sweep. Reads it once as a whole.
    static resilience::io::OrError<std::optional<ShardReader>> open(const SweepFolder &folder, const ShardPlace &shard);

    // The next run's own part of its line (io::runResult). An error when the file changed meanwhile.
    resilience::io::OrError<std::string> next();

private:
    ShardReader(std::string path, std::ifstream file) : m_path(std::move(path)), m_file(std::move(file)) {}

    std::string m_path;
    std::ifstream m_file;
};

} // namespace app
