// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command_line/program.h"
#include "tests/command_line/scenario_files.h"
#include "tests/register_test.h"

#include <QtTest>

using tests::runProgram;

class RunTest : public QObject {
    Q_OBJECT
private slots:
    // What the lab text's demo prints, line for line.
    void lab11Demo()
    {
        const auto run = runProgram({"run", "circuit-breaker", "--scenario", "lab-11-demo", "--transcript"});
        QCOMPARE(run.code, 0);
        QCOMPARE(run.err, QByteArray());
        QCOMPARE(run.out, QByteArray("Failure 1: Connection refused\n"
                                     "Failure 2: Connection refused\n"
                                     "Failure 3: Connection refused\n"
                                     "Fast fail: payment-service circuit is OPEN\n"
                                     "State: open\n"
                                     "  [closed] failure(1)\n"
                                     "  [closed] failure(2)\n"
                                     "  [closed] failure(3)\n"
                                     "  → TRANSITION: closed → open\n"
                                     "  [open] fast-fail\n"));
    }

    void summaryHasAllOfTheContract()
    {
        const auto run = runProgram({"run", "circuit-breaker", "--scenario", "outage-and-recovery", "--summary"});
        QCOMPARE(run.code, 0);
        QCOMPARE(run.err, QByteArray());
        const QJsonObject summary = run.json();
        QCOMPARE(summary["step"].toString(), QString("circuit-breaker"));
        QCOMPARE(summary["scenario"].toString(), QString("outage-and-recovery"));
        QVERIFY(summary["seed"].isDouble() && summary["until"].isDouble());
        QVERIFY(QRegularExpression("^[0-9a-f]{16}$").match(summary["fingerprint"].toString()).hasMatch());
        const QJsonObject totals = summary["totals"].toObject();
        int ended = 0;
        for (const char *outcome :
             {"succeeded", "failed", "timed_out", "short_circuited", "rejected", "throttled", "in_flight"}) {
            QVERIFY2(totals[outcome].isDouble(), outcome);
            ended += totals[outcome].toInt();
        }
        QCOMPARE(totals["offered"].toInt(), ended);
        QCOMPARE(totals["attempts"].toInt() + totals["short_circuited"].toInt(), totals["offered"].toInt());
        for (const QJsonValue &met : summary["goals"].toObject())
            QVERIFY(met.toBool());
        const QJsonObject breaker = summary["patterns"].toObject()["circuit-breaker"].toObject();
        QCOMPARE(breaker["state"].toString(), QString("closed"));
        QCOMPARE(breaker["opened"].toInt(), 2);
        QCOMPARE(breaker["rejected"].toInt(), totals["short_circuited"].toInt());
    }

    // One outage, from a file, from options, a second time, and from the saved sessions: one fingerprint.
    void sameRunSameFingerprint()
    {
        QTemporaryDir dir;
        tests::makeFile(dir, "outage.json", tests::handWritten(tests::kOutage));
        tests::makeFile(dir, "quiet.json", tests::handWritten());
        const auto fingerprint = [&](const QStringList &arguments) {
            const auto run = runProgram(QStringList{"run"} + arguments + QStringList{"--summary"}, {}, dir.path());
            return run.code == 0 ? run.json()["fingerprint"].toString() : QString::fromUtf8(run.err);
        };
        const QStringList byOption{"--fault", "10:outage:payment-service", "--clear", "20:outage:payment-service"};
        const QString expected = fingerprint({"outage.json", "--session", "file-session.json"});
        QCOMPARE(expected.size(), 16);
        QCOMPARE(fingerprint({"outage.json"}), expected);
        QCOMPARE(fingerprint(QStringList{"quiet.json", "--session", "option-session.json"} + byOption), expected);
        QCOMPARE(fingerprint({"quiet.json", "--clear=20:outage", "--fault=10:outage"}), expected);
        QCOMPARE(fingerprint({"file-session.json"}), expected);
        QCOMPARE(fingerprint({"option-session.json", "--session", "again.json"}), expected);
        QCOMPARE(tests::contentsOf(dir.filePath("again.json")), tests::contentsOf(dir.filePath("option-session.json")));
        // ... and another run has another.
        QVERIFY(fingerprint({"quiet.json"}) != expected);
        QVERIFY(fingerprint({"outage.json", "--seed", "2"}) != expected);
        QVERIFY(fingerprint({"outage.json", "--set", "failure_threshold=2"}) != expected);
    }

