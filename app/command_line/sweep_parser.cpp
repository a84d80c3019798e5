// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/sweep_parser.h"

#include "app/run/option_values.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;
using Kind = OptionSpec::Kind;
using What = SweepRequest::What;

namespace {

constexpr int kMostJobs = 1024;

OrError<ShardPlace> parseShard(const std::string &text)
{
    const size_t slash = text.find('/');
    if (slash == std::string::npos)
        return InputError{"", "--shard", "\"" + text + "\"", "I/N, as in 0/8", ""};
    const auto of = parseWhole(text.substr(slash + 1), 1, int(ShardPlace::kMost), "--shard");
    if (!of)
        return of.error();
    const auto index = parseWhole(text.substr(0, slash), 0, *of - 1, "--shard");
    if (!index)
        return index.error();
    return ShardPlace{uint64_t(*index), uint64_t(*of)};
}

// The first option that is there although it means nothing to `command`.
std::optional<InputError> without(const Arguments &arguments, std::initializer_list<const char *> options,
                                  const std::string &command, const std::string &expected)
{
    for (const char *option : options)
        if (arguments.has(option))
            return InputError{"", "sweep", std::string(option) + " with " + command, expected, ""};
    return std::nullopt;
}

std::optional<InputError> readNumbers(const Arguments &arguments, SweepRequest &request)
{
    if (const auto text = arguments.value("--jobs")) {
        const auto jobs = parseWhole(*text, 1, kMostJobs, "--jobs");
        if (!jobs)
            return jobs.error();
        request.jobs = unsigned(*jobs);
    }
    if (const auto text = arguments.value("--shards")) {
        const auto shards = parseWhole(*text, 1, int(ShardPlace::kMost), "--shards");
        if (!shards)
            return shards.error();
        request.shards = uint64_t(*shards);
    }
    if (const auto text = arguments.value("--shard")) {
        const auto shard = parseShard(*text);
        if (!shard)
            return shard.error();
        request.shard = *shard;
    }
    return std::nullopt;
}

std::optional<InputError> readEngine(const Arguments &arguments, SweepRequest &request)
{
    const std::array<std::pair<const char *, SweepEngine>, 3> engines{
        {{"--slurm", SweepEngine::Slurm}, {"--parallel", SweepEngine::Parallel}, {"--mpi", SweepEngine::Mpi}}};
    int chosen = 0;
    for (const auto &[option, engine] : engines) {
        chosen += arguments.has(option);
        request.engine = arguments.has(option) ? engine : request.engine;
    }
    if (chosen != 1)
        return InputError{"", "sweep script", chosen == 0 ? "no engine" : "more than one engine",
                          "one of --slurm, --parallel, --mpi", ""};
    return std::nullopt;
}

} // namespace

std::vector<OptionSpec> sweepOptionSpecs()
{
    return {{"--vary", Kind::Values},   {"--seeds", Kind::Value}, {"--metrics", Kind::Value}, {"--out", Kind::Value},
            {"--jobs", Kind::Value},    {"--shard", Kind::Value}, {"--plan", Kind::Flag},     {"--slurm", Kind::Flag},
            {"--parallel", Kind::Flag}, {"--mpi", Kind::Flag},    {"--shards", Kind::Value}};
}

OrError<SweepRequest> parseSweep(const Arguments &arguments, RunRequest run)
{
    const auto &words = arguments.positional();
    SweepRequest request;
    if (auto error = readNumbers(arguments, request))
        return *error;
    if (auto error = without(arguments, {"--seed"}, "sweep", "--seeds"))
        return *error;
    const bool isScript = words.front() == "script";
    if (words.front() == "merge" || isScript) {
        const std::string command = "sweep " + words.front();
        if (words.size() < 2)
            return InputError{"", command, "nothing", "one DIR", ""};
        if (auto error = without(arguments,
                                 {"--scenario", "--until", "--set", "--fault", "--clear", "--vary", "--seeds",
                                  "--metrics", "--out", "--shard", "--plan"},
                                 words.front(), "it where the sweep begins"))
            return *error;
        request.what = isScript ? What::Script : What::Merge;
        request.out = words[1];
        if (isScript)
            if (auto error = readEngine(arguments, request))
                return *error;
        return request;
    }
    if (words.size() > 1)
        return InputError{"", "sweep", "the extra word \"" + words[1] + "\"",
                          "one STEP, FILE or DIR, or `merge DIR`, or `script DIR`", ""};
    if (auto error =
            without(arguments, {"--slurm", "--parallel", "--mpi", "--shards"}, "a sweep", "`sweep script DIR`"))
        return *error;
    request.what = arguments.has("--plan") ? What::Plan : What::Compute;
    request.begins = !SweepFolder::isOne(words.front());
    request.out = request.begins ? arguments.value("--out").value_or("") : words.front();
    if (request.out.empty())
        return InputError{"", "sweep", "no --out", "--out DIR", ""};
    if (!request.begins)
        if (auto error = without(
                arguments,
                {"--scenario", "--until", "--set", "--fault", "--clear", "--vary", "--seeds", "--metrics", "--out"},
                "the sweep in " + words.front(), "it where the sweep begins"))
            return *error;
    request.vary = arguments.values("--vary");
    request.seeds = arguments.value("--seeds");
    request.metrics = arguments.value("--metrics");
    request.run = std::move(run);
    return request;
}

} // namespace app
