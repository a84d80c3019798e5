// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breaker_wire.h"

#include "widgets/stage_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace widgets {

using resilience::sim::RequestOutcome;

namespace {

struct Wire {
    Q_DECLARE_TR_FUNCTIONS(BreakerStage)
};

constexpr double kLeverAngle = 36.0 * std::numbers::pi / 180;
constexpr uint64_t kMostColumns = 10;
constexpr double kWidestBox = 0.33; // of the wire's width

QFont nameFont(const Theme &theme) { return theme.font(TextSize::Body, QFont::DemiBold); }
QFont smallNameFont(const Theme &theme) { return theme.font(TextSize::Axis, QFont::DemiBold); }
QFont detailFont(const Theme &theme) { return theme.font(TextSize::Label); }
QFont faultFont(const Theme &theme) { return theme.font(TextSize::Label, QFont::Bold); }
QFont heapFont(const Theme &theme) { return theme.font(TextSize::Label, QFont::DemiBold); }

double servingRow(const StageContext &context) { return context.px(14); }
double boxHeight(const StageContext &context, bool roomy)
{
    return lineHeight(nameFont(context.theme)) + lineHeight(detailFont(context.theme)) + servingRow(context)
           + context.px(roomy ? 30 : 10);
}
double laneDrop(const StageContext &context, bool roomy) { return context.px(roomy ? 20 : 15); }
double heapPitch(const StageContext &context) { return context.px(13); }
double heapTop(const StageContext &context, bool roomy) { return laneDrop(context, roomy) + context.px(11); }
double heapHeight(const StageContext &context, bool roomy)
{
    return std::max((roomy ? 2 : 1) * heapPitch(context), lineHeight(heapFont(context.theme)));
}
double aboveWire(const StageContext &context, bool roomy)
{
    return std::max(boxHeight(context, roomy) / 2, context.px(roomy ? 48 : 26));
}
double belowWire(const StageContext &context, bool roomy)
{
    return std::max(boxHeight(context, roomy) / 2, heapTop(context, roomy) + heapHeight(context, roomy));
}

// Name and detail near the middle of the box, room for the calls being served below them.
void writeBox(BreakerWire &wire, const QRectF &box, const StageContext &context, const QString &name,
              const QStringList &details, const QFont &font, const QColor &color)
{
    const Theme &theme = context.theme;
    const double width = box.width() - theme.px(7);
    StageLabel title = makeLabel(name, nameFont(theme), theme.ink);
    if (title.rect.width() > width)
        title = fitLabel({name}, width, smallNameFont(theme), theme.ink);
    const StageLabel detail = fitLabel(details, width, font, color);
    const double text = title.rect.height() + detail.rect.height();
    double y = box.top() + (box.height() - text - servingRow(context) * 0.7) / 2;
    wire.labels.push_back(centredAt(title, {box.center().x(), y + title.rect.height() / 2}));
    y += title.rect.height();
    wire.labels.push_back(centredAt(detail, {box.center().x(), y + detail.rect.height() / 2}));
    y += detail.rect.height();
    wire.serving = QRectF(box.left() + theme.px(6), y + (box.bottom() - y - servingRow(context)) * 0.4, width,
                          servingRow(context));
}

void placeBoxes(BreakerWire &wire, const StageContext &context, const QRectF &area, double wireY, bool roomy)
{
    const Theme &theme = context.theme;
    const auto &client = context.client();
    const auto *service = context.service();
    const QString clientName = QString::fromStdString(client.name);
    const QString serviceName = service ? QString::fromStdString(service->name) : QString();
    const double height = boxHeight(context, roomy);
    const auto widthFor = [&](const QString &name) {
        const double wanted = makeLabel(name, nameFont(theme), theme.ink).rect.width() + theme.px(roomy ? 32 : 18);
        return std::min(std::max(wanted, context.px(roomy ? 94 : 70)), area.width() * kWidestBox);
    };
    const double clientWidth = widthFor(clientName);
    const double serviceWidth = widthFor(serviceName);
    wire.client = QRectF(area.left(), wireY - height / 2, clientWidth, height);
    wire.service = QRectF(area.right() - serviceWidth, wireY - height / 2, serviceWidth, height);
    writeBox(wire, wire.client, context, clientName, {words::clientDetail(client)}, detailFont(theme), theme.quietInk);
    if (!service)
        return;
    const QStringList faults = words::serviceFaults(*service);
    if (faults.isEmpty())
        writeBox(wire, wire.service, context, serviceName, words::serviceDetail(*service), detailFont(theme),
                 theme.quietInk);
    else
        writeBox(wire, wire.service, context, serviceName,
                 {faults.join(QStringLiteral(" · ")), faults.front() + QStringLiteral(" +%1").arg(faults.size() - 1),
                  faults.front()},
                 faultFont(theme), theme.failed.text);
}

void placeSwitch(BreakerWire &wire, const StageContext &context, double wireY, bool roomy)
{
    const double left = wire.client.right();
    const double right = wire.service.left();
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
    const double pitch = heapPitch(context);
    const uint64_t rows = roomy ? 2 : 1;
    double x = wire.client.right() + theme.px(12);
    const double right = wire.service.left() - theme.px(12);
    const double bottom = wireY + heapTop(context, roomy) + heapHeight(context, roomy);
    for (RequestOutcome cause : {RequestOutcome::ShortCircuited, RequestOutcome::Rejected, RequestOutcome::Throttled}) {
        const uint64_t count = context.snapshot.totals.of(cause);
        if (count == 0)
            continue;
        RejectionHeap heap{.cause = cause, .count = count, .pitch = pitch, .radius = pitch * 0.46, .rows = rows};
        const StageLabel label = fitLabel(words::pileLabel(cause, count), right - x - 2 * pitch - theme.px(8),
                                          heapFont(theme), theme.outcome(cause).text);
        const double room = right - x - label.rect.width() - theme.px(8);
        if (room < pitch)
            break;
        heap.columns = std::clamp<uint64_t>(static_cast<uint64_t>(room / pitch), 1, kMostColumns);
        heap.first = {x + pitch / 2, bottom - pitch / 2};
        const uint64_t used = std::min(heap.columns, count);
        heap.label = leftAt(label, x + used * pitch + theme.px(8), bottom - std::max(pitch, label.rect.height()) / 2);
        x = heap.label.rect.right() + theme.px(20);
        wire.heaps.push_back(heap);
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
        const bool below = count.rect.top() > wire.service.bottom();
        const double right = below ? wire.service.right() : wire.service.left() - theme.px(8);
        const StageLabel label = fitLabel({Wire::tr("· %1 turned away").arg(words::rate(rates.turnedAway)),
                                           Wire::tr("· %1").arg(words::rate(rates.turnedAway)), QString()},
                                          right - left, theme.font(TextSize::Label), theme.shortCircuited.text);
        if (!label.text.isEmpty() && wire.heaps.size() == 1)
            wire.rates.push_back(leftAt(label, left, count.rect.center().y()));
    }
}

} // namespace

QPointF RejectionHeap::place(uint64_t n) const
{
    const uint64_t last = columns * rows - 1;
    n = std::min(n, last);
    return first + QPointF(static_cast<double>(n % columns) * pitch, -static_cast<double>(n / columns) * pitch);
}

QRectF RejectionHeap::area() const
{
    const double wide = static_cast<double>(std::min(columns, std::max<uint64_t>(count, 1))) * pitch;
    const double high = (count > columns && rows > 1 ? 2 : 1) * pitch;
    return QRectF(first.x() - pitch / 2, first.y() + pitch / 2 - high, wide, high).united(label.rect);
}

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
    placeBoxes(wire, context, area, wireY, roomy);
    placeSwitch(wire, context, wireY, roomy);
    placeHeaps(wire, context, wireY, roomy);
    if (roomy)
        wire.laneName = rightAt(fitLabel({Wire::tr("answers"), QString()},
                                         wire.rightContact.x() - wire.client.right() - context.px(24),
                                         context.theme.font(TextSize::Axis), context.theme.quietInk),
                                wire.rightContact.x() - context.px(6), wire.laneY);
    if (tooFastForDots(context.snapshot) && context.snapshot.playing)
        placeRates(wire, context, wireY);
    return wire;
}

} // namespace widgets
