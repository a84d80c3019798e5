// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/arch/file_local_names.h"
#include "tests/arch/source_tree.h"
#include "tests/register_test.h"

#include <QMap>
#include <QtTest>

namespace {

// The folders that are built into one library or program each.
QStringList targetFolders()
{
    QStringList folders{QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("labs"),
                        QStringLiteral("widgets")};
    for (const QString &path : tests::filesIn(QStringLiteral("tests"), {QStringLiteral("CMakeLists.txt")}))
        if (const QString folder = path.section(u'/', 0, -2); folder.count(u'/') == 1)
            folders << folder;
    return folders;
}

QStringList namesIn(const char *text)
{
    QStringList names;
    for (const tests::FileLocalName &found : tests::fileLocalNames(QString::fromLatin1(text)))
        names << found.name;
    return names;
}

} // namespace

// How sources are put together for the compiler is nobody's business: one at a time, or any number in a batch. Two
// names that only their own sources see would meet in a batch.
class NamesTest : public QObject {
    Q_OBJECT
private slots:
    void noTwoSourcesOfATargetShareAFileLocalName_data()
    {
        QTest::addColumn<QString>("folder");
        for (const QString &folder : targetFolders())
            QTest::newRow(qPrintable(folder)) << folder;
    }
    void noTwoSourcesOfATargetShareAFileLocalName()
    {
        QFETCH(QString, folder);
        struct Place {
            QString path;
            tests::FileLocalName what;
        };
        QMap<QString, Place> seen;
        QStringList faults;
        for (const QString &path : tests::filesIn(folder, {QStringLiteral("*.cpp")}))
            for (const tests::FileLocalName &what :
                 tests::fileLocalNames(tests::linesOf(path).join(QLatin1Char('\n')))) {
                const auto other = seen.constFind(what.name);
                if (other == seen.cend())
                    seen.insert(what.name, {path, what});
                else if (!what.alias || other->what.definition != what.definition)
                    faults << what.name + QStringLiteral(": ") + other->path + QStringLiteral(" and ") + path;
            }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    // What it sees and what it does not.
    void readsNames_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char *title, const char *text, const QStringList &names) {
            QTest::newRow(title) << QByteArray(text) << names;
        };
        row("a function", "namespace { int f(int a) { return a; } }", {"f"});
        row("its declaration as well", "namespace { int f(); int g() { return f(); } int f() { return 1; } }",
            {"f", "g"});
        row("a template", "namespace { template <typename T, int n = 2> T f(T t) { return t; } }", {"f"});
        row("a variable", "namespace { constexpr std::array<int, 2> k{1, 2}; const int a = f(3); int b[2] = {}; }",
            {"k", "a", "b"});
        row("types", "namespace { struct A { int x; void f() {} }; enum class B : int { C }; class D : public E {}; }",
            {"A", "B", "D"});
        row("an unnamed type's object", "namespace { const struct { int x; } rows[] = {{1}}; }", {"rows"});
        row("aliases", "namespace { using A = B::C; using B::c; using namespace d; }", {"A"});
        row("static", "static int f() { return 1; } static const int k = 2; int g() { static int h = 1; return h; }",
            {"f", "k"});
        row("nothing that others see", "namespace a { int f() { return 1; } struct B { static int x; }; }", {});
        row("in a namespace", "namespace a::b { namespace { int f() { return 1; } } int g() { return 2; } }", {"f"});
        row("a constructor", "namespace { struct A { A() : x{1} {} int x; }; int f() { return A{}.x; } }", {"A", "f"});
        row("no operators, no members",
            "namespace { bool operator==(A a, A b) { return true; } int A::f() { return 1; } }", {});
        row("neither comments nor texts", "namespace { /* int f(); */ const char *k = \"int g() {\"; // int h();\n }",
            {"k"});
    }
    void readsNames()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, names);
        QCOMPARE(namesIn(text.constData()), names);
    }
};

REGISTER_TEST(NamesTest)
#include "names_test.moc"
