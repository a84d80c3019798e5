// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_until.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {
bool opensInto(const Event &event, BreakerState state)
{
    const auto *moved = event.as<Transitioned>();
    return moved && moved->move.to == state;
}

// Whether a pipeline of the scenario has the policy, in use or to be switched on.
bool has(const Scenario &scenario, PolicyKind kind)
{
    const auto meant = [kind](const PipelineConfig &pipeline) {
        return pipeline.order.has(kind) || pipeline.configured.has(kind);
    };
    return std::any_of(scenario.clients.begin(), scenario.clients.end(),
                       [&](const ClientConfig &client) { return meant(client.pipeline); })
           || std::any_of(scenario.services.begin(), scenario.services.end(), [&](const ServiceConfig &service) {
                  return std::any_of(service.dependencies.begin(), service.dependencies.end(),
                                     [&](const DependencyConfig &call) { return meant(call.pipeline); });
              });
}

bool canCome(RunUntil wait, const Scenario &scenario)
{
    switch (wait) {
    case RunUntil::Open:
    case RunUntil::HalfOpen:
    case RunUntil::Closed:
        return has(scenario, PolicyKind::CircuitBreaker);
    case RunUntil::Rejection:
        return std::ranges::any_of(PolicyOrder::usual(), [&](PolicyKind kind) {
            return roleOf(kind) == PolicyRole::Gate && has(scenario, kind);
        });
    case RunUntil::Throttled:
        return has(scenario, PolicyKind::RateLimiter);
    case RunUntil::Retry:
        return has(scenario, PolicyKind::Retry);
    case RunUntil::Failure:
        return !scenario.clients.empty();
    case RunUntil::Timeout:
        return has(scenario, PolicyKind::AttemptTimeout) || has(scenario, PolicyKind::TotalTimeout);
    case RunUntil::HealthChange:
        return std::any_of(scenario.clients.begin(), scenario.clients.end(),
                           [](const ClientConfig &client) { return client.probing.has_value(); });
    case RunUntil::LockDecision:
    case RunUntil::StaleWrite:
        return !scenario.lock.holders.empty();
    case RunUntil::End:
        return true;
    }
    return false;
}
} // namespace

std::vector<RunUntil> waitsIn(const Scenario &scenario)
{
    std::vector<RunUntil> waits;
    std::copy_if(kRunUntils.begin(), kRunUntils.end(), std::back_inserter(waits),
                 [&](RunUntil wait) { return canCome(wait, scenario); });
    return waits;
}

bool isOver(RunUntil wait, const Event &event)
{
    switch (wait) {
    case RunUntil::Open:
        return opensInto(event, BreakerState::Open);
    case RunUntil::HalfOpen:
        return opensInto(event, BreakerState::HalfOpen);
    case RunUntil::Closed:
        return opensInto(event, BreakerState::Closed);
    case RunUntil::Rejection:
        return event.as<Rejected>() != nullptr;
    case RunUntil::Failure: {
        const auto ended = endedBy(event);
        return ended == RequestOutcome::Failed || ended == RequestOutcome::TimedOut;
    }
    case RunUntil::Throttled: {
        const auto *away = event.as<Rejected>();
        return away && away->by == PolicyKind::RateLimiter;
    }
    case RunUntil::Retry:
        return event.as<RetryPlanned>() != nullptr;
    case RunUntil::Timeout: {
        const auto *finished = event.as<Finished>();
        return event.as<OutOfTime>() || (finished && finished->outcome == RequestOutcome::TimedOut);
    }
    case RunUntil::HealthChange:
        return event.as<HealthChanged>() != nullptr;
    case RunUntil::LockDecision:
        return event.as<LockDecided>() != nullptr;
    case RunUntil::StaleWrite: {
        const auto *write = event.as<WriteTried>();
        return write && write->stale;
    }
    case RunUntil::End:
        return false;
    }
    return false;
}

QString labelOf(RunUntil wait)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("RunUntil", text); };
    switch (wait) {
    case RunUntil::Open:
        return tr("to open");
    case RunUntil::HalfOpen:
        return tr("to half-open");
    case RunUntil::Closed:
        return tr("to closed");
    case RunUntil::Rejection:
        return tr("to the next rejection");
    case RunUntil::Failure:
        return tr("to the next failure");
    case RunUntil::Throttled:
        return tr("to the next throttled call");
    case RunUntil::Retry:
        return tr("to the next retry");
    case RunUntil::Timeout:
        return tr("to the next timeout");
    case RunUntil::HealthChange:
        return tr("to the next health change");
    case RunUntil::LockDecision:
        return tr("to the next lock decision");
    case RunUntil::StaleWrite:
        return tr("to the next stale write");
    case RunUntil::End:
        return tr("to the end");
    }
    return {};
}

} // namespace app
