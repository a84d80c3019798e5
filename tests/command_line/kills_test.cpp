// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command_line/program.h"
#include "tests/register_test.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QtTest>

#include <csignal>

// Whatever ends a command, and when: each file is the old one or the new one, whole, and there is nothing beside them.
// RESILIENCE_LAB_KILLS says how many moments are tried for each command, 12 by default.
class KillsTest : public QObject {
    Q_OBJECT

    using Files = std::map<QString, QByteArray>;

    static Files filesIn(const QString &folder)
    {
        Files files;
        for (const QString &name : tests::namesIn(folder))
            files[name] = tests::contentsOf(folder + '/' + name);
        return files;
    }
    // What gives way to a new file in one step has a second name beside it for an instant (see app/files/new_file.h).
    static bool isPart(const QString &name)
    {
        static const QRegularExpression part("^\\.resilience-lab-[0-9]+\\.part$");
        return part.match(name).hasMatch();
    }
    static void start(QProcess &process, const QString &line, const QString &folder, const QString &temporary)
    {
        QProcessEnvironment environment;
        environment.insert("TMPDIR", temporary);
        tests::prepare(process, folder, environment);
        process.start(QStringLiteral(PROGRAM), line.split(' '));
        QVERIFY(process.waitForStarted());
    }
    // In ms.
    static qint64 timeOf(const QString &line, const QString &folder, const QString &temporary)
    {
        QElapsedTimer clock;
        clock.start();
        QProcess process;
        start(process, line, folder, temporary);
        [&] { QVERIFY(process.waitForFinished(60'000) && process.exitCode() == 0); }();
        return clock.elapsed();
    }

private slots:
    void killedAtAnyMoment_data()
    {
        QTest::addColumn<QString>("line");
        const QString run = "run circuit-breaker --until %1 --session out/s.json --events out/e.jsonl";
        const QString exported = "export circuit-breaker --seed %1 --out out --formats svg,csv --force --size 640x360";
        QTest::newRow("run") << run;
        QTest::newRow("export") << exported;
    }
    void killedAtAnyMoment()
    {
        QFETCH(QString, line);
        const int moments = qEnvironmentVariableIsSet("RESILIENCE_LAB_KILLS")
                                ? qEnvironmentVariableIntValue("RESILIENCE_LAB_KILLS")
                                : 12;
        QTemporaryDir dir;
        QTemporaryDir temporary;
        const QString out = dir.filePath("out");
        QVERIFY(QDir().mkdir(out));
        timeOf(line.arg(400), dir.path(), temporary.path());
        const Files old = filesIn(out);
        QVERIFY(old.size() >= 2);
        const qint64 whole = timeOf(line.arg(600), dir.path(), temporary.path());
        const Files fresh = filesIn(out);
        QRandomGenerator random(11);
        int unfinished = 0;
        for (int i = 0; i < moments; ++i) {
            for (const auto &[name, contents] : old) {
                QFile file(out + '/' + name);
                QVERIFY(file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size());
            }
            QProcess process;
            start(process, line.arg(600), dir.path(), temporary.path());
            QTest::qSleep(static_cast<int>(random.bounded(whole + 1)));
            process.kill();
            QVERIFY(process.waitForFinished());
            unfinished += process.exitStatus() == QProcess::CrashExit;
            Files left = filesIn(out);
            std::erase_if(left, [](const auto &file) { return isPart(file.first); }); // goes with the next file made
            QCOMPARE(left.size(), old.size());
            for (const auto &[name, contents] : left)
                QVERIFY2(old.count(name) && (contents == old.at(name) || contents == fresh.at(name)), qPrintable(name));
        }
        timeOf(line.arg(600), dir.path(), temporary.path()); // takes away what was left for an instant
        QCOMPARE(tests::namesIn(temporary.path()), QStringList());
        QVERIFY(filesIn(out) == fresh);
        QVERIFY2(unfinished > moments / 4, qPrintable(QString::number(unfinished)));
    }

    // Asked to stop: said where, and nothing is written.
    void stopped_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("signal");
        for (const char *line : {"run circuit-breaker --until 1000000 --session s.json --events e.jsonl",
                                 "export circuit-breaker --until 1000000 --out d"})
            for (const int signal : {SIGINT, SIGTERM, SIGHUP})
                QTest::addRow("%.6s, %d", line, signal) << line << signal;
    }
    void stopped()
    {
        QFETCH(QString, line);
        QFETCH(int, signal);
        QTemporaryDir dir;
        QTemporaryDir temporary;
        QProcess process;
        start(process, line, dir.path(), temporary.path());
        // Under way once its handlers are there.
        const auto ready = [&] {
            const QByteArray status = tests::contentsOf(QStringLiteral("/proc/%1/status").arg(process.processId()));
            const qsizetype caught = status.indexOf("SigCgt:\t") + 8;
            return status.mid(caught, status.indexOf('\n', caught) - caught).toULongLong(nullptr, 16) >> (SIGTERM - 1)
                   & 1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(ready(), 30'000);
        ::kill(static_cast<pid_t>(process.processId()), signal);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(said.startsWith("resilience-lab: stopped at ") && said.count('\n') == 1, said.constData());
        QCOMPARE(process.readAllStandardOutput(), QByteArray());
        QCOMPARE(tests::namesIn(dir.path()), QStringList());
        QCOMPARE(tests::namesIn(temporary.path()), QStringList());
    }

    // One that waits and has nothing to lose ends as every program does, so that shells know why.
    void endsWhileItWaits()
    {
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            QTemporaryDir temporary;
            QProcess process;
            start(process, "drive circuit-breaker", temporary.path(), temporary.path());
            process.write("{\"op\":\"state\"}\n");
            QVERIFY(process.waitForReadyRead());
            ::kill(static_cast<pid_t>(process.processId()), signal);
            QVERIFY(process.waitForFinished());
            QCOMPARE(process.exitStatus(), QProcess::CrashExit);
            QCOMPARE(process.exitCode(), signal);
            QCOMPARE(process.readAllStandardError(), QByteArray());
        }
    }
};
REGISTER_TEST(KillsTest)

#include "kills_test.moc"
