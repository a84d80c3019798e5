// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"

#include <QtTest>
#ifdef QT_WIDGETS_LIB
#include <QApplication>
using Application = QApplication;
#elif defined(QT_GUI_LIB)
using Application = QGuiApplication;
#else
using Application = QCoreApplication;
#endif

#include <algorithm>
#include <atomic>
#include <cstdio>

// Usage: NAME [--only CLASS] [Qt Test arguments]. Fails when a test fails, when a class cannot be run, and when Qt
// warned about anything at any time: inside a test, between two, or while objects are made and destroyed.
// Messages announced by QTest::ignoreMessage are forgiven. Properties (rapidcheck) run a thousand cases from a
// fixed seed unless RC_PARAMS says otherwise.
namespace {

struct Totals {
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    int warnings = 0;
};

std::atomic<int> warningsBetweenTests{0};

// While a class runs, Qt Test has its own handler on top of this one; those messages are found in its log.
void countWarnings(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type == QtWarningMsg || type == QtCriticalMsg)
        ++warningsBetweenTests;
    std::fprintf(stderr, "%s\n", qPrintable(message));
    if (type == QtFatalMsg)
        std::abort();
}

// What the display that tests run on cannot do for any program: a popup is opened all the same.
bool isOfTheDisplay(const QString &line)
{
    return line.contains(QLatin1String("This plugin does not support raise()"))
           || line.contains(QLatin1String("This plugin does not support grabbing the keyboard"));
}

// Adds up what Qt Test wrote into its plain text log about one class.
bool readLog(const QString &path, Totals &totals)
{
    QFile log(path);
    if (!log.open(QIODevice::ReadOnly | QIODevice::Text))
        return false;
    static const QRegularExpression sum(QStringLiteral("^Totals: (\\d+) passed, (\\d+) failed, (\\d+) skipped"));
    bool complete = false;
    while (!log.atEnd()) {
        const QString line = QString::fromUtf8(log.readLine());
        if (isOfTheDisplay(line))
            continue;
        if (line.startsWith(QLatin1String("QWARN")) || line.startsWith(QLatin1String("QCRITICAL"))
            || line.startsWith(QLatin1String("QSYSTEM")) || line.startsWith(QLatin1String("WARNING")))
            ++totals.warnings;
        if (const auto match = sum.match(line); match.hasMatch()) {
            totals.passed += match.captured(1).toInt();
            totals.failed += match.captured(2).toInt();
            totals.skipped += match.captured(3).toInt();
            complete = true;
        }
    }
    return complete;
}

// Takes "--only CLASS" out of the arguments.
QString takeOnly(QStringList &arguments)
{
    const qsizetype i = arguments.indexOf(QLatin1String("--only"));
    if (i < 0 || i + 1 >= arguments.size())
        return {};
    const QString name = arguments.at(i + 1);
    arguments.remove(i, 2);
    return name;
}

bool runAll(QStringList arguments, Totals &totals)
{
    const QString only = takeOnly(arguments);
    QTemporaryDir logs;
    auto tests = tests::registeredTests();
    std::sort(tests.begin(), tests.end(), [](const auto &a, const auto &b) { return qstrcmp(a.name, b.name) < 0; });
    bool good = logs.isValid();
    int ran = 0;
    for (const auto &test : tests) {
        if (!only.isEmpty() && only != QLatin1String(test.name))
            continue;
        ++ran;
        const QString log = logs.filePath(QString::fromLatin1(test.name) + QStringLiteral(".txt"));
        QStringList all = arguments;
        all << QStringLiteral("-maxwarnings") << QStringLiteral("0") << QStringLiteral("-o")
            << log + QStringLiteral(",txt");
        if (!arguments.contains(QLatin1String("-o")))
            all << QStringLiteral("-o") << QStringLiteral("-,txt");
        const std::unique_ptr<QObject> object = test.make();
        good &= QTest::qExec(object.get(), all) == 0;
        qInstallMessageHandler(countWarnings);
        good &= readLog(log, totals);
    }
    if (ran == 0)
        std::fprintf(stderr, "No such test class: %s\n", qPrintable(only));
    return good && ran > 0;
}

} // namespace

int main(int argc, char **argv)
{
    qInstallMessageHandler(countWarnings);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    // Qt warns where a login session has not made one.
    const QTemporaryDir runtime;
    if (!qEnvironmentVariableIsSet("XDG_RUNTIME_DIR"))
        qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
    if (!qEnvironmentVariableIsSet("RC_PARAMS"))
        qputenv("RC_PARAMS", "seed=20111 max_success=1000");
    Totals totals;
    bool good = false;
    {
        Application application(argc, argv);
        QCoreApplication::setApplicationName(QStringLiteral(TEST_NAME));
        good = runAll(application.arguments(), totals);
    }
    totals.warnings += warningsBetweenTests;
    good &= totals.warnings == 0 && totals.failed == 0;
    std::printf("%s %s: %d passed, %d failed, %d skipped, %d Qt warnings\n", good ? "PASS" : "FAIL", TEST_NAME,
                totals.passed, totals.failed, totals.skipped, totals.warnings);
    return good ? 0 : 1;
}
