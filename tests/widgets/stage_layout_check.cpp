// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/stage_layout_check.h"

#include <algorithm>
#include <vector>

namespace checks {

using widgets::BreakerBubbles;
using widgets::BreakerStageLayout;
using widgets::StageLabel;
using widgets::StageShape;

namespace {

constexpr double kMargin = 8; // of the card, that nothing enters

QString words(const QRectF &rect)
{
    return QStringLiteral("(%1, %2, %3 x %4)").arg(rect.x()).arg(rect.y()).arg(rect.width()).arg(rect.height());
}

QString words(const StageLabel &label) { return QStringLiteral("\"%1\" %2").arg(label.text, words(label.rect)); }

// What touches does not overlap, however it was rounded.
bool overlap(const QRectF &a, const QRectF &b) { return a.adjusted(0.01, 0.01, -0.01, -0.01).intersects(b); }

// Accents and descenders may share a pixel.
QRectF core(const QRectF &rect) { return rect.adjusted(0, 1, 0, -1); }

void checkTexts(const std::vector<StageLabel> &labels, const std::vector<StageShape> &shapes, const QRectF &inside,
                QStringList &faults)
{
    for (size_t i = 0; i < labels.size(); ++i) {
        if (!inside.contains(labels[i].rect))
            faults << words(labels[i]) + QStringLiteral(" leaves the card");
        for (size_t j = i + 1; j < labels.size(); ++j)
            if (overlap(core(labels[i].rect), core(labels[j].rect)))
                faults << words(labels[i]) + QStringLiteral(" overlaps ") + words(labels[j]);
        for (const StageShape &shape : shapes)
            if (overlap(shape.rect, core(labels[i].rect)) && !shape.rect.adjusted(0, -1, 0, 1).contains(labels[i].rect))
                faults << words(labels[i]) + QStringLiteral(" overlaps the ") + shape.name + words(shape.rect);
    }
}

void checkShapes(const std::vector<StageShape> &shapes, const QRectF &inside, QStringList &faults)
{
    for (size_t i = 0; i < shapes.size(); ++i) {
        if (!inside.contains(shapes[i].rect))
            faults << shapes[i].name + words(shapes[i].rect) + QStringLiteral(" leaves the card");
        for (size_t j = i + 1; j < shapes.size(); ++j)
            if (overlap(shapes[i].rect, shapes[j].rect))
                faults << shapes[i].name + words(shapes[i].rect) + QStringLiteral(" overlaps ") + shapes[j].name
                              + words(shapes[j].rect);
    }
}

void checkArrows(const BreakerStageLayout &layout, const QRectF &inside, QStringList &faults)
{
    if (!layout.bubbles)
        return;
    for (const BreakerBubbles::Arrow &arrow : layout.bubbles->arrows)
        for (double t = 0; t <= 1; t += 1.0 / 64) {
            const QPointF point = arrow.at(t);
            if (!inside.contains(point))
                faults << QStringLiteral("an arrow leaves the card");
            for (const StageLabel &label : layout.labels())
                if (core(label.rect).contains(point) && !(arrow.breaksLine && label.text == arrow.rule.text))
                    faults << words(label) + QStringLiteral(" lies on an arrow");
        }
}

QRectF insideOf(QSizeF size) { return QRectF(QPointF(0, 0), size).adjusted(kMargin, kMargin, -kMargin, -kMargin); }

} // namespace

QStringList faultsOf(const widgets::StagePicture &picture)
{
    std::vector<StageLabel> labels = picture.labels();
    std::erase_if(labels, [](const StageLabel &label) { return label.text.isEmpty(); });
    QStringList faults;
    checkTexts(labels, picture.shapes(), insideOf(picture.size()), faults);
    checkShapes(picture.shapes(), insideOf(picture.size()), faults);
    return faults;
}

QStringList faultsOf(const BreakerStageLayout &layout)
{
    const QRectF inside = insideOf(layout.size);
    QStringList faults;
    checkTexts(layout.labels(), layout.shapes(), inside, faults);
    checkShapes(layout.shapes(), inside, faults);
    checkArrows(layout, inside, faults);
    return faults;
}

} // namespace checks
