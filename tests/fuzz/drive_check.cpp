// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/drive_check.h"

#include "core/io/drive/drive.h"
#include "tests/fuzz/driven_samples.h"
#include "tests/fuzz/refusal_check.h"

#include <algorithm>
#include <memory>
#include <sstream>
#include <vector>

using namespace resilience::io;

namespace tests {

namespace {

// As Drive::run reads them: the last line needs no newline.
std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string answerProblem(const std::string &answer)
{
    const auto read = parseJson(answer);
    if (!read || !read->is_object())
        return "no JSON object: " + answer;
    if (!read->contains("error"))
        return read->empty() ? "an answer that says nothing" : "";
    if (read->size() != 1 || !(*read)["error"].is_string())
        return "a refusal that says more: " + answer;
    return refusalProblem((*read)["error"].get<std::string>());
}

bool isRefusal(const std::string &answer) { return answer.starts_with("{\"error\":"); }

// What the lines of `text` get when they come in one after the other, and whether the answers are in form.
std::string talk(Drive &drive, std::string_view text, std::vector<std::string> &answers)
{
    std::istringstream in{std::string(text)};
    std::ostringstream out;
    if (!drive.run(in, out))
        return "it broke off";
    answers = linesOf(out.str());
    for (const std::string &answer : answers)
        if (auto problem = answerProblem(answer); !problem.empty())
            return problem;
    return {};
}

} // namespace

std::string driveProblem(std::string_view input)
{
    const size_t first = std::min(input.find('\n'), input.size());
    const size_t space = std::min(input.find(' '), first);
    const std::string pattern(input.substr(0, space));
    const std::string_view config = input.substr(std::min(space + 1, first), first - std::min(space + 1, first));
    const std::string_view text = input.substr(std::min(first + 1, input.size()));

    auto drive = Drive::open(pattern, config);
    if (!drive)
        return refusalProblem(drive.error().message());
    std::vector<std::string> answers;
    if (auto problem = talk(**drive, text, answers); !problem.empty())
        return problem;
    const std::vector<std::string> lines = linesOf(text);
    if (answers.size() != lines.size())
        return std::to_string(lines.size()) + " lines, " + std::to_string(answers.size()) + " answers";

    const auto twin = Drive::open(pattern, config);
    for (size_t i = 0; i < lines.size(); ++i) {
        if (isRefusal(answers[i]))
            continue;
        if (const std::string again = (*twin)->answer(lines[i]); again != answers[i])
            return "line " + std::to_string(i + 1) + ": " + answers[i] + " and, without the refused lines, " + again;
    }
    const std::string last = (*drive)->answer(drivenSample(pattern)->always);
    return isRefusal(last) ? "it does not work on: " + last : answerProblem(last);
}

} // namespace tests
