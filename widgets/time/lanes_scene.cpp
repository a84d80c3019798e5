// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/lanes_scene.h"

#include "widgets/stage/fault_words.h"
#include "widgets/stage/stage_words.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <optional>

namespace widgets {

using resilience::BreakerState;
using resilience::Time;
namespace sim = resilience::sim;

namespace {

constexpr double kLongestName = 300; // px at scale 1

QString sayInLane(const char *text) { return QCoreApplication::translate("Lanes", text); }

void paintName(QPainter &painter, const QString &name, const QRectF &lane, const TimeLayout &layout, const Theme &theme)
{
    const QFont font = theme.font(TextSize::Label);
    painter.setFont(font);
    painter.setPen(theme.quietInk);
    const double width = layout.gutterRight - layout.gutterLeft;
    painter.drawText(QRectF(layout.gutterLeft, lane.top() - 4, width, lane.height() + 8),
                     Qt::AlignLeft | Qt::AlignVCenter, QFontMetricsF(font).elidedText(name, Qt::ElideRight, width));
}

QFont wordFont(const Theme &theme) { return theme.font(TextSize::Axis, QFont::DemiBold); }

// Half-open is drawn hollow: it is neither, and that shows without colour.
bool isHollow(const StateBand &band) { return band.state == BreakerState::HalfOpen && band.right - band.left >= 4; }

void paintStateWord(QPainter &painter, const StateBand &band, const QRectF &lane, const QColor &color,
                    const Theme &theme)
{
    const QFontMetricsF metrics(painter.font());
    const QRectF bar(band.left, lane.top(), band.right - band.left, lane.height());
    painter.setPen(color);
    for (const QString &word : {words::stateName(band.state), isHollow(band) ? QStringLiteral("½") : QString()}) {
        if (metrics.horizontalAdvance(word) + theme.px(6) <= bar.width()) {
            painter.drawText(bar, Qt::AlignCenter, word);
            break;
        }
    }
}

void paintStates(QPainter &painter, const std::vector<StateBand> &bands, const QRectF &lane, const Theme &theme,
                 double from)
{
    painter.setFont(wordFont(theme));
    for (const StateBand &band : bands) {
        if (band.right < from)
            continue;
        const Hue &hue = theme.state(band.state);
        // A hair of ground between two bands, where they are wide enough for it.
        const double gap = band.right - band.left > 4 ? 0.5 : 0;
        const QRectF bar(band.left + gap, lane.top(), band.right - band.left - 2 * gap, lane.height());
        const double radius = std::min(theme.px(3), bar.width() / 3);
        const bool hollow = isHollow(band);
        painter.setPen(hollow ? QPen(hue.line, theme.px(1.25)) : QPen(Qt::NoPen));
        painter.setBrush(hollow ? hue.soft : hue.fill);
        const double inset = hollow ? theme.px(0.625) : 0;
        painter.drawRoundedRect(bar.adjusted(inset, inset, -inset, -inset), radius, radius);
        paintStateWord(painter, band, lane, hollow ? hue.text : hue.onFill, theme);
    }
}

// `names`: the longest first. With `words` nothing but its name, in that colour.
void paintFault(QPainter &painter, const FaultBand &band, const QStringList &names, const QRectF &row, double freeUntil,
                const std::optional<QColor> &words, const Theme &theme)
{
    const Hue &hue = theme.failed;
    const double half = theme.px(0.5);
    const QRectF bar =
        QRectF(band.left, row.top(), band.right - band.left, row.height()).adjusted(half, half, -half, -half);
    if (!words) {
        painter.setPen(QPen(hue.line, theme.px(1)));
        painter.setBrush(hue.soft);
        painter.drawRoundedRect(bar, std::min(theme.px(3), bar.width() / 3), theme.px(3));
    }
    const QFontMetricsF metrics(painter.font());
    painter.setPen(words.value_or(hue.text));
    for (const QString &name : names) {
        const double wanted = metrics.horizontalAdvance(name);
        if (wanted + theme.px(8) <= bar.width())
            return painter.drawText(bar, Qt::AlignCenter, name);
        if (band.right + theme.px(6) + wanted <= freeUntil) // too short for its name: beside it
            return painter.drawText(QRectF(band.right + theme.px(6), row.top(), wanted + 2, row.height()),
                                    Qt::AlignLeft | Qt::AlignVCenter, name);
    }
}

void paintFaults(QPainter &painter, const LanesPicture &picture, const TimeLayout &layout, const Theme &theme,
                 double from, const std::optional<QColor> &words = std::nullopt)
{
    painter.setFont(wordFont(theme));
    for (size_t i = 0; i < picture.faults.size(); ++i) {
        const FaultBand &band = picture.faults[i];
        // One that ended earlier may have its name beside it.
        const bool over = band.right + theme.px(kLongestName) < from;
        if (band.row >= layout.faults.size() || over)
            continue;
        // A name beside its band ends before the next one, and before the present, where the cursor stands; of a fault
        // that is still on it stands in the future.
        double freeUntil = band.right >= picture.end ? layout.axisRight : picture.end - theme.px(6);
        for (size_t next = i + 1; next < picture.faults.size(); ++next) {
            if (picture.faults[next].row == band.row) {
                freeUntil = picture.faults[next].left - theme.px(6);
                break;
            }
        }
        const auto index = static_cast<qsizetype>(i);
        paintFault(painter, band, {picture.faultWords.value(index), picture.faultBriefs.value(index)},
                   layout.faults[band.row], freeUntil, words, theme);
    }
}

void paintKnobs(QPainter &painter, const LanesPicture &picture, const TimeLayout &layout, const Theme &theme)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.control.line);
    const double bottom = layout.strip.bottom() - theme.px(2);
    for (const double x : picture.knobs)
        painter.drawRect(QRectF(x - theme.px(1), bottom - theme.px(6), theme.px(2), theme.px(6)));
}

