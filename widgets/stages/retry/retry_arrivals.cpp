// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/retry/retry_lanes.h"

#include "widgets/look/translation.h"
#include "widgets/stage/fault_words.h"
#include "widgets/stage/stage_words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

QString wordOf(FaultKind kind) { return words::faultWords(kind, spec(kind).defaultValue).sign.toLower(); }

} // namespace

void addSecondTicks(std::vector<StageLabel> &ticks, const RecentAxis &axis, const Theme &theme, double top)
{
    const QFont font = theme.font(TextSize::Axis);
    const double second = (axis.right - axis.left) / toSeconds(axis.span());
    double step = 2;
    for (const double longer : {4, 5, 10, 20})
        if (second * step < theme.px(64))
            step = longer;
    for (double s = std::ceil(toSeconds(axis.from - kTimeZero) / step) * step; s <= toSeconds(axis.to - kTimeZero);
         s += step) {
        StageLabel label = centredAt(makeLabel(RetryTr::tr("%1 s").arg(s), font, theme.quietInk),
                                     {axis.xOf(at(fromSeconds(s))), top + lineHeight(font) / 2});
        if (label.rect.left() >= axis.left - theme.px(8) && label.rect.right() <= axis.right)
            ticks.push_back(label);
    }
}

std::vector<OutageBand> layoutOutages(const Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                                      const Theme &theme)
{
    std::vector<OutageBand> bands;
    for (const FaultSpan &span : snapshot.faults) {
        if (span.target != resilience::sim::Subject::service(0) || !stopsAnswers(span.kind))
            continue;
        const double left = axis.clampedX(span.from);
        const double right = axis.clampedX(span.to.value_or(snapshot.now));
        if (right <= left)
            continue;
        OutageBand band{{left, area.top(), right - left, area.height()}, {}, !span.to};
        // A narrow band's word may stand out on both sides, where no other word is.
        const QFont font = theme.font(TextSize::Label, QFont::DemiBold);
        const QPointF middle(band.area.center().x(), area.top() + theme.px(9));
        band.label = centredAt(makeLabel(wordOf(span.kind), font, theme.failed.text), middle);
        const bool taken = !bands.empty() && bands.back().label.rect.right() + theme.px(4) > band.label.rect.left();
        if (taken || band.label.rect.left() < axis.left || band.label.rect.right() > axis.right)
            band.label = centredAt(
                fitLabel({wordOf(span.kind), {}}, band.area.width() - theme.px(6), font, theme.failed.text), middle);
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
        if (event.as<ReachedService>() && !event.caller && event.at >= axis.from)
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
    addSecondTicks(histogram.ticks, axis, theme, histogram.area.bottom() + theme.px(2));
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
