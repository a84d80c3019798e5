// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/command_line.h"

#include "app/command_line/arguments.h"
#include "app/command_line/export_parser.h"
#include "app/command_line/help_text.h"
#include "app/command_line/sweep_parser.h"
#include "core/io/drive/drive.h"
#include "core/io/json/nearest_name.h"

#include <algorithm>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;
using Kind = OptionSpec::Kind;
using Options = std::vector<OptionSpec>;

namespace {

Options operator+(Options some, const Options &more)
{
    some.insert(some.end(), more.begin(), more.end());
    return some;
}

const Options kHelp{{"--help", Kind::Flag}, {"-h", Kind::Flag}};
const Options kRunOptions{{"--scenario", Kind::Value}, {"--seed", Kind::Value},   {"--until", Kind::Value},
                          {"--set", Kind::Values},     {"--fault", Kind::Values}, {"--clear", Kind::Values}};

RunRequest runRequest(const Arguments &arguments)
{
    return {arguments.positional().front(), arguments.value("--scenario"), arguments.value("--seed"),
            arguments.value("--until"),     arguments.values("--set"),     arguments.values("--fault"),
            arguments.values("--clear")};
}

// A file: no command and no step has a dot or a slash in its name.
bool isNoCommand(const std::string &word) { return word.find_first_of("./") != std::string::npos; }

OrError<CommandRequest> parseWindow(std::span<const std::string> words)
{
    const auto arguments = Arguments::parse(words, kHelp
                                                       + Options{{"--version", Kind::Flag},
                                                                 {"--step", Kind::Value},
                                                                 {"--scenario", Kind::Value},
                                                                 {"--present", Kind::Flag}});
    if (!arguments)
        return arguments.error();
    if (arguments->has("--help") || arguments->has("-h"))
        return CommandRequest{HelpRequest{}};
    if (arguments->has("--version"))
        return CommandRequest{VersionRequest{}};
    // A lone file opens as it does with --scenario: that is what a file manager and "app/start mine.json" do.
    auto file = arguments->value("--scenario");
    if (const auto &words = arguments->positional(); words.size() == 1 && !file && isNoCommand(words.front()))
        file = words.front();
    else if (!words.empty()) {
        const std::string &word = words.front();
        return InputError{"", "", "the unknown command \"" + word + "\"", io::oneOf(commandNames()),
                          io::nearestName(word, commandNames())};
    }
    WindowRequest request;
    request.present = arguments->has("--present");
    if (const auto step = arguments->value("--step")) {
        const auto lab = labNamed(*step, "--step");
        if (!lab)
            return lab.error();
        request.lab = *lab;
    }
    if (file) {
        auto prepared = prepareScenario(request.lab, *file);
        if (!prepared)
            return prepared.error();
        request.lab = prepared->lab;
        request.run = std::move(*prepared);
    }
    return CommandRequest{std::move(request)};
}

CommandRequest listRequest(const Arguments &arguments)
{
    return ListRequest{arguments.has("--json"), arguments.has("--schema")};
}

CommandRequest runCommandRequest(const Arguments &arguments)
{
    return RunCommandRequest{runRequest(arguments), arguments.has("--transcript"), arguments.has("--summary"),
                             arguments.value("--events"), arguments.value("--session")};
}

CommandRequest driveRequest(const Arguments &arguments)
{
    return DriveRequest{arguments.positional().front(), arguments.value("--config").value_or("")};
}

CommandRequest checkRequest(const Arguments &arguments) { return CheckRequest{arguments.positional()}; }

OrError<CommandRequest> exportRequest(const Arguments &arguments)
{
    const auto options = parseExportOptions(arguments);
    if (!options)
        return options.error();
    return CommandRequest{ExportRequest{runRequest(arguments), *arguments.value("--out"), *options}};
}

OrError<CommandRequest> sweepRequest(const Arguments &arguments)
{
    auto request = parseSweep(arguments, runRequest(arguments));
    return request ? OrError<CommandRequest>(CommandRequest{std::move(*request)}) : request.error();
}

struct Command {
    std::string name;
    Options options;
    size_t least; // positional words
    size_t most;
    const char *expected; // what those are
    OrError<CommandRequest> (*request)(const Arguments &);
};

const std::vector<Command> &commands()
{
    static const std::vector<Command> all{
        {"list",
         {{"--json", Kind::Flag}, {"--schema", Kind::Flag}},
         0,
         0,
         "no more words",
         [](const Arguments &a) { return OrError(listRequest(a)); }},
        {"run",
         kRunOptions
             + Options{{"--transcript", Kind::Flag},
                       {"--summary", Kind::Flag},
                       {"--events", Kind::Value},
                       {"--session", Kind::Value}},
         1, 1, "one STEP or FILE", [](const Arguments &a) { return OrError(runCommandRequest(a)); }},
        {"export", kRunOptions + exportOptionSpecs(), 1, 1, "one STEP or FILE", &exportRequest},
        {"sweep", kRunOptions + sweepOptionSpecs(), 1, 2, "one STEP, FILE or DIR, or `merge DIR`, or `script DIR`",
         &sweepRequest},
        {"drive",
         {{"--config", Kind::Value}},
         1,
         1,
         "one PATTERN",
         [](const Arguments &a) { return OrError(driveRequest(a)); }},
        {"check", {}, 1, SIZE_MAX, "at least one FILE", [](const Arguments &a) { return OrError(checkRequest(a)); }},
    };
    return all;
}

// Its options belong to the run they follow, so it takes its words apart by itself.
OrError<CommandRequest> parseCompareCommand(std::span<const std::string> words)
{
    for (const std::string &word : words)
        if (word == "--help" || word == "-h")
            return CommandRequest{HelpRequest{"compare"}};
    auto request = parseCompare(words);
    if (request)
        return CommandRequest{std::move(*request)};
    InputError error = request.error();
    error.place = error.place.empty() ? "compare" : "compare " + error.place;
    return error;
}

} // namespace

OrError<CommandRequest> parseCommandLine(std::span<const std::string> words)
{
    if (!words.empty() && words.front() == "compare")
        return parseCompareCommand(words.subspan(1));
    const auto command = words.empty() ? commands().end()
                                       : std::find_if(commands().begin(), commands().end(),
                                                      [&](const Command &one) { return one.name == words.front(); });
    if (command == commands().end())
        return parseWindow(words);
    const auto arguments = Arguments::parse(words.subspan(1), command->options + kHelp);
    if (!arguments) {
        InputError error = arguments.error();
        error.place = error.place.empty() ? command->name : command->name + " " + error.place;
        return error;
    }
    if (arguments->has("--help") || arguments->has("-h"))
        return CommandRequest{HelpRequest{command->name}};
    const auto &positional = arguments->positional();
    if (positional.size() < command->least)
        return InputError{"", command->name, "nothing", command->expected, ""};
    if (positional.size() > command->most)
        return InputError{"", command->name, "the extra word \"" + positional[command->most] + "\"", command->expected,
                          ""};
    return command->request(*arguments);
}

} // namespace app
