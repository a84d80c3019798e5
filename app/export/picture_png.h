// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/picture.h"

#include <QByteArray>
#include <QImage>

namespace app {

// The picture as pixels, `dpi` of them to the inch of a picture that is laid out at 96. Transparent where nothing was
// painted. Null when that is more than ExportOptions::kMostPixels, or than
// there is memory for.
QImage imageOf(const Picture &picture, int dpi);

// The picture as a PNG file that knows its physical size. Title, description and session are in text chunks. Empty when
// it could not be made.
QByteArray pngOf(const Picture &picture, const PictureNote &note, int dpi);

} // namespace app
