// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command_line/program.h"
#include "tests/command_line/scenario_files.h"
#include "tests/register_test.h"

#include <QRegularExpression>
#include <QtTest>

#include <csignal>

using tests::runProgram;

// Many runs by the program: however the work is divided, the tables are the same.
class SweepCommandTest : public QObject {
    Q_OBJECT

    static QString words(const QString &out)
    {
        return "sweep retry --scenario storm --until 20 --vary max_attempts=1,3,5 --vary arrival_rate=0.5..2:2 "
               "--seeds 1..9 --metrics goodput,p99,amplification --out "
               + out;
    }
    static tests::Ended run(const QString &line, const QTemporaryDir &dir)
    {
        return runProgram(line.split(' '), {}, dir.path());
    }
    static QByteArray tables(const QTemporaryDir &dir, const QString &folder)
    {
        return tests::contentsOf(dir.filePath(folder + "/runs.csv")) + "\n"
               + tests::contentsOf(dir.filePath(folder + "/summary.csv"));
    }
    static void expectDone(const tests::Ended &ended)
    {
        QCOMPARE(ended.err, QByteArray());
        QCOMPARE(ended.code, 0);
    }
    static void expectRefusal(const tests::Ended &ended, const QByteArray &start)
    {
        QVERIFY2(ended.err.startsWith("resilience-lab: " + start), ended.err.constData());
        QCOMPARE(ended.err.count('\n'), 1);
        QCOMPARE(ended.out, QByteArray());
        QCOMPARE(ended.code, 2);
    }

    QTemporaryDir m_dir;
    QByteArray m_expected;

private slots:
    void initTestCase()
    {
        const auto ended = run(words("whole"), m_dir);
        expectDone(ended);
        QCOMPARE(ended.out, QByteArray("54 runs, 6 cells: whole/runs.csv, whole/summary.csv\n"));
        m_expected = tables(m_dir, "whole");
        QCOMPARE(m_expected.count('\n'), 1 + 54 + 1 + 1 + 18);
    }

    void threadsMakeNoDifference()
    {
        for (const char *jobs : {"1", "2", "7"}) {
            expectDone(run(words(QString("jobs-%1").arg(jobs)) + " --jobs " + jobs, m_dir));
            QCOMPARE(tables(m_dir, QString("jobs-%1").arg(jobs)), m_expected);
        }
    }

    // More shards than there are runs, too.
    void shardsMakeNoDifference_data()
    {
        QTest::addColumn<int>("shards");
        for (const int shards : {1, 7, 64})
            QTest::addRow("%d", shards) << shards;
    }
    void shardsMakeNoDifference()
    {
        QFETCH(int, shards);
        const QString folder = QString("shards-%1").arg(shards);
        for (int i = shards; i-- > 0;) {
            if (i == 0 && shards > 1)
                expectRefusal(run("sweep merge " + folder, m_dir),
                              QString("%1: found %2 of %3 shards, expected all of them; 0/%3 is missing")
                                  .arg(folder)
                                  .arg(shards - 1)
                                  .arg(shards)
                                  .toUtf8());
            // The words of the beginning, or the folder alone.
            const QString line = i % 2 == 0 || i == shards - 1 ? words(folder) : "sweep " + folder;
            const auto ended = run(line + QString(" --shard %1/%2").arg(i).arg(shards), m_dir);
            expectDone(ended);
            QVERIFY(!QFile::exists(m_dir.filePath(folder + "/runs.csv")));
        }
        expectDone(run("sweep merge " + folder, m_dir));
        QCOMPARE(tables(m_dir, folder), m_expected);
    }

