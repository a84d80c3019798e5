// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"
#include "tests/app/lab_walker.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using tests::LabWalker;
using tests::WindowUnderTest;

// Each lab's stored solutions, done by hand.
class WindowWalkTest : public QObject {
    Q_OBJECT
private slots:
    void everyGoalCanBeReached_data()
    {
        QTest::addColumn<size_t>("step");
        QTest::addColumn<bool>("byKey");
        for (size_t i = 0; i < labs::catalog().size(); ++i)
            for (const bool byKey : {false, true})
                QTest::addRow("%s by %s", labs::catalog()[i].id.c_str(), byKey ? "key" : "mouse") << i << byKey;
    }
    void everyGoalCanBeReached()
    {
        QFETCH(size_t, step);
        QFETCH(bool, byKey);
        const labs::Lab &lab = labs::catalog()[step];
        WindowUnderTest t;
        LabWalker walker(t, byKey ? LabWalker::Hand::Keyboard : LabWalker::Hand::Mouse);
        walker.open(lab);
        for (const labs::Lab::Solution &solution : lab.solutions) {
            walker.chooseScenario(solution.scenario);
            std::vector<sim::JournalEntry> steps = solution.steps;
            std::stable_sort(steps.begin(), steps.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
            for (const sim::JournalEntry &entry : steps) {
                walker.playTo(entry.at);
                walker.doAs(entry.what);
            }
            walker.playTo(at(solution.until));
        }
        QVERIFY2(walker.problems().isEmpty(), qPrintable(walker.problems().join(QLatin1Char('\n'))));
        for (size_t i = 0; i < lab.goals.size(); ++i)
            QVERIFY2(t.session().goals().isMet(i), lab.goals[i].id.c_str());
        t.play(50); // drawn
        for (const labs::Goal &goal : lab.goals)
            QVERIFY2(t.find<QWidget>(("goal-" + goal.id).c_str()), goal.id.c_str());
    }
};

REGISTER_TEST(WindowWalkTest)
#include "window_walk_test.moc"
