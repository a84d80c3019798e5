// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/retry/retry_ropes.h"

#include "widgets/look/hatching.h"
#include "widgets/look/translation.h"
#include "widgets/stage/service_tank.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

// Of a second that begins with bin `i`: from where to where it is drawn, with a hair between neighbours.
std::pair<double, double> sidesOfSecond(const Snapshot &snapshot, const RecentAxis &axis, size_t i)
{
    const Time begin = snapshot.traffic.from + RecentTraffic::kSecond * static_cast<int64_t>(i);
    const double left = axis.xOf(begin);
    const double right = axis.xOf(std::min(begin + RecentTraffic::kSecond, snapshot.now));
    return {left, std::max(left + 0.5, right - std::min(1.0, 0.2 * (right - left)))};
}

} // namespace

bool drawsRopes(const Snapshot &snapshot, const RecentAxis &recent)
{
    const bool forgotten = snapshot.events.size() >= Snapshot::kEvents && snapshot.events.front().at > recent.from;
    return forgotten || snapshot.traffic.busiest() > kMostAttempts;
}

RecentAxis ropeAxis(const Snapshot &snapshot, double left, double right)
{
    const Time from = snapshot.traffic.from;
    Duration span = std::chrono::seconds{20};
    for (const int seconds : {40, 60})
        if (snapshot.now - from > span * 9 / 10)
            span = std::chrono::seconds{seconds};
    return {from, std::max(from + span, snapshot.now), left, right};
}

RetryRopes layoutRetryRopes(const Snapshot &snapshot, const RecentAxis &axis, const QRectF &area, double head,
                            double nameWidth, const Theme &theme)
{
    RetryRopes ropes;
    const auto &lanes = snapshot.traffic.lanes;
    ropes.laneHeight = std::min(theme.px(46), area.height() / double(std::max<size_t>(1, lanes.size())));
    for (const auto &lane : lanes)
        for (const RecentTraffic::Lane &bin : lane)
            ropes.most = std::max(ropes.most, bin.succeeded + bin.failed);
    const double unit = ropes.laneHeight * 0.86 / std::max<double>(8, ropes.most);
    const QFont font = theme.font(TextSize::Label);
    for (uint32_t i = 0; i < lanes.size(); ++i) {
        const double y = area.top() + ropes.laneHeight * (i + 0.5);
        ropes.middles.push_back(y);
        if (ropes.laneHeight >= theme.px(15))
            ropes.names.push_back(leftAt(
                fitLabel({QString::fromStdString(snapshot.clients[i].name), {}}, nameWidth, font, theme.quietInk),
                area.left(), y));
        for (size_t second = 0; second < lanes[i].size(); ++second) {
            const RecentTraffic::Lane &bin = lanes[i][second];
            if (bin.succeeded + bin.failed == 0)
                continue;
            const auto [left, right] = sidesOfSecond(snapshot, axis, second);
            const double whole = unit * (bin.succeeded + bin.failed);
            const double core = unit * bin.succeeded;
            ropes.bins.push_back({i, bin.succeeded, bin.failed, QRectF(left, y - whole / 2, right - left, whole),
                                  QRectF(left, y - core / 2, right - left, core)});
        }
    }
    if (ropes.most > 0)
        ropes.scale = leftAt(
            fitLabel({RetryTr::tr("each second: up to %1").arg(ropes.most),
                      RetryTr::tr("up to %1 a second").arg(ropes.most), RetryTr::tr("up to %1/s").arg(ropes.most)},
                     nameWidth, theme.font(TextSize::Axis), theme.quietInk),
            area.left(), area.top() - head / 2);
    return ropes;
}

void paintRetryRopes(QPainter &painter, const RetryRopes &ropes, const RecentAxis &axis, const Theme &theme)
{
    for (const StageLabel &name : ropes.names)
        paintLabel(painter, name);
    paintLabel(painter, ropes.scale);
    painter.setPen(QPen(theme.hairline, 1));
    for (const double y : ropes.middles)
        painter.drawLine(QPointF(axis.left, y), QPointF(axis.right, y));
    for (const RetryRopes::Bin &bin : ropes.bins) {
        painter.fillRect(bin.whole, theme.failed.fill);
        painter.fillRect(bin.core, theme.succeeded.fill);
    }
}

