// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "core/sim/world/knobs.h"
#include "tests/register_test.h"
#include "tests/sim/lock_samples.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>
#include <rapidcheck.h>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

Timeline lockRunOf(Scenario scenario, uint64_t seed = 1)
{
    const auto shared = std::make_shared<const Scenario>(std::move(scenario));
    return Timeline(shared, seed, shared->script);
}

bool goesByIt(const HolderStory &holder) { return !holder.leases.empty() && !holder.leases.back().trustedUntil; }

// What the spans say of the present, against the lock itself.
void checkTheStory(const Timeline &run)
{
    const LockStory story = lockStoryOf(run);
    const LockView room = run.world().lock().view(run.now());
    RC_ASSERT(story.holders.size() == room.holders.size());
    for (size_t i = 0; i < room.holders.size(); ++i) {
        const LockHolderView &holder = room.holders[i];
        const HolderStory &told = story.holders[i];
        RC_ASSERT(goesByIt(told) == holder.believes);
        if (holder.believes && holder.validUntil)
            RC_ASSERT(told.leases.back().until == *holder.validUntil);
        if (holder.believes)
            RC_ASSERT(told.leases.back().token == holder.token);
        RC_ASSERT((!told.pauses.empty() && !told.pauses.back().to) == holder.pausedSince.has_value());
        if (holder.pausedSince)
            RC_ASSERT(told.pauses.back().from == *holder.pausedSince);
        for (size_t k = 0; k + 1 < told.leases.size(); ++k)
            RC_ASSERT(told.leases[k].trustedUntil && *told.leases[k].trustedUntil <= told.leases[k + 1].from);
    }
    RC_ASSERT(story.writes.size() == room.accepted + room.refused);
    for (size_t i = 0; i < room.writes.size(); ++i)
        RC_ASSERT(story.writes[story.writes.size() - room.writes.size() + i].write == room.writes[i]);
    for (const LockWriteStory &write : story.writes)
        RC_ASSERT(write.write.stale == (write.write.token < write.largestBefore));
}

} // namespace

// The lock's past as spans and moments.
class LockStoryTest : public QObject {
    Q_OBJECT
private slots:
    void aPauseBeyondTheLease()
    {
        Timeline run = lockRunOf(pausedHolder());
        run.runTo(at(20s));
        const LockStory story = lockStoryOf(run);
        QCOMPARE(story.from, kTimeZero);
        const HolderStory &a = story.holders[0];
        QCOMPARE(a.pauses.size(), size_t(1));
        QCOMPARE(a.pauses[0].from, at(4650ms));
        QCOMPARE(a.pauses[0].to, std::optional(at(18650ms)));
        // It went by its lease until its write was answered, long after the lease was over.
        QCOMPARE(a.leases.size(), size_t(1));
        QVERIFY(a.leases[0].until < at(12s));
        QVERIFY(a.leases[0].trustedUntil > at(18650ms));
        // B wrote in between, with the later token.
        QCOMPARE(story.writes.size(), size_t(2));
        QCOMPARE(story.writes[0].write.holder, 1U);
        QCOMPARE(story.writes[0].largestBefore, uint64_t(0));
        QCOMPARE(story.writes[1].write.holder, 0U);
        QCOMPARE(story.writes[1].largestBefore, uint64_t(2));
        QVERIFY(story.writes[1].write.stale);
        QVERIFY(story.holders[1].refusals.size() >= 4);
    }

    void anEndAheadIsTold()
    {
        Timeline run = lockRunOf(pausedHolder());
        run.runTo(at(10s));
        QCOMPARE(lockStoryOf(run).holders[0].pauses.at(0).planned, std::optional(at(18650ms)));
        QVERIFY(!run.intervene(SetFault{6, FaultKind::Pause, 1}));
        const LockPause byHand = lockStoryOf(run).holders[1].pauses.at(0);
        QVERIFY(!byHand.to && !byHand.planned);
    }

    void itIsWhatTheLockIs()
    {
        const bool held = rc::check("spans and the lock agree at any moment of any run", [] {
            Scenario scenario = tests::lockScenario();
            scenario.lock.checksBeforeWriting = *rc::gen::arbitrary<bool>();
            scenario.lock.fencing = *rc::gen::arbitrary<bool>();
            scenario.lock.releaseComparesOwner = *rc::gen::arbitrary<bool>();
            for (LockHolderConfig &holder : scenario.lock.holders) {
                holder.extends = *rc::gen::arbitrary<bool>();
                holder.work = std::chrono::seconds{*rc::gen::inRange(1, 15)};
            }
            const int faults = *rc::gen::inRange(0, 6);
            for (int i = 0; i < faults; ++i) {
                const auto target = *rc::gen::inRange<uint32_t>(0, 7);
                const FaultKind kind =
                    target >= 5 ? *rc::gen::element(FaultKind::Pause, FaultKind::Partition)
                                : *rc::gen::element(FaultKind::Crash, FaultKind::Partition, FaultKind::Pause);
                const auto from = std::chrono::milliseconds{*rc::gen::inRange(0, 25'000)};
                scenario.script.insert({at(from), 0, SetFault{target, kind, 1}});
                scenario.script.insert(
                    {at(from + std::chrono::milliseconds{*rc::gen::inRange(1, 12'000)}), 0, ClearFault{target, kind}});
            }
            Timeline run = lockRunOf(scenario, *rc::gen::inRange<uint64_t>(1, 1000));
            for (int i = 0; i < 40; ++i) {
                run.runTo(run.now() + std::chrono::milliseconds{*rc::gen::inRange(0, 1200)});
                checkTheStory(run);
            }
        });
        QVERIFY(held);
    }

    void thereIsNoneWithoutALock()
    {
        Timeline run(tests::outageScenario());
        run.runTo(at(5s));
        QVERIFY(lockStoryOf(run) == LockStory{});
    }

private:
    static Scenario pausedHolder() { return tests::pausedHolderScenario(); }
};

REGISTER_TEST(LockStoryTest)
#include "lock_story_test.moc"
