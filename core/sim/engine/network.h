// SPDX-License-Identifier: MIT
#pragma once

#include "core/random_stream.h"
#include "core/sim/engine/fault.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/engine/subject.h"
#include "core/time.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace resilience::sim {

/// Between one that asks and one that answers: messages go both ways. Components have an end in the network. Clients,
/// and what is nobody (the resource that a lock guards), can ask and answer as well; nothing happens to the network
/// there.
struct Link {
    Subject asks;
    Subject answers;
};

/// What becomes of a message that leaves now.
struct Transit {
    Time arrivesAt{};
    bool lost = false; // by chance, or because the link was cut when it left
};

/// The network between all that act in a run: the one place where a message is delayed, lost and cut off. It has the
/// faults that are of messages (FaultSpec::ofMessages), of every component, whatever part that belongs to.
///
/// A message takes the scenario's latency. It is lost by chance when it is sent (with packet loss at both ends, either
/// may lose it), and because of a partition when one end is cut off as it leaves or as it would arrive. Each message
/// draws the same number of values whatever faults are on, so that a fault does not change the luck of those after it;
/// each component has a stream of its own.
class Network {
public:
    Network(const Scenario &scenario, uint64_t seed);

    Duration latency() const { return m_latency; }

    /// A message leaves; draws once, from the stream of the end that answers.
    Transit send(const Link &link, Time now);
    /// ... and takes the latency give or take a quarter: who asks first is not always first everywhere. Draws once
    /// more, from the stream of the end that asks.
    Transit sendUnevenly(const Link &link, Time now);
    /// ... whose luck, 0..1, was drawn elsewhere.
    Transit send(const Link &link, Time now, double luck) const;
    /// Whether chance will lose the answer to what is sent now. Drawn ahead, from the same stream as the message.
    bool losesAnswer(const Link &link);
    bool losesAnswer(const Link &link, double luck) const { return luck < loss(link); }

    /// Whether no message can leave or arrive over it now.
    bool isCut(const Link &link) const { return isCut(link.asks) || isCut(link.answers); }

    static constexpr bool owns(FaultKind kind) { return spec(kind).ofMessages; }
    void set(const Subject &component, FaultKind kind, double value) { (*endOf(component))[kind] = value; }
    void clear(const Subject &component, FaultKind kind) { (*endOf(component))[kind].reset(); }
    /// Adds those that are on.
    void addFaults(const Subject &component, ActiveFaults &to) const;

    bool operator==(const Network &) const = default;

private:
    struct End {
        RandomStream random;
        ActiveFaults faults{}; // those of messages
        std::optional<double> &operator[](FaultKind kind) { return faults[static_cast<size_t>(kind)]; }
        const std::optional<double> &operator[](FaultKind kind) const { return faults[static_cast<size_t>(kind)]; }
        bool operator==(const End &) const = default;
    };
    const End *endOf(const Subject &subject) const;
    End *endOf(const Subject &subject) { return const_cast<End *>(std::as_const(*this).endOf(subject)); }
    double loss(const Link &link) const; // 0..1
    bool isCut(const Subject &subject) const;
    double draw(const Subject &subject);

    Duration m_latency;
    std::vector<End> m_ends; // of each component, in their order
    std::array<uint32_t, kSubjectKindCount> m_first{}; // of each kind: the place of its first one there
};

} // namespace resilience::sim