SecondsHistogram layoutSeconds(const Snapshot &snapshot, const RecentAxis &axis, const QRectF &area, double nameWidth,
                               const Theme &theme)
{
    SecondsHistogram histogram;
    const auto &seconds = snapshot.traffic.service;
    const double tickHeight = lineHeight(theme.font(TextSize::Axis)) + theme.px(2);
    histogram.area = area.adjusted(0, 0, 0, -tickHeight);
    uint32_t deepest = 0;
    size_t tallest = 0;
    for (size_t i = 0; i < seconds.size(); ++i) {
        if (seconds[i].first + seconds[i].again > histogram.most) {
            histogram.most = seconds[i].first + seconds[i].again;
            tallest = i;
        }
        deepest = std::max(deepest, seconds[i].inTime + seconds[i].late);
    }
    const QFont font = theme.font(TextSize::Label, QFont::DemiBold);
    const double head = lineHeight(font) + theme.px(2);
    // One scale above and below, so that what goes in can be compared with what comes out.
    const double unit = (histogram.area.height() - head) / std::max<double>(8, histogram.most + deepest);
    histogram.zero = histogram.area.bottom() - unit * deepest;
    for (size_t i = 0; i < seconds.size(); ++i) {
        const auto [left, right] = sidesOfSecond(snapshot, axis, i);
        const auto bar = [&, left = left, right = right](double from, double to) {
            return QRectF(QPointF(left, histogram.zero - unit * to), QPointF(right, histogram.zero - unit * from));
        };
        const RecentTraffic::Service &at = seconds[i];
        histogram.bars.push_back({bar(0, at.first), bar(at.first, at.first + at.again), bar(-double(at.inTime), 0),
                                  bar(-double(at.inTime + at.late), -double(at.inTime))});
    }
    const ServiceView &service = subjectOf(snapshot.services);
    if (const double can = hasTank(service) ? service.workers / toSeconds(service.latency) : 0; can > 0)
        if (const double y = histogram.zero - unit * can; y > histogram.area.top() + head)
            histogram.capacity = QLineF(axis.left, y, axis.right, y);
    if (histogram.most > 0) {
        const QRectF &bar = histogram.bars[tallest].again;
        StageLabel peak =
            centredAt(fitLabel({RetryTr::tr("%1 in one second").arg(histogram.most), QString::number(histogram.most)},
                               (axis.right - axis.left) / 2, font, theme.inFlight.text),
                      {bar.center().x(), bar.top() - head / 2});
        peak.rect.moveLeft(
            std::clamp(peak.rect.left(), axis.left, std::max(axis.left, axis.right - peak.rect.width())));
        histogram.peak = peak;
    }
    const QFont quiet = theme.font(TextSize::Label);
    const auto name = [&](const QStringList &words, double middle) {
        histogram.names.push_back(leftAt(fitLabel(words, nameWidth, quiet, theme.quietInk), area.left(), middle));
    };
    name({RetryTr::tr("arrivals a second"), RetryTr::tr("arrivals/s")}, histogram.zero - lineHeight(quiet) * 0.6);
    name({RetryTr::tr("answers")},
         std::min(histogram.zero + lineHeight(quiet) * 0.5, area.bottom() - lineHeight(quiet) / 2));
    addSecondTicks(histogram.ticks, axis, theme, histogram.area.bottom() + theme.px(2));
    return histogram;
}

void paintSeconds(QPainter &painter, const SecondsHistogram &histogram, const RecentAxis &axis, const Theme &theme)
{
    for (const SecondsHistogram::Bar &bar : histogram.bars) {
        painter.fillRect(bar.first, theme.inFlight.fill);
        painter.fillRect(bar.again, theme.again);
        painter.fillRect(bar.inTime, theme.succeeded.fill);
        if (!bar.late.isEmpty())
            paintForNobody(painter, bar.late, theme);
    }
    painter.setPen(QPen(theme.quietLine, 1));
    painter.drawLine(QPointF(axis.left, histogram.zero), QPointF(axis.right, histogram.zero));
    if (!histogram.capacity.isNull()) {
        painter.setPen(QPen(theme.ink, theme.px(1.2), Qt::DashLine));
        painter.drawLine(histogram.capacity);
    }
    paintLabel(painter, histogram.peak);
    for (const StageLabel &name : histogram.names)
        paintLabel(painter, name);
    for (const StageLabel &tick : histogram.ticks)
        paintLabel(painter, tick);
}

} // namespace widgets
