// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/lock/lock_scene.h"

#include "core/sim/world/knobs.h"
#include "widgets/look/translation.h"
#include "widgets/stage/stage_header.h"
#include "widgets/stages/lock/lock_graph.h"
#include "widgets/stages/lock/lock_side.h"
#include "widgets/stages/lock/lock_story_words.h"
#include "widgets/stages/lock/lock_timeline.h"
#include "widgets/stages/lock/lock_words.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using namespace resilience;
using sim::FaultKind;
using sim::Snapshot;

namespace {

constexpr double kLeastAbove = 124; // for the nodes and the holders, where the timeline is below; px at scale 1
constexpr double kTimelineGap = 12;
constexpr Duration kPauseStep = std::chrono::milliseconds{500}; // by a key

class Picture : public StagePicture {
public:
    Picture(const resilience::sim::SharedSnapshot &shared, QSizeF size, const Theme &theme)
        : StagePicture(shared, size, theme)
    {
        const Snapshot &snapshot = *shared;
        const QRectF inner = stageInner(size, theme);
        const auto bodyBelow = [&](bool notice) {
            return inner.adjusted(0, stageHeaderHeight(theme, notice) + theme.px(notice ? 14 : 6), 0, 0);
        };
        // The timeline is the point of the step: the second row of the header goes before it does.
        const bool roomy = inner.height() > theme.px(220);
        const bool notice = roomy && (timelineHeight(bodyBelow(true)) > 0 || timelineHeight(bodyBelow(false)) <= 0);
        const double headerHeight = stageHeaderHeight(theme, notice);
        m_header = layoutStageHeader(words::lockHeader(snapshot, theme), theme,
                                     {inner.topLeft(), QSizeF(inner.width(), headerHeight)}, notice);
        QRectF body = bodyBelow(notice);
        const double below = timelineHeight(body);
        if (below > 0) {
            m_timeline = layoutLockTimeline(snapshot, theme, {body.left(), body.bottom() - below, body.width(), below});
            body.setBottom(body.bottom() - below - theme.px(kTimelineGap));
        }
        const bool withSide = body.width() >= theme.px(500) && body.height() >= theme.px(below > 0 ? kLeastAbove : 200);
        if (withSide) {
            const double width = std::clamp(body.width() * 0.36, theme.px(200), theme.px(320));
            m_side =
                layoutLockSide(snapshot, theme, {body.right() - width, body.top(), width, body.height()}, below <= 0);
            body.setRight(body.right() - width - theme.px(28));
        }
        m_graph = layoutLockGraph(snapshot, theme, body, !withSide, below <= 0);
        addLockGraphHits(m_hits, m_graph, theme);
        addLockSideHits(m_hits, m_side);
        addLockTimelineHits(m_hits, m_timeline, theme);
    }

    void paint(QPainter &painter, const StagePhase &) const override
    {
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        paintStageHeader(painter, m_header, theme());
        paintLockGraph(painter, m_graph, theme());
        paintLockSide(painter, m_side, theme());
        paintLockTimeline(painter, m_timeline, theme());
        paintStageNext(painter, next(), theme());
    }
    const StageHits &hits() const override { return m_hits; }
    std::vector<StageLabel> labels() const override
    {
        std::vector<StageLabel> all = m_header.labels();
        addLockGraphLabels(all, m_graph);
        const auto side = m_side.labels();
        all.insert(all.end(), side.begin(), side.end());
        const auto below = m_timeline.labels();
        all.insert(all.end(), below.begin(), below.end());
        return all;
    }
    std::vector<StageShape> shapes() const override
    {
        std::vector<StageShape> shapes;
        const auto add = [&](const QString &name, const QRectF &rect) {
            if (!rect.isEmpty())
                shapes.push_back({name, rect});
        };
        for (const LockNodeShape &node : m_graph.nodes)
            add(QStringLiteral("node"), areaAround(node.centre, node.radius));
        for (const LockHolderShape &holder : m_graph.holders)
            add(QStringLiteral("holder"), holder.box.rect);
        add(QStringLiteral("storage"), m_graph.storage.rect);
        add(QStringLiteral("remark"), m_side.remark);
        for (const LockLeaseRow &row : m_side.leases)
            add(QStringLiteral("lease"), row.track);
        for (const LockWriteRow &row : m_side.writes)
            add(QStringLiteral("write"), row.rect);
        return shapes;
    }
    // Whom each node has granted to, and the lines that show it.
    std::vector<StageShape> parts() const override
    {
        QRectF votes;
        for (const LockNodeShape &node : m_graph.nodes)
            votes |= areaAround(node.centre, node.radius + theme().px(2));
        for (const LockHolderShape &holder : m_graph.holders)
            votes |= QRectF(QPointF(holder.box.rect.left(), votes.bottom()), holder.box.rect.topRight());
        return {{QStringLiteral("votes"), votes}};
    }
    QRectF next() const override
    {
        if (!showsNext(snapshot()))
            return {};
        const double away = theme().px(5);
        const auto around = [away](const QRectF &rect) {
            return rect.isEmpty() ? QRectF() : rect.adjusted(-away, -away, away, away);
        };
        const size_t node = snapshot().next->target.index;
        const size_t holder = snapshot().next->actor.index;
        switch (snapshot().next->where) {
        case sim::Upcoming::Where::LockNode:
            return node < m_graph.nodes.size()
                       ? around(areaAround(m_graph.nodes[node].centre, m_graph.nodes[node].radius))
                       : QRectF();
        case sim::Upcoming::Where::Resource:
            return around(m_timeline.area.isEmpty() ? m_graph.storage.rect : m_timeline.storageWords);
        case sim::Upcoming::Where::Holder:
            return holder < m_graph.holders.size() ? around(m_graph.holders[holder].box.rect) : QRectF();
        default:
            return {};
        }
    }

