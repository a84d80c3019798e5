// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/picture.h"

#include <QByteArray>

namespace app {

// The picture as a PDF file of one page as large as the picture, fonts embedded. Title, description and session are in
// its XMP packet. Empty when it could not be made.
QByteArray pdfOf(const Picture &picture, const PictureNote &note);

} // namespace app
