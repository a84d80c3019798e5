// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"
#include "tests/command_line/program.h"
#include "tests/command_line/scenario_files.h"
#include "tests/register_test.h"

#include <QtTest>

using tests::runProgram;

// Each a message on standard error that says what is wrong and what was expected, exit code 2, and nothing written.
class BadInputTest : public QObject {
    Q_OBJECT

private:
    static void expectRefusal(const tests::Ended &ended, const QByteArray &start)
    {
        QVERIFY2(ended.err.startsWith("resilience-lab: " + start), ended.err.constData());
        QCOMPARE(ended.err.count('\n'), 1);
        QCOMPARE(ended.out, QByteArray());
        QCOMPARE(ended.code, 2);
    }

private slots:
    void words_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *line, const QByteArray &message) {
            QTest::newRow(line) << QString::fromUtf8(line) << message;
        };
        row("rum circuit-breaker",
            "found the unknown command \"rum\", expected one of list, run, export, compare, sweep, drive, "
            "check; did you mean \"run\"?");
        row("--stp circuit-breaker", "found the unknown option \"--stp\", expected one of ");
        QByteArrayList ids;
        for (const resilience::labs::Lab &lab : resilience::labs::catalog())
            ids << QByteArray::fromStdString(lab.id);
        const QByteArray steps = "one of " + ids.join(", ");
        row("--step circuit-braker", "--step: found the unknown step \"circuit-braker\", expected " + steps
                                         + "; did you mean \"circuit-breaker\"?");
        row("--step circuit-breaker --scenario none.json", "none.json: found no such file, expected ");
        row("--scenario flaping", "--scenario: found the unknown scenario \"flaping\", expected one of ");
        row("list --jsn", "list: found the unknown option \"--jsn\", expected one of --json, --schema, --help, -h; did "
                          "you mean \"--json\"?");
        row("list all", "list: found the extra word \"all\", expected no more words");
        row("run", "run: found nothing, expected one STEP or FILE");
        row("run circuit-braker", "found the unknown step \"circuit-braker\", expected " + steps
                                      + ", or a file; did you mean \"circuit-breaker\"?");
        row("run none.json", "none.json: found no such file, expected a file of at most 1 MiB that can be read");
        row("run .", ".: found a directory, expected ");
        row("run circuit-breaker --scenario flaping",
            "--scenario: found the unknown scenario \"flaping\", expected one of ");
        row("run circuit-breaker --scenario none.json", "none.json: found no such file, expected ");
        row("run good.json --scenario flapping",
            "--scenario: found a scenario beside the file good.json, expected it with a step only");
        row("run good.json --seed -1", "--seed: found \"-1\", expected a whole number, 0 to 18446744073709551615");
        row("run good.json --seed 1e3", "--seed: found \"1e3\", expected ");
        row("run good.json --seed 1 --seed 2", "run --seed: found it twice, expected it once");
        row("run good.json --until", "run --until: found nothing, expected a value");
        row("run good.json --until 0", "--until: found \"0\", expected seconds, more than 0, at most 1000000");
        row("run good.json --until -5", "--until: found \"-5\", expected seconds, more than 0, at most 1000000");
        row("run good.json --until inf", "--until: found \"inf\", expected ");
        row("run good.json --until nan", "--until: found \"nan\", expected ");
        row("run good.json --until 5s", "--until: found \"5s\", expected ");
        row("run good.json --fault outage", "--fault: found \"outage\", expected T:KIND[:TARGET[:VALUE]]");
        row("run good.json --fault x:outage", "--fault: found \"x\", expected seconds, 0 to 1000000");
        row("run good.json --fault 1:outge",
            "--fault: found the unknown fault \"outge\", expected one of error-rate, latency, "
            "latency-spikes, outage, hang, crash, packet-loss, partition, clock-drift, pause; did you mean "
            "\"outage\"?");
        row("run good.json --fault 1:outage:payments-service",
            "--fault: found the unknown service \"payments-service\", expected "
            "payment-service; did you mean \"payment-service\"?");
        row("run good.json --fault 1:error-rate::1.5", "--fault: found 1.5, expected a share, 0 to 1");
        row("run good.json --fault 1:latency::3601", "--fault: found 3601, expected seconds, 0 to 3600");
        row("run distributed-lock --fault 1:clock-drift:n1:15",
            "--fault: found 15, expected a relative change, -0.9 to 10");
        row("run good.json --fault 1:hang::1", "--fault: found 1, expected no value for hang");
        row("run good.json --clear 1:outage::1", "--clear: found \"1:outage::1\", expected T:KIND[:TARGET]");
        row("run good.json --set failure_threshold", "--set: found \"failure_threshold\", expected KNOB=VALUE");
        row("run good.json --set failure_treshold=3",
            "--set: found the unknown knob \"failure_treshold\", expected one of ");
        row("run good.json --set failure_threshold=0",
            "--set failure_threshold: found 0, expected a whole number from 1 to 10");
        row("run good.json --set hold=closed",
            "--set hold: found \"closed\", expected one of auto, open, disabled, metrics-only");
        row("run good.json --set window_type=count --set window_calls=5",
            "--set: found minimum_calls at 10, expected at most the window's size, 5");
        row("run good.json --set payment-service.latenzy=3",
            "--set: found the unknown knob \"payment-service.latenzy\", expected a knob's name, or OWNER.KNOB: a "
            "client, a service or CALLER>SERVICE, and a knob of it; did you mean \"payment-service.latency\"?");
        row("run good.json --set shop>payment-service.retry.max_attempts=3",
            "--set: found the knob \"shop>payment-service.retry.max_attempts\", which has nothing to set here, "
            "expected one of shop>payment-service.circuit-breaker.failure_threshold, ");
        row("run good.json --set shop>payment-service.circuit-breaker.failure_threshold=0",
            "--set failure_threshold: found 0, expected a whole number from 1 to 10");
        row("run good.json --summary=yes", "run --summary: found the value yes, expected no value");
        row("run good.json --events none/e.jsonl",
            "none/e.jsonl: found No such file or directory, expected a place that can be written to");
        row("run good.json --session .", ".: found a directory, expected a place that can be written to");
        row("run good.json --events x --session x", "--session: found the file of --events, expected another file");
        row("export good.json", "export: found no --out, expected --out DIR");
        row("export good.json --out d --formats svg,pgn",
            "--formats: found \"pgn\", expected one of svg, pdf, png, csv; did you mean \"png\"?");
        row("export good.json --out d --size 1280", "--size: found \"1280\", expected WxH, as in 1280x720");
        row("export good.json --out d --size 1280x7", "--size: found \"7\", expected a whole number, 320 to 8192");
        row("export good.json --out d --theme drak",
            "--theme: found \"drak\", expected one of light, dark, lecture; did you mean \"dark\"?");
        row("export good.json --out d --dpi 5000", "--dpi: found \"5000\", expected a whole number, 24 to 1200");
        row("export good.json --out d --at 31", "--at: found 31 s, expected ");
        row("export none.json --out d", "none.json: found no such file, expected ");
        row("export good.json --out good.json", "good.json: ");
        row("export good.json --out /proc/none", "/proc/none: ");
        row("drive circuit-braker",
            "drive: found the unknown pattern \"circuit-braker\", expected one of circuit-breaker, ");
        row("drive", "drive: found nothing, expected one PATTERN");
        row("drive circuit-breaker --config {",
            "--config: line 1, column 2: found the end of the text, expected a name in quotes or '}'");
        row("drive circuit-breaker --config {\"open_duraton\":1}",
            "--config: /open_duraton: found the unknown key \"open_duraton\", expected one of ");
        row("check", "check: found nothing, expected at least one FILE");
    }
    void words()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, message);
        QTemporaryDir dir;
        tests::makeFile(dir, "good.json", tests::handWritten());
        // A line for `drive` that must stay unanswered.
        expectRefusal(runProgram(line.split(' '), "{\"op\":\"state\"}\n", dir.path()), message);
        QCOMPARE(tests::namesIn(dir.path()), QStringList{"good.json"});
        QCOMPARE(tests::contentsOf(dir.filePath("good.json")), tests::handWritten());
    }

    // A whole file in the place of a word: the message stays one to be read.
    void longWords()
    {
        const QString word(100'000, 'x');
        for (const QStringList &line :
             {QStringList{word}, QStringList{"--" + word}, QStringList{"run", word}, QStringList{"drive", word},
              QStringList{"run", "retry", "--scenario", word}, QStringList{"run", "retry", "--seed", word},
              QStringList{"run", "retry", "--until", word}, QStringList{"run", "retry", "--set", word},
              QStringList{"run", "retry", "--set", word + "=1"}, QStringList{"run", "retry", "--fault", word},
              QStringList{"run", "retry", "--fault", "1:" + word},
              QStringList{"export", "retry", "--out", "d", "--dpi", word},
              QStringList{"drive", "backoff", "--config", word}}) {
            const auto ended = runProgram(line);
            expectRefusal(ended, "");
            QVERIFY2(ended.err.size() < 8000, ended.err.left(200).constData());
        }
    }

    void files_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *title, const QByteArray &contents, const char *message) {
            QTest::newRow(title) << contents << QByteArray(message);
        };
        const QByteArray good = tests::handWritten(tests::kOutage);
        const auto with = [&](const char *from, const char *to) { return QByteArray(good).replace(from, to); };
        row("unknown key", with("open_duration", "open_duraton"),
            "/clients/0/circuit_breaker/open_duraton: found the unknown key "
            "\"open_duraton\", expected one of ");
        row("wrong type", with("\"rate\": 3", "\"rate\": \"3\""),
            "/clients/0/arrivals/rate: found the text \"3\", expected requests a second, ");
        row("negative duration", with("\"until\": 30", "\"until\": -30"), "/until: found -30, expected seconds, ");
        row("unknown fault", with("\"outage\"", "\"outge\""),
            "/faults/0/kind: found the text \"outge\", expected one of ");
        row("unknown step", with("\"circuit-breaker\"", "\"circuit-braker\""),
            "/step: found the unknown step \"circuit-braker\", expected one of circuit-breaker, retry, ");
        row("another format", with("scenario/1", "scenario/9"),
            "/format: found the text \"resilience-lab/scenario/9\", expected one of ");
        row("truncated", good.left(200), "line 7, column ");
        row("empty", "", "line 1, column 1: found the end of the text, expected a value");
        row("not text", "\xff\xfe\x00\x01", "line 1, column ");
        row("huge number", with("30", "1e999"), "line 5, column ");
    }
    void files()
    {
        QFETCH(QByteArray, contents);
        QFETCH(QByteArray, message);
        QTemporaryDir dir;
        tests::makeFile(dir, "bad.json", contents);
        for (const QStringList &arguments :
             {QStringList{"run", "bad.json", "--session", "s.json", "--events", "e.jsonl"},
              QStringList{"export", "bad.json", "--out", "d"}, QStringList{"check", "bad.json"},
              QStringList{"--scenario", "bad.json"}}) {
            expectRefusal(runProgram(arguments, {}, dir.path()), "bad.json: " + message);
            QCOMPARE(tests::namesIn(dir.path()), QStringList{"bad.json"});
        }
    }

    // Refused by its size, without being read.
    void aFileOf100Megabytes()
    {
        QTemporaryDir dir;
        tests::makeFile(dir, "large.json", tests::handWritten());
        QVERIFY(QFile::resize(dir.filePath("large.json"), 100 * 1024 * 1024));
        for (const char *command : {"run", "check"})
            expectRefusal(runProgram({command, "large.json"}, {}, dir.path()),
                          "large.json: found 104857600 bytes, expected a file of at most 1 MiB that can be read");
    }

    // A line for each good one, a message for each bad one.
    void checkTellsThemApart()
    {
        QTemporaryDir dir;
        tests::makeFile(dir, "good.json", tests::handWritten());
        tests::makeFile(dir, "bad.json", "{}");
        const auto checked = runProgram({"check", "good.json", "bad.json", "good.json"}, {}, dir.path());
        QCOMPARE(checked.code, 2);
        QCOMPARE(checked.out, QByteArray("good.json: good, by-hand of circuit-breaker\n").repeated(2));
        QCOMPARE(checked.err,
                 QByteArray("resilience-lab: bad.json: found no key \"format\", expected \"format\", one of "
                            "resilience-lab/scenario/1, resilience-lab/session/1, resilience-lab/session/2\n"));
    }
};
REGISTER_TEST(BadInputTest)

#include "bad_input_test.moc"
