// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

// What the stage of the capstone reads out of a snapshot: who calls whom, what passes on each line, and how the whole
// thing stands. Pure functions.
namespace widgets {

// A line from a caller to what it calls, and the pipeline on it.
struct ShopLine {
    uint32_t pipeline = 0; // index
    uint32_t service = 0; // index: the target
    bool optional = false;
    // Lately, per simulated second.
    double sent = 0;
    double succeeded = 0;
    double failed = 0; // or timed out
    double turnedAway = 0; // by a policy of the line, before anything was sent
    double answered = 0; // by the service
    double forNobody = 0; // ... when whoever it was for had given up
    // Whether the policy did something lately besides letting calls pass: rejected, cut off, tried again, answered.
    std::array<bool, resilience::kPolicyKindCount> acted{};

    double failing() const { return succeeded + failed > 0 ? failed / (succeeded + failed) : 0; }
    bool isFailing() const { return failing() > 0.5; }
    double wasted() const { return answered > 0 ? forNobody / answered : 0; }
    // Its calls go well, and serve nobody.
    bool isWasted() const { return !isFailing() && wasted() > 0.5; }
};

struct Shop {
    uint32_t gateway = 0; // index of the service that the first client calls
    std::vector<ShopLine> lines{}; // the client's first, then those of the gateway
};
// None without a client and a service for it to call. At most kMostServices lines of the gateway.
std::optional<Shop> shopOf(const resilience::sim::Snapshot &snapshot);
inline constexpr size_t kMostServices = 4;

// Whether the caller of a request has given up, or whoever that one works for.
bool isForNobody(const resilience::sim::Snapshot &snapshot, const resilience::sim::Request &request);
// Of the requests at a service, those for nobody.
struct WorkForNobody {
    uint32_t served = 0;
    uint32_t queued = 0;
};
WorkForNobody workForNobody(const resilience::sim::Snapshot &snapshot, uint32_t service);

// In words and colours: how the system stands.
enum class Standing : uint8_t { NotStarted, Early, Up, Struggling, Down, Metastable };
Standing standingOf(const resilience::sim::Snapshot &snapshot);

// The latest event of the last seconds that tells why a line fails or turns calls away; else the latest result on it;
// 0 = nothing happened on it.
uint64_t tellingEvent(const resilience::sim::Snapshot &snapshot, uint32_t pipeline);
// The latest end of a request that did not succeed; else of any; 0 = none.
uint64_t tellingEnd(const resilience::sim::Snapshot &snapshot);

} // namespace widgets