    // Whatever is there when it is killed is whole, and it goes on from there.
    void killedAndGoneOnWith()
    {
        const QString line = "sweep capstone --scenario rush-and-trap --seeds 1..300 --until 30 --out ";
        expectDone(run(line + "quick", m_dir));
        int killed = 0;
        for (const int signal : {SIGKILL, SIGTERM, SIGINT}) {
            const QString folder = QString("killed-%1").arg(signal);
            QProcess process;
            tests::prepare(process, m_dir.path());
            process.start(QStringLiteral(PROGRAM), (line + folder + " --jobs 1").split(' '));
            const QString shards = m_dir.filePath(folder + "/shards");
            QTRY_VERIFY_WITH_TIMEOUT(!QDir(shards).entryList({"shard-*"}, QDir::Files).isEmpty(), 60'000);
            ::kill(static_cast<pid_t>(process.processId()), signal);
            QVERIFY(process.waitForFinished());
            killed += !QFile::exists(m_dir.filePath(folder + "/runs.csv"));
            if (signal != SIGKILL && process.exitCode() != 0) {
                QCOMPARE(process.exitCode(), 1);
                static const QRegularExpression said(
                    "^resilience-lab: stopped after \\d+ of 300 runs; the same command goes on from the shards that "
                    "are whole\n$");
                QVERIFY(said.match(process.readAllStandardError()).hasMatch());
            }
            expectDone(run("sweep " + folder, m_dir));
            QCOMPARE(tables(m_dir, folder), tables(m_dir, "quick"));
        }
        QVERIFY(killed > 0);
    }

    // A line of the table, played by `run`.
    void aRowIsThatVeryRun()
    {
        const QList<QByteArray> lines = m_expected.split('\n');
        const QList<QByteArray> cells = lines[23].split(',');
        QCOMPARE(lines[0], QByteArray("cell,max_attempts,arrival_rate,seed,goodput,p99,amplification,fingerprint"));
        const auto alone = run(QString("run retry --scenario storm --until 20 --set max_attempts=%1 --set "
                                       "arrival_rate=%2 --seed %3 --summary")
                                   .arg(cells[1], cells[2], cells[3]),
                               m_dir);
        QCOMPARE(alone.json()["fingerprint"].toString().toUtf8(), cells[7]);
    }

    void aManifestAloneIsEnough()
    {
        const auto planned = run(words("planned") + " --plan", m_dir);
        expectDone(planned);
        QCOMPARE(planned.out, QByteArray("54 runs: planned/manifest.json\n"));
        for (const char *engine : {"--slurm", "--parallel", "--mpi"}) {
            const auto script = run(QString("sweep script planned --shards 5 ") + engine, m_dir);
            expectDone(script);
            QVERIFY(script.out.contains("shards=5\n"));
            QVERIFY(script.out.contains("folder='" + m_dir.filePath("planned").toUtf8() + "'\n"));
        }
        QVERIFY(run("sweep script planned --slurm", m_dir).out.contains("shards=1\n")); // a moment's work
        expectDone(run("sweep planned", m_dir));
        QCOMPARE(tables(m_dir, "planned"), m_expected);
    }

    void refused_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *line, const char *message) {
            QTest::newRow(line) << QString(line) << QByteArray(message);
        };
        row("sweep", "sweep: found nothing, expected one STEP, FILE or DIR, or `merge DIR`, or `script DIR`");
        row("sweep retry", "sweep: found no --out, expected --out DIR");
        row("sweep retri --out d", "found the unknown step \"retri\", expected one of ");
        row("sweep retry --seed 3 --out d", "sweep: found --seed with sweep, expected --seeds");
        row("sweep retry --out d --vary max_atempts=1,2",
            "--vary: found the unknown knob \"max_atempts\", expected one of ");
        row("sweep retry --out d --vary max_attempts=3..1:3",
            "--vary: found the empty range 3..1, expected LO..HI with LO at most HI");
        row("sweep retry --out d --vary max_attempts=1,90",
            "--vary max_attempts: found 90, expected a whole number from 1 to 20");
        row("sweep retry --out d --vary max_attempts=1,2 --vary max_attempts=3",
            "--vary: found the knob \"max_attempts\" again, expected each knob once");
        row("sweep retry --out d --vary arrival_rate=1..9:1000 --vary base_delay=0.1..1:1000",
            "--vary: found more than 10000 cells, expected at most 10000 in all");
        row("sweep retry --out d --vary arrival_rate=1..9:1000000",
            "--vary: found 1000000 values, expected 2 to 10000");
        row("sweep retry --out d --vary arrival_rate=1..9:9000 --seeds 1..9000",
            "found 9000 cells of 9000 seeds, expected at most 10000000 runs in all");
        row("sweep retry --out d --seeds 9..1",
            "--seeds: found the empty range 9..1, expected FIRST..LAST with FIRST at most LAST");
        row("sweep retry --out d --seeds 0..18446744073709551615",
            "--seeds: found the range 0..18446744073709551615, expected at most 1000000 seeds");
        row("sweep retry --out d --seeds 1...3", "--seeds: found \"1...3\", expected seeds, as in 1..200");
        row("sweep retry --out d --metrics goodputt",
            "--metrics: found the unknown metric \"goodputt\", expected one of goodput, amplification, ");
        row("sweep retry --out d --metrics writes_refused",
            "--metrics: found the unknown metric \"writes_refused\", expected one of ");
        row("sweep retry --out d --metrics p99,p99", "--metrics: found \"p99\" again, expected each metric once");
        row("sweep retry --out d --jobs 0", "--jobs: found \"0\", expected a whole number, 1 to 1024");
        row("sweep retry --out d --shard 3", "--shard: found \"3\", expected I/N, as in 0/8");
        row("sweep retry --out d --shard 3/3", "--shard: found \"3\", expected a whole number, 0 to 2");
        row("sweep retry --out d --shard 0/2000", "--shard: found \"2000\", expected a whole number, 1 to 1000");
        row("sweep retry --out d --slurm", "sweep: found --slurm with a sweep, expected `sweep script DIR`");
        row("sweep circuit-breaker --out d --set window_type=count --vary window_calls=5,20",
            "--vary: found minimum_calls at 10, expected at most the window's size, 5");
        row("sweep retry --out good.json", "good.json");
        row("sweep merge", "sweep merge: found nothing, expected one DIR");
        row("sweep merge none", "none/manifest.json: found no such file, expected ");
        row("sweep merge none --vary a=1", "sweep: found --vary with merge, expected it where the sweep begins");
        row("sweep script none", "sweep script: found no engine, expected one of --slurm, --parallel, --mpi");
        row("sweep script none --slurm --mpi", "sweep script: found more than one engine, expected one of ");
        row("sweep script none --slurm", "none/manifest.json: found no such file, expected ");
    }
    void refused()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, message);
        QTemporaryDir dir;
        tests::makeFile(dir, "good.json", tests::handWritten());
        expectRefusal(run(line, dir), message);
        QCOMPARE(tests::namesIn(dir.path()), QStringList{"good.json"});
    }

    void theFolderOfAnotherSweep()
    {
        const auto other = [&](const QString &from, const QString &to, const char *how) {
            expectRefusal(run(words("whole").replace(from, to), m_dir),
                          QByteArray("whole/manifest.json: found the manifest of another sweep, ") + how
                              + ", expected that of this one, or another folder");
        };
        other("1..9", "1..8", "one of the seeds 1..9");
        other("1,3,5", "1,3", "one of other knobs or values");
        other("goodput,p99", "p99,goodput", "one of other metrics");
        other("--until 20", "--until 21", "one of another length");
        other("storm", "storm-budget", "one of another scenario or run");
        expectRefusal(run("sweep whole --seeds 1..8", m_dir),
                      "sweep: found --seeds with the sweep in whole, expected it where the sweep begins");
        QCOMPARE(tables(m_dir, "whole"), m_expected);
        QVERIFY(QDir(m_dir.path()).mkdir("foreign"));
        tests::makeFile(m_dir, "foreign/runs.csv", "mine\n");
        expectRefusal(run(words("foreign"), m_dir), "foreign/runs.csv: found it without a manifest, expected ");
        QCOMPARE(tests::namesIn(m_dir.filePath("foreign")), QStringList{"runs.csv"});
    }

    void damaged_data()
    {
        QTest::addColumn<int>("how");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *title, int how, const char *message) {
            QTest::newRow(title) << how << QByteArray(message);
        };
        row("empty", 0, "a damaged shard, which is empty");
        row("cut off", 1, "a damaged shard, wh");
        row("a digit changed", 2, "a damaged shard, whose check does not fit");
        row("not a number", 3, "a damaged shard, whose line 2 is \"x");
        row("of another sweep", 4, "a damaged shard, or one of another sweep: it begins with ");
    }
    void damaged()
    {
        QFETCH(int, how);
        QFETCH(QByteArray, message);
        const QString folder = QString("damaged-%1").arg(how);
        expectDone(run(words(folder), m_dir));
        const QString shard = folder + "/shards/shard-0-of-1.csv";
        const QByteArray whole = tests::contentsOf(m_dir.filePath(shard));
        const qsizetype second = whole.indexOf('\n') + 1;
        QByteArray changed = how == 0 ? QByteArray() : how == 1 ? whole.left(whole.lastIndexOf("\nend,") - 200) : whole;
        if (how == 2)
            changed[second + 3] = changed[second + 3] == '1' ? '2' : '1';
        if (how == 3)
            changed.insert(second, 'x');
        if (how == 4)
            changed[second - 8] = 'z';
        QVERIFY(QFile::remove(m_dir.filePath(folder + "/runs.csv")));
        tests::makeFile(m_dir, shard, changed);
        for (const QString &line : {"sweep merge " + folder, words(folder), "sweep " + folder}) {
            const auto ended = run(line, m_dir);
            expectRefusal(ended, shard.toUtf8() + ": found " + message);
            QVERIFY(ended.err.contains(", expected it whole, or to be deleted and computed again"));
            QVERIFY(!QFile::exists(m_dir.filePath(folder + "/runs.csv")));
        }
        QVERIFY(QFile::remove(m_dir.filePath(shard)));
        expectDone(run("sweep " + folder, m_dir));
        QCOMPARE(tables(m_dir, folder), m_expected);
    }
};
REGISTER_TEST(SweepCommandTest)

#include "sweep_test.moc"
