// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/arch/source_tree.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>

namespace tests {

namespace {

QDir root() { return QDir(QStringLiteral(SOURCE_ROOT)); }

QStringList namesKnownToGit()
{
    QProcess git;
    git.setWorkingDirectory(root().path());
    git.start(QStringLiteral("git"), {QStringLiteral("ls-files"), QStringLiteral("--cached"),
                                      QStringLiteral("--others"), QStringLiteral("--exclude-standard")});
    if (!git.waitForFinished() || git.exitStatus() != QProcess::NormalExit || git.exitCode() != 0)
        return {};
    QSet<QString> names;
    for (const QString &path : QString::fromUtf8(git.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts)) {
        const QString name = path.section(u'/', 0, 0);
        if (root().exists(name)) // git still lists what was just deleted
            names.insert(name);
    }
    return names.values();
}

} // namespace

QStringList filesIn(const QString &folder, const QStringList &patterns)
{
    QStringList found;
    QDirIterator files(root().filePath(folder), patterns, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        found << root().relativeFilePath(files.next());
    found.sort();
    return found;
}

QStringList sourcesIn(const QString &folder)
{
    return filesIn(folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")});
}

QStringList linesOf(const QString &path)
{
    QFile file(root().filePath(path));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QVector<IncludeLine> includesOf(const QString &path)
{
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
    QVector<IncludeLine> found;
    const QStringList lines = linesOf(path);
    for (qsizetype i = 0; i < lines.size(); ++i)
        if (const auto match = include.match(lines.at(i)); match.hasMatch())
            found.push_back({match.captured(2), match.captured(1) == QLatin1String("\""), int(i) + 1});
    return found;
}

bool exists(const QString &path) { return root().exists(path); }

QStringList topLevelNames()
{
    QStringList names = namesKnownToGit();
    if (names.isEmpty())
        for (const QString &name : root().entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
            if (!name.startsWith(QLatin1String("build")))
                names << name;
    names.sort();
    return names;
}

} // namespace tests
