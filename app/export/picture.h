// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>
#include <QString>

#include <functional>

class QPainter;

namespace app {

// One picture to be exported: the paint function of the screen, bound to its moment and its theme. A value.
struct Picture {
    QString name; // of its file, without the suffix: "circuit-breaker-stage"
    QString title; // for people
    QSizeF size; // in px at 96 dpi
    // Paints (0, 0, size). May be called several times and gives the same picture each time.
    std::function<void(QPainter &)> paint;
};

// What a picture's file tells about it besides the picture.
struct PictureNote {
    QString description; // scenario, seed and moment in words
    QString session; // the run up to that moment, as session JSON: reading the file back reopens it
};

} // namespace app
