// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"
#include "core/io/scenario/session_json.h"
#include "core/sim/sweep/sweep.h"

#include <string>
#include <string_view>

namespace resilience::io {

// All that the runs of a sweep follow from, as the file that lies beside their results.
struct SweepManifest {
    sim::Sweep sweep;
    uint64_t seed = 1; // of the run that it was made from; no swept run has it
    std::string version; // of the program

    // Stands for all of it: 16 hexadecimal digits. Results with the same one belong together.
    std::string id() const;
};

// Of a run, as it would be played, with nothing varied yet: its usual metrics and the run's own seed alone.
SweepManifest manifestOf(const Session &session, std::string version);

std::string manifestToJson(const SweepManifest &manifest);
// Reads it again (resources/schema/sweep.schema.json). `file` is the name for messages.
OrError<SweepManifest> readManifest(std::string_view text, const std::string &file);

} // namespace resilience::io
