// SPDX-License-Identifier: MIT
#include "core/io/drive/drive.h"

#include "core/io/drive/drive_backoff.h"
#include "core/io/drive/drive_bulkhead.h"
#include "core/io/drive/drive_circuit_breaker.h"
#include "core/io/drive/drive_distributed_lock.h"
#include "core/io/drive/drive_fixed_window.h"
#include "core/io/drive/drive_health_check.h"
#include "core/io/drive/drive_leaky_bucket.h"
#include "core/io/drive/drive_retry.h"
#include "core/io/drive/drive_sliding_window_counter.h"
#include "core/io/drive/drive_sliding_window_log.h"
#include "core/io/drive/drive_token_bucket.h"
#include "core/io/json/nearest_name.h"
#include "core/io/json/schema.h"

#include <algorithm>
#include <istream>
#include <ostream>

namespace resilience::io {

namespace {

struct DrivenPattern {
    const char *name;
    OrError<std::unique_ptr<Drive>> (*open)(const Json &config);
};

const std::vector<DrivenPattern> &drivenPatterns()
{
    static const std::vector<DrivenPattern> all{{"circuit-breaker", &DriveCircuitBreaker::open},
                                                {"token-bucket", &DriveTokenBucket::open},
                                                {"leaky-bucket", &DriveLeakyBucket::open},
                                                {"fixed-window", &DriveFixedWindow::open},
                                                {"sliding-window-log", &DriveSlidingWindowLog::open},
                                                {"sliding-window-counter", &DriveSlidingWindowCounter::open},
                                                {"bulkhead", &DriveBulkhead::open},
                                                {"backoff", &DriveBackoff::open},
                                                {"retry", &DriveRetry::open},
                                                {"health-check", &DriveHealthCheck::open},
                                                {"distributed-lock", &DriveDistributedLock::open}};
    return all;
}

// Up to the newline, which is taken and not given. Beyond `limit` only the first byte too many is kept.
bool readLine(std::istream &in, std::string &line, size_t limit)
{
    line.clear();
    std::streambuf *source = in.rdbuf();
    try {
        for (int c = source->sbumpc(); c != std::char_traits<char>::eof(); c = source->sbumpc()) {
            if (c == '\n')
                return true;
            if (line.size() <= limit)
                line += static_cast<char>(c);
        }
    } catch (const std::ios_base::failure &) { // what a file's buffer throws when it cannot be read
        in.setstate(std::ios_base::badbit);
        return false;
    }
    return !line.empty();
}

} // namespace

std::vector<std::string> Drive::patterns()
{
    std::vector<std::string> names;
    for (const DrivenPattern &pattern : drivenPatterns())
        names.emplace_back(pattern.name);
    return names;
}

OrError<std::unique_ptr<Drive>> Drive::open(const std::string &pattern, std::string_view config)
{
    const auto &all = drivenPatterns();
    const auto it = std::find_if(all.begin(), all.end(), [&](const auto &one) { return pattern == one.name; });
    if (it == all.end())
        return InputError{"", "drive", "the unknown pattern " + inQuotes(pattern), oneOf(patterns()),
                          nearestName(pattern, patterns())};
    const auto inConfig = [](InputError error) {
        error.place = error.place.empty() ? "--config" : "--config: " + error.place;
        return error;
    };
    auto json = parseJson(config.empty() ? "{}" : config);
    if (!json)
        return inConfig(json.error());
    auto opened = it->open(*json);
    return opened ? std::move(opened) : OrError<std::unique_ptr<Drive>>(inConfig(opened.error()));
}

std::string Drive::answer(std::string_view line)
{
    if (line.size() > kMaxLine)
        return toLine(refusal("found a line of more than " + std::to_string(kMaxLine) + " bytes, expected fewer"));
    const auto request = parseJson(line);
    if (!request)
        return toLine(refusal(request.error().message()));
    if (const auto error = checkSchema(*request, "drive." + m_pattern))
        return toLine(refusal(error->message()));
    return toLine(respond(*request));
}

bool Drive::run(std::istream &in, std::ostream &out)
{
    std::string line;
    while (out && readLine(in, line, kMaxLine))
        out << answer(line) << '\n' << std::flush;
    return static_cast<bool>(out);
}

Time Drive::timeOf(const Json &request) const
{
    if (!request.contains("t"))
        return m_latest;
    return std::max(m_latest, at(fromSeconds(request["t"].get<double>())));
}

OrderedJson Drive::refusal(const std::string &why) { return {{"error", why}}; }

} // namespace resilience::io
