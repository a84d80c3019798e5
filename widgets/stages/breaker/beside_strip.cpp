// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/beside_strip.h"

#include "widgets/look/translation.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

struct BesideColumn {
    QStringList heading;
    uint64_t ours = 0;
    uint64_t correct = 0;
    bool moreIsBetter = false;
};

std::vector<BesideColumn> columnsOf(const BesideCorrect &beside)
{
    const auto failed = [](const Totals &totals) {
        return totals.of(RequestOutcome::Failed) + totals.of(RequestOutcome::TimedOut);
    };
    const auto &[since, ours, correct] = beside;
    return {
        {{BreakerTr::tr("succeeded"), BreakerTr::tr("ok")},
         ours.totals.of(RequestOutcome::Succeeded),
         correct.totals.of(RequestOutcome::Succeeded),
         true},
        {{BreakerTr::tr("failed")}, failed(ours.totals), failed(correct.totals), false},
        {{BreakerTr::tr("met a dead service"), BreakerTr::tr("met it dead")}, ours.refused, correct.refused, false}};
}

QString signedNumber(int64_t difference)
{
    return difference > 0   ? QStringLiteral("+%1").arg(difference)
           : difference < 0 ? QStringLiteral("%1%2").arg(QChar(0x2212)).arg(-difference)
                            : QStringLiteral("=");
}

// One column, its right end at `right`; how wide it is.
double placeColumn(BesideStrip &strip, const BesideColumn &column, double right, const std::array<double, 3> &middles,
                   const Theme &theme)
{
    const QFont quiet = theme.font(TextSize::Axis);
    const QFont number = theme.font(TextSize::Label);
    const QFont strong = theme.font(TextSize::Label, QFont::DemiBold);
    const int64_t difference = static_cast<int64_t>(column.ours) - static_cast<int64_t>(column.correct);
    const bool worse = column.moreIsBetter ? difference < 0 : difference > 0;
    const StageLabel heading =
        rightAt(fitLabel(column.heading, theme.px(120), quiet, theme.quietInk), right, middles[0]);
    const StageLabel apart = rightAt(
        makeLabel(signedNumber(difference), strong, worse ? theme.failed.text : theme.quietInk), right, middles[1]);
    const double left = right - std::max(apart.rect.width(), theme.px(26)) - theme.px(6);
    const StageLabel ours = rightAt(makeLabel(QString::number(column.ours), strong, theme.ink), left, middles[1]);
    const StageLabel correct =
        rightAt(makeLabel(QString::number(column.correct), number, theme.quietInk), left, middles[2]);
    strip.numbers.insert(strip.numbers.end(), {heading, apart, ours, correct});
    return right - std::min({heading.rect.left(), ours.rect.left(), correct.rect.left()});
}

void addBands(BesideStrip &strip, const StageContext &context, const RunSoFar &run, const QRectF &lane, bool correct)
{
    const Snapshot &snapshot = context.snapshot;
    const double whole = toSeconds(std::max(snapshot.until, snapshot.now - kTimeZero));
    const auto xOf = [&](Time t) { return lane.left() + lane.width() * toSeconds(t - kTimeZero) / whole; };
    for (size_t i = 0; i < run.states.size(); ++i) {
        const Time to = i + 1 < run.states.size() ? run.states[i + 1].from : snapshot.now;
        const double left = xOf(run.states[i].from);
        if (const double right = xOf(to); right > left)
            strip.bands.push_back({run.states[i].state, {left, lane.top(), right - left, lane.height()}, correct});
    }
    strip.now = xOf(snapshot.now);
}

QColor bandColor(const BesideStrip::Band &band, const Theme &theme)
{
    if (!band.correct)
        return band.state == BreakerState::HalfOpen ? theme.trial.line : theme.state(band.state).fill;
    switch (band.state) {
    case BreakerState::Closed:
        return theme.hairline;
    case BreakerState::HalfOpen:
        return mixed(theme.quietInk, theme.card, 0.45);
    default:
        return mixed(theme.quietInk, theme.card, 0.8);
    }
}

} // namespace

bool hasBeside(const StageContext &context)
{
    return context.snapshot.beside && context.clientIndex == 0 && !context.snapshot.beside->ours.states.empty();
}

double besideStripHeight(const Theme &theme)
{
    return lineHeight(theme.font(TextSize::Axis)) + 2 * lineHeight(theme.font(TextSize::Label)) + theme.px(8);
}

BesideStrip layoutBesideStrip(const StageContext &context, const QRectF &area)
{
    const Theme &theme = context.theme;
    const double small = lineHeight(theme.font(TextSize::Axis));
    const double line = lineHeight(theme.font(TextSize::Label));
    const std::array middles{area.top() + small / 2, area.top() + small + theme.px(3) + line / 2,
                             area.top() + small + theme.px(7) + 1.5 * line};
    BesideStrip strip;
    const auto name = [&](const QStringList &words, const QColor &color, double middle) {
        strip.names.push_back(
            leftAt(fitLabel(words, area.width() * 0.3, theme.font(TextSize::Label), color), area.left(), middle));
        return strip.names.back().rect.right();
    };
    const double left =
        std::max(name({BreakerTr::tr("this run")}, theme.ink, middles[1]),
                 name({BreakerTr::tr("correct run"), BreakerTr::tr("correct")}, theme.quietInk, middles[2]))
        + theme.px(10);
    // From the right; what there is no room for beside lanes of a useful length is left out, the last column first.
    double right = area.right();
    for (std::vector<BesideColumn> columns = columnsOf(*context.snapshot.beside); !columns.empty();
         columns.pop_back()) {
        BesideStrip tried = strip;
        double end = area.right();
        for (auto column = columns.rbegin(); column != columns.rend(); ++column)
            end -= placeColumn(tried, *column, end, middles, theme) + theme.px(18);
        if (end - left < theme.px(120))
            continue;
        strip = tried;
        right = end;
        break;
    }
    const double high = theme.px(11);
    const auto laneAt = [&](double middle) { return QRectF(left, middle - high / 2, right - left, high); };
    addBands(strip, context, context.snapshot.beside->ours, laneAt(middles[1]), false);
    addBands(strip, context, context.snapshot.beside->correct, laneAt(middles[2]), true);
    strip.lanes = laneAt(middles[1]).united(laneAt(middles[2]));
    return strip;
}

void paintBesideStrip(QPainter &painter, const BesideStrip &strip, const Theme &theme)
{
    for (const StageLabel &label : strip.names)
        paintLabel(painter, label);
    for (const StageLabel &label : strip.numbers)
        paintLabel(painter, label);
    for (const BesideStrip::Band &band : strip.bands)
        painter.fillRect(band.area.adjusted(0, 0, -std::min(1.0, band.area.width() / 4), 0), bandColor(band, theme));
    painter.setPen(QPen(theme.ink, theme.px(1.2)));
    painter.drawLine(QPointF(strip.now, strip.lanes.top() - theme.px(2)),
                     QPointF(strip.now, strip.lanes.bottom() + theme.px(2)));
}

} // namespace widgets
