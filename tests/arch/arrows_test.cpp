// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/arch/source_tree.h"
#include "tests/register_test.h"

#include <QtTest>

// Holds the arrows core <- widgets <- app and core <- labs <- app, by reading every #include line.
namespace {

struct Rule {
    const char *folder; // the longest matching folder rules
    const char *quoted; // regular expression: project headers it may include
    const char *angled; // regular expression: other headers it may include
};

constexpr auto kStd = "[a-z0-9_]+"; // <vector>: no slash, no dot, no capital
constexpr auto kStdAndJson = "[a-z0-9_]+|nlohmann/[a-z_]+\\.hpp";
constexpr auto kStdAndQt = "[a-z0-9_]+|Q[A-Za-z0-9]+(/Q?[A-Za-z0-9]+)?";
constexpr auto kAnything = ".+";

constexpr Rule kRules[] = {
    {"core/", "core/[a-z_]+\\.h", kStd},
    {"core/patterns/", "core/[a-z_]+\\.h|core/patterns/.+", kStd},
    {"core/sim/", "core/[a-z_]+\\.h|core/(patterns|sim)/.+", kStd},
    {"core/runtime/", "core/[a-z_]+\\.h|core/(patterns|runtime)/.+", kStd},
    {"core/io/", "core/.+", kStdAndJson},
    {"labs/", "(core|labs)/.+", kStd},
    {"widgets/", "(core|widgets)/.+|[a-z_]+\\.moc", kStdAndQt},
    {"app/", "(core|labs|widgets|app|resources)/.+|[a-z_]+\\.moc", kAnything},
};

const Rule *ruleFor(const QString &path)
{
    const Rule *best = nullptr;
    for (const Rule &rule : kRules)
        if (path.startsWith(QLatin1String(rule.folder)) && (!best || qstrlen(rule.folder) > qstrlen(best->folder)))
            best = &rule;
    return best;
}

bool allowed(const Rule &rule, const tests::IncludeLine &include)
{
    const QString pattern = QLatin1String(include.quoted ? rule.quoted : rule.angled);
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(include.name).hasMatch();
}

} // namespace

