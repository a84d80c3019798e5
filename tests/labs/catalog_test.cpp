// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

#include <numeric>
#include <set>

using namespace resilience;
using namespace resilience::labs;

namespace {

Timeline playScenario(const std::shared_ptr<const Scenario> &scenario)
{
    Timeline timeline(scenario);
    timeline.runTo(at(scenario->until));
    return timeline;
}

Timeline playSolution(const Lab &lab, const Lab::Solution &solution)
{
    const auto scenario = lab.scenario(solution.scenario);
    sim::Journal journal = scenario->script;
    for (const sim::JournalEntry &entry : solution.steps)
        journal.insert(entry);
    Timeline timeline(scenario, scenario->seed, journal);
    timeline.runTo(at(solution.until));
    return timeline;
}

// What each scenario's run comes to: lines of scenario and fingerprint. A change there is a change of what people see:
// look before writing it down.
QByteArray fingerprintsOf(const Lab &lab)
{
    QFile file(QStringLiteral(SOURCE_ROOT "/labs/%1/fingerprints.txt").arg(QString::fromStdString(lab.id)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

// The catalogue as a test suite: whatever a lab promises is tried.
class CatalogTest : public QObject {
    Q_OBJECT
private slots:
    void everyScenarioRunsTheSameTwice()
    {
        for (const Lab &lab : catalog())
            for (const auto &scenario : lab.scenarios) {
                QCOMPARE(QString::fromStdString(scenario->step), QString::fromStdString(lab.id));
                QVERIFY(!scenario->title.empty() && !scenario->description.empty());
                const Timeline first = playScenario(scenario);
                QVERIFY(first.world() == playScenario(scenario).world());
                QVERIFY(!first.refusal());
                QVERIFY(first.lastEvent() > 0);
            }
    }

    void runsAreWhatTheyWere()
    {
        for (const Lab &lab : catalog()) {
            QByteArray now;
            for (const auto &scenario : lab.scenarios)
                now += QByteArray::fromStdString(scenario->name + " "
                                                 + playScenario(scenario).world().fingerprint().text() + "\n");
            const QList<QByteArray> expected = fingerprintsOf(lab).split('\n');
            const QList<QByteArray> actual = now.split('\n');
            for (qsizetype i = 0; i < std::max(expected.size(), actual.size()); ++i)
                QVERIFY2(actual.value(i) == expected.value(i),
                         (lab.id.c_str() + (": " + actual.value(i)) + " instead of " + expected.value(i)).constData());
        }
    }

    void conservationHoldsAtEveryEvent()
    {
        for (const Lab &lab : catalog())
            for (const auto &scenario : lab.scenarios) {
                Timeline timeline(scenario);
                while (timeline.stepEvent(at(scenario->until))) {
                    const sim::Totals &totals = timeline.world().totals();
                    QCOMPARE(totals.offered,
                             std::accumulate(totals.ended.begin(), totals.ended.end(), totals.inFlight));
                }
            }
    }

    void goalsAreFalseAtTheStartAndTrueAfterTheSolution()
    {
        for (const Lab &lab : catalog()) {
            const Timeline start(lab.scenarios.front());
            std::vector<Timeline> solved;
            for (const Lab::Solution &solution : lab.solutions)
                solved.push_back(playSolution(lab, solution));
            QVERIFY(lab.goals.size() >= 4);
            for (const Goal &goal : lab.goals) {
                QVERIFY2(!goal.met(start), goal.id.c_str());
                QVERIFY2(std::any_of(solved.begin(), solved.end(), goal.met), goal.id.c_str());
            }
        }
    }

    void goalsAskOnlyAboutWhatHasHappened()
    {
        for (const Lab &lab : catalog()) {
            for (const Lab::Solution &solution : lab.solutions) {
                Timeline solved = playSolution(lab, solution);
                solved.runTo(kTimeZero);
                for (const Goal &goal : lab.goals)
                    QVERIFY2(!goal.met(solved), goal.id.c_str());
            }
        }
    }

    void theGuideFitsTheLab()
    {
        for (const Lab &lab : catalog()) {
            QVERIFY(!lab.guide.objective.empty() && !lab.guide.notSolved.empty() && !lab.guide.simplified.empty());
            std::set<std::string> goals;
            for (const Beat &beat : lab.guide.beats) {
                QVERIFY2(!beat.watchFor.empty() && !beat.action.empty() && !beat.expected.empty()
                             && !beat.question.empty() && !beat.takeaway.empty(),
                         beat.title.c_str());
                QVERIFY2(beat.scenario.empty() || lab.scenario(beat.scenario), beat.scenario.c_str());
                for (const std::string &other : beat.seeAlso)
                    QVERIFY2(lab.scenario(other), other.c_str());
                for (const std::string &goal : beat.goals) {
                    QVERIFY2(
                        std::any_of(lab.goals.begin(), lab.goals.end(), [&](const Goal &g) { return g.id == goal; }),
                        goal.c_str());
                    goals.insert(goal);
                }
            }
            QCOMPARE(goals.size(), lab.goals.size()); // each goal belongs to a beat
            for (const auto &scenario : lab.scenarios) // and so does each scenario
                QVERIFY2(beatOf(lab.guide, scenario->name), scenario->name.c_str());
        }
    }

    void knobsExist()
    {
        for (const Lab &lab : catalog()) {
            QVERIFY(lab.mainKnobs.size() <= 3);
            for (const auto &list : {lab.mainKnobs, lab.otherKnobs})
                for (const std::string &knob : list)
                    QVERIFY2(sim::knobNamed(knob).has_value(), knob.c_str());
        }
    }

    void guideErrorsNameTheLine()
    {
        QVERIFY_EXCEPTION_THROWN(parseGuide("# Objective\ntext\n# Nonsense\n"), std::invalid_argument);
    }
};

REGISTER_TEST(CatalogTest)
#include "catalog_test.moc"
