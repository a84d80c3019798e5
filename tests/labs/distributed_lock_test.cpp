// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::labs;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

Timeline playedLock(const char *scenario, std::initializer_list<std::pair<const char *, double>> knobs = {},
                    std::optional<uint64_t> seed = std::nullopt)
{
    const auto chosen = labWithId("distributed-lock")->scenario(scenario);
    Journal journal = chosen->script;
    for (const auto &[knob, value] : knobs)
        journal.insert({kTimeZero, 0, TurnKnob{*knobNamed(knob), value}});
    Timeline timeline(chosen, seed.value_or(chosen->seed), journal);
    timeline.runTo(at(chosen->until));
    return timeline;
}

template <typename T> std::vector<Event> eventsOf(const Timeline &timeline)
{
    std::vector<Event> found;
    for (uint64_t number = 1; number <= timeline.lastEvent(); ++number)
        if (const Event *event = timeline.history().log().numbered(number); event->as<T>())
            found.push_back(*event);
    return found;
}

std::vector<Event> grants(const Timeline &timeline)
{
    std::vector<Event> found = eventsOf<LockDecided>(timeline);
    std::erase_if(found, [](const Event &e) { return e.as<LockDecided>()->outcome != LockOutcome::Acquired; });
    return found;
}

std::vector<Event> staleWrites(const Timeline &timeline)
{
    std::vector<Event> found = eventsOf<WriteTried>(timeline);
    std::erase_if(found, [](const Event &e) { return !e.as<WriteTried>()->stale; });
    return found;
}

} // namespace

// The point of each scenario of the step about locks, as numbers.
class DistributedLockLabTest : public QObject {
    Q_OBJECT
private slots:
    void handOverIsCalm()
    {
        const Timeline run = playedLock("hand-over");
        const auto granted = grants(run);
        QVERIFY(granted.size() >= 8);
        QVERIFY(std::any_of(granted.begin(), granted.end(),
                            [](const Event &e) { return e.actor == Subject::lockHolder(0); }));
        QVERIFY(std::any_of(granted.begin(), granted.end(),
                            [](const Event &e) { return e.actor == Subject::lockHolder(1); }));
        QCOMPARE(run.world().lock().overlaps(), uint64_t(0));
        QVERIFY(staleWrites(run).empty());
        QVERIFY(eventsOf<LeaseOver>(run).empty());
        // Somebody asks in vain: a lock that nobody has to wait for shows nothing.
        const auto decided = eventsOf<LockDecided>(run);
        QVERIFY(std::any_of(decided.begin(), decided.end(),
                            [](const Event &e) { return e.as<LockDecided>()->outcome == LockOutcome::NotAcquired; }));
    }

    void aPausedHolderOverwritesUnlessTokensAreCompared()
    {
        const Timeline open = playedLock("paused-holder");
        QCOMPARE(staleWrites(open).size(), size_t(1));
        const Event stale = staleWrites(open).front();
        QVERIFY(stale.actor == Subject::lockHolder(0));
        QCOMPARE(stale.as<WriteTried>()->token, uint64_t(1));
        QVERIFY(stale.as<WriteTried>()->accepted);
        QCOMPARE(open.world().lock().overlaps(), uint64_t(1));
        QVERIFY(eventsOf<WriteHeldBack>(open).empty()); // it had looked at its clock
        const Timeline fenced = playedLock("paused-holder", {{"fencing", 1}});
        QCOMPARE(staleWrites(fenced).size(), size_t(1));
        QVERIFY(!staleWrites(fenced).front().as<WriteTried>()->accepted);
        QCOMPARE(fenced.world().lock().staleAccepted(), uint64_t(0));
        QCOMPARE(grants(fenced).size(), grants(open).size()); // the same run but for that
    }

    void thatHoldsWhateverTheLuck()
    {
        for (uint64_t seed = 1; seed <= 40; ++seed) {
            QCOMPARE(playedLock("paused-holder", {}, seed).world().lock().staleAccepted(), uint64_t(1));
            const Timeline fenced = playedLock("paused-holder", {{"fencing", 1}}, seed);
            QCOMPARE(fenced.world().lock().staleAccepted(), uint64_t(0));
            QCOMPARE(fenced.world().lock().refused(), uint64_t(1));
        }
    }

