// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/drive_check.h"
#include "tests/fuzz/picture_check.h"
#include "tests/fuzz/run_file_check.h"
#include "tests/register_test.h"

#include <QtTest>

// All that the fuzzers (tests/fuzz) have found worth keeping, through the same checks in the build at hand.
class FuzzCorpusTest : public QObject {
    Q_OBJECT
private slots:
    void drive_data() { files(QStringLiteral("drive")); }
    void drive() { holds(&tests::driveProblem); }

    void runFiles_data() { files(QStringLiteral("run_files")); }
    void runFiles() { holds(&tests::runFileProblem); }

    void pictures_data() { files(QStringLiteral("pictures")); }
    void pictures() { holds(&tests::pictureProblem); }

    // Small enough to be kept with the sources.
    void corpusIsSmall()
    {
        qint64 bytes = 0;
        int count = 0;
        for (const char *kind : {"drive", "run_files", "pictures"})
            for (const QFileInfo &file : folder(QLatin1String(kind)).entryInfoList(QDir::Files)) {
                bytes += file.size();
                ++count;
            }
        QVERIFY2(count < 200 && bytes < 100'000,
                 qPrintable(QStringLiteral("%1 files, %2 bytes").arg(count).arg(bytes)));
    }

private:
    static QDir folder(const QString &kind) { return QDir(QStringLiteral(SOURCE_ROOT "/tests/fuzz/corpus/") + kind); }

    static void files(const QString &kind)
    {
        QTest::addColumn<QString>("path");
        for (const QFileInfo &file : folder(kind).entryInfoList(QDir::Files))
            QTest::newRow(qPrintable(file.fileName())) << file.filePath();
    }

    static void holds(std::string (*problem)(std::string_view))
    {
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string found = problem(file.readAll().toStdString());
        QVERIFY2(found.empty(), found.c_str());
    }
};
REGISTER_TEST(FuzzCorpusTest)

#include "fuzz_corpus_test.moc"
