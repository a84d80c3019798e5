// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/arch/source_tree.h"
#include "tests/register_test.h"

#include <QMap>
#include <QtTest>

// The outward form of every file: licence, length, header guard, name, and what may lie at the top level.
namespace {

constexpr int kLongestSource = 400;
constexpr int kMostFiles = 39; // in a folder
const QStringList kFolders{QStringLiteral("app"),   QStringLiteral("core"),    QStringLiteral("labs"),
                           QStringLiteral("tests"), QStringLiteral("widgets"), QStringLiteral("resources")};

QString licenceOf(const QString &path)
{
    return path.startsWith(QLatin1String("core/")) ? QStringLiteral("MIT") : QStringLiteral("GPL-3.0-or-later");
}

// Sources, build files and scripts (a file without a suffix that starts with #!).
QStringList filesWithLicence()
{
    QStringList all;
    for (const QString &folder : kFolders) {
        all += tests::filesIn(folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("*.cmake"),
                                       QStringLiteral("*.sh"), QStringLiteral("CMakeLists.txt")});
        for (const QString &path : tests::filesIn(folder, {QStringLiteral("*")}))
            if (!path.section(u'/', -1).contains(u'.') && tests::linesOf(path).value(0).startsWith(QLatin1String("#!")))
                all << path;
    }
    return all << QStringLiteral("CMakeLists.txt");
}

} // namespace

class SourcesTest : public QObject {
    Q_OBJECT
private slots:
    void everyFileNamesItsLicence_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString &path : filesWithLicence())
            QTest::newRow(qPrintable(path)) << path;
    }
    void everyFileNamesItsLicence()
    {
        QFETCH(QString, path);
        const QStringList lines = tests::linesOf(path);
        const bool script = lines.value(0).startsWith(QLatin1String("#!"));
        const bool cpp = path.endsWith(QLatin1String(".h")) || path.endsWith(QLatin1String(".cpp"));
        const QString mark = cpp ? QStringLiteral("//") : QStringLiteral("#");
        QCOMPARE(lines.value(script ? 1 : 0),
                 mark + QStringLiteral(" SPDX-") + QStringLiteral("License-Identifier: ") + licenceOf(path));
    }

    void everySourceIsInForm_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString &folder : kFolders)
            for (const QString &path : tests::sourcesIn(folder))
                QTest::newRow(qPrintable(path)) << path;
    }
    void everySourceIsInForm()
    {
        QFETCH(QString, path);
        const QStringList lines = tests::linesOf(path);
        QVERIFY2(lines.size() <= kLongestSource, qPrintable(QString::number(lines.size()) + QStringLiteral(" lines")));
        if (path.endsWith(QLatin1String(".h")))
            QVERIFY(lines.contains(QStringLiteral("#pragma once")));
        const QString file = path.section(u'/', -1);
        static const QRegularExpression snakeCase(QStringLiteral("^[a-z][a-z0-9_]*\\.(h|cpp)$"));
        QVERIFY2(snakeCase.match(file).hasMatch(), "file names are snake_case");
        static const QRegularExpression vague(QStringLiteral("(^|_)(utils?|helpers?|managers?|common)[_.]"));
        QVERIFY2(!vague.match(file).hasMatch(), "a name that says nothing");
    }

    void noFolderIsCrowded()
    {
        QMap<QString, int> files;
        for (const QString &top : {QStringLiteral("core"), QStringLiteral("widgets"), QStringLiteral("app")})
            for (const QString &path : tests::sourcesIn(top))
                ++files[path.section(u'/', 0, -2)];
        QVERIFY(files.size() > 20);
        for (auto folder = files.cbegin(); folder != files.cend(); ++folder)
            QVERIFY2(folder.value() <= kMostFiles,
                     qPrintable(QStringLiteral("%1 holds %2 sources").arg(folder.key()).arg(folder.value())));
    }

    void topLevelHoldsOnlyTheHouse()
    {
        const QStringList house{
            QStringLiteral("app"),      QStringLiteral("core"),           QStringLiteral("widgets"),
            QStringLiteral("labs"),     QStringLiteral("tests"),          QStringLiteral("resources"),
            QStringLiteral("LICENSE"),  QStringLiteral("CMakeLists.txt"), QStringLiteral("CMakePresets.json"),
            QStringLiteral("README.md")};
        const QStringList names = tests::topLevelNames();
        QVERIFY(names.contains(QStringLiteral("CMakeLists.txt")));
        for (const QString &name : names)
            QVERIFY2(house.contains(name) || name.startsWith(u'.'), qPrintable(name));
    }
};
REGISTER_TEST(SourcesTest)

#include "sources_test.moc"
