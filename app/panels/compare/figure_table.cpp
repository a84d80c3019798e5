// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/compare/figure_table.h"

#include "app/panels/compare/run_sign.h"
#include "widgets/stage/stage_label.h"

#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience::sim;
using widgets::TextSize;

namespace {
constexpr double kLeastWords = 110; // px at scale 1
} // namespace

std::vector<FigureRow> figureRows(const World &ours, const World &other)
{
    std::vector<FigureRow> rows;
    for (const RunFigure &figure : runFigures()) {
        const auto mine = figure.read(ours);
        const auto theirs = figure.read(other);
        const bool isCount = figure.unit == FigureUnit::Count;
        if ((!mine && !theirs) || (isCount && mine.value_or(0) == 0 && theirs.value_or(0) == 0))
            continue;
        rows.push_back({QString::fromUtf8(figure.word), QString::fromStdString(figureText(figure, mine)),
                        QString::fromStdString(figureText(figure, theirs)),
                        QString::fromStdString(figureDifference(figure, mine, theirs))});
    }
    return rows;
}

QString figureText(const std::vector<FigureRow> &rows, const QString &ours, const QString &other)
{
    QStringList lines{QStringList{QString(), ours, other, QObject::tr("difference")}.join(u'\t')};
    for (const FigureRow &row : rows)
        lines << QStringList{row.word, row.ours, row.other, row.difference}.join(u'\t');
    return lines.join(u'\n') + u'\n';
}

FigureTable::FigureTable(QWidget *parent) : QWidget(parent), m_theme(widgets::Theme::light())
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setObjectName(QStringLiteral("compare-table"));
}

void FigureTable::setRows(std::vector<FigureRow> rows)
{
    if (rows == m_rows)
        return;
    const bool sameHeight = rows.size() == m_rows.size();
    m_rows = std::move(rows);
    setAccessibleName(app::figureText(m_rows, tr("this run"), tr("the other")));
    if (!sameHeight)
        updateGeometry();
    update();
}

void FigureTable::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

double FigureTable::rowHeight() const { return std::round(m_theme.px(21)); }

QSize FigureTable::sizeHint() const
{
    return {200, static_cast<int>(rowHeight() * static_cast<double>(m_rows.size() + 1))};
}

void FigureTable::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFont plain = m_theme.font(TextSize::Label);
    const QFont strong = m_theme.font(TextSize::Label, QFont::DemiBold);
    const double height = rowHeight();
    // From the right: the difference, the other, ours; the words take what is left.
    double widest[3] = {m_theme.px(30), m_theme.px(30), m_theme.px(30)};
    for (const FigureRow &row : m_rows) {
        widest[0] = std::max(widest[0], widgets::makeLabel(row.ours, strong, m_theme.ink).rect.width());
        widest[1] = std::max(widest[1], widgets::makeLabel(row.other, plain, m_theme.ink).rect.width());
        widest[2] = std::max(widest[2], widgets::makeLabel(row.difference, plain, m_theme.ink).rect.width());
    }
    const double gap = m_theme.px(10);
    const double right = width();
    // In a narrow column the words matter more than what a reader can subtract.
    const bool differences = right - widest[2] - widest[1] - widest[0] - 3 * gap >= m_theme.px(kLeastWords);
    const double other = differences ? right - widest[2] - gap : right;
    const double ours = other - widest[1] - gap;
    const double words = ours - widest[0] - gap;
    const double sign = m_theme.px(24);
    painter.setRenderHint(QPainter::Antialiasing);
    paintRunSign(painter, RunSide::Ours, QRectF(ours - sign, 0, sign, height), m_theme);
    paintRunSign(painter, RunSide::Other, QRectF(other - sign, 0, sign, height), m_theme);
    if (differences)
        widgets::paintLabel(
            painter, widgets::rightAt(widgets::makeLabel(tr("diff."), plain, m_theme.quietInk), right, height / 2));
    double middle = height / 2;
    for (const FigureRow &row : m_rows) {
        middle += height;
        widgets::paintLabel(painter,
                            widgets::leftAt(widgets::fitLabel({row.word}, words, plain, m_theme.ink), 0, middle));
        widgets::paintLabel(painter, widgets::rightAt(widgets::makeLabel(row.ours, strong, m_theme.ink), ours, middle));
        widgets::paintLabel(painter,
                            widgets::rightAt(widgets::makeLabel(row.other, plain, m_theme.quietInk), other, middle));
        if (differences)
            widgets::paintLabel(
                painter, widgets::rightAt(widgets::makeLabel(row.difference, plain, m_theme.ink), right, middle));
    }
}

} // namespace app
