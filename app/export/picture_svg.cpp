// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/picture_svg.h"

#include "app/export/tidy_svg.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

namespace app {

QByteArray svgOf(const Picture &picture, const PictureNote &note, ExportText text)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(picture.size.toSize());
    generator.setViewBox(QRectF(QPointF(), picture.size));
    generator.setTitle(picture.title.toHtmlEscaped());
    generator.setDescription(note.description.toHtmlEscaped());
    QPainter painter;
    if (!painter.begin(&generator))
        return {};
    picture.paint(painter);
    painter.end();
    return tidySvg(bytes, note.session, text);
}

} // namespace app
