// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/glyph_icon.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace app {

namespace {

// All shapes live in a 16 x 16 box.
QPainterPath triangle(double tip, double base)
{
    QPainterPath path;
    path.moveTo(base, 2.5);
    path.lineTo(tip, 8);
    path.lineTo(base, 13.5);
    path.closeSubpath();
    return path;
}

QPainterPath bar(double x, double width)
{
    QPainterPath path;
    path.addRect(x, 2.5, width, 11);
    return path;
}

QPainterPath dot(double x)
{
    QPainterPath path;
    path.addEllipse(QPointF(x, 8), 1.5, 1.5);
    return path;
}

QPainterPath pathOf(Glyph glyph)
{
    switch (glyph) {
    case Glyph::ToStart:
        return bar(1.5, 2) + triangle(4, 9) + triangle(9, 14);
    case Glyph::DecisionBack:
        return triangle(2, 10.5) + bar(12, 2);
    case Glyph::EventBack:
        return triangle(2, 8.5) + dot(12.5);
    case Glyph::Play:
        return triangle(13.5, 3.5);
    case Glyph::Pause:
        return bar(3.5, 3.2) + bar(9.3, 3.2);
    case Glyph::EventOn:
        return triangle(14, 7.5) + dot(3.5);
    case Glyph::DecisionOn:
        return bar(2, 2) + triangle(14, 5.5);
    case Glyph::More:
        return dot(3) + dot(8) + dot(13);
    }
    return {};
}

class GlyphEngine : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, const QColor &ink) : m_glyph(glyph), m_ink(ink) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 16.0, rect.height() / 16.0);
        if (mode == QIcon::Disabled)
            painter->setOpacity(0.4);
        painter->fillPath(pathOf(m_glyph).simplified(), m_ink);
        painter->restore();
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        if (size.isEmpty()) // in a window that has no room for it
            return {};
        QPixmap image(size);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return image;
    }
    QIconEngine *clone() const override { return new GlyphEngine(*this); }

private:
    Glyph m_glyph;
    QColor m_ink;
};

} // namespace

QIcon glyphIcon(Glyph glyph, const QColor &ink) { return QIcon(new GlyphEngine(glyph, ink)); }

} // namespace app
