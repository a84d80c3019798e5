// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/retry_lanes.h"

#include "widgets/stage_words.h"
#include "widgets/translation.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

bool stopsAnswers(FaultKind kind)
{
    return kind == FaultKind::Outage || kind == FaultKind::Crash || kind == FaultKind::Hang || kind == FaultKind::Pause
           || kind == FaultKind::Partition;
}

QString wordOf(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Crash:
        return RetryTr::tr("crashed");
    case FaultKind::Hang:
        return RetryTr::tr("hangs");
    case FaultKind::Pause:
        return RetryTr::tr("paused");
    case FaultKind::Partition:
        return RetryTr::tr("cut off");
    default:
        return RetryTr::tr("outage");
    }
}

struct Span {
    FaultKind kind;
    Time from;
    std::optional<Time> to;
};

// A fault that was set before the recent events began is known by being on, or by its end.
std::vector<Span> outagesOf(const Snapshot &snapshot)
{
    std::vector<Span> spans;
    for (const Event &event : snapshot.events) {
        if (event.service != 0)
            continue;
        if (const auto *set = event.as<FaultSet>(); set && stopsAnswers(set->kind))
            spans.push_back({set->kind, event.at, std::nullopt});
        if (const auto *cleared = event.as<FaultCleared>(); cleared && stopsAnswers(cleared->kind)) {
            const auto open = std::find_if(spans.rbegin(), spans.rend(),
                                           [&](const Span &s) { return s.kind == cleared->kind && !s.to; });
            if (open != spans.rend())
                open->to = event.at;
            else
                spans.push_back({cleared->kind, kTimeZero, event.at});
        }
    }
    if (!snapshot.services.empty())
        for (const FaultSpec &fault : kFaultSpecs) {
            const bool on = snapshot.services.front().faults[static_cast<size_t>(fault.kind)].has_value();
            const bool known =
                std::any_of(spans.begin(), spans.end(), [&](const Span &s) { return s.kind == fault.kind && !s.to; });
            if (on && !known && stopsAnswers(fault.kind))
                spans.push_back({fault.kind, kTimeZero, std::nullopt});
        }
    return spans;
}

void addTicks(ArrivalHistogram &histogram, const RecentAxis &axis, const Theme &theme, double top)
{
    const QFont font = theme.font(TextSize::Axis);
    const double step = (axis.right - axis.left) / toSeconds(axis.span()) < theme.px(34) ? 4 : 2;
    for (double s = std::ceil(toSeconds(axis.from - kTimeZero) / step) * step; s <= toSeconds(axis.to - kTimeZero);
         s += step) {
        StageLabel label =
            centredAt(makeLabel(QCoreApplication::translate("RetryStage", "%1 s").arg(s), font, theme.quietInk),
                      {axis.xOf(at(fromSeconds(s))), top + lineHeight(font) / 2});
        if (label.rect.left() >= axis.left - theme.px(8) && label.rect.right() <= axis.right)
            histogram.ticks.push_back(label);
    }
}

} // namespace

std::vector<OutageBand> layoutOutages(const Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                                      const Theme &theme)
{
    std::vector<OutageBand> bands;
    for (const Span &span : outagesOf(snapshot)) {
        const double left = axis.clampedX(span.from);
        const double right = axis.clampedX(span.to.value_or(snapshot.now));
        if (right <= left)
            continue;
        OutageBand band{{left, area.top(), right - left, area.height()}, {}, !span.to};
        band.label = centredAt(fitLabel({wordOf(span.kind), {}}, band.area.width() - theme.px(6),
                                        theme.font(TextSize::Label, QFont::DemiBold), theme.failed.text),
                               {band.area.center().x(), area.top() + theme.px(9)});
        bands.push_back(band);
    }
    return bands;
}

void paintOutages(QPainter &painter, const std::vector<OutageBand> &bands, const Theme &theme)
{
    painter.setPen(Qt::NoPen);
    for (const OutageBand &band : bands) {
        painter.setBrush(theme.failed.soft);
        painter.drawRoundedRect(band.area, theme.px(3), theme.px(3));
        paintLabel(painter, band.label);
    }
}

ArrivalHistogram layoutArrivals(const Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                                const Theme &theme)
{
    ArrivalHistogram histogram;
    const double tickHeight = lineHeight(theme.font(TextSize::Axis)) + theme.px(2);
    histogram.area = area.adjusted(0, 0, 0, -tickHeight);
    const auto binOf = [](Time t) { return t.time_since_epoch() / kArrivalBin; };
    std::vector<uint32_t> bins(static_cast<size_t>(std::max<int64_t>(0, binOf(snapshot.now) - binOf(axis.from)) + 1));
    for (const Event &event : snapshot.events)
        if (event.as<ReachedService>() && event.caller == kNobody && event.at >= axis.from)
            ++bins[static_cast<size_t>(binOf(event.at) - binOf(axis.from))];
    const auto tallest = std::max_element(bins.begin(), bins.end());
    histogram.most = *tallest;
    const QFont font = theme.font(TextSize::Label, QFont::DemiBold);
    const double head = lineHeight(font) + theme.px(2);
    // The scale begins at a few calls, so that one call is not a mountain; after that the tallest reaches the top.
    const double unit = (histogram.area.height() - head) / std::max<double>(4, histogram.most);
    const double binWidth = (axis.right - axis.left) * toSeconds(kArrivalBin) / toSeconds(axis.span());
    for (size_t i = 0; i < bins.size(); ++i) {
        if (bins[i] == 0)
            continue;
        const double x = axis.xOf(at(kArrivalBin * (binOf(axis.from) + static_cast<int64_t>(i))));
        const double width = std::max(theme.px(2), binWidth - theme.px(0.6));
        const QRectF bar(x, histogram.area.bottom() - unit * bins[i], width, unit * bins[i]);
        if (bar.right() > axis.right)
            continue;
        histogram.bars.push_back(bar);
        if (i == static_cast<size_t>(tallest - bins.begin()))
            histogram.peakBar = bar;
    }
    if (histogram.most > 0 && !histogram.peakBar.isEmpty())
        histogram.peak = centredAt(makeLabel(QString::number(histogram.most), font, theme.inFlight.text),
                                   {histogram.peakBar.center().x(), histogram.peakBar.top() - head / 2});
    addTicks(histogram, axis, theme, histogram.area.bottom() + theme.px(2));
    return histogram;
}

void paintArrivals(QPainter &painter, const ArrivalHistogram &histogram, const RecentAxis &axis, const Theme &theme)
{
    painter.setPen(QPen(theme.quietLine, 1));
    painter.drawLine(QPointF(axis.left, histogram.area.bottom()), QPointF(axis.right, histogram.area.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.inFlight.fill);
    for (const QRectF &bar : histogram.bars)
        painter.drawRoundedRect(bar, theme.px(1), theme.px(1));
    paintLabel(painter, histogram.peak);
    for (const StageLabel &tick : histogram.ticks)
        paintLabel(painter, tick);
}

} // namespace widgets
