// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command_line/program.h"
#include "tests/register_test.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using tests::runProgram;

namespace {

QStringList compareWords(const QString &line) { return QStringList{QStringLiteral("compare")} + line.split(' '); }

QJsonObject summaryOf(const QString &line)
{
    const auto ended = runProgram(compareWords(line + " --summary"));
    if (ended.code != 0)
        qWarning("%s", ended.err.constData());
    return QJsonDocument::fromJson(ended.out).object();
}

const QStringList kInterventions{"fault-set", "fault-cleared", "knob-turned", "policies-set"};

// The events of a run as objects without their numbers, and without what was done to it.
QList<QJsonObject> logOf(const QString &line)
{
    QTemporaryDir dir;
    const QString file = dir.filePath("e.jsonl");
    const auto ended = runProgram(("run " + line + " --events " + file).split(' '));
    if (ended.code != 0)
        qWarning("%s", ended.err.constData());
    QList<QJsonObject> events;
    for (const QByteArray &text : tests::contentsOf(file).split('\n')) {
        QJsonObject event = QJsonDocument::fromJson(text).object();
        event.remove("number");
        if (!event.isEmpty() && !kInterventions.contains(event["event"].toString()))
            events << event;
    }
    return events;
}

} // namespace

class CompareTest : public QObject {
    Q_OBJECT
private slots:
    // The first difference is the one that the two logs of `run` have.
    void theFirstDifference_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        const auto row = [](const char *name, const char *a, const char *b) {
            QTest::newRow(name) << QString(a) << QString(b);
        };
        row("jitter", "retry --scenario herd", "retry --scenario herd --set jitter=full");
        row("scenarios", "retry --scenario herd", "retry --scenario herd-jitter");
        row("a fault", "circuit-breaker --until 20", "circuit-breaker --until 20 --fault 4:outage");
        row("a seed", "bulkhead --seed 3 --until 10", "bulkhead --seed 4 --until 10");
        row("a knob of one", "capstone --until 10", "capstone --until 10 --set gateway.service_latency=1");
    }
    void theFirstDifference()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        const QJsonObject told = summaryOf(a + ' ' + b);
        const auto ofA = logOf(a);
        const auto ofB = logOf(b);
        const auto [mine, theirs] = std::mismatch(ofA.begin(), ofA.end(), ofB.begin(), ofB.end());
        QVERIFY(mine != ofA.end() && theirs != ofB.end());
        const QJsonObject difference = told["first_difference"].toObject();
        QJsonObject inA = difference["a"].toObject();
        QJsonObject inB = difference["b"].toObject();
        inA.remove("number");
        inB.remove("number");
        QCOMPARE(inA, *mine);
        QCOMPARE(inB, *theirs);
        QCOMPARE(difference["at"].toDouble(), std::min((*mine)["at"].toDouble(), (*theirs)["at"].toDouble()));
        // Each run is the one that `run` plays.
        const auto alone = runProgram(("run " + b + " --summary").split(' '));
        QCOMPARE(told["b"].toObject()["fingerprint"], QJsonDocument::fromJson(alone.out).object()["fingerprint"]);
    }

    void theSameTwice()
    {
        for (const char *step : {"circuit-breaker", "distributed-lock", "combining"}) {
            const QJsonObject told = summaryOf(QString("%1 %1 --until 30").arg(step));
            QVERIFY(told["first_difference"].isNull());
            QCOMPARE(told["changes"].toArray().size(), 0);
            QCOMPARE(told["a"], told["b"]);
            for (const QJsonValue &figure : told["figures"].toObject())
                QCOMPARE(figure.toObject()["difference"].toDouble(), 0.0);
        }
    }

    // Of figures both and the difference, which the totals bear out.
    void figures()
    {
        const QJsonObject told = summaryOf("retry --scenario storm storm-budget");
        QCOMPARE(told["a"].toObject()["scenario"].toString(), QStringLiteral("storm"));
        QCOMPARE(told["b"].toObject()["scenario"].toString(), QStringLiteral("storm-budget"));
        QCOMPARE(told["a"].toObject()["seed"], told["b"].toObject()["seed"]);
        for (const char *side : {"a", "b"}) {
            const QJsonObject totals = told[side].toObject()["totals"].toObject();
            const double offered = totals["offered"].toDouble();
            const QJsonObject figures = told["figures"].toObject();
            QCOMPARE(figures["goodput"].toObject()[side].toDouble(), totals["succeeded"].toDouble() / offered);
            QCOMPARE(figures["amplification"].toObject()[side].toDouble(), totals["attempts"].toDouble() / offered);
            QCOMPARE(figures["timed_out"].toObject()[side].toDouble(), totals["timed_out"].toDouble());
        }
    }

    // From the first difference on, all of both logs in the order of time.
    void eventsOfBoth()
    {
        const QString a = "retry --scenario herd --until 20";
        const QString b = a + " --set jitter=full";
        const auto ended = runProgram(compareWords(a + ' ' + b + " --events"));
        QCOMPARE(ended.code, 0);
        QMap<QString, QList<QJsonObject>> told;
        double last = 0;
        for (const QByteArray &text : ended.out.split('\n')) {
            QJsonObject event = QJsonDocument::fromJson(text).object();
            if (event.isEmpty())
                continue;
            QVERIFY(event["at"].toDouble() >= last);
            last = event["at"].toDouble();
            const QString run = event["run"].toString();
            event.remove("run");
            event.remove("number");
            if (!kInterventions.contains(event["event"].toString()))
                told[run] << event;
        }
        const auto ofA = logOf(a);
        const auto ofB = logOf(b);
        const auto common = std::mismatch(ofA.begin(), ofA.end(), ofB.begin(), ofB.end()).first - ofA.begin();
        QCOMPARE(told["a"], ofA.mid(common));
        QCOMPARE(told["b"], ofB.mid(common));
    }

    // The words of a run may be one, and sessions count as runs.
    void waysToSayIt()
    {
        QTemporaryDir dir;
        QCOMPARE(runProgram({"run", "retry", "--scenario", "herd", "--set", "jitter=full", "--session", "s.json"}, {},
                            dir.path())
                     .code,
                 0);
        const auto one = runProgram({"compare", "herd", "s.json", "--summary"}, {}, dir.path());
        const auto two =
            runProgram({"compare", "retry --scenario herd", "retry --scenario herd --set jitter=full", "--summary"});
        QCOMPARE(one.code, 0);
        QCOMPARE(QJsonDocument::fromJson(one.out).object()["first_difference"],
                 QJsonDocument::fromJson(two.out).object()["first_difference"]);
        const auto people = runProgram({"compare", "herd", "herd-jitter"});
        QVERIFY(people.out.contains("First difference: 3.1 s\n  A: Call 1 will be tried again at 4.1 s\n"));
        QVERIFY(people.out.contains("scenario herd-jitter instead of herd"));
    }

    void pictures()
    {
        QTemporaryDir dir;
        const QStringList words{"compare", "herd",  "herd-jitter", "--until", "20",     "--formats",
                                "svg,csv", "--out", "d",           "--size",  "640x360"};
        const auto ended = runProgram(words, {}, dir.path());
        QCOMPARE(ended.err, QByteArray());
        QCOMPARE(ended.code, 0);
        const QString name = dir.filePath("d/retry-herd-compared-");
        QVERIFY(tests::contentsOf(name + "arrivals.svg").contains("first difference"));
        const QByteArray stage = tests::contentsOf(name + "stage.svg");
        QVERIFY(stage.contains("fixed waits") && stage.contains("full jitter"));
        const QByteArray figures = tests::contentsOf(name + "figures.csv");
        QVERIFY(figures.startsWith("figure,ours,other,difference\r\ngoodput,"));
        QVERIFY(!tests::contentsOf(name + "outcomes-other.csv").isEmpty());
        // A second time nothing is overwritten unasked; and the picture opens again with both.
        QCOMPARE(runProgram(words, {}, dir.path()).code, 2);
        const auto again = runProgram({"check", "d/retry-herd-compared-stage.svg"}, {}, dir.path());
        QCOMPARE(again.code, 0);
    }

    void badInput_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *line, const char *message) {
            QTest::newRow(line) << QString(line) << QString(message);
        };
        row("retry", "compare: found one run, expected two: A [options] B [options]");
        row("retry retry retry", "compare: found the extra word \"retry\", expected two runs");
        row("retry nosuch", "found the unknown step \"nosuch\", expected one of");
        row("retry retry --sett x=1", "compare: found the unknown option \"--sett\", expected one of");
        row("retry retry --set nosuch=1", "--set: found the unknown knob \"nosuch\"");
        row("retry --seed x retry", "--seed: found");
        row("retry retry --dpi 96", "compare --dpi: found it without --out, expected --out DIR");
        row("retry retry --summary --events", "compare --events: found --summary beside it, expected one of the two");
    }
    void badInput()
    {
        QFETCH(QString, line);
        QFETCH(QString, message);
        const auto ended = runProgram(compareWords(line));
        QCOMPARE(ended.code, 2);
        QCOMPARE(ended.out, QByteArray());
        QVERIFY2(ended.err.startsWith("resilience-lab: " + message.toUtf8()), ended.err.constData());
        QCOMPARE(ended.err.count('\n'), 1);
    }
};
REGISTER_TEST(CompareTest)

#include "compare_test.moc"
