// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/names.h"
#include "core/sim/engine/subject.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace resilience::sim {

/// What can be done to a part of the system. While a fault is on it has a value, whose meaning its kind gives.
enum class FaultKind : uint8_t {
    ErrorRate, // value: share of calls that fail
    Latency, // value: seconds added to every call
    LatencySpikes, // value: seconds added to one call in five
    Outage, // refuses every call at once; no value
    Hang, // takes calls and never answers; no value
    Crash, // gone with all that it was doing and held; when it ends it starts again, empty and cold; no value
    PacketLoss, // value: share of messages to and from it that are lost
    Partition, // no message reaches or leaves it; no value
    ClockDrift, // value: how much faster its clock runs, as a change: 0.5 is half as fast again, -0.5 half as fast
    Pause, // the process stands still, and goes on later as if nothing had been; no value
};
inline constexpr size_t kFaultKindCount = 10;
inline constexpr double kSpikeShare = 0.2;

/// What the value of a fault is.
enum class FaultValue : uint8_t {
    None, // it has none; 1 stands for it
    Share, // 0..1, shown in per cent
    Seconds,
    Change, // by which share of itself something is more (or, negative, less) than usual; shown in per cent
};

/// All there is to know about a fault's value; files, the command line, the window and the world go by it.
struct FaultSpec {
    FaultKind kind;
    const char *name; // on the command line and in files
    const char *label; // for people
    FaultValue value;
    double defaultValue;
    double minimum; // of the value, the ends included
    double maximum;
    SubjectKinds on; // whom it can be put on

    constexpr bool hasValue() const { return value != FaultValue::None; }
    constexpr bool isShownInPercent() const { return value == FaultValue::Share || value == FaultValue::Change; }
    constexpr const char *unit() const { return value == FaultValue::Seconds ? "s" : ""; }
};

// Whom faults can be put on.
inline constexpr SubjectKinds kServices{Subject::Kind::Service};
inline constexpr SubjectKinds kLockNodes{Subject::Kind::LockNode};
inline constexpr SubjectKinds kServers{Subject::Kind::Service, Subject::Kind::LockNode};
inline constexpr SubjectKinds kProcesses{Subject::Kind::Service, Subject::Kind::LockNode, Subject::Kind::LockHolder};

inline constexpr std::array<FaultSpec, kFaultKindCount> kFaultSpecs{{
    {FaultKind::ErrorRate, "error-rate", "Error rate", FaultValue::Share, 0.5, 0, 1, kServices},
    {FaultKind::Latency, "latency", "Added latency", FaultValue::Seconds, 2, 0, 3600, kServices},
    {FaultKind::LatencySpikes, "latency-spikes", "Latency spikes", FaultValue::Seconds, 2, 0, 3600, kServices},
    {FaultKind::Outage, "outage", "Outage", FaultValue::None, 1, 1, 1, kServices},
    {FaultKind::Hang, "hang", "Hang", FaultValue::None, 1, 1, 1, kServices},
    {FaultKind::Crash, "crash", "Crash", FaultValue::None, 1, 1, 1, kServers},
    {FaultKind::PacketLoss, "packet-loss", "Packet loss", FaultValue::Share, 0.3, 0, 1, kServers},
    {FaultKind::Partition, "partition", "Partition", FaultValue::None, 1, 1, 1, kProcesses},
    {FaultKind::ClockDrift, "clock-drift", "Clock drift", FaultValue::Change, 0.5, -0.9, 10, kLockNodes},
    {FaultKind::Pause, "pause", "Pause", FaultValue::None, 1, 1, 1, kProcesses},
}};

} // namespace resilience::sim
namespace resilience {
template <> struct Names<sim::FaultKind> {
    static constexpr auto all = [] {
        std::array<const char *, sim::kFaultKindCount> names{};
        for (size_t i = 0; i < names.size(); ++i)
            names[i] = sim::kFaultSpecs[i].name;
        return names;
    }();
};
template <> struct Names<sim::FaultValue> {
    static constexpr std::array all{"none", "share", "seconds", "change"};
};
} // namespace resilience
namespace resilience::sim {

constexpr const FaultSpec &spec(FaultKind kind) { return kFaultSpecs[static_cast<size_t>(kind)]; }

/// "0 to 3600 s"; "" when it has no value.
std::string rangeText(const FaultSpec &fault);
/// What is wrong with a value, if anything: the field is the fault's name. Of a fault without a value only 1 is right.
std::optional<ConfigError> checkFaultValue(const FaultSpec &fault, double value);

/// The faults that are on, each with its value.
using ActiveFaults = std::array<std::optional<double>, kFaultKindCount>;

} // namespace resilience::sim
