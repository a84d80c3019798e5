// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/stage_layout_check.h"

#include <algorithm>
#include <vector>

namespace checks {

using widgets::BreakerBubbles;
using widgets::BreakerStageLayout;
using widgets::StageLabel;

namespace {

constexpr double kMargin = 8; // of the card, that nothing enters

struct Shape {
    QString name;
    QRectF rect;
};

QString words(const QRectF &rect)
{
    return QStringLiteral("(%1, %2, %3 x %4)").arg(rect.x()).arg(rect.y()).arg(rect.width()).arg(rect.height());
}

QString words(const StageLabel &label) { return QStringLiteral("\"%1\" %2").arg(label.text, words(label.rect)); }

// Accents and descenders may share a pixel.
QRectF core(const QRectF &rect) { return rect.adjusted(0, 1, 0, -1); }

QRectF around(QPointF centre, double radius)
{
    return {centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius};
}

std::vector<Shape> shapesOf(const BreakerStageLayout &layout)
{
    std::vector<Shape> shapes{{QStringLiteral("client"), layout.wire.client},
                              {QStringLiteral("service"), layout.wire.service},
                              {QStringLiteral("switch"), layout.wire.switchArea}};
    for (const auto &heap : layout.wire.heaps) {
        QRectF pieces(heap.first, heap.first);
        for (uint64_t n = 0; n < std::min(heap.count, heap.columns * heap.rows); ++n)
            pieces = pieces.united(around(heap.place(n), heap.radius));
        shapes.push_back({QStringLiteral("heap"), pieces});
    }
    if (!layout.header.pillShape.isEmpty())
        shapes.push_back({QStringLiteral("pill"), layout.header.pillShape});
    if (layout.bubbles)
        for (const auto &bubble : layout.bubbles->bubbles)
            shapes.push_back({QStringLiteral("bubble"), bubble.rect});
    if (layout.row)
        for (const auto &piece : layout.row->pieces)
            shapes.push_back({QStringLiteral("last call"), around(piece.at, piece.radius)});
    return shapes;
}

void checkTexts(const BreakerStageLayout &layout, const QRectF &inside, QStringList &faults)
{
    const std::vector<StageLabel> labels = layout.labels();
    for (size_t i = 0; i < labels.size(); ++i) {
        if (!inside.contains(labels[i].rect))
            faults << words(labels[i]) + QStringLiteral(" leaves the card");
        for (size_t j = i + 1; j < labels.size(); ++j)
            if (core(labels[i].rect).intersects(core(labels[j].rect)))
                faults << words(labels[i]) + QStringLiteral(" overlaps ") + words(labels[j]);
        for (const Shape &shape : shapesOf(layout))
            if (shape.rect.intersects(core(labels[i].rect))
                && !shape.rect.adjusted(0, -1, 0, 1).contains(labels[i].rect))
                faults << words(labels[i]) + QStringLiteral(" overlaps the ") + shape.name + words(shape.rect);
    }
}

void checkShapes(const BreakerStageLayout &layout, const QRectF &inside, QStringList &faults)
{
    const std::vector<Shape> shapes = shapesOf(layout);
    for (size_t i = 0; i < shapes.size(); ++i) {
        if (!inside.contains(shapes[i].rect))
            faults << shapes[i].name + words(shapes[i].rect) + QStringLiteral(" leaves the card");
        for (size_t j = i + 1; j < shapes.size(); ++j)
            if (shapes[i].rect.intersects(shapes[j].rect))
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

} // namespace

QStringList faultsOf(const BreakerStageLayout &layout)
{
    const QRectF inside = QRectF(QPointF(0, 0), layout.size).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    QStringList faults;
    checkTexts(layout, inside, faults);
    checkShapes(layout, inside, faults);
    checkArrows(layout, inside, faults);
    return faults;
}

} // namespace checks
