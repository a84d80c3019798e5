// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_pile.h"

#include "widgets/look/outcome_glyph.h"
#include "widgets/stage/stage_target.h"
#include "widgets/stage/stage_words.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using resilience::sim::RequestOutcome;

namespace {

QFont labelFont(const Theme &theme) { return theme.font(TextSize::Label, QFont::DemiBold); }

} // namespace

QPointF StagePile::place(uint64_t n) const
{
    const uint64_t last = columns * rows - 1;
    n = std::min(n, last);
    return first + QPointF(static_cast<double>(n % columns) * pitch, -static_cast<double>(n / columns) * pitch);
}

QRectF StagePile::pieces() const
{
    QRectF all;
    for (uint64_t n = 0; n < std::min(count, columns * rows); ++n)
        all = all.united(areaAround(place(n), radius));
    return all;
}

QRectF StagePile::area() const
{
    const double wide = static_cast<double>(std::min(columns, std::max<uint64_t>(count, 1))) * pitch;
    const uint64_t full = std::max<uint64_t>(1, (count + columns - 1) / columns);
    const double high = static_cast<double>(std::min(rows, full)) * pitch;
    return QRectF(first.x() - pitch / 2, first.y() + pitch / 2 - high, wide, high).united(label.rect);
}

double stagePileHeight(const Theme &theme, const PileStyle &style)
{
    return std::max(static_cast<double>(style.rows) * style.pitch, lineHeight(labelFont(theme)));
}

std::optional<StagePile> layoutStagePile(RequestOutcome cause, uint64_t count, double left, double right, double bottom,
                                         const PileStyle &style, const Theme &theme)
{
    return layoutStagePile({.cause = cause, .words = words::pileLabel(cause, count)}, count, left, right, bottom, style,
                           theme);
}

std::optional<StagePile> layoutStagePile(const PileLook &look, uint64_t count, double left, double right, double bottom,
                                         const PileStyle &style, const Theme &theme)
{
    if (count == 0)
        return std::nullopt;
    const double pitch = style.pitch;
    const double gap = theme.px(8);
    const StageLabel label =
        fitLabel(look.words, right - left - 2 * pitch - gap, labelFont(theme), theme.outcome(look.cause).text);
    const double room = right - left - label.rect.width() - gap;
    if (room < pitch)
        return std::nullopt;
    StagePile pile{.cause = look.cause, .count = count, .pitch = pitch, .radius = pitch * 0.46, .rows = style.rows};
    pile.hue = look.hue;
    pile.columns = std::clamp<uint64_t>(static_cast<uint64_t>(room / pitch), 1, style.mostColumns);
    pile.first = {left + pitch / 2, bottom - pitch / 2};
    const double used = static_cast<double>(std::min(pile.columns, count));
    pile.label = leftAt(label, left + used * pitch + gap, bottom - std::max(pitch, label.rect.height()) / 2);
    return pile;
}

void paintStagePile(QPainter &painter, const StagePile &pile, const Theme &theme)
{
    const uint64_t settled = pile.count - std::min(pile.count, pile.falling);
    const uint64_t shown = std::min(settled, pile.columns * pile.rows);
    for (uint64_t n = 0; n < shown; ++n) {
        if (!pile.hue) {
            paintOutcome(painter, pile.cause, pile.place(n), pile.radius, theme);
            continue;
        }
        painter.setPen(QPen(pile.hue->line, theme.px(1)));
        painter.setBrush(pile.hue->fill);
        painter.drawPath(outcomeShape(pile.cause, pile.place(n), pile.radius));
    }
    paintLabel(painter, pile.label);
}

} // namespace widgets
