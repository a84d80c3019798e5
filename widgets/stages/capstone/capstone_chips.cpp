// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/capstone/capstone_chips.h"

#include "widgets/stage/policy_words.h"
#include "widgets/stages/capstone/capstone_words.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using resilience::BreakerState;
using resilience::PolicyKind;
using resilience::sim::PipelineView;

namespace {

constexpr double kChipGap = 3;

QFont chipFont(const Theme &theme) { return theme.font(TextSize::Axis, QFont::Medium); }

ChipRole roleOf(const PipelineView &pipeline, const ShopLine &line, PolicyKind kind)
{
    if (!pipeline.config.order.has(kind))
        return ChipRole::Off;
    if (kind == PolicyKind::CircuitBreaker) {
        if (pipeline.breaker.state == BreakerState::Open || pipeline.breaker.state == BreakerState::ForcedOpen)
            return ChipRole::Open;
        if (pipeline.breaker.state == BreakerState::HalfOpen)
            return ChipRole::Trial;
    }
    return line.acted[static_cast<size_t>(kind)] ? ChipRole::Busy : ChipRole::Idle;
}

// Wide enough for whatever it may come to say, so that nothing moves when it does.
double widthOf(const PipelineView &pipeline, PolicyKind kind, ChipStyle style, const Theme &theme)
{
    const auto width = [&](const QString &text) { return makeLabel(text, chipFont(theme), theme.ink).rect.width(); };
    if (style == ChipStyle::Letters)
        return std::max(width(words::policyLetters(kind)) + theme.px(6), theme.px(19));
    PipelineView most = pipeline;
    most.config.order = pipeline.config.configured;
    most.breaker.state = BreakerState::HalfOpen;
    most.bulkhead.inUse = most.config.bulkhead.maxConcurrent;
    return std::max(width(words::policyWord(kind)), width(words::chipWord(most, kind))) + theme.px(11);
}

struct ChipColors {
    QColor fill;
    QColor line;
    QColor text;
};
ChipColors colorsOf(ChipRole role, const Theme &theme)
{
    switch (role) {
    case ChipRole::Off:
        return {theme.card, theme.hairline, theme.quietInk};
    case ChipRole::Idle:
        return {theme.inset, theme.ink, theme.ink};
    case ChipRole::Busy:
        return {theme.inFlight.soft, theme.inFlight.line, theme.inFlight.text};
    case ChipRole::Open:
        return {theme.failed.soft, theme.failed.line, theme.failed.text};
    case ChipRole::Trial:
        return {theme.trial.soft, theme.trial.line, theme.trial.text};
    }
    return {};
}

} // namespace

double chipHeight(const Theme &theme) { return lineHeight(chipFont(theme)) + theme.px(4); }

std::vector<PolicyChip> layoutChips(const PipelineView &pipeline, const ShopLine &line, ChipStyle style,
                                    const QRectF &area, const Theme &theme)
{
    std::vector<PolicyChip> chips;
    if (style == ChipStyle::None)
        return chips;
    const double gap = theme.px(kChipGap);
    const double height = chipHeight(theme);
    double x = area.left();
    double y = area.top();
    size_t rowStart = 0;
    const auto centreRow = [&] {
        const double spare = area.right() - (x - gap);
        for (size_t i = rowStart; i < chips.size(); ++i)
            chips[i].rect.translate(spare / 2, 0);
        rowStart = chips.size();
    };
    for (const PolicyKind kind : pipeline.config.configured) {
        const double width = widthOf(pipeline, kind, style, theme);
        if (x > area.left() && x + width > area.right()) {
            centreRow();
            x = area.left();
            y += height + gap;
        }
        chips.push_back({line.pipeline, kind, roleOf(pipeline, line, kind), QRectF(x, y, width, height), {}});
        x += width + gap;
    }
    centreRow();
    for (PolicyChip &chip : chips) {
        const bool loud = chip.role == ChipRole::Open || chip.role == ChipRole::Trial;
        const QFont font = loud ? theme.font(TextSize::Axis, QFont::Bold) : chipFont(theme);
        const QString text =
            style == ChipStyle::Letters ? words::policyLetters(chip.kind) : words::chipWord(pipeline, chip.kind);
        chip.label = centredAt(fitLabel({text}, chip.rect.width() - theme.px(2), font, colorsOf(chip.role, theme).text),
                               chip.rect.center());
    }
    return chips;
}

void paintChip(QPainter &painter, const PolicyChip &chip, const Theme &theme)
{
    const ChipColors colors = colorsOf(chip.role, theme);
    const double stroke = chip.role == ChipRole::Open ? theme.px(1.6) : theme.px(1);
    painter.setPen(QPen(colors.line, stroke, chip.role == ChipRole::Off ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(colors.fill);
    painter.drawRoundedRect(chip.rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2), theme.px(5),
                            theme.px(5));
    paintLabel(painter, chip.label);
}

} // namespace widgets
