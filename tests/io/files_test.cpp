// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json/atomic_file.h"
#include "core/io/json/text_file.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience::io;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

QStringList everythingIn(const QTemporaryDir &dir)
{
    return QDir(dir.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
}

} // namespace

class FilesTest : public QObject {
    Q_OBJECT
private slots:
    void readsWhatIsThere()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath("a").toStdString();
        QVERIFY(!AtomicFile::write(path, std::string("a\0\r\n", 4)));
        QCOMPARE(*readTextFile(path), std::string("a\0\r\n", 4));
        QVERIFY(!AtomicFile::write(path, std::string(kMaxFileBytes, ' ')));
        QCOMPARE(readTextFile(path)->size(), kMaxFileBytes);
    }

    void refusesToRead()
    {
        QTemporaryDir dir;
        const auto messageFor = [](const std::string &path) { return readTextFile(path).error().message(); };
        const std::string expected = ", expected a file of at most 1 MiB that can be read";
        const std::string path = dir.filePath("a").toStdString();
        QCOMPARE(messageFor(path), path + ": found no such file" + expected);
        QCOMPARE(messageFor(dir.path().toStdString()), dir.path().toStdString() + ": found a directory" + expected);
        QCOMPARE(messageFor("/dev/zero"), "/dev/zero: found a device or pipe" + expected);
        QVERIFY(!AtomicFile::write(path, std::string(kMaxFileBytes + 1, ' ')));
        QCOMPARE(messageFor(path), path + ": found 1048577 bytes" + expected);
        // Its size alone speaks; nobody reads 100 MB.
        QFile large(dir.filePath("large"));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(100'000'000));
        QCOMPARE(messageFor(large.fileName().toStdString()),
                 large.fileName().toStdString() + ": found 100000000 bytes" + expected);
    }

    void appearsWholeOrNotAtAll()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath("a.json");
        {
            auto file = AtomicFile::create(path.toStdString());
            QVERIFY(static_cast<bool>(file));
            file->stream() << "first" << std::flush;
            QVERIFY(!QFile::exists(path));
            QVERIFY(!file->commit());
            QCOMPARE(contents(path), QByteArray("first"));
        }
        {
            auto file = AtomicFile::create(path.toStdString());
            file->stream() << "half" << std::flush;
        }
        QCOMPARE(contents(path), QByteArray("first"));
        QVERIFY(!AtomicFile::write(path.toStdString(), "second"));
        QCOMPARE(contents(path), QByteArray("second"));
        QCOMPARE(everythingIn(dir), QStringList{"a.json"});
    }

    void twoAtATimeDoNotMix()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath("a").toStdString();
        auto one = AtomicFile::create(path);
        auto two = AtomicFile::create(path);
        one->stream() << "one";
        two->stream() << "two";
        QVERIFY(!two->commit());
        QVERIFY(!one->commit());
        QCOMPARE(contents(dir.filePath("a")), QByteArray("one"));
        QCOMPARE(everythingIn(dir), QStringList{"a"});
    }

    void followsALink()
    {
        QTemporaryDir dir;
        QVERIFY(!AtomicFile::write(dir.filePath("real").toStdString(), "old"));
        QVERIFY(QFile::link(dir.filePath("real"), dir.filePath("link")));
        QVERIFY(!AtomicFile::write(dir.filePath("link").toStdString(), "new"));
        QCOMPARE(contents(dir.filePath("real")), QByteArray("new"));
        QVERIFY(QFileInfo(dir.filePath("link")).isSymLink());
    }

    void refusesToWrite()
    {
        QTemporaryDir dir;
        const auto messageFor = [](const std::string &path) {
            const auto error = AtomicFile::write(path, "x");
            return error ? error->message() : std::string();
        };
        const std::string expected = ", expected a place that can be written to";
        const std::string folder = dir.path().toStdString();
        QCOMPARE(messageFor(folder), folder + ": found a directory" + expected);
        QCOMPARE(messageFor(folder + "/none/a"), folder + "/none/a: found No such file or directory" + expected);
        QCOMPARE(messageFor(""), "found no file name" + expected);
        QCOMPARE(messageFor("/dev/full"), "/dev/full: found a write error" + expected);
        QCOMPARE(messageFor("/dev/null"), std::string());
        QVERIFY(QFile::exists("/dev/null"));
    }
};
REGISTER_TEST(FilesTest)

#include "files_test.moc"
