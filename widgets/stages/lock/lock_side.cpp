// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/lock/lock_side.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/lock/lock_graph.h"
#include "widgets/stages/lock/lock_words.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace widgets {

using namespace resilience;
using sim::LockHolderView;
using sim::LockWriteView;
using sim::Snapshot;

namespace {

constexpr size_t kMostLeases = 3;

double fontLine(const Theme &theme) { return lineHeight(theme.font(TextSize::Label)); }

LockLeaseRow layoutLease(const Snapshot &snapshot, uint32_t index, const Theme &theme, const QRectF &area)
{
    const LockHolderView &holder = snapshot.lock.holders[index];
    const RedlockConfig &rule = snapshot.lock.lock;
    LockLeaseRow row;
    row.overdue = words::leaseIsOverdue(snapshot, index);
    const bool has = holder.validUntil && *holder.validUntil > snapshot.now;
    const QColor color = row.overdue ? theme.failed.text : has ? theme.succeeded.text : theme.quietInk;
    const double middle = area.top() + fontLine(theme) / 2;
    row.name = leftAt(fitLabel({QString::fromStdString(holder.name)}, area.width() * 0.4,
                               theme.font(TextSize::Label, QFont::Bold), theme.ink),
                      area.left(), middle);
    QStringList text = words::leaseText(snapshot, index);
    if (has)
        text.prepend(LockTr::tr("%1 · drift %2").arg(text.front(), words::duration(rule.drift())));
    row.text =
        rightAt(fitLabel(text, area.width() - row.name.rect.width() - theme.px(12),
                         theme.font(TextSize::Label, has || row.overdue ? QFont::DemiBold : QFont::Normal), color),
                area.right(), middle);
    row.track = QRectF(area.left(), area.bottom() - theme.px(12), area.width(), theme.px(10));
    const double ttl = toSeconds(rule.ttl);
    row.share = has ? std::clamp(toSeconds(*holder.validUntil - snapshot.now) / ttl, 0.0, 1.0) : 0.0;
    row.drift = has || row.overdue ? std::clamp(toSeconds(rule.drift()) / ttl, 0.0, 1.0) : 0.0;
    return row;
}

LockWriteRow layoutWrite(const Snapshot &snapshot, const LockWriteView &write, const Theme &theme, const QRectF &rect)
{
    LockWriteRow row{.rect = rect, .accepted = write.accepted, .stale = write.stale, .event = write.event};
    const QColor color = write.stale && write.accepted ? theme.failed.text
                         : write.accepted              ? theme.succeeded.text
                                                       : theme.quietInk;
    const QStringList text = words::writeText(snapshot, write);
    const QString who = text.front().section(QStringLiteral(" · "), 0, 1);
    const QString what = text.back();
    const double middle = rect.center().y();
    row.who = leftAt(fitLabel({who, text.front().section(QStringLiteral(" · "), 1, 1)}, rect.width() * 0.5,
                              theme.font(TextSize::Label, QFont::DemiBold), theme.ink),
                     rect.left() + theme.px(10), middle);
    const double right = rect.right() - theme.px(10);
    const double room = right - row.who.rect.right() - theme.px(30);
    row.what = rightAt(
        fitLabel({what}, room, theme.font(TextSize::Label, write.stale ? QFont::DemiBold : QFont::Normal), color),
        right, middle);
    row.glyph = {(row.what.text.isEmpty() ? right : row.what.rect.left()) - theme.px(13), middle};
    return row;
}

StageFigure layoutFigure(const Snapshot &snapshot, const Theme &theme, QPointF topLeft, double width)
{
    const auto &lock = snapshot.lock;
    // What was refused matters only while nothing slipped through.
    const bool refused = lock.fencing && lock.staleAccepted == 0;
    const uint64_t number = refused ? lock.refused : lock.staleAccepted;
    const QColor color = number == 0 ? theme.quietInk : refused ? theme.succeeded.text : theme.failed.text;
    return layoutStageFigure(refused ? QStringList{LockTr::tr("stale writes refused"), LockTr::tr("refused")}
                                     : QStringList{LockTr::tr("stale writes accepted"), LockTr::tr("stale accepted")},
                             {QString::number(number)}, color, theme, topLeft, width);
}

void paintLease(QPainter &painter, const LockLeaseRow &row, const Theme &theme)
{
    paintLabel(painter, row.name);
    paintLabel(painter, row.text);
    QPainterPath track;
    track.addRoundedRect(row.track, row.track.height() / 2, row.track.height() / 2);
    const auto part = [&](double from, double to, const QColor &color) {
        QPainterPath cut;
        cut.addRect(QRectF(row.track.left() + row.track.width() * from, row.track.top(),
                           row.track.width() * (to - from), row.track.height()));
        painter.fillPath(track.intersected(cut), color);
    };
    painter.setPen(Qt::NoPen);
    painter.fillPath(track, row.overdue ? theme.failed.soft : theme.hairline);
    if (row.share > 0)
        part(0, row.share, theme.succeeded.fill);
    if (row.drift > 0)
        part(1 - std::max(row.drift, 0.015), 1, theme.waiting.fill);
}

} // namespace

std::vector<StageLabel> LockSide::labels() const
{
    std::vector<StageLabel> all{remarkTitle, remarkText, writesTitle, fencing};
    for (const LockLeaseRow &row : leases)
        all.insert(all.end(), {row.name, row.text});
    for (const LockWriteRow &row : writes)
        all.insert(all.end(), {row.who, row.what});
    for (const StageLabel &label : figure.labels())
        all.push_back(label);
    return all;
}

