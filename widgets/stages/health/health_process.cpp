// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/health/health_process.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace widgets {

using resilience::Health;
using resilience::sim::Event;
using resilience::sim::FaultEffect;
using resilience::sim::FaultKind;
using resilience::sim::FaultSet;
using resilience::sim::Restarting;
using resilience::sim::ServiceView;
using resilience::sim::Snapshot;

namespace {

constexpr double kWarm = 1.02; // times its usual speed, from which on it counts as started

template <typename Is> std::optional<resilience::Time> latestAt(const Snapshot &snapshot, uint32_t service, Is is)
{
    for (auto event = snapshot.events.rbegin(); event != snapshot.events.rend(); ++event)
        if (event->target == resilience::sim::Subject::service(service) && is(*event))
            return event->at;
    return std::nullopt;
}

// The first that has that effect, and is on.
FaultKind worstOf(const resilience::sim::ActiveFaults &faults, FaultEffect effect)
{
    return *std::find_if(resilience::sim::kFaultsWorstFirst.begin(), resilience::sim::kFaultsWorstFirst.end(),
                         [&](FaultKind kind) { return spec(kind).effect == effect && faults[size_t(kind)]; });
}

// The beat of a process that is alive, or the line of one that is not.
void paintPulse(QPainter &painter, QPointF centre, double radius, bool flat, const QPen &pen)
{
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    const auto at = [&](double x, double y) { return centre + QPointF(x * radius, y * radius); };
    if (flat)
        painter.drawLine(at(-0.55, 0), at(0.55, 0));
    else
        painter.drawPolyline(
            QPolygonF({at(-0.6, 0), at(-0.28, 0), at(-0.08, -0.45), at(0.14, 0.42), at(0.3, 0), at(0.6, 0)}));
}

} // namespace

bool isUseless(ProcessState state)
{
    return state == ProcessState::Down || state == ProcessState::Stuck || state == ProcessState::Restarting;
}

ProcessState stateOf(FaultEffect effect)
{
    switch (effect) {
    case FaultEffect::Slow:
        return ProcessState::Slow;
    case FaultEffect::Failing:
        return ProcessState::Failing;
    case FaultEffect::Stuck:
        return ProcessState::Stuck;
    case FaultEffect::Down:
        return ProcessState::Down;
    case FaultEffect::None:
        break;
    }
    return ProcessState::Well;
}

ProcessTruth truthOf(const Snapshot &snapshot, uint32_t index)
{
    const ServiceView &service = snapshot.services[index];
    if (service.restarting)
        return {ProcessState::Restarting,
                latestAt(snapshot, index, [](const Event &event) { return event.as<Restarting>() != nullptr; }), 0};
    const FaultEffect worst = resilience::sim::effectOf(service.faults);
    if (worst > FaultEffect::Slow || (worst == FaultEffect::Slow && service.slowedBy <= kWarm))
        return {stateOf(worst), latestAt(snapshot, index, [fault = worstOf(service.faults, worst)](const Event &event) {
                    const auto *set = event.as<FaultSet>();
                    return set && set->kind == fault;
                })};
    if (service.slowedBy > kWarm)
        return {ProcessState::Starting, std::nullopt, std::clamp(1 / service.slowedBy, 0.0, 1.0)};
    return {};
}

const Hue &beliefHue(Health health, const Theme &theme)
{
    switch (health) {
    case Health::Healthy:
        return theme.succeeded;
    case Health::Degraded:
        return theme.waiting;
    case Health::Unhealthy:
        return theme.failed;
    case Health::Unknown:
        break;
    }
    return theme.neutral;
}

void paintProcess(QPainter &painter, const ProcessShape &shape, const Theme &theme)
{
    const double stroke = std::max(theme.px(2), shape.ring * 0.1);
    painter.setPen(QPen(beliefHue(shape.believed, theme).line, stroke,
                        shape.believed == Health::Unknown ? Qt::DotLine : Qt::SolidLine));
    painter.setBrush(theme.card);
    painter.drawEllipse(shape.centre, shape.ring - stroke / 2, shape.ring - stroke / 2);
    const double most = shape.ring - stroke * 2;
    const ProcessState state = shape.truth.state;
    // Killed it is small and grey, and grows as it gets warm.
    const double body = state == ProcessState::Restarting ? most * 0.35
                        : state == ProcessState::Starting ? most * (0.4 + 0.6 * shape.truth.grown)
                                                          : most;
    const Hue *hue = state == ProcessState::Well || state == ProcessState::Starting      ? &theme.succeeded
                     : state == ProcessState::Slow                                       ? &theme.waiting
                     : state == ProcessState::Restarting || state == ProcessState::Stuck ? &theme.neutral
                                                                                         : &theme.failed;
    const bool hollow = state == ProcessState::Down || state == ProcessState::Stuck;
    painter.setPen(QPen(hue->line, std::max(theme.px(1.2), body * 0.06), hollow ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(hollow || state == ProcessState::Failing ? hue->soft : hue->fill);
    painter.drawEllipse(shape.centre, body, body);
    if (state == ProcessState::Restarting)
        return;
    paintPulse(painter, shape.centre, body, hollow,
               QPen(hollow || state == ProcessState::Failing ? hue->line : hue->onFill,
                    std::max(theme.px(1.4), body * 0.09), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

namespace words {

QStringList truthText(const ProcessTruth &truth)
{
    const auto since = [&truth](const QString &what, const QString &brief) {
        return truth.since ? QStringList{HealthTr::tr("%1 since %2").arg(what, moment(*truth.since)), what, brief}
                           : QStringList{what, brief};
    };
    switch (truth.state) {
    case ProcessState::Well:
        return {HealthTr::tr("is well"), HealthTr::tr("well")};
    case ProcessState::Slow:
        return since(HealthTr::tr("is slow"), HealthTr::tr("slow"));
    case ProcessState::Failing:
        return since(HealthTr::tr("is failing"), HealthTr::tr("failing"));
    case ProcessState::Starting:
        return {HealthTr::tr("is starting, at %1 % of its speed").arg(int(truth.grown * 100 + 0.5)),
                HealthTr::tr("is starting, at %1 %").arg(int(truth.grown * 100 + 0.5)), HealthTr::tr("starting")};
    case ProcessState::Stuck:
        return since(HealthTr::tr("is stuck"), HealthTr::tr("stuck"));
    case ProcessState::Down:
        return since(HealthTr::tr("is down"), HealthTr::tr("down"));
    case ProcessState::Restarting:
        return since(HealthTr::tr("is restarting"), HealthTr::tr("restarting"));
    }
    return {};
}

QStringList beliefText(Health health)
{
    switch (health) {
    case Health::Unknown:
        return {HealthTr::tr("believed: not known yet"), HealthTr::tr("not known yet"), HealthTr::tr("unknown")};
    case Health::Healthy:
        return {HealthTr::tr("believed healthy"), HealthTr::tr("healthy")};
    case Health::Degraded:
        return {HealthTr::tr("believed degraded"), HealthTr::tr("degraded")};
    case Health::Unhealthy:
        return {HealthTr::tr("believed unhealthy"), HealthTr::tr("unhealthy")};
    }
    return {};
}

} // namespace words

} // namespace widgets
