// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/payment_ledger.h"

#include "widgets/translation.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <map>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

using Coin = PaymentLedger::Coin;

bool showsPayments(const Snapshot &snapshot)
{
    const ServiceCounts &counts = snapshot.services.front().counts;
    return !snapshot.clients.front().operation.idempotent || counts.again > 0 || counts.stored > 0;
}

double paymentLedgerHeight(const Theme &theme) { return theme.px(34); }

PaymentLedger layoutPaymentLedger(const Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                                  double nameWidth, const Theme &theme)
{
    PaymentLedger ledger{.area = area, .radius = theme.px(6)};
    const double y = area.bottom() - ledger.radius - theme.px(3);
    ledger.name = leftAt(fitLabel({RetryTr::tr("payments made"), RetryTr::tr("payments"), RetryTr::tr("paid")},
                                  nameWidth, theme.font(TextSize::Label), theme.quietInk),
                         area.left(), y);
    std::map<uint64_t, QPointF> latest; // by call
    for (const Event &event : snapshot.events) {
        const auto *answered = event.as<Answered>();
        if (!answered || event.caller != kNobody || (!answered->carriedOut && !answered->stored))
            continue;
        const QPointF at(axis.clampedX(event.at), y);
        if (event.at >= axis.from && at.x() + ledger.radius <= axis.right) {
            const auto before = latest.find(event.request);
            ledger.coins.push_back({.kind = answered->stored  ? Coin::Kind::Stored
                                            : answered->again ? Coin::Kind::Again
                                                              : Coin::Kind::First,
                                    .event = event.number,
                                    .request = event.request,
                                    .attempt = event.attempt,
                                    .at = at,
                                    .before = before == latest.end() ? QPointF(axis.left, y) : before->second});
        }
        latest[event.request] = at;
    }
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
    const double y = ledger.name.rect.center().y();
    painter.setPen(QPen(theme.hairline, 1));
    painter.drawLine(QPointF(axis.left, y), QPointF(axis.right, y));
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
        hits.push_back({.target = {StageTarget::Kind::Event, coin.event},
                        .area = areaAround(coin.at, ledger.radius + theme.px(1)),
                        .primary = false,
                        .round = true});
}

} // namespace widgets
