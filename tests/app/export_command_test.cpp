// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/export_command.h"
#include "tests/register_test.h"

#include <QtTest>

#include <iostream>
#include <sstream>

using namespace app;
using namespace std::chrono_literals;

namespace {

// Catches what is written to a stream while it lives.
class Caught {
public:
    explicit Caught(std::ostream &stream) : m_stream(stream), m_before(stream.rdbuf(m_text.rdbuf())) {}
    ~Caught() { m_stream.rdbuf(m_before); }
    QString text() const { return QString::fromStdString(m_text.str()); }

private:
    std::ostream &m_stream;
    std::ostringstream m_text;
    std::streambuf *m_before;
};

} // namespace

class ExportCommandTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_place;

    ExportRequest request() const
    {
        ExportRequest request;
        request.run.source = "circuit-breaker";
        request.run.scenario = "outage-and-recovery";
        request.folder = m_place.filePath(QStringLiteral("out")).toStdString();
        request.options.formats = {ExportFormat::Csv, ExportFormat::Svg};
        return request;
    }

private slots:
    void cleanup() { QDir(m_place.filePath(QStringLiteral("out"))).removeRecursively(); }

    void printsTheFilesItMade()
    {
        const Caught out(std::cout);
        const Caught err(std::cerr);
        QCOMPARE(runExport(request()), 0);
        const QStringList files = out.text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(files.size(), 6);
        for (const QString &file : files)
            QVERIFY2(QFileInfo(file).size() > 0, qPrintable(file));
        QCOMPARE(err.text(), QString());
    }

    void replacesOnlyWhenItIsToldTo()
    {
        const Caught out(std::cout);
        const Caught err(std::cerr);
        QCOMPARE(runExport(request()), 0);
        QCOMPARE(runExport(request()), 2);
        QVERIFY2(err.text().contains(QLatin1String("circuit-breaker-outage-and-recovery-"))
                     && err.text().contains(QLatin1String("--force")),
                 qPrintable(err.text()));
        ExportRequest again = request();
        again.options.overwrite = true;
        QCOMPARE(runExport(again), 0);
    }

    void refusesBadInput_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("a step") << "step" << QStringList{"circuit-braker", "circuit-breaker"};
        QTest::newRow("a moment after the end") << "at" << QStringList{"--at", "31 s", "0 to 30 s"};
        QTest::newRow("too many pixels") << "dpi" << QStringList{"--dpi", "megapixels", "100"};
        QTest::newRow("a folder below a file") << "folder" << QStringList{"not-a-folder"};
    }
    void refusesBadInput()
    {
        QFETCH(QString, what);
        QFETCH(QStringList, words);
        QFile file(m_place.filePath(QStringLiteral("not-a-folder")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        ExportRequest bad = request();
        if (what == QLatin1String("step"))
            bad.run.source = "circuit-braker";
        else if (what == QLatin1String("at"))
            bad.options.at = resilience::at(31s);
        else if (what == QLatin1String("folder"))
            bad.folder = file.fileName().toStdString() + "/below";
        else {
            bad.options.formats = {ExportFormat::Png};
            bad.options.size = {8192, 8192};
            bad.options.dpi = 1200;
        }
        const Caught out(std::cout);
        const Caught err(std::cerr);
        QCOMPARE(runExport(bad), 2);
        for (const QString &word : words)
            QVERIFY2(err.text().contains(word), qPrintable(err.text()));
        QCOMPARE(out.text(), QString());
        QVERIFY(!QFileInfo::exists(m_place.filePath(QStringLiteral("out"))));
    }
};
REGISTER_TEST(ExportCommandTest)

#include "export_command_test.moc"
