// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json/text_file.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience::io;

namespace {

bool put(const std::string &path, const std::string &text)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::WriteOnly) && file.write(text.data(), qint64(text.size())) == qint64(text.size());
}

} // namespace

class FilesTest : public QObject {
    Q_OBJECT
private slots:
    void readsWhatIsThere()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath("a").toStdString();
        QVERIFY(put(path, std::string("a\0\r\n", 4)));
        QCOMPARE(*readTextFile(path), std::string("a\0\r\n", 4));
        QVERIFY(put(path, std::string(kMaxFileBytes, ' ')));
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
        QVERIFY(put(path, std::string(kMaxFileBytes + 1, ' ')));
        QCOMPARE(messageFor(path), path + ": found 1048577 bytes" + expected);
        // Its size alone speaks; nobody reads 100 MB.
        QFile large(dir.filePath("large"));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(100'000'000));
        QCOMPARE(messageFor(large.fileName().toStdString()),
                 large.fileName().toStdString() + ": found 100000000 bytes" + expected);
    }
};

REGISTER_TEST(FilesTest)
#include "files_test.moc"
