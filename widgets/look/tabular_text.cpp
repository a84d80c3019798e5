// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/tabular_text.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QHash>
#include <QPaintEngine>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace widgets {

namespace {

bool isDigit(QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); }

// A digit, or everything up to the next one, as the font shapes it.
struct ShapedPiece {
    double width = 0;
    QList<QGlyphRun> glyphs; // around the left end of the base line
};

// Shaping text is most of what a frame of the lab would cost, and from one frame to the next most words stay. So what
// was shaped is kept: it depends on nothing but the font and the text.
class ShapedFont {
public:
    explicit ShapedFont(const QFont &font) : m_font(font), m_metrics(font)
    {
        for (char digit = '0'; digit <= '9'; ++digit)
            m_cell = std::max(m_cell, m_metrics.horizontalAdvance(QLatin1Char(digit)));
    }

    double cell() const { return m_cell; } // of a digit
    double ascent() const { return m_metrics.ascent(); }

    const ShapedPiece &piece(QStringView text)
    {
        const QString key = text.toString();
        const auto known = m_pieces.constFind(key);
        if (known != m_pieces.constEnd())
            return *known;
        constexpr qsizetype kMostPieces = 2000; // a clock that ticks makes new ones for ever
        if (m_pieces.size() >= kMostPieces)
            m_pieces.clear();
        return *m_pieces.insert(key, shaped(key));
    }

private:
    ShapedPiece shaped(const QString &text) const
    {
        QTextLayout layout(text, m_font);
        layout.beginLayout();
        QTextLine line = layout.createLine();
        line.setLineWidth(1e6); // lays it out
        line.setPosition({0, -line.ascent()}); // the base line at 0
        layout.endLayout();
        return {m_metrics.horizontalAdvance(text), layout.glyphRuns()};
    }

    QFont m_font;
    QFontMetricsF m_metrics;
    double m_cell = 0;
    QHash<QString, ShapedPiece> m_pieces;
};

ShapedFont &shaped(const QFont &font)
{
    constexpr qsizetype kMostFonts = 64; // sizes follow the window's
    thread_local QHash<QFont, ShapedFont> fonts;
    const auto known = fonts.find(font);
    if (known != fonts.end())
        return *known;
    if (fonts.size() >= kMostFonts)
        fonts.clear();
    return *fonts.insert(font, ShapedFont(font));
}

// Calls visit(text, piece, x, width): a digit, or everything up to the next one. Returns the whole width.
template <typename Visit> double forEachPiece(ShapedFont &font, QStringView text, Visit visit)
{
    double x = 0;
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = begin + 1;
        if (!isDigit(text[begin]))
            while (end < text.size() && !isDigit(text[end]))
                ++end;
        const QStringView part = text.mid(begin, end - begin);
        const ShapedPiece &piece = font.piece(part);
        const double width = isDigit(text[begin]) ? font.cell() : piece.width;
        visit(part, piece, x, width);
        x += width;
        begin = end;
    }
    return x;
}

// Pictures of pixels; the others keep their text as text.
bool takesGlyphs(const QPainter &painter)
{
    return painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::Raster;
}

} // namespace

double tabularWidth(const QFont &font, QStringView text)
{
    return forEachPiece(shaped(font), text, [](QStringView, const ShapedPiece &, double, double) {});
}

void drawTabular(QPainter &painter, QPointF baseline, const QFont &font, QStringView text)
{
    painter.setFont(font);
    const bool glyphs = takesGlyphs(painter);
    forEachPiece(shaped(font), text, [&](QStringView part, const ShapedPiece &piece, double x, double width) {
        const double inset = isDigit(part[0]) ? (width - piece.width) / 2 : 0;
        const QPointF place(baseline.x() + x + inset, baseline.y());
        if (!glyphs)
            painter.drawText(place, part.toString());
        for (const QGlyphRun &run : glyphs ? piece.glyphs : QList<QGlyphRun>())
            painter.drawGlyphRun(place, run);
    });
}

} // namespace widgets
