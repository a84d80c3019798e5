// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/time.h"

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resilience::io {

// The line protocol: one pattern, driven from outside. One JSON object a line in, one out. Each pattern is one
// subclass, one line in drivenPatterns() and one schema, drive.<pattern>.schema.json, which says what a line may hold.
class Drive {
public:
    static constexpr size_t kMaxLine = 64 * 1024; // bytes, without the newline

    // The patterns there are, by name.
    static std::vector<std::string> patterns();
    // A pattern with the configuration in `config` (a JSON object as text; empty = all defaults).
    static OrError<std::unique_ptr<Drive>> open(const std::string &pattern, std::string_view config);

    virtual ~Drive() = default;

    // The answer to one line, without a newline. A line that is refused gives {"error": "..."} and changes nothing.
    std::string answer(std::string_view line);

    // Answers line by line, flushing after each, until the input ends; the last line needs no newline. A line beyond
    // kMaxLine is not kept in memory. False when `out` takes no more; `in` is bad() when it could not be read to its
    // end.
    bool run(std::istream &in, std::ostream &out);

protected:
    explicit Drive(std::string pattern) : m_pattern(std::move(pattern)) {}

    // The answer to a request that the schema has passed. "error" in it says that it was refused.
    virtual OrderedJson respond(const Json &request) = 0;

    // The moment a request is about: its "t", or the latest one where that is later or it has none.
    Time timeOf(const Json &request) const;
    // Time has got there. Not for requests that were refused or that only look.
    void passTo(Time t) { m_latest = t; }

    static OrderedJson refusal(const std::string &why);

private:
    std::string m_pattern;
    Time m_latest = kTimeZero;
};

} // namespace resilience::io
