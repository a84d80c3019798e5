// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command_line/program.h"
#include "tests/register_test.h"

#include <QtTest>

// The same run, to the byte, whatever the machine's language and clock are set to. tests/sameness/run asks more.
class SamenessTest : public QObject {
    Q_OBJECT

    // All that a run and an export come to, by file.
    static std::map<QString, QByteArray> filesMade(const QString &language, const QString &zone,
                                                   const QString &locales = {})
    {
        QTemporaryDir dir;
        QProcessEnvironment surroundings;
        surroundings.insert("LC_ALL", language);
        surroundings.insert("TZ", zone);
        surroundings.insert("LOCPATH", locales);
        const auto run = [&](const char *line) {
            QProcess process;
            tests::prepare(process, dir.path(), surroundings);
            process.start(QStringLiteral(PROGRAM), QString::fromUtf8(line).split(' '));
            const auto ended = tests::endOf(process);
            [&] { QVERIFY2(ended.code == 0, ended.err.constData()); }();
            return ended.out;
        };
        std::map<QString, QByteArray> made;
        made["told"] = run("run retry --summary --transcript --events e.jsonl --session s.json");
        made["report"] = run("run rate-limiter");
        run("export bulkhead --until 40 --out . --formats svg,csv");
        for (const QString &name : tests::namesIn(dir.path()))
            made[name] = tests::contentsOf(dir.filePath(name));
        return made;
    }

private slots:
    void surroundings_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("zone");
        QTest::newRow("Turkish") << "tr_TR"
                                 << "UTC";
        QTest::newRow("German") << "de_DE"
                                << "UTC";
        QTest::newRow("far east") << "C"
                                  << "Pacific/Kiritimati";
    }
    void surroundings()
    {
        QFETCH(QString, language);
        QFETCH(QString, zone);
        QTemporaryDir locales;
        const QString locale = language + ".UTF-8";
        if (language != "C"
            && QProcess::execute("sh", {"-c", "localedef -i " + language + " -f UTF-8 '" + locales.filePath(locale)
                                                  + "' >/dev/null 2>&1"})
                   != 0)
            QSKIP("no sources of this language's locale here");
        static const auto usual = filesMade("C.UTF-8", "UTC");
        const auto there = filesMade(locale, zone, locales.path());
        QCOMPARE(there.size(), usual.size());
        for (const auto &[name, contents] : there)
            QVERIFY2(contents == usual.at(name), qPrintable(name));
    }
};
REGISTER_TEST(SamenessTest)

#include "sameness_test.moc"
