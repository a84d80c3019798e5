// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/combining_figures.h"

#include "widgets/look/translation.h"
#include "widgets/stages/combining/combining_words.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace widgets {

using resilience::Duration;
using resilience::toSeconds;

namespace {

QFont costNumberFont(const Theme &theme) { return theme.font(TextSize::Number, QFont::Bold); }
QFont costCaptionFont(const Theme &theme) { return theme.font(TextSize::Label); }
QFont costValueFont(const Theme &theme, bool loud)
{
    return theme.font(TextSize::Body, loud ? QFont::Bold : QFont::Normal);
}

double lineStep(const Theme &theme) { return lineHeight(costValueFont(theme, true)) + theme.px(2); }

// Captions between two columns; with one column they stand before it.
double captionWidth(const QRectF &area, const std::vector<words::CostLine> &lines, const Theme &theme)
{
    double widest = 0;
    for (const auto &line : lines)
        widest = std::max(widest, makeLabel(line.caption.front(), costCaptionFont(theme), theme.ink).rect.width());
    return std::min(widest + theme.px(16), area.width() * 0.5);
}

} // namespace

std::vector<StageLabel> CostTable::labels() const
{
    std::vector<StageLabel> all;
    for (const Line &line : lines) {
        all.push_back(line.caption);
        all.insert(all.end(), line.values.begin(), line.values.end());
    }
    return all;
}

double costTableHeight(const Theme &theme, size_t lines)
{
    if (lines == 0)
        return 0;
    return lineHeight(costNumberFont(theme)) + static_cast<double>(lines - 1) * lineStep(theme);
}

CostTable layoutCostTable(const resilience::sim::Snapshot &snapshot, const QRectF &area, size_t lines, bool named,
                          const Theme &theme)
{
    std::vector<words::CostLine> said = words::costLines(snapshot);
    said.resize(std::min(said.size(), lines));
    CostTable table;
    if (said.empty())
        return table;
    const size_t count = said.front().values.size();
    if (named && count > 1) {
        QStringList captions;
        for (const QString &caption : said.front().caption)
            captions << CombiningTr::tr("usual · %1 · yours").arg(caption);
        said.front().caption = captions + said.front().caption;
    }
    const double middle = captionWidth(area, said, theme);
    // The first and the last value stand left and right of the captions, under the shells they belong to, as far as the
    // captions let them; there are hardly ever more.
    const double side = count > 1 ? (area.width() - middle) / 2 : area.width() - middle;
    const double inner = std::min(side - theme.px(40), area.width() / 4) * 2 - side;
    const double shift = count > 1 ? std::max(0.0, inner) : 0;
    const QRectF left(area.left() + shift, area.top(), side - shift, area.height());
    const QRectF right(area.right() - side, area.top(), side - shift, area.height());
    table.columns = count > 1 ? std::vector{left, right} : std::vector{right};
    const double captionX = count > 1 ? area.center().x() : area.left() + middle / 2;
    double y = area.top();
    for (size_t i = 0; i < said.size(); ++i) {
        const double height = i == 0 ? lineHeight(costNumberFont(theme)) : lineStep(theme);
        const QFont font = i == 0 ? costNumberFont(theme) : costValueFont(theme, said[i].differs);
        const QColor color = said[i].differs || i == 0 ? theme.ink : theme.quietInk;
        CostTable::Line line;
        line.caption =
            centredAt(fitLabel(said[i].caption, middle - theme.px(8), costCaptionFont(theme), theme.quietInk),
                      {captionX, y + height / 2});
        for (size_t c = 0; c < table.columns.size(); ++c) {
            const QString &value = c == 0 ? said[i].values.front() : said[i].values.back();
            line.values.push_back(centredAt(fitLabel({value}, table.columns[c].width(), font, color),
                                            {table.columns[c].center().x(), y + height / 2}));
        }
        table.lines.push_back(std::move(line));
        y += height;
    }
    return table;
}

void paintCostTable(QPainter &painter, const CostTable &table)
{
    for (const StageLabel &label : table.labels())
        paintLabel(painter, label);
}

double budgetBarHeight(const Theme &theme) { return std::max(theme.px(18), lineHeight(costCaptionFont(theme))); }

BudgetBar layoutBudgetBar(const AttemptBudget &budget, const QRectF &area, const Theme &theme)
{
    BudgetBar bar;
    bar.fits = budget.fits();
    const double middle = area.center().y();
    bar.name = leftAt(fitLabel({CombiningTr::tr("yours at worst"), CombiningTr::tr("at worst")}, area.width() * 0.2,
                               costCaptionFont(theme), theme.quietInk),
                      area.left(), middle);
    const bool loud = !budget.fits();
    bar.text = fitLabel(words::budgetText(budget), area.width() * 0.42, theme.font(TextSize::Label, QFont::DemiBold),
                        loud ? theme.failed.text : theme.ink);
    bar.text = rightAt(bar.text, area.right(), middle);
    const double gap = theme.px(10);
    const double left = bar.name.rect.right() + gap;
    const double right = bar.text.rect.left() - gap;
    const double height = theme.px(12);
    bar.track = QRectF(left, middle - height / 2, std::max(0.0, right - left), height);
    Duration whole = std::max(budget.longest(), budget.limit.value_or(Duration{0}));
    if (whole <= Duration::zero() || bar.track.width() <= 0)
        return bar;
    const auto xAt = [&](Duration t) {
        return left + bar.track.width() * std::min(1.0, toSeconds(t) / toSeconds(whole));
    };
    const auto add = [&](Duration from, Duration to, bool wait) {
        const Duration limit = budget.limit.value_or(whole);
        for (const auto &[a, b, cut] :
             {std::tuple{from, std::min(to, limit), false}, std::tuple{std::max(from, limit), to, true}})
            if (a < b)
                bar.pieces.push_back(
                    {QRectF(QPointF(xAt(a), bar.track.top()), QPointF(xAt(b), bar.track.bottom())), wait, cut});
    };
    for (size_t i = 0; i < budget.attempts.size(); ++i) {
        add(budget.attempts[i].from, budget.attempts[i].to, false);
        if (i + 1 < budget.attempts.size())
            add(budget.attempts[i].to, budget.attempts[i + 1].from, true);
    }
    if (budget.limit)
        bar.limitX = xAt(*budget.limit);
    return bar;
}

void paintBudgetBar(QPainter &painter, const BudgetBar &bar, const Theme &theme)
{
    paintLabel(painter, bar.name);
    paintLabel(painter, bar.text);
    if (bar.track.isEmpty())
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.hairline);
    painter.drawRoundedRect(bar.track, theme.px(3), theme.px(3));
    for (const BudgetBar::Piece &piece : bar.pieces) {
        const Hue &hue = piece.wait ? theme.waiting : theme.inFlight;
        // Waits are thin, attempts are thick: told apart without their colours.
        const double in = piece.wait ? piece.rect.height() * 0.3 : 0;
        const QRectF rect = piece.rect.adjusted(theme.px(0.5), in, -theme.px(0.5), -in);
        painter.setPen(piece.cut ? QPen(hue.line, theme.px(1), Qt::DotLine) : QPen(Qt::NoPen));
        painter.setBrush(piece.cut ? hue.soft : hue.line);
        painter.drawRoundedRect(rect, theme.px(2), theme.px(2));
    }
    if (bar.limitX) {
        painter.setPen(QPen(bar.fits ? theme.ink : theme.failed.line, theme.px(2), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(*bar.limitX, bar.track.top() - theme.px(3)),
                         QPointF(*bar.limitX, bar.track.bottom() + theme.px(3)));
    }
}

} // namespace widgets