class ArrowsTest : public QObject {
    Q_OBJECT
private slots:
    void everyIncludeFollowsTheArrows_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *folder : {"core", "labs", "widgets", "app"})
            for (const QString &path : tests::sourcesIn(QLatin1String(folder)))
                QTest::newRow(qPrintable(path)) << path;
    }
    void everyIncludeFollowsTheArrows()
    {
        QFETCH(QString, path);
        const Rule *rule = ruleFor(path);
        QVERIFY2(rule, "a folder without a rule");
        for (const auto &include : tests::includesOf(path)) {
            const QString place = QStringLiteral("%1:%2: %3").arg(path).arg(include.line).arg(include.name);
            QVERIFY2(allowed(*rule, include), qPrintable(place + QStringLiteral(" is against the arrows")));
            if (include.quoted && !include.name.endsWith(QLatin1String(".moc")))
                QVERIFY2(tests::exists(include.name), qPrintable(place + QStringLiteral(" is not from the root")));
        }
    }

    // The rules themselves: what must be refused is refused.
    void rulesRefuse_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("quoted");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *path, const char *name, bool quoted, bool good) {
            QTest::addRow("%s <- %s", path, name) << path << name << quoted << good;
        };
        row("core/sim/world.cpp", "QString", false, false);
        row("core/sim/world.cpp", "QtCore/QString", false, false);
        row("core/sim/world.cpp", "vector", false, true);
        row("core/sim/world.cpp", "core/io/scenario_json.h", true, false);
        row("core/sim/world.cpp", "nlohmann/json.hpp", false, false);
        row("core/io/scenario_json.cpp", "nlohmann/json.hpp", false, true);
        row("core/io/scenario_json.cpp", "labs/lab.h", true, false);
        row("core/patterns/retry.cpp", "core/sim/world.h", true, false);
        row("core/patterns/retry.cpp", "core/time.h", true, true);
        row("core/patterns/retry.cpp", "retry.h", true, false);
        row("core/time.h", "core/sim/world.h", true, false);
        row("labs/lab.h", "QObject", false, false);
        row("labs/lab.h", "widgets/stage.h", true, false);
        row("labs/lab.h", "app/session.h", true, false);
        row("labs/lab.h", "core/sim/world.h", true, true);
        row("widgets/stage.cpp", "labs/lab.h", true, false);
        row("widgets/stage.cpp", "app/session.h", true, false);
        row("widgets/stage.cpp", "QWidget", false, true);
        row("widgets/stage.cpp", "QtCharts/QChart", false, true);
        row("widgets/stage.cpp", "core/sim/snapshot.h", true, true);
        row("app/window.cpp", "labs/lab.h", true, true);
        row("app/window.cpp", "tests/register_test.h", true, false);
    }
    void rulesRefuse()
    {
        QFETCH(QString, path);
        QFETCH(QString, name);
        QFETCH(bool, quoted);
        QTEST(allowed(*ruleFor(path), {name, quoted, 1}), "good");
    }

    // What a simulation must not touch: a clock of the machine, the standard library's own distributions (they differ
    // between vendors), and containers without an order.
    void coreIsDeterministic_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *folder : {"core", "labs"})
            for (const QString &path : tests::sourcesIn(QLatin1String(folder)))
                QTest::newRow(qPrintable(path)) << path;
    }
    void coreIsDeterministic()
    {
        QFETCH(QString, path);
        static const QRegularExpression banned(QStringLiteral(
            "system_clock|high_resolution_clock|_distribution\\b|\\bs?rand\\(|\\bunordered_|\\bmt19937"));
        static const QRegularExpression realClock(QStringLiteral("steady_clock|clock_gettime|\\bsleep_(for|until)"));
        static const QRegularExpression systemRandom(
            QStringLiteral("random_device|getrandom|getentropy|/dev/u?random"));
        const bool mayAskForRandomness = path == QLatin1String("core/random_stream.cpp");
        const bool mayReadTheClock = path.startsWith(QLatin1String("core/runtime/"));
        const QStringList lines = tests::linesOf(path);
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QString code = lines.at(i).section(QLatin1String("//"), 0, 0);
            const bool bad = banned.match(code).hasMatch() || (!mayReadTheClock && realClock.match(code).hasMatch())
                             || (!mayAskForRandomness && systemRandom.match(code).hasMatch());
            QVERIFY2(!bad, qPrintable(QStringLiteral("%1:%2: %3").arg(path).arg(i + 1).arg(lines.at(i))));
        }
    }

    // A run repeats: what plays it, reads it, shows it and opens it is handed its streams, made from the run's seed.
    void runsAreHandedTheirStreams_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *folder : {"core/sim", "core/io", "labs", "widgets", "app"})
            for (const QString &path : tests::sourcesIn(QLatin1String(folder)))
                QTest::newRow(qPrintable(path)) << path;
    }
    void runsAreHandedTheirStreams()
    {
        QFETCH(QString, path);
        // By name, or by leaving out the argument whose default it is.
        static const QRegularExpression asks(QStringLiteral(
            "\\bfromSystem\\b|\\b(?<!PolicyKind::)(?<!LegendStage::)(Redlock|Retry|Backoff|Pipeline)( \\w+)?([({][^,]*[)}])?;"));
        static const QRegularExpression member(QStringLiteral("^    (Redlock|Retry|Backoff|Pipeline) \\w+;"));
        const bool header = path.endsWith(QLatin1String(".h"));
        const QStringList lines = tests::linesOf(path);
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QString code = lines.at(i).section(QLatin1String("//"), 0, 0);
            const bool bad = asks.match(code).hasMatch() && !(header && member.match(code).hasMatch());
            QVERIFY2(!bad, qPrintable(QStringLiteral("%1:%2: %3").arg(path).arg(i + 1).arg(lines.at(i))));
        }
    }
};
REGISTER_TEST(ArrowsTest)

#include "arrows_test.moc"
