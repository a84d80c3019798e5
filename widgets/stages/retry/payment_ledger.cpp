// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/retry/payment_ledger.h"

#include "widgets/look/translation.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <map>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

using Coin = PaymentLedger::Coin;

bool showsPayments(const Snapshot &snapshot)
{
    const ServiceCounts &counts = subjectOf(snapshot.services).counts;
    return !subjectOf(snapshot.clients).operation.idempotent || counts.again > 0 || counts.stored > 0;
}

double paymentLedgerHeight(const Theme &theme) { return theme.px(40); }

namespace {

constexpr std::array kCoinRadii{6.0, 5.0, 4.0, 3.0}; // px at scale 1
constexpr double kThreadRoom = 1.0; // radii, for the threads above the coins

// Puts coins that would lie on one another one above the other, in as many rows as `rows`; whether all have a place.
bool pileUp(std::vector<Coin> &coins, double radius, size_t rows, double bottom)
{
    const double pitch = 2 * radius + 1;
    std::vector<double> taken(rows, -1e9); // up to this x
    bool all = true;
    for (Coin &coin : coins) {
        auto row = std::find_if(taken.begin(), taken.end(), [&](double x) { return x <= coin.at.x() - radius; });
        if (row == taken.end()) {
            all = false;
            row = std::min_element(taken.begin(), taken.end());
        }
        *row = coin.at.x() + radius;
        coin.at.setY(bottom - radius - pitch * static_cast<double>(row - taken.begin()));
    }
    return all;
}

// The largest coins with which each has a place of its own, and the threads between them.
void placeCoins(PaymentLedger &ledger, const RecentAxis &axis, const Theme &theme)
{
    const double bottom = ledger.area.bottom() - theme.px(3);
    for (const double size : kCoinRadii) {
        ledger.radius = theme.px(size);
        const double room = bottom - ledger.area.top() - kThreadRoom * ledger.radius;
        const auto rows = static_cast<size_t>(std::max(1.0, (room + 1) / (2 * ledger.radius + 1)));
        if (pileUp(ledger.coins, ledger.radius, rows, bottom))
            break;
    }
    std::map<uint64_t, QPointF> places; // by event
    for (Coin &coin : ledger.coins) {
        const auto earlier = places.find(coin.earlier);
        coin.before = earlier == places.end() ? QPointF(axis.left, ledger.line) : earlier->second;
        places[coin.event] = coin.at;
    }
}

} // namespace

PaymentLedger layoutPaymentLedger(const Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                                  double nameWidth, const Theme &theme)
{
    PaymentLedger ledger{.area = area, .radius = theme.px(kCoinRadii.front())};
    const double y = area.bottom() - ledger.radius - theme.px(3);
    ledger.line = y;
    ledger.name = leftAt(fitLabel({RetryTr::tr("payments made"), RetryTr::tr("payments"), RetryTr::tr("paid")},
                                  nameWidth, theme.font(TextSize::Label), theme.quietInk),
                         area.left(), y);
    std::map<uint64_t, uint64_t> latest; // by call: the event of its latest coin
    for (const Event &event : snapshot.events) {
        const auto *answered = event.as<Answered>();
        if (!answered || event.caller || (!answered->carriedOut && !answered->stored))
            continue;
        const QPointF at(axis.clampedX(event.at), y);
        if (event.at >= axis.from && at.x() + ledger.radius <= axis.right) {
            const auto before = latest.find(event.request);
            ledger.coins.push_back({.kind = answered->stored  ? Coin::Kind::Stored
                                            : answered->again ? Coin::Kind::Again
                                                              : Coin::Kind::First,
                                    .event = event.number,
                                    .earlier = before == latest.end() ? 0 : before->second,
                                    .request = event.request,
                                    .attempt = event.attempt,
                                    .at = at});
        }
        latest[event.request] = event.number;
    }
    placeCoins(ledger, axis, theme);
    return ledger;
}

void paintCoin(QPainter &painter, Coin::Kind kind, QPointF centre, double radius, const Theme &theme)
{
    const double unit = radius / 6;
    switch (kind) {
    case Coin::Kind::First:
        painter.setPen(QPen(theme.ink, 1.4 * unit));
        painter.setBrush(theme.card);
        painter.drawEllipse(centre, radius, radius);
        painter.setPen(QPen(theme.quietLine, 1.1 * unit));
        painter.drawEllipse(centre, radius * 0.55, radius * 0.55);
        break;
    case Coin::Kind::Again:
        painter.setPen(QPen(theme.failed.line, 1.4 * unit));
        painter.setBrush(theme.failed.fill);
        painter.drawEllipse(centre, radius, radius);
        painter.setPen(QPen(theme.failed.onFill, 1.1 * unit));
        painter.drawEllipse(centre, radius * 0.55, radius * 0.55);
        break;
    case Coin::Kind::Stored:
        painter.setPen(QPen(theme.quietLine, 1.4 * unit, Qt::DotLine));
        painter.setBrush(theme.card);
        painter.drawEllipse(centre, radius, radius);
        break;
    }
}

void paintPaymentLedger(QPainter &painter, const PaymentLedger &ledger, const RecentAxis &axis, const Theme &theme)
{
    paintLabel(painter, ledger.name);
    painter.setPen(QPen(theme.hairline, 1));
    painter.drawLine(QPointF(axis.left, ledger.line), QPointF(axis.right, ledger.line));
    painter.setBrush(Qt::NoBrush);
    for (const Coin &coin : ledger.coins) {
        if (coin.kind == Coin::Kind::First)
            continue;
        QPainterPath thread(coin.before - QPointF(0, ledger.radius));
        thread.quadTo((coin.before + coin.at) / 2 - QPointF(0, 3.4 * ledger.radius),
                      coin.at - QPointF(0, ledger.radius));
        painter.setPen(QPen(coin.kind == Coin::Kind::Again ? theme.failed.line : theme.quietLine, theme.px(1.2)));
        painter.drawPath(thread);
    }
    for (const bool firsts : {true, false}) // the others on top
        for (const Coin &coin : ledger.coins)
            if ((coin.kind == Coin::Kind::First) == firsts)
                paintCoin(painter, coin.kind, coin.at, ledger.radius, theme);
}

void addHits(const PaymentLedger &ledger, StageHits &hits, const Theme &theme)
{
    for (const Coin &coin : ledger.coins)
        hits.push_back({.target = targets::Event{coin.event},
                        .area = areaAround(coin.at, ledger.radius + theme.px(1)),
                        .primary = false,
                        .round = true});
}

} // namespace widgets
