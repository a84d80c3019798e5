// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace resilience::sim {

/// What a component is, as far as faults go: each fault says which of these can have it.
enum class Nature : uint8_t {
    Service, // answers calls
    Server, // answers messages of any kind: can lose what it holds, and messages to and from it can be lost
    Process, // can stand still and be cut off
    Clocked, // goes by a clock of its own
};

class Natures {
public:
    constexpr Natures() = default;
    constexpr Natures(std::initializer_list<Nature> natures)
    {
        for (const Nature nature : natures)
            m_bits |= bit(nature);
    }
    constexpr explicit operator bool() const { return m_bits != 0; }
    constexpr bool has(Nature nature) const { return (m_bits & bit(nature)) != 0; }

private:
    static constexpr unsigned bit(Nature nature) { return 1U << static_cast<unsigned>(nature); }
    unsigned m_bits = 0;
};

/// What can be done to a part of the system. While a fault is on it has a value, whose meaning its row below gives.
enum class FaultKind : uint8_t {
    ErrorRate,
    Latency,
    LatencySpikes, // of one call in five
    Outage, // refuses every call at once
    Hang, // takes calls and never answers
    Crash, // gone with all that it was doing and held; when it ends it starts again, empty and cold
    PacketLoss, // to and from it
    Partition, // no message reaches or leaves it
    ClockDrift, // of 0.5 its clock is half as fast again, of -0.5 half as fast
    Pause, // the process stands still, and goes on later as if nothing had been
};
inline constexpr double kSpikeShare = 0.2;

/// What the value of a fault is.
enum class FaultValue : uint8_t {
    None, // it has none; 1 stands for it
    Share, // 0..1, shown in per cent
    Seconds,
    Change, // by which share of itself something is more (or, negative, less) than usual; shown in per cent
};

/// What becomes of whoever has it, for others. The later, the worse.
enum class FaultEffect : uint8_t {
    None,
    Slow,
    Failing, // some of what it is asked comes to nothing
    Stuck, // it takes what comes, and does not answer
    Down, // nothing is taken
};

/// All there is to know about a fault but what it does; files and their schema, the command line, the window, the
/// stages and the world go by it. In its words %1 is the value, and %2 the value with its sign, in per cent or seconds.
struct FaultSpec {
    FaultKind kind;
    const char *name; // on the command line and in files
    const char *label; // for people
    Nature on; // whom it can be put on: all components that are that
    FaultEffect effect;
    int severity; // who has several tells the one with the greatest first; no two have the same
    const char *sign; // at whoever has it: "OUTAGE", "+2 s"
    const char *words; // by itself: "outage", "added latency 2 s"
    const char *brief = words; // the same where there is less room
    bool curedByRestart = false; // it is of the process itself, and gone with it
    bool ofMessages = false; // what it does, it does to messages: it belongs to the network, and no part sees it

    FaultValue value = FaultValue::None;
    double defaultValue = 1;
    double minimum = 1; // of the value, the ends included
    double maximum = 1;
    const char *meaning = ""; // of the value: "seconds added"

    constexpr bool hasValue() const { return value != FaultValue::None; }
    constexpr bool isShownInPercent() const { return value == FaultValue::Share || value == FaultValue::Change; }
    constexpr const char *unit() const { return value == FaultValue::Seconds ? "s" : ""; }
};

