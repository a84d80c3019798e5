// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/picture_png.h"

#include "app/export/export_options.h"
#include "core/io/picture/picture_session.h"

#include <QBuffer>
#include <QImageWriter>
#include <QPainter>

#include <cmath>

namespace app {

QImage imageOf(const Picture &picture, int dpi)
{
    const double scale = dpi / 96.0;
    const QSizeF size = picture.size * scale;
    if (size.width() * size.height() > ExportOptions::kMostPixels)
        return {};
    QImage image(size.toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return {};
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    picture.paint(painter);
    painter.end();
    const int perMeter = static_cast<int>(std::lround(dpi / 0.0254));
    image.setDotsPerMeterX(perMeter);
    image.setDotsPerMeterY(perMeter);
    return image;
}

QByteArray pngOf(const Picture &picture, const PictureNote &note, int dpi)
{
    const QImage image = imageOf(picture, dpi);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "png");
    writer.setQuality(75); // of a PNG: compresses less for three times the speed; flat colours stay small
    writer.setText("Title", picture.title);
    writer.setText("Description", note.description);
    writer.setText("Software", "Resilience Lab");
    if (!note.session.isEmpty())
        writer.setText(resilience::io::kSessionTextKey, note.session);
    return !image.isNull() && writer.write(image) ? bytes : QByteArray();
}

} // namespace app
