// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_label.h"

#include "widgets/look/tabular_text.h"

#include <QFontMetricsF>
#include <QPainter>

namespace widgets {

double lineHeight(const QFont &font)
{
    const QFontMetricsF metrics(font);
    return metrics.ascent() + metrics.descent();
}

StageLabel makeLabel(const QString &text, const QFont &font, const QColor &color)
{
    if (text.isEmpty())
        return {text, QRectF(), font, color};
    return {text, QRectF(0, 0, tabularWidth(font, text), lineHeight(font)), font, color};
}

StageLabel fitLabel(const QStringList &variants, double width, const QFont &font, const QColor &color)
{
    for (const QString &variant : variants) {
        StageLabel label = makeLabel(variant, font, color);
        if (label.rect.width() <= width)
            return label;
    }
    constexpr int kFewestLetters = 4;
    if (variants.isEmpty())
        return makeLabel({}, font, color);
    // Tabular digits are a little wider than the metrics that elide: take letters off until it fits.
    QString text = variants.back();
    for (int keep = static_cast<int>(text.size()) - 1; keep >= kFewestLetters; --keep) {
        StageLabel label = makeLabel(text.left(keep).trimmed() + QChar(0x2026), font, color);
        if (label.rect.width() <= width)
            return label;
    }
    return makeLabel({}, font, color);
}

StageLabel centredAt(StageLabel label, QPointF centre)
{
    label.rect.moveCenter(centre);
    return label;
}

StageLabel leftAt(StageLabel label, double left, double middle)
{
    label.rect.moveLeft(left);
    label.rect.moveTop(middle - label.rect.height() / 2);
    return label;
}

StageLabel rightAt(StageLabel label, double right, double middle)
{
    label.rect.moveRight(right);
    label.rect.moveTop(middle - label.rect.height() / 2);
    return label;
}

void paintLabel(QPainter &painter, const StageLabel &label)
{
    if (label.text.isEmpty())
        return;
    painter.setPen(label.color);
    drawTabular(painter, QPointF(label.rect.left(), label.rect.top() + QFontMetricsF(label.font).ascent()), label.font,
                label.text);
}

} // namespace widgets
