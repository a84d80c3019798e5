// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_target.h"
#include "widgets/stages/retry/retry_lanes.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// Each time that the service has carried out what a call asks for: a coin at that moment. The second coin of the same
// call is red, and joined to the first. Coins that would lie on one another stand one above the other.
struct PaymentLedger {
    struct Coin {
        enum class Kind : uint8_t {
            First,
            Again, // paid once more
            Stored, // answered from memory: no money moved
        } kind = Kind::First;
        uint64_t event = 0; // its Answered
        uint64_t earlier = 0; // that of the coin of the same call before it; 0 = none
        uint64_t request = 0;
        uint32_t attempt = 0;
        QPointF at{};
        QPointF before{}; // Again and Stored: the coin before it, at the left end where that is too long ago
    };
    QRectF area{};
    double radius = 0;
    double line = 0; // y
    StageLabel name{};
    std::vector<Coin> coins{}; // oldest first
};

// Whether that is what the run is about: calls that must not be carried out twice, or one that was.
bool showsPayments(const resilience::sim::Snapshot &snapshot);
double paymentLedgerHeight(const Theme &theme);
// `nameWidth`: px of the gutter left of the axis.
PaymentLedger layoutPaymentLedger(const resilience::sim::Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                                  double nameWidth, const Theme &theme);
void paintPaymentLedger(QPainter &painter, const PaymentLedger &ledger, const RecentAxis &axis, const Theme &theme);
void paintCoin(QPainter &painter, PaymentLedger::Coin::Kind kind, QPointF centre, double radius, const Theme &theme);
void addHits(const PaymentLedger &ledger, StageHits &hits, const Theme &theme);

} // namespace widgets
