// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/run_file_check.h"

#include "core/io/scenario/scenario_json.h"
#include "core/io/scenario/session_json.h"
#include "tests/fuzz/refusal_check.h"

using namespace resilience;
using namespace resilience::io;

namespace tests {

namespace {

constexpr const char *kFile = "fuzzed.json";

OrError<sim::Scenario> scenarioIn(std::string_view text) { return readScenario(text, kFile); }
OrError<Session> sessionIn(std::string_view text) { return readSession(text, kFile); }

// Of one kind of file: `read` its text, `write` its value.
template <typename Value>
std::string roundTripProblem(const Value &value, OrError<Value> (*read)(std::string_view),
                             std::string (*write)(const Value &))
{
    const std::string written = write(value);
    const auto again = read(written);
    if (!again)
        return "what it wrote is refused: " + again.error().message() + "\n" + written;
    if (!(*again == value))
        return "what it wrote reads back as another:\n" + written + write(*again);
    const std::string rewritten = write(*again);
    return rewritten == written ? "" : "the same, written twice in two ways:\n" + written + rewritten;
}

template <typename Value>
std::string valueProblem(const OrError<Value> &found, OrError<Value> (*read)(std::string_view),
                         std::string (*write)(const Value &))
{
    return found ? roundTripProblem(*found, read, write) : refusalProblem(found.error().message());
}

} // namespace

std::string runFileProblem(std::string_view text)
{
    const auto scenario = scenarioIn(text);
    const auto session = sessionIn(text);
    const auto either = readRunFile(text, kFile);
    if (auto problem = valueProblem(scenario, &scenarioIn, &scenarioToJson); !problem.empty())
        return problem;
    if (auto problem = valueProblem(session, &sessionIn, &sessionToJson); !problem.empty())
        return problem;
    if (!either) {
        if (scenario || session)
            return "refused when nobody says what it is: " + either.error().message();
        return refusalProblem(either.error().message());
    }
    if (either->isScenario ? !scenario : !session)
        return "read when nobody says what it is, and else refused";
    const Session expected = either->isScenario ? sessionOf(*scenario) : *session;
    return either->session == expected ? "" : "read as another when nobody says what it is";
}

} // namespace tests
