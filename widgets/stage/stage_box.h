// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"

#include <QRectF>
#include <QStringList>

class QPainter;

namespace widgets {

// What the colours of a box (or of any outlined shape) say.
enum class BoxRole : uint8_t {
    Plain, // nothing to report
    Failed, // a fault is on
    Succeeded, // well, and that is the point
    Waiting,
    Trial,
    InFlight, // at work
    Quiet, // out of the game for now: not known, removed, paused
};
struct BoxColors {
    QColor fill;
    QColor line;
    QColor name; // words
    QColor detail; // words
};
BoxColors boxColors(BoxRole role, const Theme &theme);

struct StageBoxWords {
    QString name{};
    QStringList detail{}; // in several lengths, the longest first
    BoxRole role = BoxRole::Plain;
};
// "checkout", "2 calls/s".
StageBoxWords boxWords(const resilience::sim::ClientView &client);
// "payment-service", "answers in 0.2 s"; or the faults that are on, in the colour of failure.
StageBoxWords boxWords(const resilience::sim::ServiceView &service);

// A client, a service, or whatever has a name: two lines near the middle of a box, and below them, if asked for, a row
// that is kept free (for the calls a service is working on).
struct StageBox {
    QRectF rect{};
    StageLabel name{};
    StageLabel detail{};
    QRectF row{}; // empty when there are no words
    BoxRole role = BoxRole::Plain;
};

// `row`: its height, px; `padding`: in total, px.
double stageBoxHeight(const Theme &theme, double row, double padding);
double stageBoxWidth(const StageBoxWords &words, const Theme &theme, double padding); // for the name in full
StageBox layoutStageBox(const StageBoxWords &words, const Theme &theme, const QRectF &rect, double row = 0);
void paintStageBox(QPainter &painter, const StageBox &box, const Theme &theme);

} // namespace widgets