    void paintDragged(QPainter &painter, const StageHit &hit, QPointF by) const override
    {
        const auto *end = hit.target.as<targets::FaultEnd>();
        if (const LockPauseShape *pause = end ? m_timeline.pause(end->began) : nullptr)
            paintDraggedPause(painter, m_timeline, *pause, pause->grip.x() + by.x(), theme());
    }
    const LockTimeline &timeline() const { return m_timeline; }

private:
    // What the timeline takes of the body; 0 = there is no room for it.
    double timelineHeight(const QRectF &body) const
    {
        const double spare = body.height() - theme().px(kLeastAbove + kTimelineGap);
        const double least = lockTimelineHeight(theme(), std::min<size_t>(2, snapshot().lock.holders.size()));
        if (body.width() < theme().px(420) || least > spare)
            return 0;
        return std::clamp(
            body.height() * 0.45, least,
            std::min(spare, lockTimelineHeight(theme(), snapshot().lock.holders.size()) + theme().px(48)));
    }

    StageHeader m_header;
    LockGraph m_graph;
    LockSide m_side;
    LockTimeline m_timeline;
    StageHits m_hits;
};

// The faults of a component that can be switched by a click on it: off when one of them is on, else the first one on.
StageScene::Intervention toggled(uint32_t component, const sim::ActiveFaults &faults,
                                 std::initializer_list<FaultKind> kinds)
{
    for (const FaultKind kind : kinds)
        if (faults[static_cast<size_t>(kind)])
            return sim::ClearFault{component, kind};
    return sim::SetFault{component, *kinds.begin(), spec(*kinds.begin()).defaultValue};
}

std::optional<sim::FaultEnd> pauseEnd(const sim::Snapshot &snapshot, uint64_t event, Time to)
{
    for (uint32_t i = 0; i < snapshot.lockStory.holders.size(); ++i)
        for (const sim::LockPause &pause : snapshot.lockStory.holders[i].pauses)
            if (pause.event == event)
                return sim::FaultEnd{*placeOf(sim::Subject::lockHolder(i), snapshot.components), FaultKind::Pause,
                                     pause.from, to};
    return std::nullopt;
}

template <typename Wanted> uint64_t latest(const sim::Snapshot &snapshot, Wanted wanted)
{
    const auto found = std::find_if(snapshot.events.rbegin(), snapshot.events.rend(), wanted);
    return found == snapshot.events.rend() ? 0 : found->number;
}

// The part of the lock's stage that a target is; none where it is another thing, or gone.
std::optional<targets::PartOf<LockPart>> partIn(const Snapshot &snapshot, const StageTarget &target)
{
    const auto part = target.part<LockPart>();
    if (!part)
        return std::nullopt;
    switch (part->which) {
    case LockPart::Node:
    case LockPart::NodeWire:
        return part->of < snapshot.lock.nodes.size() ? part : std::nullopt;
    case LockPart::Holder:
    case LockPart::HolderWire:
    case LockPart::Lease:
        return part->of < snapshot.lock.holders.size() ? part : std::nullopt;
    case LockPart::Storage:
    case LockPart::Remark:
    case LockPart::Figure:
        return part;
    }
    return std::nullopt;
}

} // namespace

QString LockScene::name() const { return LockTr::tr("Distributed lock stage"); }

std::unique_ptr<StagePicture> LockScene::layout(const SharedSnapshot &shared, QSizeF size, const Theme &theme) const
{
    const Snapshot &snapshot = *shared;
    if (snapshot.lock.holders.empty())
        return nullptr;
    return std::make_unique<Picture>(shared, size, theme);
}

StageState LockScene::state(const Snapshot &snapshot) const { return {.key = uint64_t(words::lockBelief(snapshot))}; }

QString LockScene::stageText(const Snapshot &snapshot) const { return words::lockSummary(snapshot); }

