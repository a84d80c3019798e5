// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/file_batch.h"
#include "tests/files.h"
#include "tests/register_test.h"

#include <QtTest>

using app::OutputFile;
using app::writeAll;

class ExportFileBatchTest : public QObject {
    Q_OBJECT
private slots:
    void writesAllIntoANewFolder()
    {
        const QTemporaryDir place;
        const QString folder = place.filePath(QStringLiteral("a/b c/ü"));
        QVERIFY(!writeAll(folder.toStdString(), {{"one.txt", "1"}, {"two.txt", "22"}}));
        QCOMPARE(tests::namesIn(folder), QStringList({"one.txt", "two.txt"}));
        QCOMPARE(tests::contentsOf(folder + "/two.txt"), QByteArray("22"));
    }

    void replacesWhatWasThere()
    {
        const QTemporaryDir place;
        QVERIFY(!writeAll(place.path().toStdString(), {{"one.txt", "old and long"}}));
        QVERIFY(!writeAll(place.path().toStdString(), {{"one.txt", "new"}}));
        QCOMPARE(tests::contentsOf(place.filePath(QStringLiteral("one.txt"))), QByteArray("new"));
    }

    // The second file cannot be written because a folder has its name.
    void leavesNothingWhenOneFails()
    {
        const QTemporaryDir place;
        QVERIFY(!writeAll(place.path().toStdString(), {{"one.txt", "old"}}));
        QVERIFY(QDir(place.path()).mkdir(QStringLiteral("two.txt")));
        const auto failure =
            writeAll(place.path().toStdString(), {{"one.txt", "new"}, {"two.txt", "22"}, {"three.txt", "333"}});
        QVERIFY(failure);
        QVERIFY2(failure->why.find("two.txt") != std::string::npos, failure->why.c_str());
        QCOMPARE(tests::namesIn(place.path()), QStringList({"one.txt", "two.txt"}));
        QCOMPARE(tests::contentsOf(place.filePath(QStringLiteral("one.txt"))), QByteArray("old"));
    }

    void saysThatTheFolderIsAFile()
    {
        const QTemporaryDir place;
        QVERIFY(!writeAll(place.path().toStdString(), {{"file", "x"}}));
        for (const char *folder : {"file", "file/deeper", "file/deeper/still"}) {
            const QString path = place.filePath(QString::fromLatin1(folder));
            const auto failure = writeAll(path.toStdString(), {{"one.txt", "1"}});
            QVERIFY(failure);
            QVERIFY2(failure->why.find(path.toStdString()) != std::string::npos && failure->badFolder,
                     failure->why.c_str());
        }
        QCOMPARE(tests::namesIn(place.path()), QStringList({"file"}));
    }

    // A folder that had to be made for files that could not be written goes again.
    void takesNewFoldersAwayAgain()
    {
        const QTemporaryDir place;
        QVERIFY(writeAll(place.filePath(QStringLiteral("a/b")).toStdString(), {{"no/such/folder.txt", "1"}}));
        QCOMPARE(tests::namesIn(place.path()), QStringList());
    }
};
REGISTER_TEST(ExportFileBatchTest)

#include "export_file_batch_test.moc"
