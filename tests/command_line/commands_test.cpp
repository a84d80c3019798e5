// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/engine/fault.h"
#include "core/sim/world/knob_owner.h"
#include "tests/command_line/program.h"
#include "tests/command_line/scenario_files.h"
#include "tests/register_test.h"

#include <QtTest>

#include <map>
#include <set>

using tests::runProgram;

class CommandsTest : public QObject {
    Q_OBJECT
private slots:
    void list()
    {
        const auto text = runProgram({"list"});
        QCOMPARE(text.code, 0);
        QCOMPARE(text.err, QByteArray());
        QVERIFY(text.out.startsWith("circuit-breaker: Circuit breaker\n"));
        const auto json = runProgram({"list", "--json"});
        QCOMPARE(json.code, 0);
        const QJsonObject step = json.json()["steps"].toArray()[0].toObject();
        QCOMPARE(step["id"].toString(), QString("circuit-breaker"));
        QStringList scenarios;
        for (const QJsonValue &scenario : step["scenarios"].toArray())
            scenarios << scenario.toObject()["name"].toString();
        for (const char *name : {"lab-11-demo", "outage-and-recovery", "flapping", "slow-not-dead"}) {
            QVERIFY2(scenarios.contains(name), name);
            QVERIFY(text.out.contains(name));
        }
        for (const char *part : {"knobs", "faults", "charts", "goals"})
            QVERIFY2(!step[part].toArray().isEmpty(), part);
    }

    void everyKnobIsListedWithWhatItBelongsTo()
    {
        std::map<QString, QString> owners;
        const QByteArray text = runProgram({"list"}).out;
        for (const QJsonValue &step : runProgram({"list", "--json"}).json()["steps"].toArray())
            for (const QJsonValue &value : step["knobs"].toArray()) {
                const QString owner = value["belongs_to"].toString();
                QVERIFY(resilience::named<resilience::sim::KnobOwner>(owner.toStdString()));
                owners[value["id"].toString()] = owner;
            }
        const std::map<QString, QString> some{{"arrival_rate", "client"},   {"service_workers", "service"},
                                              {"max_attempts", "pipeline"}, {"hold", "pipeline"},
                                              {"probe_interval", "prober"}, {"fencing", "lock"}};
        for (const auto &[id, owner] : some)
            QCOMPARE(owners[id], owner);
        QVERIFY(text.contains("Attempts at most: 1 to 20 (pipeline: retry.max_attempts)\n"));
        QVERIFY(text.contains("Fencing tokens: on, off (lock)\n"));
    }

    void theSchemaIsListed()
    {
        const auto json = runProgram({"list", "--schema"}).json();
        QCOMPARE(json["$id"].toString(), QStringLiteral("scenario.schema.json"));
        QVERIFY(json["$defs"].toObject().contains(QStringLiteral("lock.schema.json")));
    }

    // With the range that the table of faults has, lower end and all.
    void everyFaultIsListedWithItsRange()
    {
        std::set<std::string> listed;
        const QByteArray text = runProgram({"list"}).out;
        const QJsonDocument json = QJsonDocument(runProgram({"list", "--json"}).json());
        QJsonArray all{json.object()};
        for (const QJsonValue &step : json["steps"].toArray())
            all.append(step);
        for (const QJsonValue &part : all)
            for (const QJsonValue &value : part["faults"].toArray()) {
                const QJsonObject fault = value.toObject();
                const auto kind = resilience::named<resilience::sim::FaultKind>(fault["kind"].toString().toStdString());
                QVERIFY(kind);
                const resilience::sim::FaultSpec &known = spec(*kind);
                listed.insert(known.name);
                QCOMPARE(fault["has_value"].toBool(), known.hasValue());
                for (const char *key : {"value", "unit", "default", "minimum", "maximum"})
                    QCOMPARE(fault.contains(QLatin1String(key)), known.hasValue());
                if (!known.hasValue())
                    continue;
                QCOMPARE(fault["value"].toString(), QString(resilience::name(known.value)));
                QCOMPARE(fault["unit"].toString(), QString(known.unit()));
                QCOMPARE(fault["default"].toDouble(), known.defaultValue);
                QCOMPARE(fault["minimum"].toDouble(), known.minimum);
                QCOMPARE(fault["maximum"].toDouble(), known.maximum);
                QVERIFY(text.contains(QByteArray(known.label) + ": " + rangeText(known).c_str() + ", default "));
            }
        QCOMPARE(listed.size(), resilience::sim::kFaultKindCount);
    }

    // Every scenario that is listed runs, as it says it does.
    void everyListedScenarioRuns()
    {
        for (const QJsonValue &step : runProgram({"list", "--json"}).json()["steps"].toArray())
            for (const QJsonValue &scenario : step["scenarios"].toArray()) {
                const auto run =
                    runProgram({"run", step["id"].toString(), "--scenario", scenario["name"].toString(), "--summary"});
                QCOMPARE(run.code, 0);
                QCOMPARE(run.json()["scenario"], scenario["name"]);
                QCOMPARE(run.json()["seed"], scenario["seed"]);
                QCOMPARE(run.json()["until"], scenario["until"]);
            }
    }

    // The order of the lab text; later steps come after these.
    void theEightStepsAreListedInOrder()
    {
        const QStringList expected{"circuit-breaker",  "retry",     "rate-limiter", "bulkhead", "health-check",
                                   "distributed-lock", "combining", "capstone"};
        QStringList ids;
        for (const QJsonValue &step : runProgram({"list", "--json"}).json()["steps"].toArray())
            ids << step["id"].toString();
        QCOMPARE(ids.mid(0, expected.size()), expected);
    }

