// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/compare/first_difference.h"
#include "core/sim/measure/run_figures.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::labs;
using namespace std::chrono_literals;

namespace {

sim::Timeline comparedRun(const Lab &lab, const ComparedRun &side)
{
    const auto scenario = lab.scenario(side.scenario);
    sim::Journal journal = scenario->script;
    for (const sim::Intervention &change : side.changes)
        journal.insert({kTimeZero, 0, change});
    sim::Timeline run(scenario, scenario->seed, std::move(journal));
    run.runTo(at(scenario->until));
    return run;
}

// Most attempts of originals that arrive within a tenth of a second.
uint32_t mostAtOnce(const sim::Timeline &run)
{
    uint32_t most = 0;
    for (const sim::OutcomeCounts &bin : run.history().outcomes().bins())
        most = std::max(most, bin.arrived);
    return most;
}

} // namespace

// What the ready comparisons say is what the engine makes of them.
class ComparisonsTest : public QObject {
    Q_OBJECT
private slots:
    void everyStepHasOne_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < catalog().size(); ++i)
            QTest::newRow(catalog()[i].id.c_str()) << int(i);
    }
    void everyStepHasOne()
    {
        QFETCH(int, index);
        const Lab &lab = catalog()[size_t(index)];
        QVERIFY(!lab.comparisons.empty());
        for (const Comparison &ready : lab.comparisons) {
            QVERIFY(lab.scenario(ready.ours.scenario) && lab.scenario(ready.other.scenario));
            const sim::Timeline ours = comparedRun(lab, ready.ours);
            const sim::Timeline other = comparedRun(lab, ready.other);
            QVERIFY(!ours.refusal() && !other.refusal());
            QCOMPARE(ours.seed(), other.seed());
            QCOMPARE(ours.scenario().until, other.scenario().until);
            sim::DifferenceFinder finder;
            QVERIFY(finder.find(ours, other));
            QVERIFY(!ready.figures.empty());
            for (const ComparedFigure &told : ready.figures) {
                const sim::RunFigure *figure = sim::runFigureNamed(told.id);
                QVERIFY2(figure, told.id.c_str());
                QCOMPARE(sim::figureText(*figure, figure->read(ours.world())), told.ours);
                QCOMPARE(sim::figureText(*figure, figure->read(other.world())), told.other);
                QVERIFY2(ready.text.find(told.ours) != std::string::npos, told.ours.c_str());
                QVERIFY2(ready.text.find(told.other) != std::string::npos || told.other == "0", told.other.c_str());
            }
            // One page of the guide opens it.
            const auto opens = [&](const Beat &beat) {
                return std::count(beat.comparisons.begin(), beat.comparisons.end(), ready.id) == 1;
            };
            QCOMPARE(std::count_if(lab.guide.beats.begin(), lab.guide.beats.end(), opens), 1);
        }
        for (const Beat &beat : lab.guide.beats)
            for (const std::string &id : beat.comparisons)
                QVERIFY2(std::any_of(lab.comparisons.begin(), lab.comparisons.end(),
                                     [&](const Comparison &one) { return one.id == id; }),
                         id.c_str());
    }

    // What that one's sentence says beside the figures.
    void theHerdsPeak()
    {
        const Lab &lab = *labWithId("retry");
        const Comparison &ready = lab.comparisons.front();
        QCOMPARE(ready.id, std::string("jitter"));
        QCOMPARE(mostAtOnce(comparedRun(lab, ready.ours)), 8u);
        QCOMPARE(mostAtOnce(comparedRun(lab, ready.other)), 3u);
        QVERIFY(ready.text.find("8 calls arrive") != std::string::npos
                && ready.text.find("at most 3") != std::string::npos);
    }
};
REGISTER_TEST(ComparisonsTest)

#include "comparisons_test.moc"
