// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/files.h"

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>

namespace tests {

// How the program ended, and what it said.
struct Ended {
    int code = -1; // -1: it did not start, crashed or did not end
    QByteArray out;
    QByteArray err;

    QJsonObject json() const; // of `out`
};

// The surroundings in which it is started: without a display, in `folder` where one is given, with `more` variables.
void prepare(QProcess &process, const QString &folder, const QProcessEnvironment &more = {});
// Waits for its end.
Ended endOf(QProcess &process);

// Runs the program to its end. `before` is called in the new process, before the program, to make things hard for it;
// it may call nothing but the system.
Ended runProgram(const QStringList &arguments, const QByteArray &input = {}, const QString &folder = {},
                 const std::function<void()> &before = {});

// Makes a file below `dir`, and gives its whole path.
QString makeFile(const QTemporaryDir &dir, const QString &name, const QByteArray &contents);

} // namespace tests
