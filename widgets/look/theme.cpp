// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/theme.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace widgets {

using resilience::BreakerState;
using resilience::sim::RequestOutcome;

namespace {

constexpr double kTextContrast = 4.5;
constexpr double kShapeContrast = 3.0;

// sRGB component to linear light (WCAG 2).
double linear(double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); }

double luminance(const QColor &c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

bool reaches(const QColor &color, std::initializer_list<QColor> grounds, double ratio)
{
    return std::all_of(grounds.begin(), grounds.end(),
                       [&](const QColor &ground) { return contrastRatio(color, ground) >= ratio; });
}

// The colour nearest to `hue`, on the way to black (or white, on dark grounds), that stands out enough.
QColor readable(const QColor &hue, std::initializer_list<QColor> grounds, double ratio, bool dark)
{
    const QColor end = dark ? Qt::white : Qt::black;
    for (int percent = 0; percent < 100; percent += 2) {
        const QColor candidate = mixed(end, hue, percent / 100.0);
        if (reaches(candidate, grounds, ratio))
            return candidate;
    }
    return end;
}

Hue makeHue(const QColor &fill, const Theme &theme)
{
    const bool dark = theme.kind == ThemeKind::Dark;
    Hue hue;
    hue.fill = fill;
    hue.soft = mixed(fill, theme.card, dark ? 0.22 : 0.13);
    hue.line = readable(fill, {theme.card, hue.soft}, kShapeContrast, dark);
    hue.text = readable(fill, {theme.card, theme.ground, hue.soft}, kTextContrast, dark);
    const QColor lightInk = Qt::white;
    const QColor darkInk("#10151B");
    hue.onFill = contrastRatio(lightInk, fill) >= kTextContrast  ? lightInk
                 : contrastRatio(darkInk, fill) >= kTextContrast ? darkInk
                                                                 : QColor(Qt::black);
    return hue;
}

// The greys; light is the base, the others are what differs.
void setGreys(Theme &theme)
{
    theme.ground = QColor("#F6F7F9");
    theme.card = QColor("#FFFFFF");
    theme.inset = QColor("#EEF1F5");
    theme.hairline = QColor("#D9DEE5");
    theme.quietLine = QColor("#87929F");
    theme.ink = QColor("#1F2733");
    theme.quietInk = QColor("#5B6675");
    if (theme.kind == ThemeKind::Dark) {
        theme.ground = QColor("#12161C");
        theme.card = QColor("#1B2129");
        theme.inset = QColor("#262E38");
        theme.hairline = QColor("#313A46");
        theme.quietLine = QColor("#74808F");
        theme.ink = QColor("#E6EAF0");
        theme.quietInk = QColor("#A3AEBC");
    }
    if (theme.kind == ThemeKind::Lecture) {
        theme.ground = QColor("#FFFFFF");
        theme.inset = QColor("#F2F4F7");
        theme.hairline = QColor("#B4BCC7");
        theme.quietLine = QColor("#6B7683");
        theme.ink = QColor("#000000");
        theme.quietInk = QColor("#3A434F");
    }
}

QStringList families()
{
    return {QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
            QStringLiteral("sans-serif")};
}

} // namespace

double contrastRatio(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QColor mixed(const QColor &over, const QColor &under, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a * share + b * (1.0 - share))); };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue()));
}

Theme Theme::make(ThemeKind kind, double scale)
{
    Theme theme;
    theme.kind = kind;
    theme.scale = std::clamp(scale, 1.0, kMostScale);
    setGreys(theme);
    theme.control = makeHue(QColor("#0072B2"), theme);
    theme.succeeded = makeHue(QColor("#009E73"), theme);
    theme.failed = makeHue(QColor("#D55E00"), theme);
    theme.timedOut = theme.failed;
    theme.shortCircuited = makeHue(QColor("#CC79A7"), theme);
    theme.rejected = makeHue(QColor("#A64D79"), theme);
    theme.throttled = makeHue(QColor("#8E6BBF"), theme);
    // On a dark ground what is out, and what is sent again, must not sink into it.
    const bool dark = kind == ThemeKind::Dark;
    theme.inFlight = dark ? makeHue(QColor("#2B8FD0"), theme) : theme.control;
    theme.again = mixed(theme.inFlight.fill, dark ? QColor(Qt::white) : theme.card, 0.45);
    theme.waiting = makeHue(QColor("#E69F00"), theme);
    theme.trial = makeHue(QColor("#56B4E9"), theme);
    theme.neutral = makeHue(theme.quietLine, theme);
    return theme;
}

const Hue &Theme::outcome(RequestOutcome outcome) const
{
    switch (outcome) {
    case RequestOutcome::Succeeded:
        return succeeded;
    case RequestOutcome::Failed:
        return failed;
    case RequestOutcome::TimedOut:
        return timedOut;
    case RequestOutcome::ShortCircuited:
        return shortCircuited;
    case RequestOutcome::Rejected:
        return rejected;
    case RequestOutcome::Throttled:
        return throttled;
    }
    return neutral;
}

const Hue &Theme::state(BreakerState state) const
{
    switch (state) {
    case BreakerState::Closed:
        return succeeded;
    case BreakerState::Open:
    case BreakerState::ForcedOpen:
        return failed;
    case BreakerState::HalfOpen:
        return trial;
    case BreakerState::Disabled:
    case BreakerState::MetricsOnly:
        return neutral;
    }
    return neutral;
}

QFont Theme::font(TextSize size, QFont::Weight weight) const
{
    QFont font(families());
    font.setStyleHint(QFont::SansSerif);
    font.setPixelSize(static_cast<int>(std::lround(kTextPixels[static_cast<size_t>(size)] * scale)));
    font.setWeight(weight);
    // Widths then scale with the pixel ratio, so that a layout made once holds on every screen and in every export.
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &color, const QColor &disabled) {
        palette.setColor(QPalette::Active, role, color);
        palette.setColor(QPalette::Inactive, role, color);
        palette.setColor(QPalette::Disabled, role, disabled);
    };
    const QColor faint = mixed(quietInk, card, 0.6);
    set(QPalette::Window, ground, ground);
    set(QPalette::WindowText, ink, faint);
    set(QPalette::Base, card, ground);
    set(QPalette::AlternateBase, inset, ground);
    set(QPalette::Text, ink, faint);
    set(QPalette::PlaceholderText, quietInk, faint);
    set(QPalette::Button, card, ground);
    set(QPalette::ButtonText, ink, faint);
    set(QPalette::BrightText, failed.text, faint);
    set(QPalette::ToolTipBase, inset, inset);
    set(QPalette::ToolTipText, ink, ink);
    set(QPalette::Highlight, control.fill, hairline);
    set(QPalette::HighlightedText, control.onFill, ink);
    set(QPalette::Link, control.text, faint);
    set(QPalette::LinkVisited, control.text, faint);
    set(QPalette::Light, card, card);
    set(QPalette::Midlight, inset, inset);
    set(QPalette::Mid, hairline, hairline);
    set(QPalette::Dark, quietLine, hairline);
    set(QPalette::Shadow, quietInk, hairline);
    return palette;
}

} // namespace widgets
