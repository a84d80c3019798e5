// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

bool hasClients(const World &world) { return !world.clients().empty(); }
bool hasServices(const World &world) { return !world.services().empty(); }
bool hasWorkers(const World &world) { return hasServices(world) && world.services().front().config().workers > 0; }

const ServiceConfig &first(const World &world) { return world.services().front().config(); }

template <typename Change> void changeFirst(World &world, Change change)
{
    ServiceConfig config = first(world);
    change(config);
    KnobAccess::flow(world).reconfigureService(0, config);
}

// All clients keep their shares of the traffic.
void setRate(World &world, double perSecond, StepContext &context)
{
    const double factor = perSecond / world.clients().front().config().arrivals.rate;
    for (uint32_t i = 0; i < world.clients().size(); ++i)
        KnobAccess::flow(world).setRate(i, i == 0 ? perSecond : world.clients()[i].config().arrivals.rate * factor,
                                        context);
}

template <bool Operation::*Trait> double operation(const World &world)
{
    return double(world.clients().front().config().operation.*Trait);
}
template <bool Operation::*Trait> void setOperation(World &world, double value, StepContext &)
{
    for (uint32_t i = 0; i < world.clients().size(); ++i) {
        Operation changed = world.clients()[i].config().operation;
        changed.*Trait = value != 0;
        KnobAccess::flow(world).setOperation(i, changed);
    }
}

} // namespace

std::vector<KnobSpec> trafficKnobs()
{
    // clang-format off
    return {
        {"arrival_rate", "Calls per second", "/s", Kind::Real, 0.1, 1000, 0.5, true, {}, false,
         [](const World &w) { return w.clients().front().config().arrivals.rate; }, setRate, hasClients},
        {"idempotent", "Idempotent: repeating does no harm", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         operation<&Operation::idempotent>, setOperation<&Operation::idempotent>, hasClients},
        {"request_id", "Requests carry an id", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         operation<&Operation::hasRequestId>, setOperation<&Operation::hasRequestId>, hasClients},
    };
    // clang-format on
}

std::vector<KnobSpec> serviceKnobs()
{
    // clang-format off
    return {
        {"service_latency", "Service latency", "s", Kind::Real, 0.001, 60, 0.05, true, {}, false,
         [](const World &w) { return toSeconds(first(w).latency); },
         [](World &w, double v, StepContext &) { changeFirst(w, [&](auto &c) { c.latency = fromSeconds(v); }); }, hasServices},
        {"service_workers", "Workers of the service", "", Kind::Whole, 1, 256, 1, true, {}, false,
         [](const World &w) { return double(first(w).workers); },
         [](World &w, double v, StepContext &) { changeFirst(w, [&](auto &c) { c.workers = uint32_t(v); }); }, hasWorkers},
        {"service_queue", "Room in the service's queue", "", Kind::Whole, 0, 2000, 1, true, {}, false,
         [](const World &w) { return double(first(w).queue); },
         [](World &w, double v, StepContext &) { changeFirst(w, [&](auto &c) { c.queue = uint32_t(v); }); }, hasWorkers},
        {"drop_expired", "Services drop what nobody waits for", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const World &w) { return double(first(w).dropsExpired); },
         [](World &w, double v, StepContext &) {
             KnobAccess::changeServices(w, [&](ServiceConfig &c) { c.dropsExpired = v != 0; });
         }, hasServices},
    };
    // clang-format on
}

} // namespace resilience::sim
