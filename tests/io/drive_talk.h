// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/drive/drive.h"

#include <QtTest>

// Conversations with a driven pattern, line by line.
namespace tests {

struct Exchange {
    const char *line;
    const char *answer; // exactly, or in refuses() how its message begins
};

inline std::unique_ptr<resilience::io::Drive> opened(const char *pattern, const std::string &config)
{
    auto drive = resilience::io::Drive::open(pattern, config);
    if (!drive)
        qFatal("%s", drive.error().message().c_str());
    return std::move(*drive);
}

// Each line gets exactly its answer.
inline void talk(const char *pattern, const std::string &config, const std::vector<Exchange> &lines)
{
    const auto drive = opened(pattern, config);
    for (const Exchange &exchange : lines)
        QCOMPARE(QByteArray::fromStdString(drive->answer(exchange.line)), QByteArray(exchange.answer));
}

// After `first`, each of the lines is refused, and nothing has changed: `last` gets exactly `answer`.
inline void refuses(const char *pattern, const std::string &config, const char *first,
                    const std::vector<Exchange> &lines, const char *last, const char *answer)
{
    const auto drive = opened(pattern, config);
    drive->answer(first);
    for (const Exchange &exchange : lines) {
        const QByteArray found = QByteArray::fromStdString(drive->answer(exchange.line));
        const QJsonObject object = QJsonDocument::fromJson(found).object();
        QCOMPARE(object.keys(), QStringList{QStringLiteral("error")});
        QVERIFY2(object[QStringLiteral("error")].toString().startsWith(QString::fromUtf8(exchange.answer)),
                 found.constData());
    }
    QCOMPARE(QByteArray::fromStdString(drive->answer(last)), QByteArray(answer));
}

inline QByteArray configError(const char *pattern, const char *config)
{
    const auto drive = resilience::io::Drive::open(pattern, config);
    return drive ? QByteArray("accepted") : QByteArray::fromStdString(drive.error().message());
}

} // namespace tests
