// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/arguments.h"
#include "app/command_line/compare_command.h"
#include "app/command_line/export_parser.h"
#include "labs/catalog.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <vector>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;
using Kind = OptionSpec::Kind;
using Words = std::vector<std::string>;

namespace {

const std::vector<OptionSpec> &compareOptions()
{
    static const std::vector<OptionSpec> all = [] {
        std::vector<OptionSpec> some{{"--scenario", Kind::Value}, {"--seed", Kind::Value},   {"--until", Kind::Value},
                                     {"--set", Kind::Values},     {"--fault", Kind::Values}, {"--clear", Kind::Values},
                                     {"--summary", Kind::Flag},   {"--events", Kind::Flag}};
        for (const OptionSpec &one : exportOptionSpecs())
            some.push_back(one);
        return some;
    }();
    return all;
}

// A run that was given as one word is taken apart at its blanks, unless it is a file's name.
Words apart(std::span<const std::string> words)
{
    Words all;
    for (const std::string &word : words) {
        std::error_code ignored;
        if (word.find(" --") == std::string::npos || std::filesystem::exists(word, ignored)) {
            all.push_back(word);
            continue;
        }
        std::istringstream parts(word);
        for (std::string part; parts >> part;)
            all.push_back(part);
    }
    return all;
}

// Where the second run begins: the second word that is neither an option nor the value of one.
size_t secondRun(const Words &words)
{
    size_t runs = 0;
    for (size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        if (!word.starts_with("-") || word == "-") {
            if (++runs == 2)
                return i;
            continue;
        }
        const auto option = std::find_if(compareOptions().begin(), compareOptions().end(),
                                         [&](const OptionSpec &one) { return one.name == word; });
        const bool takesValue = option != compareOptions().end() && option->kind != Kind::Flag;
        if (takesValue && i + 1 < words.size() && !words[i + 1].starts_with("--"))
            ++i;
    }
    return words.size();
}

RunRequest requestOf(const Arguments &arguments)
{
    RunRequest run{arguments.positional().front(), arguments.value("--scenario"), arguments.value("--seed"),
                   arguments.value("--until"),     arguments.values("--set"),     arguments.values("--fault"),
                   arguments.values("--clear")};
    if (run.scenario || labs::labWithId(run.source))
        return run;
    for (const labs::Lab &lab : labs::catalog())
        if (lab.scenario(run.source)) {
            run.scenario = run.source;
            run.source = lab.id;
            break;
        }
    return run;
}

} // namespace

OrError<CompareRequest> parseCompare(std::span<const std::string> words)
{
    const Words all = apart(words);
    const size_t second = secondRun(all);
    const auto a = Arguments::parse(std::span(all).first(second), compareOptions());
    if (!a)
        return a.error();
    const auto b = Arguments::parse(std::span(all).subspan(second), compareOptions());
    if (!b)
        return b.error();
    if (a->positional().empty() || b->positional().empty())
        return InputError{"", "", a->positional().empty() ? "nothing" : "one run", "two: A [options] B [options]", ""};
    if (b->positional().size() > 1)
        return InputError{"", "", "the extra word \"" + b->positional()[1] + "\"", "two runs", ""};
    CompareRequest request;
    request.a = requestOf(*a);
    request.b = requestOf(*b);
    // The luck of A is that of B, unless that has its own; the clock is one for both.
    if (!request.b.seed)
        request.b.seed = request.a.seed;
    if (request.a.until && request.b.until && *request.a.until != *request.b.until)
        return InputError{"", "--until", *request.b.until + " for B and " + *request.a.until + " for A",
                          "one length for both", ""};
    if (!request.a.until)
        request.a.until = request.b.until;
    request.b.until = request.a.until;
    // Of whole runs the last word counts for both: where and how pictures are written.
    Words whole;
    for (const Arguments *arguments : {&*a, &*b}) {
        request.summary |= arguments->has("--summary");
        request.events |= arguments->has("--events");
        for (const OptionSpec &one : exportOptionSpecs())
            if (arguments->has(one.name)) {
                whole.push_back(one.name);
                if (one.kind != Kind::Flag)
                    whole.push_back(*arguments->value(one.name));
            }
    }
    const auto drawing = Arguments::parse(whole, exportOptionSpecs());
    if (!drawing)
        return drawing.error();
    request.folder = drawing->value("--out");
    if (!request.folder && !whole.empty())
        return InputError{"", whole.front(), "it without --out", "--out DIR", ""};
    if (request.summary && request.events)
        return InputError{"", "--events", "--summary beside it", "one of the two", ""};
    if (request.folder) {
        const auto options = parseExportOptions(*drawing);
        if (!options)
            return options.error();
        request.options = *options;
    }
    return request;
}

} // namespace app
