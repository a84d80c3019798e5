// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/new_file.h"
#include "app/files/whole_file.h"
#include "tests/files.h"
#include "tests/register_test.h"

#include <QtTest>

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using app::NewFile;
using Means = app::NewFile::Means;

// By both means: files without a name, and those of file systems that know none.
class NewFileTest : public QObject {
    Q_OBJECT

    static void bothMeans()
    {
        QTest::addColumn<int>("means");
        QTest::newRow("without a name") << int(Means::Best);
        QTest::newRow("with a name") << int(Means::NamedOnly);
    }
    static std::string in(const QTemporaryDir &dir, const char *name) { return dir.filePath(name).toStdString(); }

    // Makes a file in another process, which is killed over it.
    static void dieWriting(const std::string &place, Means means)
    {
        const pid_t child = ::fork();
        if (child == 0) {
            NewFile file;
            if (file.make(place, means) == 0 && file.write("half") == 0)
                ::raise(SIGKILL);
            ::_exit(1);
        }
        int status = 0;
        QVERIFY(::waitpid(child, &status, 0) == child && WIFSIGNALED(status));
    }

private slots:
    void isThereOnceItIsPut_data() { bothMeans(); }
    void isThereOnceItIsPut()
    {
        QFETCH(int, means);
        QTemporaryDir dir;
        for (const char *text : {"first", "second"}) {
            NewFile file;
            QCOMPARE(file.make(in(dir, "a"), Means(means)), 0);
            QCOMPARE(file.write(text), 0);
            QVERIFY(tests::contentsOf(dir.filePath("a")) != text);
            QCOMPARE(file.put(), 0);
            QCOMPARE(tests::contentsOf(dir.filePath("a")), QByteArray(text));
            QCOMPARE(tests::namesIn(dir.path()), QStringList{"a"});
        }
        {
            NewFile file;
            QCOMPARE(file.make(in(dir, "a"), Means(means)), 0);
            QCOMPARE(file.write("third"), 0);
        }
        QCOMPARE(tests::contentsOf(dir.filePath("a")), QByteArray("second"));
        QCOMPARE(tests::namesIn(dir.path()), QStringList{"a"});
    }

    void keepsWhoMayReadIt_data() { bothMeans(); }
    void keepsWhoMayReadIt()
    {
        QFETCH(int, means);
        QTemporaryDir dir;
        const auto put = [&] {
            NewFile file;
            QCOMPARE(file.make(in(dir, "a"), Means(means)), 0);
            QCOMPARE(file.put(), 0);
        };
        put();
        constexpr auto mine = QFile::ReadOwner | QFile::WriteOwner;
        QVERIFY(QFile::permissions(dir.filePath("a")) & QFile::ReadGroup);
        QVERIFY(QFile::setPermissions(dir.filePath("a"), mine));
        put();
        QCOMPARE(QFile::permissions(dir.filePath("a")) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::Permissions(mine));
    }

    // What a killed program leaves goes with the next file; what one that lives has at hand stays.
    void nothingIsLeftOfTheDead()
    {
        QTemporaryDir dir;
        dieWriting(in(dir, "a"), Means::Best);
        QCOMPARE(tests::namesIn(dir.path()), QStringList());
        dieWriting(in(dir, "a"), Means::NamedOnly);
        dieWriting(in(dir, "b"), Means::NamedOnly); // takes the first one's away
        QCOMPARE(tests::namesIn(dir.path()).size(), 1);
        const QStringList strangers{".resilience-lab-.part", ".resilience-lab-1x.part", "resilience-lab-1.part"};
        for (const QString &name : strangers) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        NewFile alive;
        QCOMPARE(alive.make(in(dir, "c"), Means::NamedOnly), 0);
        QCOMPARE(alive.write("whole"), 0);
        QVERIFY(!app::WholeFile::write(in(dir, "d"), "d"));
        QCOMPARE(tests::namesIn(dir.path()).size(), strangers.size() + 2);
        QCOMPARE(alive.put(), 0);
        QCOMPARE(tests::contentsOf(dir.filePath("c")), QByteArray("whole"));
        QCOMPARE(tests::namesIn(dir.path()),
                 QStringList(strangers.mid(0, 2) + QStringList{"c", "d"} + strangers.mid(2)));
    }

    void folderTakenAwayMeanwhile_data() { bothMeans(); }
    void folderTakenAwayMeanwhile()
    {
        QFETCH(int, means);
        QTemporaryDir dir;
        QVERIFY(QDir(dir.path()).mkdir("sub"));
        NewFile file;
        QCOMPARE(file.make(in(dir, "sub/a"), Means(means)), 0);
        QVERIFY(QDir(dir.filePath("sub")).removeRecursively());
        QCOMPARE(file.write("x"), 0);
        QCOMPARE(file.put(), ENOENT);
    }
};

REGISTER_TEST(NewFileTest)
#include "new_file_test.moc"
