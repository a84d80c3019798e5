// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_wire.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace widgets {

using resilience::sim::RequestOutcome;

namespace {

constexpr double kLeverAngle = 36.0 * std::numbers::pi / 180;
constexpr uint64_t kMostColumns = 10;
constexpr double kWidestBox = 0.33; // of the wire's width

double servingRow(const StageContext &context) { return context.px(14); }
double boxHeight(const StageContext &context, bool roomy)
{
    return stageBoxHeight(context.theme, servingRow(context), context.px(roomy ? 30 : 10));
}
double laneDrop(const StageContext &context, bool roomy) { return context.px(roomy ? 20 : 15); }
PileStyle heapStyle(const StageContext &context, bool roomy)
{
    return {.pitch = context.px(13), .rows = roomy ? 2u : 1u, .mostColumns = kMostColumns};
}
double heapTop(const StageContext &context, bool roomy) { return laneDrop(context, roomy) + context.px(11); }
double heapHeight(const StageContext &context, bool roomy)
{
    return stagePileHeight(context.theme, heapStyle(context, roomy));
}
double aboveWire(const StageContext &context, bool roomy)
{
    return std::max(boxHeight(context, roomy) / 2, context.px(roomy ? 48 : 26));
}
double belowWire(const StageContext &context, bool roomy)
{
    return std::max(boxHeight(context, roomy) / 2, heapTop(context, roomy) + heapHeight(context, roomy));
}

void placeWireBoxes(BreakerWire &wire, const StageContext &context, const QRectF &area, double wireY, bool roomy)
{
    const Theme &theme = context.theme;
    const auto *service = context.service();
    const StageBoxWords client = boxWords(context.client());
    const StageBoxWords answering = service ? boxWords(*service) : StageBoxWords{};
    const double height = boxHeight(context, roomy);
    const auto widthFor = [&](const StageBoxWords &words) {
        const double wanted = stageBoxWidth(words, theme, theme.px(roomy ? 32 : 18));
        return std::min(std::max(wanted, context.px(roomy ? 94 : 70)), area.width() * kWidestBox);
    };
    const QRectF left(area.left(), wireY - height / 2, widthFor(client), height);
    const double serviceWidth = widthFor(answering);
    const QRectF right(area.right() - serviceWidth, wireY - height / 2, serviceWidth, height);
    wire.client = layoutStageBox(client, theme, left, servingRow(context));
    wire.service = layoutStageBox(answering, theme, right, servingRow(context));
}

void placeSwitch(BreakerWire &wire, const StageContext &context, double wireY, bool roomy)
{
    const double left = wire.client.rect.right();
    const double right = wire.service.rect.left();
    const double length = right - left;
    // The lever stands up by no more than the room above the wire.
    const double gap = std::min(std::clamp(length * 0.18, context.px(34), context.px(80)),
                                (aboveWire(context, roomy) - context.px(4)) / std::sin(kLeverAngle));
    const double approach = length * (roomy ? 0.22 : 0.2);
    wire.clientPort = {left, wireY};
    wire.leftContact = {left + approach, wireY};
    wire.rightContact = {left + approach + gap, wireY};
    wire.servicePort = {right, wireY};
    wire.switchArea = QRectF(wire.leftContact.x() - context.px(10), wireY - gap * std::sin(kLeverAngle) - context.px(4),
                             gap + context.px(20), gap * std::sin(kLeverAngle) + context.px(14));
}

void placeHeaps(BreakerWire &wire, const StageContext &context, double wireY, bool roomy)
{
    const Theme &theme = context.theme;
    double x = wire.client.rect.right() + theme.px(12);
    const double right = wire.service.rect.left() - theme.px(12);
    const double bottom = wireY + heapTop(context, roomy) + heapHeight(context, roomy);
    for (RequestOutcome cause : {RequestOutcome::ShortCircuited, RequestOutcome::Rejected, RequestOutcome::Throttled}) {
        const uint64_t count = context.snapshot.totals.of(cause);
        const auto heap = layoutStagePile(cause, count, x, right, bottom, heapStyle(context, roomy), theme);
        if (heap) {
            x = heap->label.rect.right() + theme.px(20);
            wire.heaps.push_back(*heap);
        } else if (count > 0) {
            break;
        }
    }
}

void placeRates(BreakerWire &wire, const StageContext &context, double wireY)
{
    const Theme &theme = context.theme;
    const StageRates rates = recentRates(context.snapshot, context.clientIndex);
    const QFont font = theme.font(TextSize::Label, QFont::DemiBold);
    const QString arrow = QStringLiteral(" ") + QChar(0x2192);
    const auto above = [&](double from, double to, const QString &text, const QColor &color) {
        const StageLabel label = fitLabel({text, QString()}, to - from - theme.px(8), font, color);
        if (!label.text.isEmpty())
            wire.rates.push_back(centredAt(label, {(from + to) / 2, wireY - theme.px(6) - label.rect.height() / 2}));
    };
    above(wire.rightContact.x() + context.px(8), wire.servicePort.x(), words::rate(rates.passed) + arrow,
          theme.inFlight.text);
    if (!wire.heaps.empty() && rates.turnedAway > 0) {
        const StageLabel &count = wire.heaps.front().label;
        const double left = count.rect.right() + theme.px(8);
        const bool below = count.rect.top() > wire.service.rect.bottom();
        const double right = below ? wire.service.rect.right() : wire.service.rect.left() - theme.px(8);
        const StageLabel label = fitLabel({BreakerTr::tr("· %1 turned away").arg(words::rate(rates.turnedAway)),
                                           BreakerTr::tr("· %1").arg(words::rate(rates.turnedAway)), QString()},
                                          right - left, theme.font(TextSize::Label), theme.shortCircuited.text);
        if (!label.text.isEmpty() && wire.heaps.size() == 1)
            wire.rates.push_back(leftAt(label, left, count.rect.center().y()));
    }
}

} // namespace

double breakerWireHeight(const StageContext &context, bool roomy)
{
    return aboveWire(context, roomy) + belowWire(context, roomy);
}

BreakerWire layoutBreakerWire(const StageContext &context, const QRectF &area, bool roomy)
{
    const double spare = std::max(0.0, area.height() - breakerWireHeight(context, roomy));
    const double wireY = area.top() + spare / 2 + aboveWire(context, roomy);
    BreakerWire wire;
    wire.dotRadius = context.px(roomy ? 8 : 6.5);
    wire.laneY = wireY + laneDrop(context, roomy);
    placeWireBoxes(wire, context, area, wireY, roomy);
    placeSwitch(wire, context, wireY, roomy);
    placeHeaps(wire, context, wireY, roomy);
    if (roomy)
        wire.laneName = rightAt(fitLabel({BreakerTr::tr("answers"), QString()},
                                         wire.rightContact.x() - wire.client.rect.right() - context.px(24),
                                         context.theme.font(TextSize::Axis), context.theme.quietInk),
                                wire.rightContact.x() - context.px(6), wire.laneY);
    if (tooFastForDots(context.snapshot) && context.snapshot.playing)
        placeRates(wire, context, wireY);
    return wire;
}

} // namespace widgets
