// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/run/log_place.h"

#include <vector>

namespace resilience::sim {

/// Attempts of the last minute, second by second: what is left to draw where they come too fast to be told apart. Only
/// those that clients made, not those that services make for them.
struct RecentTraffic {
    static constexpr Duration kSecond = std::chrono::seconds{1};
    static constexpr Duration kFor = std::chrono::seconds{60};
    static constexpr uint64_t kMostEvents = 60'000; // looked at, the latest

    struct Lane { // in one second, of one client
        uint32_t sent = 0;
        uint32_t succeeded = 0; // attempts that ended so
        uint32_t failed = 0; // attempts that ended otherwise
        bool operator==(const Lane &) const = default;
    };
    struct Service { // in one second, of all services together
        uint32_t first = 0; // first attempts that arrived
        uint32_t again = 0; // further attempts that arrived
        uint32_t inTime = 0; // good answers that found somebody waiting
        uint32_t late = 0; // answers to somebody who had given up
        bool operator==(const Service &) const = default;
    };

    Time from{}; // a whole second; bin i covers [i, i + 1) seconds from there. What lies before is not known
    std::vector<std::vector<Lane>> lanes{}; // of each client
    std::vector<Service> service{};

    size_t bins() const { return service.size(); }
    /// The most attempts that one client sent in one second.
    uint32_t busiest() const;
    bool operator==(const RecentTraffic &) const = default;
};

/// Up to the present moment of the run, whose second may not be over yet.
RecentTraffic recentTrafficOf(const Timeline &timeline);

/// The same for one moment of a run after the other: where it has gone on since the last one, only what has come is
/// read.
class RecentTrafficReader {
public:
    const RecentTraffic &read(const Timeline &timeline);

private:
    LogPlace m_place;
    RecentTraffic m_traffic;
    bool m_whole = false; // every second of it was read in full
};

} // namespace resilience::sim
