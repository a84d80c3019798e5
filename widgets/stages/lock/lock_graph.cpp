// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/lock/lock_graph.h"

#include "widgets/stage/stage_context.h"
#include "widgets/stages/lock/lock_words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using namespace resilience;
using sim::FaultKind;
using sim::LockMessage;
using sim::Snapshot;

namespace {

constexpr size_t kMostGuides = 7; // nodes; more lines than these say nothing

bool isOn(const sim::ActiveFaults &faults, FaultKind kind) { return faults[static_cast<size_t>(kind)].has_value(); }

double wireLength(const Theme &theme) { return theme.px(12); }

LockNodeShape layoutNode(const Snapshot &snapshot, uint32_t index, const Theme &theme, QPointF centre, double radius)
{
    const StageBoxWords words = words::nodeBox(snapshot, index);
    const BoxColors colors = boxColors(words.role, theme);
    const QFont nameFont = theme.font(TextSize::Label, QFont::DemiBold);
    const QFont detailFont = theme.font(TextSize::Label, words.role == BoxRole::Plain ? QFont::Bold : QFont::Normal);
    LockNodeShape node{.centre = centre,
                       .radius = radius,
                       .wire = centre + QPointF(0, radius + wireLength(theme)),
                       .cut = isOn(snapshot.lock.nodes[index].faults, FaultKind::Partition),
                       .role = words.role};
    const double line = lineHeight(nameFont);
    // Two lines where the circle is wide enough at their height, else who has it.
    if (radius * 2 > 2.7 * line) {
        const double width = 2 * std::sqrt(radius * radius - line * line) - theme.px(2);
        node.name = centredAt(fitLabel({words.name}, width, nameFont, colors.name), centre - QPointF(0, line * 0.48));
        node.detail =
            centredAt(fitLabel(words.detail, width, detailFont, colors.detail), centre + QPointF(0, line * 0.48));
    } else if (radius * 2 > 1.4 * line) {
        node.detail = centredAt(fitLabel(words.detail, radius * 1.8, detailFont, colors.detail), centre);
    }
    return node;
}

void layoutNodes(LockGraph &graph, const Snapshot &snapshot, const Theme &theme, const QRectF &row)
{
    const auto count = double(snapshot.lock.nodes.size());
    const double radius = std::min(row.height(), row.width() / (count + (count - 1) * 0.3)) / 2;
    const double pitch = std::min(row.width() / count, radius * 3.1);
    for (uint32_t i = 0; i < snapshot.lock.nodes.size(); ++i)
        graph.nodes.push_back(layoutNode(
            snapshot, i, theme, {row.center().x() + (i - (count - 1) / 2) * pitch, row.bottom() - radius}, radius));
}

void layoutHolders(LockGraph &graph, const Snapshot &snapshot, const Theme &theme, const QRectF &row, bool withBars)
{
    const auto count = double(snapshot.lock.holders.size());
    const double gap = theme.px(count > 2 ? 16 : 40);
    const double width = std::min(theme.px(172), (row.width() - gap * (count - 1)) / count);
    const double left = row.center().x() - (width * count + gap * (count - 1)) / 2;
    for (uint32_t i = 0; i < snapshot.lock.holders.size(); ++i) {
        const auto &view = snapshot.lock.holders[i];
        const QRectF rect(left + i * (width + gap), row.top(), width, row.height());
        LockHolderShape shape{
            .box = layoutStageBox(words::holderBox(snapshot, i), theme, rect, withBars ? theme.px(10) : 0),
            .wire = QPointF(rect.center().x(), rect.top() - wireLength(theme)),
            .cut = isOn(view.faults, FaultKind::Partition)};
        if (withBars && view.validUntil) {
            shape.bar = QRectF(rect.left() + theme.px(12), shape.box.row.center().y() - theme.px(3),
                               width - theme.px(24), theme.px(6));
            shape.barShare =
                std::clamp(toSeconds(*view.validUntil - snapshot.now) / toSeconds(snapshot.lock.lock.ttl), 0.0, 1.0);
        }
        graph.holders.push_back(shape);
    }
}

void findGrants(LockGraph &graph, const Snapshot &snapshot)
{
    for (uint32_t i = 0; i < snapshot.lock.nodes.size(); ++i) {
        const uint32_t holder = snapshot.lock.nodes[i].holder;
        if (holder >= snapshot.lock.holders.size())
            continue;
        const bool good = snapshot.lock.holders[holder].believes && !words::leaseIsOverdue(snapshot, holder);
        graph.grants.push_back({i, holder,
                                good                                     ? LockGrant::Look::Good
                                : snapshot.lock.holders[holder].believes ? LockGrant::Look::Overdue
                                                                         : LockGrant::Look::Asking});
    }
}

// The event with which the holder sent it.
uint64_t sentBy(const Snapshot &snapshot, const LockMessage &message)
{
    if (message.answer || message.node == LockMessage::kResource)
        return 0;
    for (auto event = snapshot.events.rbegin(); event != snapshot.events.rend() && event->at >= message.sentAt; ++event)
        if (event->as<sim::LockAsked>() && event->at == message.sentAt
            && event->actor == sim::Subject::lockHolder(message.holder)
            && event->target == sim::Subject::lockNode(message.node))
            return event->number;
    return 0;
}

void placeMessages(LockGraph &graph, const Snapshot &snapshot)
{
    for (const LockMessage &message : snapshot.lock.messages) {
        const bool write = message.node == LockMessage::kResource;
        if (write && graph.storage.rect.isEmpty())
            continue;
        const LockHolderShape &holder = graph.holders[message.holder];
        const QPointF there =
            write ? QPointF(graph.storage.rect.center().x(), graph.storage.rect.top()) : graph.nodes[message.node].wire;
        const QPointF here = write ? QPointF(holder.box.rect.center().x(), holder.box.rect.bottom()) : holder.wire;
        const double whole = std::max(1e-9, toSeconds(message.arrivesAt - message.sentAt));
        double share = std::clamp(toSeconds(snapshot.now - message.sentAt) / whole, 0.0, 1.0);
        // What is lost is gone half way.
        if (message.lost && share > 0.5)
            continue;
        if (message.answer)
            share = 1 - share;
        const bool no = write ? !message.accepted : message.reply != LockReply::Granted;
        const FlightLook look = message.kind == LockMessage::Kind::Release ? FlightLook::Abandoned
                                : !message.answer                          ? FlightLook::Out
                                : no                                       ? FlightLook::BackFailed
                                                                           : FlightLook::Back;
        graph.dots.push_back({here + (there - here) * share, look, message.lost, sentBy(snapshot, message)});
    }
}

void paintWire(QPainter &painter, QPointF from, QPointF to, bool cut, const Theme &theme)
{
    if (!cut) {
        painter.setPen(QPen(theme.quietLine, theme.px(2), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(from, to);
        return;
    }
    // Two short strokes across: nothing passes.
    painter.setPen(QPen(theme.failed.line, theme.px(2.4), Qt::SolidLine, Qt::RoundCap));
    const QPointF middle = (from + to) / 2;
    for (const double up : {-2.5, 2.5})
        painter.drawLine(middle + QPointF(-theme.px(6), theme.px(up + 2)),
                         middle + QPointF(theme.px(6), theme.px(up - 2)));
}

void paintGrants(QPainter &painter, const LockGraph &graph, const Theme &theme)
{
    if (graph.nodes.size() <= kMostGuides) {
        painter.setPen(QPen(theme.hairline, theme.px(1), Qt::DashLine));
        for (const LockNodeShape &node : graph.nodes)
            for (const LockHolderShape &holder : graph.holders)
                painter.drawLine(node.wire, holder.wire);
    }
    for (const LockGrant &grant : graph.grants) {
        const LockNodeShape &node = graph.nodes[grant.node];
        const LockHolderShape &holder = graph.holders[grant.holder];
        const bool cut = node.cut || holder.cut;
        const QColor color = grant.look == LockGrant::Look::Good     ? theme.succeeded.line
                             : grant.look == LockGrant::Look::Asking ? theme.inFlight.line
                                                                     : theme.failed.line;
        painter.setPen(QPen(color, theme.px(2.4),
                            cut || grant.look != LockGrant::Look::Good ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(node.wire, holder.wire);
    }
}

} // namespace

LockGraph layoutLockGraph(const Snapshot &snapshot, const Theme &theme, const QRectF &area, bool withBars, bool storage)
{
    LockGraph graph;
    const double holderHeight = stageBoxHeight(theme, withBars ? theme.px(10) : 0, theme.px(16));
    const double storageHeight = stageBoxHeight(theme, 0, theme.px(10));
    double nodeHeight = std::clamp(area.height() * 0.2, theme.px(26), theme.px(76));
    const double wires = 2 * wireLength(theme) + theme.px(20);
    const bool withStorage =
        storage && area.height() > nodeHeight + wires + holderHeight + theme.px(26) + storageHeight;
    // On the lowest cards the nodes shrink before they touch the holders.
    nodeHeight = std::min(nodeHeight, std::max(theme.px(8), area.height() - holderHeight - wires));
    const double free = area.height() - nodeHeight - holderHeight - (withStorage ? storageHeight : 0);
    const double above = withStorage ? free * 0.62 : free;
    layoutNodes(graph, snapshot, theme, {area.left(), area.top(), area.width(), nodeHeight});
    const double holderTop = area.top() + nodeHeight + above;
    layoutHolders(graph, snapshot, theme, {area.left(), holderTop, area.width(), holderHeight}, withBars);
    if (withStorage) {
        const double width = std::min(theme.px(220), area.width());
        graph.storage =
            layoutStageBox(words::storageBox(snapshot), theme,
                           {area.center().x() - width / 2, area.bottom() - storageHeight, width, storageHeight});
    }
    findGrants(graph, snapshot);
    if (!tooFastForDots(snapshot))
        placeMessages(graph, snapshot);
    return graph;
}

void paintLockGraph(QPainter &painter, const LockGraph &graph, const Theme &theme)
{
    paintGrants(painter, graph, theme);
    if (!graph.storage.rect.isEmpty()) {
        painter.setPen(QPen(theme.hairline, theme.px(1), Qt::DashLine));
        for (const LockHolderShape &holder : graph.holders)
            painter.drawLine(QPointF(holder.box.rect.center().x(), holder.box.rect.bottom()),
                             QPointF(graph.storage.rect.center().x(), graph.storage.rect.top()));
        paintStageBox(painter, graph.storage, theme);
    }
    for (const LockNodeShape &node : graph.nodes) {
        paintWire(painter, node.centre + QPointF(0, node.radius), node.wire, node.cut, theme);
        const auto grant = std::find_if(graph.grants.begin(), graph.grants.end(),
                                        [&](const LockGrant &g) { return &graph.nodes[g.node] == &node; });
        BoxColors colors = boxColors(node.role, theme);
        if (grant != graph.grants.end() && node.role == BoxRole::Plain)
            colors = boxColors(grant->look == LockGrant::Look::Good     ? BoxRole::Succeeded
                               : grant->look == LockGrant::Look::Asking ? BoxRole::InFlight
                                                                        : BoxRole::Failed,
                               theme);
        painter.setPen(QPen(colors.line, theme.px(2)));
        painter.setBrush(colors.fill);
        painter.drawEllipse(node.centre, node.radius - theme.px(1), node.radius - theme.px(1));
        paintLabel(painter, node.name);
        paintLabel(painter, node.detail);
    }
    for (const LockHolderShape &holder : graph.holders) {
        paintWire(painter, QPointF(holder.wire.x(), holder.box.rect.top()), holder.wire, holder.cut, theme);
        paintStageBox(painter, holder.box, theme);
        if (!holder.bar.isEmpty()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.hairline);
            painter.drawRoundedRect(holder.bar, holder.bar.height() / 2, holder.bar.height() / 2);
            painter.setBrush(theme.succeeded.fill);
            QRectF filled = holder.bar;
            filled.setWidth(filled.width() * holder.barShare);
            painter.drawRoundedRect(filled, holder.bar.height() / 2, holder.bar.height() / 2);
        }
    }
    for (const LockDot &dot : graph.dots)
        paintFlight(painter, dot.look, dot.at, theme.px(5), theme);
}

void addLockGraphHits(StageHits &hits, const LockGraph &graph, const Theme &theme)
{
    const auto wire = [&](QPointF a, QPointF b) {
        return QRectF(std::min(a.x(), b.x()) - theme.px(8), std::min(a.y(), b.y()), theme.px(16),
                      std::abs(a.y() - b.y()));
    };
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        const LockNodeShape &node = graph.nodes[i];
        hits.push_back(
            {.target = targets::part(LockPart::Node, i), .area = areaAround(node.centre, node.radius), .round = true});
        hits.push_back({.target = targets::part(LockPart::NodeWire, i),
                        .area = wire(node.centre + QPointF(0, node.radius), node.wire),
                        .primary = false});
    }
    for (size_t i = 0; i < graph.holders.size(); ++i) {
        const LockHolderShape &holder = graph.holders[i];
        hits.push_back({.target = targets::part(LockPart::Holder, i), .area = holder.box.rect});
        hits.push_back({.target = targets::part(LockPart::HolderWire, i),
                        .area = wire(QPointF(holder.wire.x(), holder.box.rect.top()), holder.wire),
                        .primary = false});
    }
    if (!graph.storage.rect.isEmpty())
        hits.push_back({.target = targets::part(LockPart::Storage), .area = graph.storage.rect});
    for (const LockDot &dot : graph.dots)
        if (dot.event != 0)
            hits.push_back({.target = targets::Event{dot.event},
                            .area = areaAround(dot.at, theme.px(8)),
                            .primary = false,
                            .round = true});
}

void addLockGraphLabels(std::vector<StageLabel> &labels, const LockGraph &graph)
{
    for (const LockNodeShape &node : graph.nodes)
        labels.insert(labels.end(), {node.name, node.detail});
    for (const LockHolderShape &holder : graph.holders)
        labels.insert(labels.end(), {holder.box.name, holder.box.detail});
    labels.insert(labels.end(), {graph.storage.name, graph.storage.detail});
}

} // namespace widgets
