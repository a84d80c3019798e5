// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace resilience::sim {

// What can be done to a service. While a fault is on it has a value, whose meaning its kind gives.
enum class FaultKind : uint8_t {
    ErrorRate,     // value: share of calls that fail, 0..1
    Latency,       // value: seconds added to every call, 0..3600
    LatencySpikes, // value: seconds added to one call in five, 0..3600
    Outage,        // refuses every call at once; no value
    Hang,          // takes calls and never answers; no value
};
inline constexpr size_t kFaultKindCount = 5;
inline constexpr double kSpikeShare = 0.2;

struct FaultSpec {
    FaultKind kind;
    const char *name;    // on the command line and in files
    const char *label;   // for people
    bool hasValue;
    double defaultValue;
    double maximum;      // of the value; its minimum is 0
    const char *unit;    // "", "s"
};

inline constexpr std::array<FaultSpec, kFaultKindCount> kFaultSpecs{{
    {FaultKind::ErrorRate, "error-rate", "Error rate", true, 0.5, 1.0, ""},
    {FaultKind::Latency, "latency", "Added latency", true, 2.0, 3600.0, "s"},
    {FaultKind::LatencySpikes, "latency-spikes", "Latency spikes", true, 2.0, 3600.0, "s"},
    {FaultKind::Outage, "outage", "Outage", false, 1.0, 1.0, ""},
    {FaultKind::Hang, "hang", "Hang", false, 1.0, 1.0, ""},
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