// In the order of FaultKind.
// clang-format off
inline constexpr std::array kFaultSpecs{
    FaultSpec{.kind = FaultKind::ErrorRate, .name = "error-rate", .label = "Error rate",
              .on = Nature::Service, .effect = FaultEffect::Failing, .severity = 50,
              .sign = "%1 errors", .words = "error rate %1", .brief = "%1 fail",
              .value = FaultValue::Share, .defaultValue = 0.5, .minimum = 0, .maximum = 1,
              .meaning = "share of calls that fail"},
    FaultSpec{.kind = FaultKind::Latency, .name = "latency", .label = "Added latency",
              .on = Nature::Service, .effect = FaultEffect::Slow, .severity = 40,
              .sign = "+%1 s", .words = "added latency %1 s", .brief = "+%1 s",
              .value = FaultValue::Seconds, .defaultValue = 2, .minimum = 0, .maximum = 3600,
              .meaning = "seconds added to every call"},
    FaultSpec{.kind = FaultKind::LatencySpikes, .name = "latency-spikes", .label = "Latency spikes",
              .on = Nature::Service, .effect = FaultEffect::Slow, .severity = 30,
              .sign = "spikes +%1 s", .words = "latency spikes %1 s", .brief = "spikes",
              .value = FaultValue::Seconds, .defaultValue = 2, .minimum = 0, .maximum = 3600,
              .meaning = "seconds added to one call in five"},
    FaultSpec{.kind = FaultKind::Outage, .name = "outage", .label = "Outage",
              .on = Nature::Service, .effect = FaultEffect::Down, .severity = 100,
              .sign = "OUTAGE", .words = "outage"},
    FaultSpec{.kind = FaultKind::Hang, .name = "hang", .label = "Hang",
              .on = Nature::Service, .effect = FaultEffect::Stuck, .severity = 90,
              .sign = "HANG", .words = "hang", .curedByRestart = true},
    FaultSpec{.kind = FaultKind::Crash, .name = "crash", .label = "Crash",
              .on = Nature::Server, .effect = FaultEffect::Down, .severity = 80,
              .sign = "CRASHED", .words = "crash", .curedByRestart = true},
    FaultSpec{.kind = FaultKind::PacketLoss, .name = "packet-loss", .label = "Packet loss",
              .on = Nature::Server, .effect = FaultEffect::Failing, .severity = 20,
              .sign = "%1 lost", .words = "packet loss %1", .brief = "%1 lost", .ofMessages = true,
              .value = FaultValue::Share, .defaultValue = 0.3, .minimum = 0, .maximum = 1,
              .meaning = "share of messages lost"},
    FaultSpec{.kind = FaultKind::Partition, .name = "partition", .label = "Partition",
              .on = Nature::Process, .effect = FaultEffect::Down, .severity = 70,
              .sign = "CUT OFF", .words = "partition", .ofMessages = true},
    FaultSpec{.kind = FaultKind::ClockDrift, .name = "clock-drift", .label = "Clock drift",
              .on = Nature::Clocked, .effect = FaultEffect::None, .severity = 10,
              .sign = "clock %2", .words = "clock drift %1",
              .value = FaultValue::Change, .defaultValue = 0.5, .minimum = -0.9, .maximum = 10,
              .meaning = "how much faster its clock runs, 0.5 being half as fast again"},
    FaultSpec{.kind = FaultKind::Pause, .name = "pause", .label = "Pause",
              .on = Nature::Process, .effect = FaultEffect::Stuck, .severity = 60,
              .sign = "PAUSED", .words = "pause", .curedByRestart = true},
};
// clang-format on
inline constexpr size_t kFaultKindCount = kFaultSpecs.size();
static_assert([] {
    for (size_t i = 0; i < kFaultKindCount; ++i)
        if (kFaultSpecs[i].kind != static_cast<FaultKind>(i))
            return false;
    return true;
}());

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

/// "a share", "seconds"
const char *nounOf(FaultValue value);
/// "0 to 3600 s"; "" when it has no value.
std::string rangeText(const FaultSpec &fault);
/// What is wrong with a value, if anything: the field is the fault's name. Of a fault without a value only 1 is right.
std::optional<ConfigError> checkFaultValue(const FaultSpec &fault, double value);

/// All of them, the one first that is told first where there are several.
inline constexpr auto kFaultsWorstFirst = [] {
    auto sorted = kFaultSpecs;
    std::sort(sorted.begin(), sorted.end(),
              [](const FaultSpec &a, const FaultSpec &b) { return a.severity > b.severity; });
    std::array<FaultKind, kFaultKindCount> kinds{};
    for (size_t i = 0; i < kinds.size(); ++i)
        kinds[i] = sorted[i].kind;
    return kinds;
}();

/// Whether calls to who has it come to nothing.
constexpr bool stopsAnswers(FaultKind kind) { return spec(kind).effect >= FaultEffect::Stuck; }

/// The faults that are on, each with its value.
using ActiveFaults = std::array<std::optional<double>, kFaultKindCount>;
/// The worst that they make of who has them.
FaultEffect effectOf(const ActiveFaults &faults);

} // namespace resilience::sim
