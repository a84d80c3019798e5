// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/engine/fault_end.h"
#include "core/sim/run/lock_story.h"
#include "core/sim/world/knobs.h"
#include "tests/register_test.h"
#include "tests/sim/lock_samples.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

constexpr uint32_t kPausedOne = 5;

FaultEnd pauseOfA(Duration to) { return {kPausedOne, FaultKind::Pause, at(4650ms), at(to)}; }
Journal pauseScript() { return tests::pausedHolderScenario().script; }
size_t clearsIn(const Journal &journal)
{
    size_t count = 0;
    for (const JournalEntry &entry : journal.entries())
        count += std::holds_alternative<ClearFault>(entry.what);
    return count;
}

} // namespace

// A fault that ends at another time.
class FaultEndTest : public QObject {
    Q_OBJECT
private slots:
    void itEndsThereInstead()
    {
        for (const Duration to : {Duration(6s), Duration(18650ms), Duration(29s)}) {
            const auto journal = withFaultEnd(pauseScript(), pauseScript(), pauseOfA(to));
            QVERIFY(journal);
            QCOMPARE(clearsIn(*journal), size_t(1));
            Timeline run(std::make_shared<const Scenario>(tests::pausedHolderScenario()), 1, *journal);
            run.runTo(at(30s));
            QCOMPARE(lockStoryOf(run).holders[0].pauses.at(0).to, std::optional(at(to)));
            QVERIFY(!run.refusal());
        }
    }

    void aShortPauseDoesNoHarm()
    {
        const auto staleWrites = [](Duration to) {
            Timeline run(std::make_shared<const Scenario>(tests::pausedHolderScenario()), 1,
                         *withFaultEnd(pauseScript(), pauseScript(), pauseOfA(to)));
            run.runTo(at(30s));
            return run.world().lock().staleAccepted();
        };
        QCOMPARE(staleWrites(18650ms), uint64_t(1));
        QCOMPARE(staleWrites(7s), uint64_t(0));
    }

    void whatNobodyEndedGetsAnEnd()
    {
        Journal journal;
        journal.insert({at(4650ms), 3, SetFault{kPausedOne, FaultKind::Pause, 1}});
        const auto ended = withFaultEnd(journal, Journal{}, pauseOfA(9s));
        QVERIFY(ended);
        QCOMPARE(ended->entries().size(), size_t(2));
        QVERIFY((ended->entries().back() == JournalEntry{at(9s), 0, ClearFault{kPausedOne, FaultKind::Pause}}));
    }

    void whatPeopleDidLaterIsDropped()
    {
        Journal journal = pauseScript();
        journal.insert({at(3s), 0, TurnKnob{*knobNamed("fencing"), 1}});
        journal.insert({at(12s), 0, TurnKnob{*knobNamed("fencing"), 0}});
        QCOMPARE(withFaultEnd(journal, pauseScript(), pauseOfA(10s))->entries().size(), size_t(3));
        QCOMPARE(withFaultEnd(journal, pauseScript(), pauseOfA(15s))->entries().size(), size_t(4));
        // An end of the script's that lies later stays, whoever made the fault.
        QCOMPARE(clearsIn(*withFaultEnd(journal, pauseScript(), pauseOfA(20s))), size_t(1));
    }

    void whatMakesNoSenseIsRefused()
    {
        QVERIFY(!withFaultEnd(pauseScript(), pauseScript(), pauseOfA(4650ms)));
        QVERIFY(!withFaultEnd(pauseScript(), pauseScript(), pauseOfA(1s)));
        QVERIFY(!withFaultEnd(pauseScript(), pauseScript(), {kPausedOne, FaultKind::Partition, at(4650ms), at(9s)}));
        QVERIFY(!withFaultEnd(pauseScript(), pauseScript(), {kPausedOne + 1, FaultKind::Pause, at(4650ms), at(9s)}));
        QVERIFY(!withFaultEnd(pauseScript(), pauseScript(), {kPausedOne, FaultKind::Pause, at(4s), at(9s)}));
        Journal twice = pauseScript();
        twice.insert({at(21s), 0, SetFault{kPausedOne, FaultKind::Pause, 1}});
        QVERIFY(withFaultEnd(twice, twice, pauseOfA(20s)));
        QVERIFY(!withFaultEnd(twice, twice, pauseOfA(21s)));
    }
};

REGISTER_TEST(FaultEndTest)
#include "fault_end_test.moc"
