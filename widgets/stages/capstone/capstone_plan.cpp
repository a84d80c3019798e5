// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/capstone/capstone_plan.h"

#include "widgets/look/translation.h"
#include "widgets/stage/policy_words.h"
#include "widgets/stages/capstone/capstone_layout.h"
#include "widgets/stages/capstone/capstone_words.h"

#include <algorithm>

namespace widgets::shop {

namespace {

constexpr size_t kMostKeyRows = 2;
constexpr double kBetweenLines = 2;

} // namespace

const std::array<Plan, 9> kPlans{{
    {true, ChipStyle::Words, true, 92, 116, 132, 186, 128, 92},
    {true, ChipStyle::Letters, true, 88, 62, 116, 104, 114, 84},
    {true, ChipStyle::Letters, false, 76, 62, 84, 104, 92, 62},
    {true, ChipStyle::Letters, false, 72, 62, 84, 152, 88, 46},
    {false, ChipStyle::Letters, false, 72, 62, 84, 152, 88, 46},
    {false, ChipStyle::Letters, false, 72, 62, 84, 152, 88, 46, true},
    {false, ChipStyle::None, false, 72, 44, 76, 48, 88, 28, true},
    {false, ChipStyle::None, false, 72, 44, 68, 48, 88, 30},
    {false, ChipStyle::None, false, 52, 28, 56, 32, 64, 26},
}};

double rateHeight(const Theme &theme) { return lineHeight(theme.font(TextSize::Axis)); }

double lineNeeds(const Frame &frame, const std::vector<PolicyChip> &chips)
{
    const double below = chips.empty() ? 0 : chips.back().rect.bottom() - chips.front().rect.top() + frame.px(3);
    return rateHeight(frame.theme) + frame.px(kThickestShopLine) + below;
}

QRectF chipArea(const Frame &frame, double left, double right, double top)
{
    return {left + frame.px(8), top, std::max(0.0, right - left - frame.px(16)), 0};
}

double pictureHeight(const Frame &frame)
{
    const size_t rows = std::max<size_t>(1, frame.shop.lines.size() - 1);
    return frame.px(frame.plan.row) * static_cast<double>(rows);
}

double highestPicture(const Frame &frame) { return pictureHeight(frame) * 1.5; }

LineWidths lineWidths(const Frame &frame, double width)
{
    const double spare = width - frame.px(frame.plan.width());
    return {frame.px(frame.plan.front) + spare * 0.4, frame.px(frame.plan.line) + spare * 0.6};
}

std::optional<double> linesHeight(const Frame &frame, QSizeF room)
{
    const LineWidths widths = lineWidths(frame, room.width());
    double highest = 0;
    for (size_t i = 0; i < frame.shop.lines.size(); ++i) {
        const ShopLine &line = frame.shop.lines[i];
        const double width = i == 0 ? widths.front : widths.line;
        const auto chips = layoutChips(frame.snapshot.pipelines[line.pipeline], line, frame.plan.chips,
                                       chipArea(frame, 0, width, 0), frame.theme);
        for (const PolicyChip &chip : chips)
            if (chip.rect.left() < 0 || chip.rect.right() > width)
                return std::nullopt;
        const double height = lineNeeds(frame, chips) + frame.px(kBetweenLines);
        if (i > 0)
            highest = std::max(highest, height);
        else if (height > room.height())
            return std::nullopt;
    }
    return highest * static_cast<double>(frame.shop.lines.size() - 1);
}

bool fits(const Frame &frame, QSizeF room)
{
    if (frame.px(frame.plan.width()) > room.width() || pictureHeight(frame) > room.height())
        return false;
    const auto lines = linesHeight(frame, room);
    return lines && *lines <= std::min(room.height(), highestPicture(frame)) + 0.01;
}

std::vector<StageLabel> keyOf(const Frame &frame, double width, double height)
{
    if (frame.plan.chips != ChipStyle::Letters)
        return {};
    const auto isKnown = [&frame](resilience::PolicyKind kind) {
        return std::any_of(frame.shop.lines.begin(), frame.shop.lines.end(), [&](const ShopLine &line) {
            return frame.snapshot.pipelines[line.pipeline].config.configured.has(kind);
        });
    };
    const QFont font = frame.theme.font(TextSize::Axis);
    const double line = lineHeight(font);
    const auto fit = std::min(kMostKeyRows, static_cast<size_t>(std::max(0.0, height / line + 0.001)));
    for (const QString &entry : {CapstoneTr::tr("%1 = %2"), CapstoneTr::tr("%1 %2")}) {
        std::vector<StageLabel> key;
        double left = 0;
        size_t row = 0;
        for (const resilience::PolicyKind kind : resilience::PolicyOrder::usual()) {
            if (!isKnown(kind))
                continue;
            const StageLabel label =
                makeLabel(entry.arg(words::policyLetters(kind), words::policyWord(kind)), font, frame.theme.quietInk);
            if (left > 0 && left + label.rect.width() > width) {
                left = 0;
                ++row;
            }
            key.push_back(leftAt(label, left, (static_cast<double>(row) + 0.5) * line));
            left += label.rect.width() + frame.px(12);
        }
        if (row < fit)
            return key;
    }
    return {};
}

} // namespace widgets::shop
