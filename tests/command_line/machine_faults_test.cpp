// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command_line/program.h"
#include "tests/command_line/scenario_files.h"
#include "tests/register_test.h"

#include <QtTest>

#include <csignal>
#include <filesystem>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <linux/capability.h>

using tests::runProgram;

// A machine that is full, forbids, takes away: one message, the right exit code, nothing half-written, nothing left.
class MachineFaultsTest : public QObject {
    Q_OBJECT

    using Fault = std::function<void()>;

    static void expectMessage(const tests::Ended &ended, int code, const QByteArray &message)
    {
        QVERIFY2(ended.err.startsWith("resilience-lab: ") && ended.err.contains(message), ended.err.constData());
        QCOMPARE(ended.err.count('\n'), 1);
        QCOMPARE(ended.code, code);
    }
    static QStringList words(const char *line) { return QString::fromUtf8(line).split(' '); }

    // The root of the machine is forbidden what others are.
    static void withoutPrivileges()
    {
        ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
        ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
    }
    static void smallFilesOnly()
    {
        const rlimit limit{700, 700};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }

private slots:
    void outputThatGoesNowhere_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("input");
        for (const char *line :
             {"--help", "--version", "list", "list --json", "run circuit-breaker", "run circuit-breaker --summary",
              "run circuit-breaker --transcript", "check good.json", "export good.json --out d --formats csv"})
            QTest::newRow(line) << QString::fromUtf8(line) << QByteArray();
        QTest::newRow("drive") << "drive circuit-breaker" << QByteArray("{\"op\":\"state\"}\n").repeated(3);
    }
    void outputThatGoesNowhere()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, input);
        const Fault full = [] { ::dup2(::open("/dev/full", O_WRONLY), STDOUT_FILENO); };
        const Fault closed = [] { ::close(STDOUT_FILENO); };
        const Fault broken = [] {
            int ends[2];
            if (::pipe(ends) == 0) {
                ::dup2(ends[1], STDOUT_FILENO);
                ::close(ends[0]);
            }
        };
        for (const Fault &fault : {full, closed, broken}) {
            QTemporaryDir dir;
            tests::makeFile(dir, "good.json", tests::handWritten());
            expectMessage(runProgram(line.split(' '), input, dir.path(), fault), 1, "standard output takes no more\n");
        }
    }

    void inputThatCannotBeRead()
    {
        const Fault closed = [] { ::close(STDIN_FILENO); };
        const Fault folder = [] { ::dup2(::open("/", O_RDONLY), STDIN_FILENO); };
        for (const Fault &fault : {closed, folder})
            expectMessage(runProgram({"drive", "circuit-breaker"}, {}, {}, fault), 1,
                          "standard input cannot be read\n");
    }

    // What is meant for people never gets into a file that was opened in the place of a closed stream.
    void noStreamAtAll()
    {
        QTemporaryDir dir;
        const QStringList run = words("run circuit-breaker --summary --events e.jsonl --session s.json");
        QCOMPARE(runProgram(run, {}, dir.path()).code, 0);
        const QByteArray events = tests::contentsOf(dir.filePath("e.jsonl"));
        const QByteArray session = tests::contentsOf(dir.filePath("s.json"));
        const auto again = runProgram(run, {}, dir.path(), [] {
            for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
                ::close(stream);
        });
        QCOMPARE(again.code, 1);
        QCOMPARE(tests::contentsOf(dir.filePath("e.jsonl")), events);
        QCOMPARE(tests::contentsOf(dir.filePath("s.json")), session);
        QCOMPARE(tests::namesIn(dir.path()), (QStringList{"e.jsonl", "s.json"}));
    }

    // No room: what was there stays, and of what is new there is nothing, not even its folder.
    void diskThatIsFull_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"run circuit-breaker --events old", "run circuit-breaker --session old",
                                 "run circuit-breaker --events new --session old", "run circuit-breaker --events new",
                                 "export circuit-breaker --out d/e --formats svg,csv"})
            QTest::newRow(line) << line;
    }
    void diskThatIsFull()
    {
        QFETCH(QString, line);
        QTemporaryDir dir;
        tests::makeFile(dir, "old", "old");
        expectMessage(runProgram(line.split(' '), {}, dir.path(), &smallFilesOnly), 1, ": found File too large, ");
        QCOMPARE(tests::namesIn(dir.path()), QStringList{"old"});
        QCOMPARE(tests::contentsOf(dir.filePath("old")), QByteArray("old"));
    }

    // Nobody waits for a run of days whose events have no room.
    void diskThatIsFullSoon()
    {
        QTemporaryDir dir;
        expectMessage(
            runProgram(words("run circuit-breaker --until 1000000 --events new"), {}, dir.path(), &smallFilesOnly), 1,
            ": found File too large, ");
        QCOMPARE(tests::namesIn(dir.path()), QStringList());
    }

    void devicesThatAreFull()
    {
        for (const char *option : {"--events", "--session"})
            expectMessage(runProgram({"run", "circuit-breaker", option, "/dev/full"}), 1,
                          "/dev/full: found No space left on device, expected a place that can be written to\n");
    }

    void whatIsForbidden_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *line, const char *message) {
            QTest::newRow(line) << line << QByteArray(message);
        };
        row("run circuit-breaker --session closed/s.json", "closed/s.json: found Permission denied");
        row("run circuit-breaker --events closed/e.jsonl", "closed/e.jsonl: found Permission denied");
        row("run circuit-breaker --session kept.json", "kept.json: found Permission denied");
        row("export circuit-breaker --out closed --formats csv", "closed/circuit-breaker-");
        row("export circuit-breaker --out closed/d --formats csv", "closed/d: found Permission denied");
        row("run secret.json", "secret.json: found Permission denied");
        row("check secret.json", "secret.json: found Permission denied");
        row("check secret.png", "secret.png: found Permission denied");
        row("check sealed/good.json", "sealed/good.json: found Permission denied");
        row("export secret.json --out d", "secret.json: found Permission denied");
    }
    void whatIsForbidden()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, message);
        QTemporaryDir dir;
        const auto forbid = [&](const char *name, QFile::Permissions left) {
            QVERIFY(QFile::setPermissions(dir.filePath(name), left));
        };
        for (const char *folder : {"closed", "sealed"})
            QVERIFY(QDir(dir.path()).mkdir(folder));
        for (const char *file : {"kept.json", "secret.json", "secret.png", "sealed/good.json"})
            tests::makeFile(dir, file, tests::handWritten());
        forbid("closed", QFile::ReadOwner | QFile::ExeOwner);
        forbid("kept.json", QFile::ReadOwner);
        for (const char *name : {"secret.json", "secret.png", "sealed"})
            forbid(name, {});
        const QStringList before = tests::namesIn(dir.path());
        expectMessage(runProgram(line.split(' '), {}, dir.path(), &withoutPrivileges), 2, message);
        QCOMPARE(tests::namesIn(dir.path()), before);
        QCOMPARE(tests::namesIn(dir.filePath("closed")), QStringList());
        QCOMPARE(tests::contentsOf(dir.filePath("kept.json")), tests::handWritten());
        forbid("sealed", QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); // so that it can be taken away
    }

    // The folder that one works in is gone.
    void folderThatIsGone()
    {
        QTemporaryDir dir;
        const auto gone = [&](const char *line) {
            const QString folder = dir.filePath("gone");
            [&] { QVERIFY(QDir().mkdir(folder)); }();
            return runProgram(words(line), {}, folder, [path = folder.toStdString()] { ::rmdir(path.c_str()); });
        };
        for (const char *line : {"run circuit-breaker --session s.json", "run circuit-breaker --events e.jsonl",
                                 "export circuit-breaker --out d --formats csv", "check good.json"})
            expectMessage(gone(line), 2, " found ");
        for (const char *line : {"list", "run circuit-breaker", "--version"}) {
            const auto ended = gone(line);
            QCOMPARE(ended.code, 0);
            QCOMPARE(ended.err, QByteArray());
        }
        QCOMPARE(tests::namesIn(dir.path()), QStringList());
    }

    void foldersInTheWay()
    {
        QTemporaryDir dir;
        for (const char *folder : {"f", "f.png", "out/circuit-breaker-steady-traffic-lanes.csv"})
            QVERIFY(QDir(dir.path()).mkpath(folder));
        tests::makeFile(dir, "file", "x");
        for (const char *line :
             {"run f", "check f", "check f.png", "run circuit-breaker --session f", "run circuit-breaker --events f"})
            expectMessage(runProgram(words(line), {}, dir.path()), 2, ": found a directory, ");
        expectMessage(runProgram(words("run circuit-breaker --session file/s.json"), {}, dir.path()), 2,
                      ": found Not a directory, ");
        expectMessage(runProgram(words("export circuit-breaker --out file/d"), {}, dir.path()), 2,
                      ": found Not a directory, ");
        expectMessage(runProgram(words("export circuit-breaker --out out --formats csv --force"), {}, dir.path()), 2,
                      ": found a directory, ");
        QCOMPARE(tests::namesIn(dir.filePath("out")), QStringList{"circuit-breaker-steady-traffic-lanes.csv"});
    }

    // Any name that the system lets a file have: the very bytes, and a message that no terminal obeys.
    void oddNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const QByteArray &name, const QByteArray &shown) {
            QTest::newRow(shown.left(40).constData()) << name << shown;
        };
        for (const char *name : {"a b.json", " .json", "-x.json", "--events.json", "%1%n.json", "<b>x<b>.json",
                                 "a\"b.json", "a\\b.json", "*.json", ".json", "trüb.json"})
            row(name, name);
        row("a\nb.json", "a\\nb.json");
        row("a\tb\r.json", "a\\tb\\r.json");
        row("\x1b[31m.json", "\\u001b[31m.json");
        row("\xe2\x80\xae"
            "x.json",
            "\\u202ex.json");
        row("\xff\xfe.json", "\\xff\\xfe.json");
        row("\xc3.json", "\\xc3.json");
        row(QByteArray(250, 'n') + ".json", QByteArray(250, 'n') + ".json");
    }
    void oddNames()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, shown);
        QTemporaryDir dir;
        // Through the shell, which passes bytes as they are, where a process of Qt's passes text.
        const auto run = [&](const QByteArray &words) {
            QByteArray octal = "./";
            for (const char c : name)
                octal += "\\0" + QByteArray::number(static_cast<unsigned char>(c), 8).rightJustified(3, '0');
            QProcess shell;
            tests::prepare(shell, dir.path());
            shell.start("/bin/sh", {"-c", "N=$(printf '%b_' '" + octal + "'); N=${N%_}; exec '" PROGRAM "' " + words});
            return tests::endOf(shell);
        };
        const auto exists = [&] { return ::access((dir.path().toUtf8() + '/' + name).constData(), F_OK) == 0; };

        expectMessage(run("check \"$N\""), 2, "resilience-lab: ./" + shown + ": found no such file, ");
        for (const char *option : {"--events", "--session", "--session"}) { // new, in the place of another, again
            const auto ended = run("run circuit-breaker " + QByteArray(option) + " \"$N\"");
            QCOMPARE(ended.err, QByteArray());
            QCOMPARE(ended.code, 0);
            QVERIFY(exists());
        }
        QCOMPARE(run("check \"$N\"").out, "./" + shown + ": good, steady-traffic of circuit-breaker\n");
        const std::filesystem::path folder = dir.path().toStdString();
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
        QVERIFY(std::filesystem::remove(folder / name.toStdString()));

        const auto exported = run("export circuit-breaker --formats csv --out \"$N\"");
        QCOMPARE(exported.code, 0);
        QVERIFY(exported.out.startsWith("./" + name + "/circuit-breaker-"));
        QVERIFY(exists());
        expectMessage(run("export circuit-breaker --formats csv --out \"$N\""), 2, "resilience-lab: ./" + shown + '/');
        expectMessage(run("check \"$N\""), 2, ": found a directory, ");
        std::filesystem::remove_all(folder / name.toStdString()); // Qt cannot name all of them
    }

    void namesThatAreTooLong()
    {
        QTemporaryDir dir;
        const QString name(256, 'n');
        const QString path = (QString(200, 'd') + '/').repeated(25);
        for (const QString &place : {name, path + 's'}) {
            for (const QStringList &line :
                 {QStringList{"run", "circuit-breaker", "--session", place},
                  QStringList{"run", "circuit-breaker", "--events", place}, QStringList{"check", "./" + place},
                  QStringList{"export", "circuit-breaker", "--formats", "csv", "--out", place}})
                expectMessage(runProgram(line, {}, dir.path()), 2, ": found File name too long, ");
            QCOMPARE(tests::namesIn(dir.path()), QStringList());
        }
    }
};
REGISTER_TEST(MachineFaultsTest)

#include "machine_faults_test.moc"
