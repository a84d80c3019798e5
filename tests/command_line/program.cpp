// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command_line/program.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

namespace tests {

QJsonObject Ended::json() const { return QJsonDocument::fromJson(out).object(); }

void prepare(QProcess &process, const QString &folder, const QProcessEnvironment &more)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        if (name.startsWith(QLatin1String("QT")) || name.endsWith(QLatin1String("DISPLAY"))
            || name.startsWith(QLatin1String("XDG")))
            environment.remove(name);
    environment.insert(more);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
}

Ended runProgram(const QStringList &arguments, const QByteArray &input, const QString &folder,
                 const std::function<void()> &before)
{
    QProcess process;
    prepare(process, folder);
    if (before)
        process.setChildProcessModifier(before);
    process.start(QStringLiteral(PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    return endOf(process);
}

Ended endOf(QProcess &process)
{
    constexpr int longestMs = 60'000; // a hanging program fails the test instead of hanging it
    Ended ended;
    if (process.waitForFinished(longestMs) && process.exitStatus() == QProcess::NormalExit)
        ended.code = process.exitCode();
    ended.out = process.readAllStandardOutput();
    ended.err = process.readAllStandardError();
    return ended;
}

QString makeFile(const QTemporaryDir &dir, const QString &name, const QByteArray &contents)
{
    QFile file(dir.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

} // namespace tests
