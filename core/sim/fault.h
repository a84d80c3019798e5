// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace resilience::sim {

// What can be done to a part of the system. While a fault is on it has a value, whose meaning its kind gives.
enum class FaultKind : uint8_t {
    ErrorRate, // value: share of calls that fail, 0..1
    Latency, // value: seconds added to every call, 0..3600
    LatencySpikes, // value: seconds added to one call in five, 0..3600
    Outage, // refuses every call at once; no value
    Hang, // takes calls and never answers; no value
    Crash, // gone with all that it was doing and held; when it ends it starts again, empty and cold; no value
    PacketLoss, // value: share of messages to and from it that are lost, 0..1
    Partition, // no message reaches or leaves it; no value
    ClockDrift, // value: how much faster its clock runs, a share, -0.9..10
    Pause, // the process stands still, and goes on later as if nothing had been; no value
};
inline constexpr size_t kFaultKindCount = 10;
inline constexpr double kSpikeShare = 0.2;

struct FaultSpec {
    FaultKind kind;
    const char *name; // on the command line and in files
    const char *label; // for people
    bool hasValue;
    double defaultValue;
    double minimum; // of the value
    double maximum;
    const char *unit; // "", "s"
    uint8_t on; // the kinds of components it can be put on: ComponentKind, added up
};

inline constexpr std::array<FaultSpec, kFaultKindCount> kFaultSpecs{{
    {FaultKind::ErrorRate, "error-rate", "Error rate", true, 0.5, 0, 1.0, "", 1},
    {FaultKind::Latency, "latency", "Added latency", true, 2.0, 0, 3600.0, "s", 1},
    {FaultKind::LatencySpikes, "latency-spikes", "Latency spikes", true, 2.0, 0, 3600.0, "s", 1},
    {FaultKind::Outage, "outage", "Outage", false, 1.0, 0, 1.0, "", 1},
    {FaultKind::Hang, "hang", "Hang", false, 1.0, 0, 1.0, "", 1},
    {FaultKind::Crash, "crash", "Crash", false, 1.0, 0, 1.0, "", 1 | 2},
    {FaultKind::PacketLoss, "packet-loss", "Packet loss", true, 0.3, 0, 1.0, "", 1 | 2},
    {FaultKind::Partition, "partition", "Partition", false, 1.0, 0, 1.0, "", 1 | 2 | 4},
    {FaultKind::ClockDrift, "clock-drift", "Clock drift", true, 0.5, -0.9, 10.0, "", 2},
    {FaultKind::Pause, "pause", "Pause", false, 1.0, 0, 1.0, "", 1 | 2 | 4},
}};

constexpr const FaultSpec &spec(FaultKind kind) { return kFaultSpecs[static_cast<size_t>(kind)]; }

constexpr std::optional<FaultKind> faultKindNamed(std::string_view name)
{
    for (const FaultSpec &fault : kFaultSpecs)
        if (name == fault.name)
            return fault.kind;
    return std::nullopt;
}

// The faults that are on, each with its value.
using ActiveFaults = std::array<std::optional<double>, kFaultKindCount>;

} // namespace resilience::sim
