// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sweep/sweep_folder.h"
#include "core/io/json/input_error.h"

#include <optional>

namespace app {

// Makes runs.csv and summary.csv of the shards that lie in the folder: of those of the division that is complete. The
// tables are the same whatever it is. An error, and nothing written, where none is complete or a shard is damaged.
std::optional<resilience::io::InputError> mergeSweep(const SweepFolder &folder);

} // namespace app
