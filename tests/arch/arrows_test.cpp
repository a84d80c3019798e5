// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/arch/source_tree.h"
#include "tests/register_test.h"

#include <QMap>
#include <QSet>
#include <QtTest>

// Holds the arrows between folders, by reading every #include line: core <- widgets <- app, core <- labs <- app, and
// within each of them from the foundations up, without a cycle.
namespace {

struct Rule {
    const char *folder; // the files in it, by path; * stands for one name
    const char *others; // folders that they may include besides their own; x/* = x and all below
    const char *angled; // regular expression: headers of others that they may include
};

constexpr auto kStd = "[a-z0-9_]+"; // <vector>: no slash, no dot, no capital
constexpr auto kStdAndJson = "[a-z0-9_]+|nlohmann/[a-z_]+\\.hpp|zlib\\.h";
constexpr auto kStdAndQt = "[a-z0-9_]+|Q[A-Za-z0-9]+(/Q?[A-Za-z0-9]+)?";
constexpr auto kAnything = ".+";

constexpr Rule kRules[] = {
    {"core", "", kStd},
    {"core/patterns/limiters", "core", kStd},
    {"core/patterns/lock", "core", kStd},
    {"core/patterns/retry", "core", kStd},
    // core/patterns/pipeline.h is the door to the folder of that name: both are one room.
    {"core/patterns", "core core/patterns/*", kStd},
    {"core/patterns/pipeline", "core core/patterns core/patterns/limiters core/patterns/retry", kStd},
    {"core/runtime", "core core/patterns/*", kStd},
    {"core/sim/engine", "core core/patterns/*", kStd},
    {"core/sim/parts/traffic", "core core/patterns/* core/sim/engine", kStd},
    {"core/sim/parts/probing", "core core/patterns/* core/sim/engine core/sim/parts/traffic", kStd},
    {"core/sim/parts/lock", "core core/patterns/* core/sim/engine", kStd},
    {"core/sim/world", "core core/patterns/* core/sim/engine core/sim/parts/*", kStd},
    {"core/sim/measure", "core core/patterns/* core/sim/engine core/sim/parts/* core/sim/world", kStd},
    {"core/sim/run", "core core/patterns/* core/sim/*", kStd},
    {"core/sim/compare", "core core/patterns/* core/sim/*", kStd},
    {"core/sim/sweep", "core core/patterns/* core/sim/*", kStd},
    {"core/tell", "core core/patterns/* core/sim/*", kStd},
    {"core/io/json", "core", kStdAndJson},
    {"core/io/picture", "core core/io/json", kStdAndJson},
    {"core/io/config", "core core/patterns/* core/io/json", kStdAndJson},
    {"core/io/drive", "core core/patterns/* core/io/json core/io/config", kStdAndJson},
    {"core/io/scenario", "core core/patterns/* core/sim/* core/tell core/io/json core/io/config", kStdAndJson},
    {"core/io/sweep", "core core/patterns/* core/sim/* core/io/json core/io/scenario", kStdAndJson},
    {"labs/kit", "core/*", kStd},
    {"labs/*", "core/* labs/kit", kStd},
    {"labs", "core/* labs/*", kStd},
    {"widgets/look", "core/*", kStdAndQt},
    {"widgets/stage", "core/* widgets/look", kStdAndQt},
    {"widgets/time", "core/* widgets/look widgets/stage", kStdAndQt},
    {"widgets/many", "core/* widgets/look widgets/stage", kStdAndQt},
    {"widgets/stages/*", "core/* widgets/look widgets/stage widgets/time", kStdAndQt},
    {"widgets/legend", "core/* widgets/look widgets/stage widgets/stages/*", kStdAndQt},
    {"app/files", "core/*", kAnything},
    {"app/run", "core/* labs/* app/files", kAnything},
    {"app/sweep", "core/* labs/* app/files app/run", kAnything},
    {"app/stages", "core/* labs/* widgets/*", kAnything},
    {"app/export", "core/* labs/* widgets/* resources app/files app/run app/stages", kAnything},
    {"app/panels/controls", "core/* widgets/*", kAnything},
    {"app/panels/settings", "core/* labs/* widgets/* app/run app/panels/controls", kAnything},
    {"app/panels/guide", "core/* labs/* widgets/* app/run app/panels/controls app/panels/settings", kAnything},
    {"app/panels/compare", "core/* labs/* widgets/* app/run app/panels/controls app/panels/settings", kAnything},
    {"app/panels/many", "core/* labs/* widgets/* app/run app/sweep app/panels/controls app/panels/settings", kAnything},
    {"app/panels", "core/* labs/* widgets/* app/run app/stages app/panels/compare app/panels/controls", kAnything},
    {"app/look", "widgets/*", kAnything},
    {"app/window",
     "core/* labs/* widgets/* resources app/look app/files app/run app/sweep app/stages app/export app/panels/*",
     kAnything},
    {"app/command_line", "core/* labs/* resources app/files app/run app/sweep app/export", kAnything},
    {"app", "core/* labs/* widgets/* resources app/*", kAnything},
};

QString folderOf(const QString &path) { return path.section(u'/', 0, -2); }

bool isNamedBy(const QString &folder, QString pattern)
{
    pattern.replace(QLatin1Char('*'), QLatin1String("[a-z_-]+"));
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(folder).hasMatch();
}

const Rule *ruleFor(const QString &path)
{
    for (const Rule &rule : kRules)
        if (isNamedBy(folderOf(path), QLatin1String(rule.folder)))
            return &rule;
    return nullptr;
}

bool mayInclude(const Rule &rule, const QString &own, const QString &other)
{
    if (other == own)
        return true;
    for (const QString &one : QString::fromLatin1(rule.others).split(u' ')) {
        const QString whole = one.chopped(2); // of x/*
        if (one == other || (one.endsWith(QLatin1String("/*")) && (other == whole || other.startsWith(whole + u'/'))))
            return true;
    }
    return false;
}

bool allowed(const QString &path, const Rule &rule, const tests::IncludeLine &include)
{
    if (include.quoted)
        return include.name.endsWith(QLatin1String(".moc")) || mayInclude(rule, folderOf(path), folderOf(include.name));
    const QString pattern = QLatin1String(rule.angled);
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(include.name).hasMatch();
}

// Which folders each folder includes.
QMap<QString, QSet<QString>> folderArrows()
{
    QMap<QString, QSet<QString>> arrows;
    for (const char *top : {"core", "labs", "widgets", "app"})
        for (const QString &path : tests::sourcesIn(QLatin1String(top)))
            for (const auto &include : tests::includesOf(path))
                if (include.quoted && include.name.contains(u'/') && folderOf(include.name) != folderOf(path))
                    arrows[folderOf(path)] << folderOf(include.name);
    return arrows;
}

// A way along the arrows from one folder to another, or nothing.
QStringList wayBetween(const QString &from, const QString &to, const QMap<QString, QSet<QString>> &arrows,
                       QSet<QString> &seen)
{
    for (const QString &next : arrows.value(from)) {
        if (next == to)
            return {from, to};
        if (seen.contains(next))
            continue;
        seen << next;
        if (const QStringList rest = wayBetween(next, to, arrows, seen); !rest.isEmpty())
            return QStringList{from} + rest;
    }
    return {};
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
            QVERIFY2(allowed(path, *rule, include), qPrintable(place + QStringLiteral(" is against the arrows")));
            if (include.quoted && !include.name.endsWith(QLatin1String(".moc")))
                QVERIFY2(tests::exists(include.name), qPrintable(place + QStringLiteral(" is not from the root")));
        }
    }

    void noFolderIncludesItselfByAnother()
    {
        QMap<QString, QSet<QString>> arrows = folderArrows();
        arrows[QStringLiteral("core/patterns")].remove(QStringLiteral("core/patterns/pipeline")); // one room
        QVERIFY(arrows.size() > 30);
        for (auto folder = arrows.cbegin(); folder != arrows.cend(); ++folder) {
            QSet<QString> seen;
            const QStringList way = wayBetween(folder.key(), folder.key(), arrows, seen);
            QVERIFY2(way.isEmpty(), qPrintable(way.join(QLatin1String(" <- "))));
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
        row("core/sim/engine/event.h", "core/sim/parts/lock/lock_simulation.h", true, false);
        row("core/sim/world/world.cpp", "core/sim/run/timeline.h", true, false);
        row("core/sim/parts/lock/lock_simulation.cpp", "core/sim/parts/traffic/call_flow.h", true, false);
        row("core/sim/parts/probing/prober.cpp", "core/sim/parts/traffic/call_flow.h", true, true);
        row("labs/retry/step.cpp", "labs/bulkhead/step.h", true, false);
        row("widgets/stage/stage.cpp", "widgets/stages/retry/retry_scene.h", true, false);
        row("widgets/stages/retry/retry_scene.cpp", "widgets/stages/lock/lock_scene.h", true, false);
        row("app/run/session.cpp", "widgets/stage/stage.h", true, false);
        row("core/sim/world/world.cpp", "QString", false, false);
        row("core/sim/world/world.cpp", "QtCore/QString", false, false);
        row("core/sim/world/world.cpp", "vector", false, true);
        row("core/sim/world/world.cpp", "core/io/scenario/scenario_json.h", true, false);
        row("core/sim/world/world.cpp", "nlohmann/json.hpp", false, false);
        row("core/io/scenario/scenario_json.cpp", "nlohmann/json.hpp", false, true);
        row("core/io/scenario/scenario_json.cpp", "labs/kit/lab.h", true, false);
        row("core/patterns/retry.cpp", "core/sim/world/world.h", true, false);
        row("core/patterns/retry.cpp", "core/time.h", true, true);
        row("core/patterns/retry.cpp", "retry.h", true, false);
        row("core/time.h", "core/sim/world/world.h", true, false);
        row("labs/kit/lab.h", "QObject", false, false);
        row("labs/kit/lab.h", "widgets/stage/stage.h", true, false);
        row("labs/kit/lab.h", "app/run/session.h", true, false);
        row("labs/kit/lab.h", "core/sim/world/world.h", true, true);
        row("widgets/stage/stage.cpp", "labs/kit/lab.h", true, false);
        row("widgets/stage/stage.cpp", "app/run/session.h", true, false);
        row("widgets/stage/stage.cpp", "QWidget", false, true);
        row("widgets/stage/stage.cpp", "QtCharts/QChart", false, true);
        row("widgets/stage/stage.cpp", "core/sim/run/snapshot.h", true, true);
        row("app/window/main_window.cpp", "labs/kit/lab.h", true, true);
        row("app/window/main_window.cpp", "tests/register_test.h", true, false);
    }
    void rulesRefuse()
    {
        QFETCH(QString, path);
        QFETCH(QString, name);
        QFETCH(bool, quoted);
        QTEST(allowed(path, *ruleFor(path), {name, quoted, 1}), "good");
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
        // What a number looks like, or is read as, is not the user's language's to say.
        static const QRegularExpression ofALanguage(
            QStringLiteral("printf\\(|\\bstrto[dfl]|\\bato[fil]\\(|\\bsto[dfil]\\(|to_string\\(toSeconds|localeconv"));
        static const QRegularExpression realClock(QStringLiteral("steady_clock|clock_gettime|\\bsleep_(for|until)"));
        static const QRegularExpression systemRandom(
            QStringLiteral("random_device|getrandom|getentropy|/dev/u?random"));
        const bool mayAskForRandomness = path == QLatin1String("core/random_stream.cpp");
        const bool mayReadTheClock = path.startsWith(QLatin1String("core/runtime/"));
        const QStringList lines = tests::linesOf(path);
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QString code = lines.at(i).section(QLatin1String("//"), 0, 0);
            const bool bad = banned.match(code).hasMatch() || ofALanguage.match(code).hasMatch()
                             || (!mayReadTheClock && realClock.match(code).hasMatch())
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
        static const QRegularExpression asks(QStringLiteral("\\bfromSystem\\b|\\b(?<!PolicyKind::)(?<"
                                                            "!KnobOwner::)(?<!Kind::)(Redlock|Retry|Backoff|Pipeline)( "
                                                            "\\w+)?([({][^,]*[)}])?;"));
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