QString LockScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    const auto &lock = snapshot.lock;
    if (const auto *pause = target.as<targets::FaultEnd>())
        return words::pauseEndText(snapshot, pause->began);
    if (const auto *event = target.as<targets::Event>()) {
        for (const sim::LockWriteView &write : lock.writes)
            if (write.event == event->event)
                return words::writeText(snapshot, write).front();
        const QString told = words::storyText(snapshot, event->event);
        return told.isEmpty() ? LockTr::tr("A request on its way to a node.") : told;
    }
    const auto part = partIn(snapshot, target);
    if (!part)
        return {};
    const auto name = [part](const auto &all) { return QString::fromStdString(all[part->of].name); };
    switch (part->which) {
    case LockPart::Node:
        return words::nodeText(snapshot, part->of);
    case LockPart::NodeWire:
        return words::wireText(name(lock.nodes), lock.nodes[part->of].faults);
    case LockPart::Holder:
        return words::holderText(snapshot, part->of);
    case LockPart::HolderWire:
        return words::wireText(name(lock.holders), lock.holders[part->of].faults);
    case LockPart::Lease:
        return LockTr::tr("The lease of %1: %2. The end of the bar is kept for clocks that drift: %3.")
            .arg(name(lock.holders), words::leaseText(snapshot, part->of).front(), words::lockDrift(snapshot));
    case LockPart::Storage:
        return words::storageText(snapshot);
    case LockPart::Remark:
        return words::lockRemark(snapshot).title.join(QString()) + QLatin1Char(' ')
               + words::lockRemark(snapshot).text.value(0);
    case LockPart::Figure:
        return LockTr::tr("Stale writes: %1 accepted, %2 refused.").arg(lock.staleAccepted).arg(lock.refused);
    }
    return {};
}

std::optional<uint64_t> LockScene::eventBehind(const Snapshot &snapshot, const StageTarget &target) const
{
    const auto &lock = snapshot.lock;
    if (const auto *pause = target.as<targets::FaultEnd>())
        return words::pauseEndText(snapshot, pause->began).isEmpty() ? 0 : pause->began;
    if (!target.part<LockPart>())
        return StageScene::eventBehind(snapshot, target);
    const auto part = partIn(snapshot, target);
    if (!part)
        return 0;
    switch (part->which) {
    case LockPart::Lease:
        return lock.holders[part->of].lastDecision;
    case LockPart::Remark:
        return latest(snapshot, [](const sim::Event &event) {
            return event.as<sim::LeaseOver>() || event.as<sim::FaultSet>() || event.as<sim::KnobTurned>();
        });
    case LockPart::Figure: {
        const auto stale =
            std::find_if(lock.writes.rbegin(), lock.writes.rend(), [](const auto &write) { return write.stale; });
        return stale == lock.writes.rend() ? 0 : stale->event;
    }
    default:
        return 0;
    }
}

std::optional<StageScene::Intervention> LockScene::clicked(const Snapshot &snapshot, const StageTarget &target) const
{
    const auto &lock = snapshot.lock;
    const auto part = partIn(snapshot, target);
    if (!part)
        return std::nullopt;
    const auto node = [&] { return *placeOf(sim::Subject::lockNode(part->of), snapshot.components); };
    const auto holder = [&] { return *placeOf(sim::Subject::lockHolder(part->of), snapshot.components); };
    switch (part->which) {
    case LockPart::Node:
        return toggled(node(), lock.nodes[part->of].faults, {FaultKind::Crash, FaultKind::Partition, FaultKind::Pause});
    case LockPart::NodeWire:
        return toggled(node(), lock.nodes[part->of].faults, {FaultKind::Partition});
    case LockPart::Holder:
        return toggled(holder(), lock.holders[part->of].faults, {FaultKind::Pause});
    case LockPart::HolderWire:
        return toggled(holder(), lock.holders[part->of].faults, {FaultKind::Partition});
    case LockPart::Storage:
        return sim::TurnKnob{*sim::knobNamed("fencing"), lock.fencing ? 0.0 : 1.0};
    default:
        return std::nullopt;
    }
}

bool LockScene::draggable(const StageTarget &target) const { return target.is<targets::FaultEnd>(); }

std::optional<StageScene::FaultEnd> LockScene::endDropped(const Snapshot &snapshot, const StageTarget &target,
                                                          QPointF from, QPointF to, const StagePicture &picture) const
{
    const auto *end = target.as<targets::FaultEnd>();
    const LockTimeline &timeline = static_cast<const Picture &>(picture).timeline();
    const LockPauseShape *pause = end ? timeline.pause(end->began) : nullptr;
    if (!pause)
        return std::nullopt;
    return pauseEnd(snapshot, end->began, pauseEndAt(timeline, *pause, pause->grip.x() + to.x() - from.x()));
}

std::optional<StageScene::FaultEnd> LockScene::endMoved(const Snapshot &snapshot, const StageTarget &target,
                                                        int steps) const
{
    const auto *end = target.as<targets::FaultEnd>();
    if (!end)
        return std::nullopt;
    for (const sim::HolderStory &holder : snapshot.lockStory.holders)
        for (const sim::LockPause &pause : holder.pauses)
            if (pause.event == end->began)
                return pauseEnd(snapshot, end->began,
                                pause.to.value_or(pause.planned.value_or(snapshot.now)) + kPauseStep * steps);
    return std::nullopt;
}

} // namespace widgets