LockSide layoutLockSide(const Snapshot &snapshot, const Theme &theme, const QRectF &area, bool writes)
{
    LockSide side;
    const double line = fontLine(theme);
    const double gap = theme.px(12);
    double bottom = area.bottom();
    // Without writes between them, what is above goes first.
    const double above = writes ? 0
                                : double(std::min(kMostLeases, snapshot.lock.holders.size())) * (line + theme.px(26))
                                      + theme.px(6) + 2 * line + theme.px(28);
    const auto take = [&](double height) {
        return bottom - height >= area.top() + above ? bottom -= height, true : false;
    };
    // From below: the number, and what it depends on; the number first where only one of them has room.
    const double figure = stageFigureHeight(theme);
    const double free = area.height() - above;
    if ((free >= figure + line || free < figure) && take(line))
        side.fencing =
            leftAt(fitLabel(words::fencingText(snapshot), area.width(), theme.font(TextSize::Label), theme.quietInk),
                   area.left(), bottom + line / 2);
    if (take(figure))
        side.figure = layoutFigure(snapshot, theme, {area.left(), bottom}, area.width());
    if (bottom < area.bottom())
        bottom -= gap;
    // From above: leases, what is wrong, writes.
    double top = area.top();
    const double leaseHeight = line + theme.px(18);
    for (uint32_t i = 0; i < std::min(kMostLeases, snapshot.lock.holders.size()) && top + leaseHeight <= bottom; ++i) {
        side.leases.push_back(layoutLease(snapshot, i, theme, {area.left(), top, area.width(), leaseHeight}));
        top += leaseHeight + theme.px(8);
    }
    top += theme.px(6);
    // The room of the remark is kept, so that what is below it does not jump.
    const words::LockRemark remark = words::lockRemark(snapshot);
    const double remarkHeight = 2 * line + theme.px(16);
    if (top + remarkHeight <= bottom) {
        if (!remark.title.isEmpty()) {
            side.remark = QRectF(area.left(), top, area.width(), remarkHeight);
            side.harm = remark.harm;
            const QColor color = remark.harm ? theme.failed.text : theme.waiting.text;
            const double left = side.remark.left() + theme.px(12);
            const double room = side.remark.width() - theme.px(24);
            side.remarkTitle = leftAt(fitLabel(remark.title, room, theme.font(TextSize::Label, QFont::Bold), color),
                                      left, top + theme.px(8) + line / 2);
            side.remarkText = leftAt(fitLabel(remark.text, room, theme.font(TextSize::Label), theme.ink), left,
                                     top + theme.px(8) + line * 1.5);
        }
        top += remarkHeight + gap;
    }
    const double rowHeight = line + theme.px(10);
    if (!writes || top + line + theme.px(4) + rowHeight > bottom)
        return side;
    side.writesTitle =
        leftAt(fitLabel(snapshot.lock.writes.empty() ? QStringList{LockTr::tr("no write yet")}
                                                     : QStringList{LockTr::tr("last writes"), LockTr::tr("writes")},
                        area.width(), theme.font(TextSize::Label, QFont::DemiBold),
                        snapshot.lock.writes.empty() ? theme.quietInk : theme.ink),
               area.left(), top + line / 2);
    top += line + theme.px(4);
    for (auto write = snapshot.lock.writes.rbegin(); write != snapshot.lock.writes.rend() && top + rowHeight <= bottom;
         ++write) {
        side.writes.push_back(layoutWrite(snapshot, *write, theme, {area.left(), top, area.width(), rowHeight}));
        top += rowHeight + theme.px(5);
    }
    return side;
}

void paintLockSide(QPainter &painter, const LockSide &side, const Theme &theme)
{
    for (const LockLeaseRow &row : side.leases)
        paintLease(painter, row, theme);
    if (!side.remark.isEmpty()) {
        const Hue &hue = side.harm ? theme.failed : theme.waiting;
        painter.setPen(Qt::NoPen);
        painter.setBrush(hue.soft);
        painter.drawRoundedRect(side.remark, theme.px(6), theme.px(6));
        paintLabel(painter, side.remarkTitle);
        paintLabel(painter, side.remarkText);
    }
    paintLabel(painter, side.writesTitle);
    for (const LockWriteRow &row : side.writes) {
        const bool harm = row.stale && row.accepted;
        painter.setPen(Qt::NoPen);
        painter.setBrush(harm ? theme.failed.soft : theme.inset);
        painter.drawRoundedRect(row.rect, theme.px(6), theme.px(6));
        paintLabel(painter, row.who);
        paintLabel(painter, row.what);
        paintOutcome(painter,
                     harm           ? sim::RequestOutcome::Failed
                     : row.accepted ? sim::RequestOutcome::Succeeded
                                    : sim::RequestOutcome::Rejected,
                     row.glyph, theme.px(5), theme);
    }
    paintStageFigure(painter, side.figure);
    paintLabel(painter, side.fencing);
}

void addLockSideHits(StageHits &hits, const LockSide &side)
{
    for (size_t i = 0; i < side.leases.size(); ++i)
        hits.push_back(
            {.target = targets::part(LockPart::Lease, i),
             .area = side.leases[i].name.rect.united(side.leases[i].track).united(side.leases[i].text.rect)});
    if (!side.remark.isEmpty())
        hits.push_back({.target = targets::part(LockPart::Remark), .area = side.remark});
    for (const LockWriteRow &row : side.writes)
        hits.push_back({.target = targets::Event{row.event}, .area = row.rect});
    if (!side.figure.number.text.isEmpty())
        hits.push_back({.target = targets::part(LockPart::Figure), .area = side.figure.rect()});
}

} // namespace widgets