    // Its stage and every chart it names, in each format, and a table for each chart.
    void everyStepExportsItsStageAndItsCharts()
    {
        for (const QJsonValue &step : runProgram({"list", "--json"}).json()["steps"].toArray()) {
            const QTemporaryDir out;
            const QString id = step["id"].toString();
            const auto ended =
                runProgram({"export", id, "--at", "9", "--out", out.path(), "--formats", "svg,pdf,png,csv"});
            QVERIFY2(ended.code == 0, ended.err.constData());
            const QStringList files = QDir(out.path()).entryList(QDir::Files, QDir::Name);
            const qsizetype charts = step["charts"].toArray().size();
            QVERIFY(charts > 0);
            for (const char *suffix : {"svg", "pdf", "png"}) {
                const QStringList pictures =
                    files.filter(QRegularExpression(QStringLiteral("\\.%1$").arg(QLatin1String(suffix))));
                QVERIFY2(pictures.filter(QStringLiteral("-stage")).size() >= 1, qPrintable(pictures.join(u' ')));
                QVERIFY2(pictures.size() >= charts + 1, qPrintable(pictures.join(u' ')));
            }
            QVERIFY2(files.filter(QStringLiteral(".csv")).size() >= charts, qPrintable(files.join(u' ')));
            for (const QString &file : files)
                QVERIFY2(QFileInfo(out.filePath(file)).size() > 10, qPrintable(file));
        }
    }

    void helpAndVersion()
    {
        for (const char *words :
             {"--help", "-h", "list --help", "run --help", "run -h", "export --help", "drive --help", "check --help"}) {
            const auto help = runProgram(QString::fromUtf8(words).split(' '));
            QCOMPARE(help.code, 0);
            QVERIFY2(help.out.contains("resilience-lab "), words);
            QCOMPARE(help.err, QByteArray());
        }
        QVERIFY(QRegularExpression("^resilience-lab \\d+\\.\\d+\\.\\d+\n$")
                    .match(runProgram({"--version"}).out)
                    .hasMatch());
    }

    void drive()
    {
        const QByteArray lines = "{\"t\":0.0,\"op\":\"acquire\",\"id\":1}\n"
                                 "{\"t\":0.2,\"op\":\"failure\",\"id\":1}\n"
                                 "{\"t\":0.3,\"op\":\"aquire\",\"id\":2}\n"
                                 "{\"t\":4.8,\"op\":\"call\",\"outcome\":\"success\"}\n"
                                 "{\"t\":9.0,\"op\":\"state\"}\n"
                                 "{\"t\":9.0,\"op\":\"force\",\"state\":\"open\"}";
        const auto driven = runProgram(
            {"drive", "circuit-breaker", "--config", R"({"failure_threshold":1,"open_duration":8.8})"}, lines);
        QCOMPARE(driven.code, 0);
        QCOMPARE(driven.err, QByteArray());
        QCOMPARE(
            driven.out,
            QByteArray("{\"t\":0.0,\"decision\":\"permitted\",\"state\":\"closed\"}\n"
                       "{\"t\":0.2,\"state\":\"open\"}\n"
                       "{\"error\":\"/op: found the text \\\"aquire\\\", expected one of acquire, success, failure, "
                       "ignore, call, state, force; did you mean \\\"acquire\\\"?\"}\n"
                       "{\"t\":4.8,\"decision\":\"rejected\",\"state\":\"open\",\"retry_after\":4.2}\n"
                       "{\"t\":9.0,\"state\":\"open\",\"half_open_allowed\":true}\n"
                       "{\"t\":9.0,\"state\":\"open\",\"forced\":\"open\"}\n"));
    }

    // Each answer is there before the next line is sent.
    void driveAnswersAtOnce()
    {
        QProcess process;
        process.start(QStringLiteral(PROGRAM), {"drive", "circuit-breaker"});
        for (int i = 0; i < 3; ++i) {
            process.write("{\"op\":\"state\"}\n");
            while (!process.canReadLine())
                QVERIFY(process.waitForReadyRead(30'000));
            QCOMPARE(process.readLine(), QByteArray("{\"t\":0.0,\"state\":\"closed\",\"half_open_allowed\":false}\n"));
        }
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }

    void exportWritesWhatItNames()
    {
        QTemporaryDir dir;
        tests::makeFile(dir, "outage.json", tests::handWritten(tests::kOutage));
        const auto exported = runProgram(
            {"export", "outage.json", "--out", "d", "--formats", "svg,pdf,png,csv", "--at", "12"}, {}, dir.path());
        QCOMPARE(exported.err, QByteArray());
        QCOMPARE(exported.code, 0);
        const QStringList files = tests::namesIn(dir.filePath("d"));
        for (const char *suffix : {".svg", ".pdf", ".png", ".csv"})
            QVERIFY2(
                std::any_of(files.begin(), files.end(), [&](const QString &name) { return name.endsWith(suffix); }),
                suffix);
        for (const QByteArray &line : exported.out.trimmed().split('\n'))
            QVERIFY2(files.contains(QFileInfo(QString::fromUtf8(line)).fileName()), line.constData());
        QCOMPARE(tests::namesIn(dir.path()), (QStringList{"d", "outage.json"}));
    }

    void theWindowNeedsADisplay()
    {
        const auto window = runProgram({"--step", "circuit-breaker"});
        QCOMPARE(window.code, 1);
        QVERIFY(window.err.startsWith("resilience-lab: found no display, expected "));
    }
};
REGISTER_TEST(CommandsTest)

#include "commands_test.moc"
