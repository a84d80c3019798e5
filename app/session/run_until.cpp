// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_until.h"

#include <QCoreApplication>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {
bool opensInto(const Event &event, BreakerState state)
{
    const auto *moved = event.as<Transitioned>();
    return moved && moved->move.to == state;
}
} // namespace

bool isOver(RunUntil wait, const Event &event)
{
    switch (wait) {
    case RunUntil::Open: return opensInto(event, BreakerState::Open);
    case RunUntil::HalfOpen: return opensInto(event, BreakerState::HalfOpen);
    case RunUntil::Closed: return opensInto(event, BreakerState::Closed);
    case RunUntil::Rejection: return event.as<TurnedAway>() != nullptr;
    case RunUntil::Failure: {
        const auto ended = endedBy(event);
        return ended == RequestOutcome::Failed || ended == RequestOutcome::TimedOut;
    }
    case RunUntil::End: return false;
    }
    return false;
}

QString labelOf(RunUntil wait)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("RunUntil", text); };
    switch (wait) {
    case RunUntil::Open: return tr("to open");
    case RunUntil::HalfOpen: return tr("to half-open");
    case RunUntil::Closed: return tr("to closed");
    case RunUntil::Rejection: return tr("to the next rejection");
    case RunUntil::Failure: return tr("to the next failure");
    case RunUntil::End: return tr("to the end");
    }
    return {};
}

} // namespace app
