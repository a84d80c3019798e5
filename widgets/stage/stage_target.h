// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/breaker_transitions.h"
#include "core/patterns/pipeline/policy_order.h"
#include "core/sim/engine/request_outcome.h"

#include <QPainterPath>
#include <QRectF>

#include <cstdint>
#include <optional>
#include <type_traits>
#include <typeindex>
#include <variant>
#include <vector>

namespace widgets {

// What a target can be: one value a kind, equal when it is the same thing. Indices are those of the snapshot, events
// are named by their numbers.
namespace targets {

struct Client {
    uint32_t client;
    bool operator==(const Client &) const = default;
};
struct Service {
    uint32_t service;
    bool operator==(const Service &) const = default;
};
struct BreakerSwitch {
    uint32_t client; // whose breaker it is
    bool operator==(const BreakerSwitch &) const = default;
};
struct RejectionPile {
    resilience::sim::RequestOutcome cause;
    bool operator==(const RejectionPile &) const = default;
};
struct StateBubble {
    resilience::BreakerState state;
    bool operator==(const StateBubble &) const = default;
};
struct Arrow {
    resilience::BreakerState from;
    resilience::BreakerState to;
    bool operator==(const Arrow &) const = default;
};
struct RecentOutcome {
    uint64_t event;
    bool operator==(const RecentOutcome &) const = default;
};
struct Request {
    uint64_t request; // its id
    bool operator==(const Request &) const = default;
};
// Whatever else stands for an event.
struct Event {
    uint64_t event;
    bool operator==(const Event &) const = default;
};
// The end of a fault, to be moved.
struct FaultEnd {
    uint64_t began; // number of the event that began the fault
    bool operator==(const FaultEnd &) const = default;
};
// A policy among those that a client's calls pass.
struct Policy {
    uint32_t client;
    resilience::PolicyKind kind;
    bool operator==(const Policy &) const = default;
};
struct PolicySwitch {
    Policy of;
    bool operator==(const PolicySwitch &) const = default;
};
// A policy of a pipeline, whoever's that is.
struct PipelinePolicy {
    uint32_t pipeline;
    resilience::PolicyKind kind;
    bool operator==(const PipelinePolicy &) const = default;
};

// A scene's own enum of the parts that it alone has.
template <typename Enum>
concept PartEnum = std::is_enum_v<Enum> && sizeof(Enum) == 1;

// A part that one scene alone has; made by part(), read with StageTarget::part().
struct Part {
    std::type_index kinds; // the scene's enum
    uint8_t which; // its value
    uint32_t of; // see PartOf
    bool operator==(const Part &) const = default;
};

template <PartEnum Enum> struct PartOf {
    Enum which;
    uint32_t of; // index of what it belongs to; 0 where there is but one such part
};

template <PartEnum Enum> Part part(Enum which, size_t of = 0)
{
    return {typeid(Enum), static_cast<uint8_t>(which), static_cast<uint32_t>(of)};
}

} // namespace targets

// Something on a stage that can be pointed at, asked about, clicked and perhaps moved. Keyboard focus, hovering and
// dragging follow a target from frame to frame, so it must stay equal while it stands for the same thing.
class StageTarget {
public:
    using What =
        std::variant<std::monostate, targets::Client, targets::Service, targets::BreakerSwitch, targets::RejectionPile,
                     targets::StateBubble, targets::Arrow, targets::RecentOutcome, targets::Request, targets::Event,
                     targets::FaultEnd, targets::Policy, targets::PolicySwitch, targets::PipelinePolicy, targets::Part>;

    StageTarget() = default; // nothing
    template <typename Kind>
    requires(!std::is_same_v<Kind, StageTarget> && std::is_constructible_v<What, Kind>) StageTarget(Kind what)
        : m_what(what)
    {
    }

    explicit operator bool() const { return m_what.index() != 0; }
    // Null where it is of another kind.
    template <typename Kind> const Kind *as() const { return std::get_if<Kind>(&m_what); }
    template <typename Kind> bool is() const { return std::holds_alternative<Kind>(m_what); }
    // None where it is no part of that scene.
    template <targets::PartEnum Enum> std::optional<targets::PartOf<Enum>> part() const
    {
        const auto *part = as<targets::Part>();
        if (!part || part->kinds != typeid(Enum))
            return std::nullopt;
        return targets::PartOf<Enum>{static_cast<Enum>(part->which), part->of};
    }
    // Number of the event that it stands for by its kind, an Event or a RecentOutcome; 0 = none.
    uint64_t event() const;

    bool operator==(const StageTarget &) const = default;

private:
    What m_what;
};

// Where a target is: inside `area`, or near `curve` if there is one.
struct StageHit {
    StageTarget target{};
    QRectF area{};
    QPainterPath curve{};
    bool primary = true; // a stop for the Tab key; the others are reached with the arrow keys
    bool round = false; // its outline is a circle or a capsule
    uint64_t event = 0; // number of the event it stands for, where the target does not say; 0 = none

    bool contains(QPointF point, double slack) const;
    // Number of the event it stands for: its own, or that of an Event or RecentOutcome target; 0 = none.
    uint64_t standsFor() const;
};

// In the order of the Tab key; where hits overlap, the later one lies on top.
using StageHits = std::vector<StageHit>;

StageTarget hitTest(const StageHits &hits, QPointF point);
// The first hit of this target; null when it is not there.
const StageHit *findHit(const StageHits &hits, const StageTarget &target);
// The first hit that stands for this event; null when there is none.
const StageHit *findEvent(const StageHits &hits, uint64_t event);

// A square area around a point.
QRectF areaAround(QPointF centre, double radius);

} // namespace widgets
