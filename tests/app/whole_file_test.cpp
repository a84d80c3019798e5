// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/whole_file.h"
#include "tests/files.h"
#include "tests/register_test.h"

#include <QtTest>

using app::WholeFile;

class WholeFileTest : public QObject {
    Q_OBJECT
private slots:
    void appearsWholeOrNotAtAll()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath("a.json");
        {
            auto file = WholeFile::create(path.toStdString());
            QVERIFY(static_cast<bool>(file));
            file->stream() << "first" << std::flush;
            QVERIFY(!QFile::exists(path));
            QVERIFY(!file->commit());
            QCOMPARE(tests::contentsOf(path), QByteArray("first"));
        }
        {
            auto file = WholeFile::create(path.toStdString());
            file->stream() << "half" << std::flush;
        }
        QCOMPARE(tests::contentsOf(path), QByteArray("first"));
        QVERIFY(!WholeFile::write(path.toStdString(), "second"));
        QCOMPARE(tests::contentsOf(path), QByteArray("second"));
        QCOMPARE(tests::namesIn(dir.path()), QStringList{"a.json"});
    }

    void twoAtATimeDoNotMix()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath("a").toStdString();
        auto one = WholeFile::create(path);
        auto two = WholeFile::create(path);
        one->stream() << "one";
        two->stream() << "two";
        QVERIFY(!two->commit());
        QVERIFY(!one->commit());
        QCOMPARE(tests::contentsOf(dir.filePath("a")), QByteArray("one"));
        QCOMPARE(tests::namesIn(dir.path()), QStringList{"a"});
    }

    void followsALink()
    {
        QTemporaryDir dir;
        QVERIFY(!WholeFile::write(dir.filePath("real").toStdString(), "old"));
        QVERIFY(QFile::link(dir.filePath("real"), dir.filePath("link")));
        QVERIFY(!WholeFile::write(dir.filePath("link").toStdString(), "new"));
        QCOMPARE(tests::contentsOf(dir.filePath("real")), QByteArray("new"));
        QVERIFY(QFileInfo(dir.filePath("link")).isSymLink());
        QVERIFY(QFile::remove(dir.filePath("real"))); // where a link leads to need not be there
        QVERIFY(!WholeFile::write(dir.filePath("link").toStdString(), "newer"));
        QCOMPARE(tests::contentsOf(dir.filePath("real")), QByteArray("newer"));
        QVERIFY(QFileInfo(dir.filePath("link")).isSymLink());
    }

    void refusesToWrite()
    {
        QTemporaryDir dir;
        const auto messageFor = [](const std::string &path) {
            const auto error = WholeFile::write(path, "x");
            return error ? error->message() : std::string();
        };
        const std::string expected = ", expected a place that can be written to";
        const std::string folder = dir.path().toStdString();
        QCOMPARE(messageFor(folder), folder + ": found a directory" + expected);
        QCOMPARE(messageFor(folder + "/none/a"), folder + "/none/a: found No such file or directory" + expected);
        QCOMPARE(messageFor(""), "found no file name" + expected);
        QCOMPARE(messageFor("/dev/full"), "/dev/full: found No space left on device" + expected);
        QCOMPARE(messageFor("/dev/null"), std::string());
        QVERIFY(QFile::exists("/dev/null"));
    }
};

REGISTER_TEST(WholeFileTest)
#include "whole_file_test.moc"
