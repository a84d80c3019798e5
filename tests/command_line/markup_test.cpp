// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command_line/program.h"
#include "tests/command_line/scenario_files.h"
#include "tests/register_test.h"

#include <QXmlStreamReader>
#include <QtTest>

// Markup in a file's words is words in every exported file.
class MarkupTest : public QObject {
    Q_OBJECT

    static constexpr const char *kMarkup = R"(<script>alert(1)</script><a href='x'>&amp;<!-- ]]> %1 %2 &#1;)";

private slots:
    void isOnlyShown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("live") << "live";
        QTest::newRow("outlined") << "outlined";
    }
    void isOnlyShown()
    {
        QFETCH(QString, text);
        QTemporaryDir dir;
        const QByteArray named =
            tests::handWritten().replace("\"until\"", "\"title\": \"" + QByteArray(kMarkup) + "\", \"until\"");
        tests::makeFile(dir, "m.json", named);
        const auto exported = tests::runProgram(
            {"export", "m.json", "--out", "d", "--formats", "svg,pdf,csv", "--text", text}, {}, dir.path());
        QCOMPARE(exported.err, QByteArray());
        const QStringList names = tests::namesIn(dir.filePath("d"));
        QVERIFY(names.size() > 4);
        for (const QString &name : names) {
            const QByteArray file = tests::contentsOf(dir.filePath("d/" + name));
            QVERIFY2(!file.contains("<script") && !file.contains("<a href"), qPrintable(name));
            if (!name.endsWith(".svg"))
                continue;
            QXmlStreamReader reader(file);
            QString words;
            while (!reader.atEnd()) {
                if (reader.readNext() == QXmlStreamReader::StartElement)
                    QVERIFY2(reader.name() != u"script" && reader.name() != u"a", qPrintable(name));
                words += reader.isCharacters() ? reader.text().toString() : QString();
            }
            QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
            QVERIFY(words.contains(QLatin1String(kMarkup)));
        }
    }
};
REGISTER_TEST(MarkupTest)

#include "markup_test.moc"
