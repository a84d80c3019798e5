// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/pipeline_config.h"

#include <string>
#include <vector>

namespace resilience::sim {

/// The settings that a policy lists itself, as its files name them: "max concurrent 25", "max wait 2 s". None for those
/// whose settings are told in words of their own.
std::vector<std::string> settingsOf(const PipelineConfig &config, PolicyKind kind);

} // namespace resilience::sim