    void nodesLostTwoAreBorneAndThreeAreNot()
    {
        const Timeline run = playedLock("nodes-lost");
        const auto granted = grants(run);
        const auto between = [&](Duration from, Duration to) {
            return std::count_if(granted.begin(), granted.end(),
                                 [&](const Event &e) { return e.at >= at(from) && e.at < at(to); });
        };
        QVERIFY(between(5500ms, 13s) > 0);
        QVERIFY(between(13500ms, 21s) > 0);
        QCOMPARE(between(21500ms, 36s), 0);
        QVERIFY(between(36s, 48s) > 0);
        QCOMPARE(run.world().lock().overlaps(), uint64_t(0));
        QCOMPARE(eventsOf<NodeRestarted>(run).size(), size_t(3));
    }

    void aNodeThatForgotLetsTwoIn()
    {
        const Timeline run = playedLock("restarted-empty");
        QCOMPARE(grants(run)[0].as<LockDecided>()->votes, 3U);
        QVERIFY(grants(run)[1].as<LockDecided>()->othersHold);
        QCOMPARE(staleWrites(run).size(), size_t(1));
        QVERIFY(staleWrites(run).front().actor == Subject::lockHolder(0));
        QCOMPARE(playedLock("restarted-empty", {{"fencing", 1}}).world().lock().staleAccepted(), uint64_t(0));
    }

    void whoIsCutOffFindsOutByItself()
    {
        const Timeline run = playedLock("partition");
        QVERIFY(!eventsOf<LeaseOver>(run).empty() && eventsOf<LeaseOver>(run).front().as<LeaseOver>()->known);
        QCOMPARE(eventsOf<WriteHeldBack>(run).size(), size_t(1));
        const auto granted = grants(run);
        QVERIFY(std::any_of(granted.begin(), granted.end(),
                            [](const Event &e) { return e.actor == Subject::lockHolder(1); }));
        QCOMPARE(run.world().lock().overlaps(), uint64_t(0));
        QVERIFY(staleWrites(run).empty());
    }

    void fastClocksLetTwoInUnlessTheyAreAllowedFor()
    {
        const Timeline run = playedLock("drifting-clocks");
        QVERIFY(run.world().lock().overlaps() >= 1);
        QVERIFY(!staleWrites(run).empty());
        QCOMPARE(playedLock("drifting-clocks", {{"drift_factor", 0.5}}).world().lock().overlaps(), uint64_t(0));
    }

    void theLockOf30SecondsHeldFor952()
    {
        const Timeline run = playedLock("952-seconds");
        const Event granted = grants(run).front();
        const Event over = eventsOf<LeaseOver>(run).front();
        QVERIFY(!over.as<LeaseOver>()->known);
        QVERIFY(over.at - at(1s) == 30s); // since it asked
        const Event stale = staleWrites(run).front();
        QVERIFY(stale.actor == Subject::lockHolder(0));
        QCOMPARE(stale.as<WriteTried>()->token, uint64_t(1));
        const double outside = toSeconds(stale.at - over.at);
        QVERIFY2(outside > 921.5 && outside < 924, qPrintable(QString::number(outside)));
        QVERIFY(stale.at - granted.at >= 952s);
        QVERIFY(grants(run).size() >= 10);
        // Renewed all the while, it is inside, and nobody else gets in.
        const Timeline renewed = playedLock("952-seconds", {{"extends", 1}});
        QVERIFY(staleWrites(renewed).empty());
        QCOMPARE(renewed.world().lock().overlaps(), uint64_t(0));
        QVERIFY(grants(renewed)[0].actor == Subject::lockHolder(0)
                && (grants(renewed).size() == 1 || grants(renewed)[1].at > at(953s)));
    }

    void releaseWithoutComparingEndsTheLeaseOfAnother()
    {
        const Timeline broken = playedLock("release-without-comparing");
        QVERIFY(broken.world().lock().overlaps() >= 1);
        QVERIFY(!staleWrites(broken).empty());
        // Nobody was paused, no node failed: only the slip makes it so.
        QCOMPARE(
            playedLock("release-without-comparing", {{"broken_release_without_compare", 0}}).world().lock().overlaps(),
            uint64_t(0));
        QCOMPARE(playedLock("hand-over").world().lock().overlaps(), uint64_t(0));
        QVERIFY(playedLock("hand-over", {{"broken_release_without_compare", 1}}).world().lock().overlaps() >= 1);
    }
};

REGISTER_TEST(DistributedLockLabTest)
#include "distributed_lock_test.moc"
