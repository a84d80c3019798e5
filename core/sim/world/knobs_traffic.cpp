// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

bool always(const KnobScope &) { return true; }
bool hasWorkers(const KnobScope &scope) { return KnobAccess::service(scope).workers > 0; }

const ServiceConfig &service(const KnobScope &scope) { return KnobAccess::service(scope); }
template <typename Change> void changeService(const KnobHand &hand, Change change)
{
    KnobAccess::changeService(hand, change);
}

double rate(const KnobScope &scope) { return KnobAccess::client(scope).config().arrivals.rate; }
void setRate(const KnobHand &hand, double perSecond)
{
    KnobAccess::flow(hand.world).setRate(hand.owner, perSecond, hand.context);
}

template <bool Operation::*Trait> double operation(const KnobScope &scope)
{
    return double(KnobAccess::client(scope).config().operation.*Trait);
}
template <bool Operation::*Trait> void setOperation(const KnobHand &hand, double value)
{
    Operation changed = KnobAccess::client(hand).config().operation;
    changed.*Trait = value != 0;
    KnobAccess::flow(hand.world).setOperation(hand.owner, changed);
}

} // namespace

std::vector<KnobSpec> trafficKnobs()
{
    // clang-format off
    return {
        {"arrival_rate", "Calls per second", "/s", Kind::Real, 0.1, 1000, 0.5, true, {}, false, rate, setRate, always, nullptr,
         KnobSpec::ForAll::InProportion},
        {"idempotent", "Idempotent: repeating does no harm", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         operation<&Operation::idempotent>, setOperation<&Operation::idempotent>, always},
        {"request_id", "Requests carry an id", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         operation<&Operation::hasRequestId>, setOperation<&Operation::hasRequestId>, always},
    };
    // clang-format on
}

std::vector<KnobSpec> serviceKnobs()
{
    // clang-format off
    return {
        {"service_latency", "Service latency", "s", Kind::Real, 0.001, 60, 0.05, true, {}, false,
         [](const KnobScope &w) { return toSeconds(service(w).latency); },
         [](const KnobHand &w, double v) { changeService(w, [&](auto &c) { c.latency = fromSeconds(v); }); }, always},
        {"service_workers", "Workers of the service", "", Kind::Whole, 1, 256, 1, true, {}, false,
         [](const KnobScope &w) { return double(service(w).workers); },
         [](const KnobHand &w, double v) { changeService(w, [&](auto &c) { c.workers = uint32_t(v); }); }, hasWorkers},
        {"service_queue", "Room in the service's queue", "", Kind::Whole, 0, 2000, 1, true, {}, false,
         [](const KnobScope &w) { return double(service(w).queue); },
         [](const KnobHand &w, double v) { changeService(w, [&](auto &c) { c.queue = uint32_t(v); }); }, hasWorkers},
        {"drop_expired", "Services drop what nobody waits for", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const KnobScope &w) { return double(service(w).dropsExpired); },
         [](const KnobHand &w, double v) { changeService(w, [&](auto &c) { c.dropsExpired = v != 0; }); }, always},
    };
    // clang-format on
}

} // namespace resilience::sim