QString faultNameOf(const FaultBand &band, const QString &service, QString words::FaultWords::*length)
{
    if (band.faults > 1)
        return QCoreApplication::translate("Lanes", "%n faults", nullptr, static_cast<int>(band.faults));
    const QString word = words::faultWords(band.kind, band.value).*length;
    return service.isEmpty() ? word : sayInLane(QT_TRANSLATE_NOOP("Lanes", "%1: %2")).arg(service, word);
}

} // namespace

QString faultWord(const FaultBand &band, const QString &service)
{
    return faultNameOf(band, service, &words::FaultWords::name);
}

QString faultWordBrief(const FaultBand &band, const QString &service)
{
    return faultNameOf(band, service, &words::FaultWords::brief);
}

std::vector<size_t> breakersShown(const TimeSource &source, size_t most)
{
    std::vector<size_t> shown;
    for (size_t i = 0; i < source.states.size(); ++i)
        shown.push_back(i);
    if (shown.size() <= most)
        return shown;
    std::vector<Time> opened;
    for (const auto &spans : source.states) {
        const auto first = std::find_if(spans.begin(), spans.end(),
                                        [](const sim::StateSpan &span) { return span.state == BreakerState::Open; });
        opened.push_back(first == spans.end() ? resilience::kTimeMax : first->from);
    }
    std::stable_sort(shown.begin(), shown.end(), [&](size_t a, size_t b) { return opened[a] < opened[b]; });
    shown.resize(most);
    std::sort(shown.begin(), shown.end());
    return shown;
}

namespace {
constexpr size_t kMostPairs = 2;
size_t mostBreakers(const TimeSource &source, size_t lanes)
{
    return source.beside ? std::clamp<size_t>(lanes / 2, 1, kMostPairs) : lanes;
}
QString besideName() { return sayInLane(QT_TRANSLATE_NOOP("Lanes", "\u254C other")); }
} // namespace

size_t stateLanesOf(const TimeSource &source)
{
    const size_t breakers = breakersShown(source, mostBreakers(source, 2 * kMostPairs)).size();
    return source.beside ? 2 * breakers : breakersShown(source).size();
}

size_t LanesPicture::ownStates() const
{
    return static_cast<size_t>(
        std::count_if(states.begin(), states.end(), [](const StateLane &lane) { return !lane.beside; }));
}

