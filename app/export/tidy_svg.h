// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"

#include <QByteArray>
#include <QString>

namespace app {

// An SVG file as QSvgGenerator writes it, made fit to be given away: every <text> names fonts to fall back on and how
// long it is, so that it keeps its place in another font, or becomes the outlines of its letters; what says nothing is
// left out, sizes are in px, and `session` stands in <metadata> (see app/files/embedded_session.h). Empty when `svg` is
// not well-formed.
QByteArray tidySvg(const QByteArray &svg, const QString &session, ExportText text);

} // namespace app
