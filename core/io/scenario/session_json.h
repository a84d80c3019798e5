// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/run/timeline.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resilience::io {

// A run that was kept beside another one.
struct SessionRun {
    std::string name;
    std::optional<sim::Scenario> scenario; // none: that of the session
    uint64_t seed = 1;
    sim::Journal journal;
    bool operator==(const SessionRun &) const = default;
};

// A run that can be replayed: Timeline(scenario, seed, journal), played to `until`.
struct Session {
    sim::Scenario scenario;
    uint64_t seed = 1;
    Duration until{};
    std::optional<Duration> position; // the moment that was on screen
    sim::Journal journal; // all of it: the scenario's own script included
    std::string name{}; // of the run; "" = it was not given one
    std::vector<SessionRun> runs{}; // kept beside it, at most kMaxSessionRuns
    std::optional<size_t> beside{}; // the one of these that it is compared with

    bool operator==(const Session &) const = default;
};

// The session that plays a scenario as it is.
Session sessionOf(const sim::Scenario &scenario);
// What was played and done, so that it can be played again.
Session sessionOf(const sim::Timeline &timeline, Duration until);

// Reads a session (resources/schema/session.schema.json). `file` is the name for messages.
OrError<Session> readSession(std::string_view text, const std::string &file);

// As text, of format 1, or 2 where runs or names are kept, that readSession turns into an equal session, times to the
// nanosecond.
std::string sessionToJson(const Session &session);

inline constexpr size_t kMaxSessionRuns = 8; // kept in a session; its schema says so too
inline constexpr size_t kMaxJournalEntries = 20000; // of a session; its schema says so too

// ... as a file that can be opened again: on one line, without blanks, where it would else be larger than kMaxFileBytes
// (text_file.h). An error when it still is, or when its journal is too long.
OrError<std::string> sessionFile(const Session &session);

// Reads a scenario or a session, whichever the text's "format" says it is.
struct RunFile {
    Session session;
    bool isScenario = false; // then the session is sessionOf(it)
};
OrError<RunFile> readRunFile(std::string_view text, const std::string &file);

} // namespace resilience::io
