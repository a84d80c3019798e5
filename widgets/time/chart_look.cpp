// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/chart_look.h"

#include "widgets/look/outcome_glyph.h"

#include <QPainter>

#include <array>

namespace widgets {

using sim::CurveRole;

namespace {

using Dashes = QList<qreal>;

// In pen widths. Even "solid" is a pattern, of one dash longer than any curve: Qt Charts draws a solid line piece by
// piece, which is slow, leaves the joints open and makes files large; a dashed one is one path.
const Dashes kSolid{1e6, 1};

const Dashes &variantDashes(size_t variant)
{
    static const std::array<Dashes, kCurveVariants> all{
        {kSolid, {7, 3}, {1.2, 1.8}, {7, 2, 1.2, 2}, {2.6, 1.6}, {7, 2, 1.2, 2, 1.2, 2}}};
    return all[variant % kCurveVariants];
}

Dashes dashesOf(const CurveLook &look)
{
    if (look.many)
        return {5, 2.5};
    if (look.beside) // never solid: that is ours
        return variantDashes(look.variant % 2 == 0 ? 4 : 2);
    switch (look.role) {
    case CurveRole::Failed:
    case CurveRole::Second:
    case CurveRole::ForNobody:
        return {4, 2};
    case CurveRole::TimedOut:
        return {6, 2, 1, 2};
    case CurveRole::ShortCircuited:
    case CurveRole::Third:
        return {1.2, 1.6};
    case CurveRole::Rejected:
        return {2.5, 1.5};
    case CurveRole::Throttled:
        return {8, 2, 1, 2, 1, 2};
    case CurveRole::Level:
        return variantDashes(look.variant);
    case CurveRole::Other: // never solid: that is ours
        return variantDashes(1 + look.variant % (kCurveVariants - 1));
    default:
        return kSolid;
    }
}

// The hues of outcomes mean nothing else: what is no outcome takes one of these.
QColor variantColor(size_t variant, const Theme &theme)
{
    const std::array<QColor, kCurveVariants> all{theme.inFlight.line, theme.ink,          theme.quietInk,
                                                 theme.trial.line,    theme.waiting.line, theme.neutral.line};
    return all[variant % kCurveVariants];
}

// Of those that ours is compared with: greys first, and what is told apart from them.
const Hue *otherHue(size_t variant, const Theme &theme)
{
    const std::array<const Hue *, kCurveVariants - 1> all{nullptr, &theme.waiting, nullptr, &theme.trial, nullptr};
    return all[variant % all.size()];
}
QColor otherGrey(size_t variant, const Theme &theme) { return variant % 4 == 2 ? theme.ink : theme.quietInk; }

QColor lineColor(const CurveLook &look, const Theme &theme)
{
    if (look.many)
        return theme.control.line;
    if (look.beside)
        return theme.quietInk;
    if (const auto outcome = look.outcome())
        return theme.outcome(*outcome).line;
    switch (look.role) {
    case CurveRole::ForNobody:
        return theme.failed.line;
    case CurveRole::First:
        return theme.ink;
    case CurveRole::Third:
        return theme.quietInk;
    case CurveRole::Other:
        if (const Hue *hue = otherHue(look.variant, theme))
            return hue->line;
        return otherGrey(look.variant, theme);
    case CurveRole::Ours:
    case CurveRole::Level:
        return variantColor(look.variant, theme);
    default:
        return theme.inFlight.line;
    }
}

} // namespace

std::optional<sim::RequestOutcome> CurveLook::outcome() const
{
    const auto index = static_cast<size_t>(role);
    return index < sim::kOutcomeCount && !beside && !many ? std::optional{static_cast<sim::RequestOutcome>(index)}
                                                          : std::nullopt;
}

QColor bandFill(const Theme &theme)
{
    return mixed(theme.control.fill, theme.card, theme.kind == ThemeKind::Dark ? 0.35 : 0.2);
}

QPen curvePen(const CurveLook &look, const Theme &theme)
{
    QPen pen(lineColor(look, theme),
             theme.px(look.many || look.role == CurveRole::Third || (look.role == CurveRole::Other && !look.beside)
                          ? 1.5
                          : 2));
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::MiterJoin);
    pen.setDashPattern(dashesOf(look));
    return pen;
}

QColor curveText(const CurveLook &look, const Theme &theme)
{
    if (look.many)
        return theme.control.text;
    if (look.beside)
        return theme.quietInk;
    if (const auto outcome = look.outcome())
        return theme.outcome(*outcome).text;
    if (look.role == CurveRole::Ours && look.variant == 0)
        return theme.inFlight.text;
    if (look.role != CurveRole::Other)
        return theme.ink;
    const Hue *hue = otherHue(look.variant, theme);
    return hue ? hue->text : otherGrey(look.variant, theme);
}

QColor curveFill(const CurveLook &look, const Theme &theme)
{
    if (const auto outcome = look.outcome())
        return theme.outcome(*outcome).fill;
    return look.role == CurveRole::Retries ? theme.again : theme.inFlight.fill;
}

double paintCurveSign(QPainter *painter, const CurveLook &look, bool bars, QPointF at, bool brief, const Theme &theme)
{
    const auto outcome = look.outcome();
    const double radius = theme.px(5);
    const double stroke = bars || (brief && outcome) ? 0 : theme.px(22);
    const double shape = outcome || bars ? 2 * radius : 0;
    const double between = shape > 0 && stroke > 0 ? theme.px(3) : 0;
    if (!painter)
        return shape + between + stroke;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (look.many)
        painter->fillRect(QRectF(at.x() + shape + between, at.y() - radius, stroke, 2 * radius), bandFill(theme));
    if (stroke > 0) {
        painter->setPen(curvePen(look, theme));
        const double x = at.x() + shape + between;
        painter->drawLine(QPointF(x, at.y()), QPointF(x + stroke, at.y()));
    }
    if (outcome) {
        paintOutcome(*painter, *outcome, at + QPointF(radius, 0), radius, theme);
    } else if (bars) {
        painter->setPen(QPen(theme.inFlight.line, 1));
        painter->setBrush(curveFill(look, theme));
        painter->drawRoundedRect(QRectF(at.x(), at.y() - radius, 2 * radius, 2 * radius), 1, 1);
    }
    painter->restore();
    return shape + between + stroke;
}

} // namespace widgets
