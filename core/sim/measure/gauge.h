// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/world/world.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace resilience::sim {

/// A quantity that stands at some height at any moment.
enum class GaugeKind : uint8_t {
    Permits, // of a rate limiter, fractions included
    SlotsInUse,
    SlotsQueued,
    ServiceBusy, // workers
    ServiceQueue, // calls that wait for a worker
    LockBelievers, // who take the lease for their own
    LeaseLeft, // s that a holder's lease is still good for, by its own clock
};
inline constexpr size_t kGaugeKindCount = 7;

/// What there is to know about a kind; the words are for people.
struct GaugeSpec {
    GaugeKind kind;
    std::string_view id; // "slots_in_use": in files
    const char *word; // "slots in use"
    bool flows; // it also changes while nothing happens
};
inline constexpr std::array<GaugeSpec, kGaugeKindCount> kGaugeSpecs{
    {{GaugeKind::Permits, "permits", "permits", true},
     {GaugeKind::SlotsInUse, "slots_in_use", "slots in use", false},
     {GaugeKind::SlotsQueued, "slots_queued", "waiting", false},
     {GaugeKind::ServiceBusy, "workers_busy", "workers busy", false},
     {GaugeKind::ServiceQueue, "queue", "queue", false},
     {GaugeKind::LockBelievers, "lock_believers", "believe they hold the lock", false},
     {GaugeKind::LeaseLeft, "lease_left_s", "lease left", true}}};
constexpr const GaugeSpec &spec(GaugeKind kind) { return kGaugeSpecs[static_cast<size_t>(kind)]; }

struct Gauge {
    GaugeKind kind = GaugeKind::Permits;
    uint32_t index = 0; // of the pipeline, the service or the holder
    bool operator==(const Gauge &) const = default;
};
/// Those a run has: permits of every limiter, slots and queue of every bulkhead, workers and queue of every service
/// that has a limited number of workers, how many believe to hold the lock, and what is left of each holder's lease.
std::vector<Gauge> gaugesOf(const World &world);
/// At `t`, provided that nothing happens until then; not before world.now().
double read(const Gauge &gauge, const World &world, Time t);

} // namespace resilience::sim
