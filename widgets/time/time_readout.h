// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/time/time_picture.h"

#include <QString>

#include <optional>
#include <vector>

// What was going on at one moment, in words: shown beside the pointer, and read to those who do not see the picture.
namespace widgets {

struct Readout {
    struct Line {
        enum class Sign : uint8_t { Curve, State, Fault } sign = Sign::Curve; // before the words, as on the picture
        CurveLook curve;
        bool bars = false; // the curve is a part of bars
        resilience::BreakerState state = resilience::BreakerState::Closed;
        QString words;
        QString number; // may be empty
        bool operator==(const Line &) const = default;
    };
    double x = 0;
    QString time;
    std::vector<Line> lines;
    bool operator==(const Readout &) const = default;

    QString sentence() const; // "12.40 s: open, outage, succeeded 0.5 calls/s"
};

// Of what is on the picture at `x`, a place on its axis. After the furthest moment played there is only the time.
Readout readoutOf(const TimePicture &picture, double x);

// A hairline at readout.x and the words in a box beside it, inside the layout.
void paintReadout(QPainter &painter, const Readout &readout, const TimeLayout &layout, const Theme &theme);

} // namespace widgets
