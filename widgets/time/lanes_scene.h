// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/time/time_axis.h"
#include "widgets/time/time_bands.h"
#include "widgets/time/time_layout.h"
#include "widgets/time/time_source.h"

#include <QString>
#include <QStringList>

#include <vector>

class QPainter;

// The lanes above the charts: what state each breaker was in, which faults were on, when a knob was turned.
namespace widgets {

// "outage", "error rate 50 %", "added latency 2 s"; with the service's name before it unless that is empty. Several
// faults sharing a band are counted.
QString faultWord(const FaultBand &band, const QString &service);
// The same where there is less room: "payment: +2 s".
QString faultWordBrief(const FaultBand &band, const QString &service);

inline constexpr size_t kMostStateLanes = 3;
inline constexpr size_t kMostFaultRows = 3;

struct LanesPicture {
    struct StateLane {
        QString name; // in the gutter
        std::vector<StateBand> bands;
        bool beside = false; // of the run that ours is held against
        bool operator==(const StateLane &) const = default;
    };
    std::vector<StateLane> states;
    std::vector<FaultBand> faults;
    QStringList faultWords; // one for each
    QStringList faultBriefs; // likewise
    std::vector<double> knobs;
    double end = 0; // x of the furthest moment played
    size_t ownStates() const; // state lanes of ours
    bool operator==(const LanesPicture &) const = default;
};

// How many state lanes there are to draw: of each breaker one, and one below it for the run that ours is held against.
size_t stateLanesOf(const TimeSource &source);
// The breakers that get a lane, by index, in their own order: at most `most`. When there are more, those that opened
// first, then those that never did.
std::vector<size_t> breakersShown(const TimeSource &source, size_t most = kMostStateLanes);

// The widest name in the gutter, px.
double nameWidth(const TimeSource &source, const Theme &theme);

// Up to `end`; `faultRows`, `stateLanes`: that there is room for.
LanesPicture lanesOf(const TimeSource &source, const TimeAxis &axis, resilience::Time end, size_t faultRows,
                     size_t stateLanes = kMostStateLanes);

// Bands that end left of `from` may be left out.
void paintLanes(QPainter &painter, const LanesPicture &picture, const TimeLayout &layout, const Theme &theme,
                double from = 0);

// What the bands right of `from` say, for where a veil lies on them: in ink, which a veiled band lets be read.
void paintVeiledWords(QPainter &painter, const LanesPicture &picture, const TimeLayout &layout, const Theme &theme,
                      double from);

// The numbers of the axis and its title, into layout.ticks and layout.axisTitle.
void paintTicks(QPainter &painter, const TimeAxis &axis, const TimeLayout &layout, const Theme &theme);

} // namespace widgets
