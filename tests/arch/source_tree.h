// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

// The project's own files, read for the architecture tests. Paths are relative to the repository's root.
namespace tests {

struct IncludeLine {
    QString name; // core/time.h, vector, QString
    bool quoted = false;
    int line = 0;
};

// Files below `folder` (a path from the root) whose name matches one of `patterns`, sorted.
QStringList filesIn(const QString &folder, const QStringList &patterns);

// C++ sources and headers of a folder.
QStringList sourcesIn(const QString &folder);

QStringList linesOf(const QString &path);
QVector<IncludeLine> includesOf(const QString &path);
bool exists(const QString &path);

// Names at the repository's top level that belong to the project: what git knows or would add. Without git, what is
// there except build folders.
QStringList topLevelNames();

} // namespace tests
