// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/files.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>
#include <QTemporaryDir>

namespace tests {

// How the program ended, and what it said.
struct Ended {
    int code = -1; // -1: it did not start, crashed or did not end
    QByteArray out;
    QByteArray err;

    QJsonObject json() const; // of `out`
};

// Runs the program to its end, in `folder` where one is given, without a display.
Ended runProgram(const QStringList &arguments, const QByteArray &input = {}, const QString &folder = {});

// Makes a file below `dir`, and gives its whole path.
QString makeFile(const QTemporaryDir &dir, const QString &name, const QByteArray &contents);

} // namespace tests
