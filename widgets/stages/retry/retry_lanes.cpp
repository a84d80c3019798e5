// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/retry/retry_lanes.h"

#include <QPainter>

#include <algorithm>
#include <map>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr Duration kBehind = std::chrono::seconds{11};
constexpr Duration kAhead = std::chrono::seconds{5};

bool isOriginals(const Event &event) { return !event.caller && event.request > 0; }

// Where the numbers of two attempts in a lane would overprint each other, the higher one stays: it says more.
void thinBadges(RetryLanes &lanes)
{
    std::map<double, StageGlyph *> latest; // by the lane's middle
    for (StageGlyph &glyph : lanes.glyphs) {
        if (glyph.badge.text.isEmpty())
            continue;
        StageGlyph *&before = latest[glyph.at.y()];
        if (before && before->badge.rect.right() + 1 > glyph.badge.rect.left()) {
            if (before->badge.text.toInt() >= glyph.badge.text.toInt()) {
                glyph.badge = {};
                continue;
            }
            before->badge = {};
        }
        before = &glyph;
    }
}

} // namespace

double RecentAxis::xOf(Time t) const { return left + (right - left) * toSeconds(t - from) / toSeconds(span()); }
double RecentAxis::clampedX(Time t) const { return std::max(std::min(xOf(t), right), left); }

RecentAxis recentAxis(const Snapshot &snapshot, double left, double right)
{
    const Time from = snapshot.now - std::min(kBehind, snapshot.now - kTimeZero);
    return {from, from + kBehind + kAhead, left, right};
}

RetryLanes layoutRetryLanes(const Snapshot &snapshot, const RecentAxis &axis, const QRectF &area, double nameWidth,
                            const Theme &theme)
{
    RetryLanes lanes;
    lanes.area = area;
    const size_t count = std::max<size_t>(1, snapshot.clients.size());
    lanes.laneHeight = std::min(theme.px(46), area.height() / double(count));
    const bool named = lanes.laneHeight >= theme.px(15);
    // The number of an attempt stands above its glyph, as long as it stays clear of the lane above.
    const double badgeRoom = lanes.laneHeight >= theme.px(22) ? theme.px(5) : 0;
    const double radius = std::clamp(lanes.laneHeight * (badgeRoom > 0 && lanes.laneHeight < theme.px(30) ? 0.17 : 0.2),
                                     theme.px(2), theme.px(7));
    for (size_t i = 0; i < snapshot.clients.size(); ++i) {
        lanes.middles.push_back(area.top() + lanes.laneHeight * (double(i) + 0.5) + badgeRoom);
        if (named)
            lanes.names.push_back(leftAt(fitLabel({QString::fromStdString(snapshot.clients[i].name), {}}, nameWidth,
                                                  theme.font(TextSize::Label), theme.quietInk),
                                         area.left(), lanes.middles.back()));
    }
    const double thick = std::clamp(lanes.laneHeight * 0.2, theme.px(2), theme.px(6));
    std::map<uint64_t, Time> sent; // by original: when its latest attempt went out
    for (const Event &event : snapshot.events) {
        if (!isOriginals(event) || event.actor.index >= lanes.middles.size())
            continue;
        const double y = lanes.middles[event.actor.index];
        const auto stretch = [&](Time a, Time b, double height) {
            const double x = axis.clampedX(a);
            return QRectF(x, y - height / 2, std::max(0.0, axis.clampedX(b) - x), height);
        };
        if (event.as<Sent>()) {
            sent[event.request] = event.at;
        } else if (const auto *finished = event.as<Finished>()) {
            const auto begin = sent.find(event.request);
            lanes.flights.push_back({event.request, event.actor.index,
                                     stretch(begin == sent.end() ? axis.from : begin->second, event.at, theme.px(1.5)),
                                     false});
            if (begin != sent.end())
                sent.erase(begin);
            if (event.at >= axis.from)
                lanes.glyphs.push_back(stageGlyph(finished->outcome, {axis.xOf(event.at), y}, radius, event.number,
                                                  badgeRoom > 0 ? event.attempt : 0, theme));
        } else if (const auto *planned = event.as<RetryPlanned>()) {
            if (planned->next < axis.from && event.at + planned->range.high < axis.from)
                continue;
            RetryWait wait{event.number, event.actor.index, {}, stretch(event.at, planned->next, thick), {}};
            if (planned->next > snapshot.now)
                wait.left = stretch(std::max(event.at, snapshot.now), planned->next, thick);
            if (planned->range.high > planned->range.low)
                wait.band = stretch(event.at + planned->range.low, event.at + planned->range.high, thick * 2.2);
            lanes.waits.push_back(wait);
        }
    }
    thinBadges(lanes);
    for (const auto &[request, at] : sent)
        for (const Request &flying : snapshot.requests)
            if (flying.id == request && !flying.abandoned && flying.client < lanes.middles.size()) {
                const double y = lanes.middles[flying.client];
                const double x = axis.clampedX(at);
                lanes.flights.push_back({request, flying.client,
                                         QRectF(x, y - theme.px(0.75), axis.clampedX(snapshot.now) - x, theme.px(1.5)),
                                         true});
            }
    return lanes;
}

void paintRetryLanes(QPainter &painter, const RetryLanes &lanes, const RecentAxis &axis, const Theme &theme)
{
    for (const StageLabel &name : lanes.names)
        paintLabel(painter, name);
    painter.setPen(QPen(theme.hairline, 1));
    for (const double y : lanes.middles)
        painter.drawLine(QPointF(axis.left, y), QPointF(axis.right, y));
    painter.setPen(Qt::NoPen);
    for (const RetryWait &wait : lanes.waits) {
        if (wait.band.isEmpty())
            continue;
        painter.setBrush(mixed(theme.waiting.fill, theme.card, wait.left.isEmpty() ? 0.22 : 0.34));
        painter.drawRoundedRect(wait.band, wait.band.height() / 2, wait.band.height() / 2);
    }
    for (const RetryFlight &flight : lanes.flights)
        painter.fillRect(flight.line, flight.open ? theme.inFlight.line : mixed(theme.inFlight.line, theme.card, 0.5));
    for (const RetryWait &wait : lanes.waits) { // it drains: what is over is pale
        painter.setBrush(mixed(theme.waiting.fill, theme.card, 0.55));
        painter.drawRoundedRect(wait.bar, wait.bar.height() / 2, wait.bar.height() / 2);
        painter.setBrush(theme.waiting.fill);
        painter.drawRoundedRect(wait.left, wait.left.height() / 2, wait.left.height() / 2);
    }
    for (const StageGlyph &glyph : lanes.glyphs)
        paintStageGlyph(painter, glyph, theme);
    for (const RetryFlight &flight : lanes.flights)
        if (flight.open)
            paintFlight(painter, FlightLook::Out, {flight.line.right(), flight.line.center().y()},
                        std::clamp(lanes.laneHeight * 0.18, theme.px(2), theme.px(6)), theme);
}

} // namespace widgets
