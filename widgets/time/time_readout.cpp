// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_readout.h"

#include "widgets/look/tabular_text.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_words.h"
#include "widgets/time/chart_frame.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

void addLanes(const TimePicture &picture, double x, Readout &readout)
{
    const LanesPicture &lanes = picture.lanes;
    for (const LanesPicture::StateLane &lane : lanes.states)
        for (const StateBand &band : lane.bands)
            if (x >= band.left && x < band.right)
                readout.lines.push_back({Readout::Line::Sign::State,
                                         {},
                                         false,
                                         band.state,
                                         lanes.states.size() > 1
                                             ? lane.name + QStringLiteral(": ") + words::stateName(band.state)
                                             : words::stateName(band.state),
                                         {}});
    for (size_t i = 0; i < lanes.faults.size(); ++i)
        if (x >= lanes.faults[i].left && x < lanes.faults[i].right)
            readout.lines.push_back(
                {Readout::Line::Sign::Fault, {}, false, {}, lanes.faultWords.value(static_cast<qsizetype>(i)), {}});
}

double wordsLeft(const Theme &theme) { return theme.px(42); }

void paintSign(QPainter &painter, const Readout::Line &line, QPointF at, const Theme &theme)
{
    if (line.sign == Readout::Line::Sign::Curve) {
        paintCurveSign(&painter, line.curve, line.bars, at, false, theme);
        return;
    }
    const QRectF chip(at.x() + 0.5, at.y() - theme.px(5), theme.px(34), theme.px(10));
    const bool fault = line.sign == Readout::Line::Sign::Fault;
    const Hue &hue = fault ? theme.failed : theme.state(line.state);
    const bool hollow = fault || line.state == resilience::BreakerState::HalfOpen;
    painter.setPen(hollow ? QPen(hue.line, 1) : QPen(Qt::NoPen));
    painter.setBrush(hollow ? hue.soft : hue.fill);
    painter.drawRoundedRect(chip, theme.px(3), theme.px(3));
}

} // namespace

QString Readout::sentence() const
{
    QStringList parts;
    for (const Line &line : lines)
        parts << (line.number.isEmpty() ? line.words : line.words + QLatin1Char(' ') + line.number);
    return parts.isEmpty()
               ? time
               : QCoreApplication::translate("TimeReadout", "%1: %2").arg(time, parts.join(QStringLiteral(", ")));
}

Readout readoutOf(const TimePicture &picture, double x)
{
    Readout readout;
    readout.x = std::clamp(x, picture.axis.left(), picture.axis.right());
    const Time t = picture.axis.timeAt(readout.x);
    readout.time = timeText(t, picture.axis.to().time_since_epoch(), picture.axis.span() / 1000);
    if (x > picture.frontier)
        return readout;
    // The lanes' last bands end at the frontier, where the cursor stands while the run plays.
    addLanes(picture, std::min(readout.x, picture.frontier - 0.01), readout);
    const double seconds = resilience::toSeconds(std::min(t, picture.played));
    for (const ChartData &data : picture.charts)
        for (size_t i = 0; i < data.curves.size(); ++i)
            if (const auto reading = readingAt(data, i, seconds))
                readout.lines.push_back({Readout::Line::Sign::Curve,
                                         data.curves[i].look,
                                         data.curves[i].parts.empty() && !data.curves[i].look.beside,
                                         {},
                                         data.curves[i].word,
                                         *reading});
    return readout;
}

void paintReadout(QPainter &painter, const Readout &readout, const TimeLayout &layout, const Theme &theme)
{
    painter.save();
    const double x = std::floor(readout.x) + 0.5;
    const double top = layout.strip.bottom();
    paintTimeLine(painter, x, top, QPen(theme.quietLine, 1), layout);

    const QFont font = theme.font(TextSize::Label);
    const QFont bold = theme.font(TextSize::Label, QFont::DemiBold);
    const double step = std::ceil(lineHeight(font)) + theme.px(1);
    const double pad = theme.px(8);
    const double indent = wordsLeft(theme);
    double width = tabularWidth(bold, readout.time);
    for (const Readout::Line &line : readout.lines)
        width = std::max(width, indent + tabularWidth(font, line.words)
                                    + (line.number.isEmpty() ? 0 : theme.px(12) + tabularWidth(font, line.number)));
    width = std::ceil(width + 2 * pad);
    const double height = step * static_cast<double>(readout.lines.size() + 1) + pad;
    const double left = x + theme.px(12) + width <= layout.size.width() ? x + theme.px(12) : x - theme.px(12) - width;
    const double boxTop = std::clamp(layout.charts.empty() ? top : layout.charts.front().plot.top(), 0.0,
                                     std::max(0.0, layout.size.height() - height - 1));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.quietLine, 1));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(std::floor(left) + 0.5, std::floor(boxTop) + 0.5, width, height), theme.px(6),
                            theme.px(6));

    double middle = boxTop + pad / 2 + step / 2;
    paintLabel(painter, leftAt(makeLabel(readout.time, bold, theme.ink), left + pad, middle));
    for (const Readout::Line &line : readout.lines) {
        middle += step;
        paintSign(painter, line, QPointF(left + pad, middle), theme);
        paintLabel(painter, leftAt(makeLabel(line.words, font, theme.ink), left + pad + indent, middle));
        if (!line.number.isEmpty())
            paintLabel(painter, rightAt(makeLabel(line.number, font, theme.ink), left + width - pad, middle));
    }
    painter.restore();
}

} // namespace widgets
