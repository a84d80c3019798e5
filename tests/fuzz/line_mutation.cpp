// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/line_mutation.h"

#include "tests/fuzz/driven_samples.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

using resilience::RandomStream;

namespace tests {

namespace {

// Pieces that have a meaning to a reader of JSON, or to one who reads it carelessly.
constexpr std::array<std::string_view, 22> kPieces{
    "{",    "}",    "[",   "]", ":", ",",  "\"",   "\\",   "\\u",          "\\u0000", "\\ud800",
    "null", "true", "NaN", "-", " ", "\r", "\xff", "\xc3", "\xe2\x86\x92", "\x1b",    std::string_view("\0", 1)};

// Where numbers end: of 32 and 64 bits, of exact doubles, of doubles, of time, of the limits that settings have.
constexpr std::array<std::string_view, 24> kNumbers{"0",
                                                    "-0",
                                                    "-1",
                                                    "1",
                                                    "2",
                                                    "0.5",
                                                    "1e-9",
                                                    "4e-10",
                                                    "1e-400",
                                                    "5e-324",
                                                    "64",
                                                    "65",
                                                    "1000000",
                                                    "4294967295",
                                                    "4294967296",
                                                    "9223372036",
                                                    "9223372036.854775807",
                                                    "9223372037",
                                                    "9007199254740992",
                                                    "9007199254740993",
                                                    "9223372036854775808",
                                                    "18446744073709551615",
                                                    "18446744073709551616",
                                                    "1e308"};

template <typename Table> std::string_view oneOf(const Table &table, RandomStream &random)
{
    return table[below(random, table.size())];
}

bool isInNumber(char c)
{
    return std::isdigit(static_cast<unsigned char>(c)) != 0 || std::string_view("+-.eE").find(c) < 5;
}

// From `start` on: the number or the text in quotes that comes first; empty at the end when there is none.
std::pair<size_t, size_t> nextValue(const std::string &line, size_t start)
{
    for (size_t i = start; i < line.size(); ++i) {
        size_t end = i;
        if (line[i] == '"') {
            end = line.find('"', i + 1);
            return {i, end == std::string::npos ? line.size() - i : end + 1 - i};
        }
        while (end < line.size() && isInNumber(line[end]))
            ++end;
        if (end > i)
            return {i, end - i};
    }
    return {line.size(), 0};
}

} // namespace

size_t below(RandomStream &random, size_t end) { return static_cast<size_t>(random.next() % end); }

std::string anyValueText(RandomStream &random)
{
    if (below(random, 3) > 0)
        return std::string(oneOf(kNumbers, random));
    return "\"" + std::string(below(random, 70), 'a') + "\"";
}

std::string validLine(const std::string &pattern, RandomStream &random)
{
    const DrivenSample *sample = drivenSample(pattern);
    const auto &any = drivenSamples();
    const auto &requests = (sample ? *sample : any[below(random, any.size())]).requests;
    const std::string &request = requests[below(random, requests.size())];
    if (below(random, 5) == 0)
        return request;
    const std::string t = std::to_string(below(random, 40)) + "." + std::to_string(below(random, 10));
    return requestAt(below(random, 20) == 0 ? std::string(oneOf(kNumbers, random)) : t, request);
}

std::string rawLine(RandomStream &random)
{
    std::string line(below(random, 201), '\0');
    for (char &c : line)
        do
            c = static_cast<char>(random.next());
        while (c == '\n');
    return line;
}

std::string mutatedLine(std::string line, RandomStream &random)
{
    const size_t from = below(random, line.size() + 1);
    const size_t count = below(random, std::min<size_t>(line.size() - from, 12) + 1);
    switch (below(random, 6)) {
    case 0:
        return line.erase(from, count);
    case 1:
        return line.insert(from, line.substr(from, count));
    case 2:
        return line.insert(from, oneOf(kPieces, random));
    case 3:
        if (from < line.size())
            line[from] = static_cast<char>(line[from] ^ (1 << below(random, 8)));
        std::replace(line.begin(), line.end(), '\n', ' ');
        return line;
    case 4:
        return line.substr(0, from);
    default: {
        const auto [start, length] = nextValue(line, from);
        return line.replace(start, length, anyValueText(random));
    }
    }
}

} // namespace tests
