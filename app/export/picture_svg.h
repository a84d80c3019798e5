// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"
#include "app/export/picture.h"

#include <QByteArray>

namespace app {

// The picture as an SVG file. Outlined text looks the same where the font is missing; the words stay in aria-label.
// Title, description and session are in the file. Empty when it could not be made.
QByteArray svgOf(const Picture &picture, const PictureNote &note, ExportText text = ExportText::Live);

} // namespace app
