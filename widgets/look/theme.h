// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/breaker_transitions.h"
#include "core/sim/parts/traffic/request.h"

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>
#include <cstdint>

namespace widgets {

enum class ThemeKind : uint8_t { Light, Dark, Lecture };

// The type sizes there are, in px at scale 1.
enum class TextSize : uint8_t {
    Axis, // 11
    Label, // 12
    Body, // 13
    Heading, // 18
    State, // 20, the state in words
    Number, // 30, the one number that is the point of a step
};
inline constexpr std::array kTextPixels{11, 12, 13, 18, 20, 30};

// One meaning in all the colours it needs. Contrast holds against Theme::card and against `soft`.
struct Hue {
    QColor fill; // the hue itself: areas. Give them a `line` around, for some hues are too light to stand alone
    QColor line; // strokes and shapes: at least 3
    QColor text; // words: at least 4.5
    QColor soft; // a tint to put behind
    QColor onFill; // words on `fill`: at least 4.5
    bool operator==(const Hue &) const = default;
};

// The colours and fonts of every picture: a value, handed to each paint function. Outcome hues (the palette of Wong,
// Nature Methods 8, 441, made to be told apart by everybody) only ever mean outcomes; controls use `control`.
struct Theme {
    ThemeKind kind = ThemeKind::Light;
    static constexpr double kMostScale = 6.0; // for the back of a hall, on the largest screens
    double scale = 1.0; // of all type and of what is drawn around it; 1..kMostScale
    bool still = false; // for paper and slides: without what only a pointer can use

    QColor ground; // behind the cards
    QColor card;
    QColor inset; // a box inside a card
    QColor hairline; // borders and grids; decoration, no contrast promised
    QColor quietLine; // shapes that matter but wait: at least 3 against card
    QColor ink;
    QColor quietInk; // secondary words: at least 4.5 against card, ground and inset

    Hue control;
    Hue succeeded;
    Hue failed;
    Hue timedOut; // the hue of failed; its shape is hollow
    Hue shortCircuited;
    Hue rejected;
    Hue throttled;
    Hue inFlight;
    Hue waiting;
    Hue trial;
    QColor again; // attempts after the first of a call, beside inFlight.fill for the first: paler
    Hue neutral; // neither good nor bad: overrides, what was abandoned

    static Theme light(double scale = 1.0) { return make(ThemeKind::Light, scale); }
    static Theme dark(double scale = 1.0) { return make(ThemeKind::Dark, scale); }
    // White ground and black text, for a projector.
    static Theme lecture(double scale = 1.6) { return make(ThemeKind::Lecture, scale); }
    // `scale` is brought into 1..kMostScale.
    static Theme make(ThemeKind kind, double scale);

    const Hue &outcome(resilience::sim::RequestOutcome outcome) const;
    // Closed is the hue of success, open that of failure, half-open that of trials.
    const Hue &state(resilience::BreakerState state) const;

    // Inter, or the desktop's sans where it is missing.
    QFont font(TextSize size, QFont::Weight weight = QFont::Normal) const;
    // `atScaleOne` px in this theme's scale.
    double px(double atScaleOne) const { return atScaleOne * scale; }

    // For native controls.
    QPalette palette() const;

    bool operator==(const Theme &) const = default;
};

// WCAG 2 contrast ratio of two opaque colours, 1..21.
double contrastRatio(const QColor &a, const QColor &b);
// `share` of `over` on `under`, opaque.
QColor mixed(const QColor &over, const QColor &under, double share);

} // namespace widgets
