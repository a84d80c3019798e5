// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/tabular_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

bool isDigit(QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); }

double cellWidth(const QFontMetricsF &metrics)
{
    double widest = 0;
    for (char digit = '0'; digit <= '9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
    return widest;
}

// Calls visit(piece, x, width): a digit, or everything up to the next one. Returns the whole width.
template <typename Visit> double forEachPiece(const QFontMetricsF &metrics, QStringView text, Visit visit)
{
    const double cell = cellWidth(metrics);
    double x = 0;
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = begin + 1;
        if (!isDigit(text[begin]))
            while (end < text.size() && !isDigit(text[end]))
                ++end;
        const QString piece = text.mid(begin, end - begin).toString();
        const double width = isDigit(text[begin]) ? cell : metrics.horizontalAdvance(piece);
        visit(piece, x, width);
        x += width;
        begin = end;
    }
    return x;
}

} // namespace

double tabularWidth(const QFont &font, QStringView text)
{
    return forEachPiece(QFontMetricsF(font), text, [](const QString &, double, double) {});
}

void drawTabular(QPainter &painter, QPointF baseline, const QFont &font, QStringView text)
{
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    forEachPiece(metrics, text, [&](const QString &piece, double x, double width) {
        const double inset = isDigit(piece[0]) ? (width - metrics.horizontalAdvance(piece)) / 2 : 0;
        painter.drawText(QPointF(baseline.x() + x + inset, baseline.y()), piece);
    });
}

} // namespace widgets