    void settingsAreJournalEntriesAtTheStart()
    {
        QTemporaryDir dir;
        const QString session = dir.filePath("s.json");
        const auto run = runProgram({"run", "circuit-breaker", "--scenario", "lab-11-demo", "--until", "0.04", "--seed",
                                     "18446744073709551615", "--set", "failure_threshold=2", "--set",
                                     "hold=metrics-only", "--session", session});
        QCOMPARE(run.code, 0);
        QCOMPARE(run.out + run.err, QByteArray());
        const QJsonObject saved = QJsonDocument::fromJson(tests::contentsOf(session)).object();
        // Looked for in the text: Qt's reader has no unsigned numbers.
        QVERIFY(tests::contentsOf(session).contains("\"seed\": 18446744073709551615"));
        const QJsonArray journal = saved["journal"].toArray();
        QCOMPARE(journal.size(), 3);
        QCOMPARE(journal[1].toObject(),
                 (QJsonObject{{"at", 0.0}, {"turn_knob", QJsonObject{{"knob", "failure_threshold"}, {"value", 2.0}}}}));
        QCOMPARE(journal[2].toObject(),
                 (QJsonObject{{"at", 0.0}, {"turn_knob", QJsonObject{{"knob", "hold"}, {"value", "metrics-only"}}}}));
    }

    void everyEventIsWritten()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath("events.jsonl");
        const auto run =
            runProgram({"run", "circuit-breaker", "--scenario", "outage-and-recovery", "--events", path, "--summary"});
        QCOMPARE(run.code, 0);
        const QByteArrayList lines = tests::contentsOf(path).split('\n');
        QVERIFY(lines.size() > 100 && lines.last().isEmpty());
        int offered = 0;
        for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
            const QJsonObject event = QJsonDocument::fromJson(lines[i]).object();
            QCOMPARE(event["number"].toInteger(), i + 1);
            offered += event["event"] == "offered";
        }
        QCOMPARE(offered, run.json()["totals"].toObject()["offered"].toInt());
        QCOMPARE(tests::namesIn(dir.path()), QStringList{"events.jsonl"});
    }

    void aFewLinesForPeople()
    {
        const auto run = runProgram({"run", "circuit-breaker", "--scenario", "outage-and-recovery"});
        QCOMPARE(run.code, 0);
        QVERIFY2(run.out.startsWith("Circuit breaker, outage-and-recovery: 30 s, seed 11\noffered 60 = "),
                 run.out.constData());
        QVERIFY(run.out.contains("\nfingerprint "));
    }

    // Stopped in the middle: an exit code that says so, and no file at all.
    void stopsCleanly()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath("events.jsonl");
        QProcess process;
        process.start(QStringLiteral(PROGRAM), {"run", "circuit-breaker", "--until", "1000000", "--events", path});
        QVERIFY(process.waitForStarted());
        // It is under way once its events grow in a file that has no name yet, or not the one asked for.
        const QDir open(QStringLiteral("/proc/%1/fd").arg(process.processId()));
        const auto grows = [&] {
            for (const QString &file : open.entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot))
                if (QFile::symLinkTarget(open.filePath(file)).startsWith(QFileInfo(dir.path()).canonicalFilePath())
                    && QFileInfo(open.filePath(file)).size() > 0)
                    return true;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(grows(), 30'000);
        QVERIFY(!QFile::exists(path));
        process.terminate();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().startsWith("resilience-lab: stopped at "));
        QCOMPARE(process.readAllStandardOutput(), QByteArray());
        QCOMPARE(tests::namesIn(dir.path()), QStringList());
    }
};
REGISTER_TEST(RunTest)

#include "run_test.moc"
