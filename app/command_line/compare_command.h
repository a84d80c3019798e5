// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"
#include "app/run/run_request.h"
#include "core/io/json/input_error.h"

#include <iosfwd>
#include <optional>
#include <span>
#include <string>

namespace app {

struct CompareRequest {
    RunRequest a; // a step, a scenario (also by its name) or a file
    RunRequest b;
    bool summary = false; // one JSON object
    bool events = false; // what happens in the two from the first difference on, one JSON object a line
    std::optional<std::string> folder; // pictures of both, and tables
    ExportOptions options{};
};

// The words after `compare`: "A [options of A] B [options of B]"; what is about both may stand anywhere. A whole run
// may also be one word: "retry --set jitter=full".
resilience::io::OrError<CompareRequest> parseCompare(std::span<const std::string> words);

// `compare`: plays two runs on one clock, with the same seed unless each names one, and tells where they part and what
// came of it. With neither a summary nor events nor a folder asked for, a few lines for people. --out needs a
// QGuiApplication. Exit code: 0 done, 1 stopped or not written, 2 bad input.
int runCompare(const CompareRequest &request, std::ostream &out, std::ostream &err);

} // namespace app