double nameWidth(const TimeSource &source, const Theme &theme)
{
    const QFontMetricsF metrics(theme.font(TextSize::Label));
    double widest = 0;
    if (source.breakers.size() > 1)
        for (const size_t breaker : breakersShown(source))
            widest =
                std::max(widest, metrics.horizontalAdvance(source.breakers.value(static_cast<qsizetype>(breaker))));
    for (const char *word : {QT_TRANSLATE_NOOP("Lanes", "state"), QT_TRANSLATE_NOOP("Lanes", "faults")})
        widest = std::max(widest, metrics.horizontalAdvance(sayInLane(word)));
    return widest;
}

LanesPicture lanesOf(const TimeSource &source, const TimeAxis &axis, Time end, size_t faultRows, size_t stateLanes)
{
    LanesPicture picture;
    const bool pairs = source.beside && stateLanes > 1;
    for (const size_t breaker : breakersShown(source, mostBreakers(source, stateLanes))) {
        const QString name = source.breakers.size() == 1 ? sayInLane(QT_TRANSLATE_NOOP("Lanes", "state"))
                                                         : source.breakers.value(static_cast<qsizetype>(breaker));
        picture.states.push_back({name, stateBands(source.states[breaker], axis, end)});
        if (pairs && breaker < source.beside->run->states.size())
            picture.states.push_back(
                {besideName(),
                 stateBands(source.beside->run->states[breaker], axis, std::min(end, source.beside->run->frontier)),
                 true});
    }
    picture.faults = faultBands(source.faults, axis, end, faultRows);
    for (const FaultBand &band : picture.faults) {
        const QString service =
            source.components.size() > 1 ? QString::fromStdString(nameOf(band.target, source.components)) : QString();
        picture.faultWords << faultWord(band, service);
        picture.faultBriefs << faultWordBrief(band, service);
    }
    picture.knobs = knobMarks(source.knobMarks, axis);
    picture.end = axis.clampedX(end);
    return picture;
}

void paintLanes(QPainter &painter, const LanesPicture &picture, const TimeLayout &layout, const Theme &theme,
                double from)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto track = [&](const QRectF &lane) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.inset);
        painter.drawRoundedRect(lane, theme.px(3), theme.px(3));
    };
    for (size_t i = 0; i < layout.states.size(); ++i) {
        track(layout.states[i]);
        if (i >= picture.states.size())
            continue;
        paintName(painter, picture.states[i].name, layout.states[i], layout, theme);
        paintStates(painter, picture.states[i].bands, layout.states[i], theme, from);
    }
    for (const QRectF &row : layout.faults)
        track(row);
    if (!layout.faults.empty())
        paintName(painter, sayInLane(QT_TRANSLATE_NOOP("Lanes", "faults")), layout.faults.front(), layout, theme);
    paintFaults(painter, picture, layout, theme, from);
    paintKnobs(painter, picture, layout, theme);
    painter.restore();
}

void paintVeiledWords(QPainter &painter, const LanesPicture &picture, const TimeLayout &layout, const Theme &theme,
                      double from)
{
    painter.save();
    painter.setClipRect(QRectF(QPointF(from, 0), QPointF(layout.size.width(), layout.size.height())));
    painter.setFont(wordFont(theme));
    for (size_t i = 0; i < std::min(layout.states.size(), picture.states.size()); ++i)
        for (const StateBand &band : picture.states[i].bands)
            if (band.right > from)
                paintStateWord(painter, band, layout.states[i], theme.ink, theme);
    paintFaults(painter, picture, layout, theme, from, theme.ink);
    painter.restore();
}

void paintTicks(QPainter &painter, const TimeAxis &axis, const TimeLayout &layout, const Theme &theme)
{
    painter.save();
    painter.setFont(theme.font(TextSize::Axis));
    painter.setPen(theme.quietInk);
    const QFontMetricsF metrics(painter.font());
    for (const TimeTick &tick : axis.ticks(layout.tickSpacing)) {
        const double width = metrics.horizontalAdvance(tick.label);
        const double x = std::clamp(tick.x - width / 2, 0.0, std::max(0.0, layout.ticks.right() - width));
        painter.drawText(QPointF(x, layout.ticks.top() + theme.px(6) + metrics.ascent()), tick.label);
    }
    if (!layout.axisTitle.isEmpty())
        painter.drawText(layout.axisTitle, Qt::AlignCenter, sayInLane(QT_TRANSLATE_NOOP("Lanes", "simulated time")));
    painter.restore();
}

} // namespace widgets
