// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/stages/lock/lock_scene.h"
#include "widgets/stages/lock/lock_timeline.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

constexpr uint32_t kHolderA = 5; // after the nodes

// A is paused from 4.65 s to 18.65 s, between its look at the clock and its write.
std::shared_ptr<const Scenario> pausedHolderRun(bool fencing)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "distributed-lock";
    scenario->name = "paused";
    scenario->until = 34s;
    scenario->networkLatency = 200ms;
    LockScenario &lock = scenario->lock;
    lock.fencing = fencing;
    lock.lock.requestTimeout = 1s;
    lock.lock.minRetryWait = 1s;
    lock.lock.maxRetryWait = 1500ms;
    for (const char *name : {"n1", "n2", "n3", "n4", "n5"})
        lock.nodes.push_back({name, 0});
    lock.holders = {{.name = "A", .start = 1s, .work = 3s, .rest = 4s},
                    {.name = "B", .start = 3s, .work = 2s, .rest = 4s}};
    scenario->script.insert({at(4650ms), 0, SetFault{kHolderA, FaultKind::Pause, 1}});
    scenario->script.insert({at(18650ms), 0, ClearFault{kHolderA, FaultKind::Pause}});
    return scenario;
}

Snapshot pausedMoment(Duration when, bool fencing = false)
{
    Timeline run(pausedHolderRun(fencing));
    run.runTo(at(when));
    return snapshotOf(run);
}

LockTimeline timelineAt(const Snapshot &snapshot)
{
    return layoutLockTimeline(snapshot, Theme::light(), {0, 0, 680, 180});
}

bool hasWords(const LockTimeline &timeline, const QString &text)
{
    for (const StageLabel &label : timeline.labels())
        if (label.text == text)
            return true;
    return false;
}

uint64_t pauseEvent(const Snapshot &snapshot) { return snapshot.lockStory.holders.at(0).pauses.at(0).event; }

} // namespace

// Leases, beliefs, pauses and writes over time.
class LockTimelineTest : public QObject {
    Q_OBJECT

    LockScene m_scene;

private slots:
    void initTestCase() { loadResources(); }

    void everythingLiesAtItsTime()
    {
        for (const Duration when : {3s, 8s, 12s, 14s, 17s, 20s, 30s}) {
            const Snapshot snapshot = pausedMoment(when);
            const LockTimeline timeline = timelineAt(snapshot);
            QCOMPARE(timeline.lanes.size(), size_t(2));
            QCOMPARE(timeline.now, timeline.axis.x(snapshot.now));
            for (const LockLane &lane : timeline.lanes) {
                const HolderStory &story = snapshot.lockStory.holders[lane.holder];
                QCOMPARE(lane.leases.size(), story.leases.size());
                for (size_t i = 0; i < lane.leases.size(); ++i) {
                    const LockLease &lease = story.leases[i];
                    const Time trusted = lease.trustedUntil.value_or(snapshot.now);
                    QCOMPARE(lane.leases[i].event, lease.event);
                    QCOMPARE(lane.leases[i].bar.left(), timeline.axis.x(lease.from));
                    QCOMPARE(lane.leases[i].bar.right(), timeline.axis.x(std::min(lease.until, trusted)));
                    QCOMPARE(lane.leases[i].ahead.isEmpty(),
                             lease.trustedUntil.has_value() || lease.until <= snapshot.now);
                    QCOMPARE(lane.beliefs[i].to, timeline.axis.x(trusted));
                }
                QCOMPARE(lane.pauses.size(), story.pauses.size());
            }
            QCOMPARE(timeline.writes.size(), snapshot.lockStory.writes.size());
        }
    }

    void theStorageTellsWhatItCompared()
    {
        QVERIFY(hasWords(timelineAt(pausedMoment(20s)), QStringLiteral("1 < 2: taken")));
        QVERIFY(hasWords(timelineAt(pausedMoment(20s, true)), QStringLiteral("1 < 2: refused")));
        QVERIFY(hasWords(timelineAt(pausedMoment(20s)), QStringLiteral("paused 14.0 s")));
        QVERIFY(hasWords(timelineAt(pausedMoment(12s)), QStringLiteral("lease over at 10.89 s")));
        QVERIFY(!hasWords(timelineAt(pausedMoment(9s)), QStringLiteral("two believe")));
        QVERIFY(hasWords(timelineAt(pausedMoment(20s)), QStringLiteral("two believe")));
    }

    void twoBelieveWhereTheLogSaysSo()
    {
        const Snapshot snapshot = pausedMoment(20s);
        const LockTimeline timeline = timelineAt(snapshot);
        QCOMPARE(timeline.overlaps.size(), size_t(1));
        Timeline run(pausedHolderRun(false));
        for (int i = 0; i < 200; ++i) {
            run.runTo(at(100ms * i + 3ms));
            const double x = timeline.axis.x(run.now());
            const bool inside = x >= timeline.overlaps[0].left() && x < timeline.overlaps[0].right();
            QCOMPARE(inside, run.world().lock().believers() >= 2);
        }
    }

    void theEndOfAPauseIsDragged()
    {
        const Snapshot snapshot = pausedMoment(21s);
        const auto picture = m_scene.layout(snapshot, kUsualStage, Theme::light());
        const StageTarget target = targets::FaultEnd{pauseEvent(snapshot)};
        QVERIFY(m_scene.draggable(target));
        const StageHit *hit = findHit(picture->hits(), target);
        QVERIFY(hit);
        QVERIFY(!m_scene.targetText(snapshot, target).isEmpty());
        QCOMPARE(m_scene.eventBehind(snapshot, target), std::optional(pauseEvent(snapshot)));
        const QPointF from = hit->area.center();
        const auto end = m_scene.endDropped(snapshot, target, from, from - QPointF(100, 0), *picture);
        QVERIFY(end);
        QCOMPARE(end->target, kHolderA);
        QVERIFY(end->kind == FaultKind::Pause);
        QCOMPARE(end->from, at(4650ms));
        QVERIFY(end->to < at(18650ms) && end->to > at(4650ms));
        QCOMPARE(end->to.time_since_epoch() % 100ms, Duration{0});
        // Not before it began.
        const auto least = m_scene.endDropped(snapshot, target, from, from - QPointF(5000, 0), *picture);
        QCOMPARE(least->to, at(4750ms));
        QCOMPARE(m_scene.endMoved(snapshot, target, -2)->to, at(17650ms));
        QCOMPARE(m_scene.endMoved(snapshot, target, 1)->to, at(19150ms));
        // What is not the end of a pause does not move.
        QVERIFY(!m_scene.draggable(targets::part(LockPart::Holder, 0)));
        QVERIFY(!m_scene.endMoved(snapshot, targets::FaultEnd{1}, 1));
    }

    void oneSeesWhereItWillEnd()
    {
        const Snapshot snapshot = pausedMoment(21s);
        const auto picture = m_scene.layout(snapshot, kUsualStage, Theme::light());
        const StageHit *hit = findHit(picture->hits(), targets::FaultEnd{pauseEvent(snapshot)});
        const auto dragged = [&](double by) {
            QImage image(kUsualStage.toSize(), QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::white);
            QPainter painter(&image);
            picture->paint(painter, {});
            picture->paintDragged(painter, *hit, {by, 0});
            return image;
        };
        QVERIFY(dragged(-80) != dragged(-160));
    }

    void anEndAheadIsDashedAndCanBeMoved()
    {
        const Snapshot snapshot = pausedMoment(10s);
        const LockTimeline timeline = timelineAt(snapshot);
        const LockPauseShape *pause = timeline.pause(pauseEvent(snapshot));
        QVERIFY(pause);
        QCOMPARE(pause->grip.x(), timeline.axis.x(at(18650ms)));
        QCOMPARE(pause->bar.right(), timeline.now);
        QCOMPARE(pause->planned.right(), timeline.axis.x(at(18650ms)));
    }

    void itIsLeftOutWhereThereIsNoRoom()
    {
        const Snapshot snapshot = pausedMoment(20s);
        const auto grips = [&](QSizeF size, double scale) {
            const auto picture = m_scene.layout(snapshot, size, Theme::light(scale));
            return findHit(picture->hits(), targets::FaultEnd{pauseEvent(snapshot)}) != nullptr;
        };
        QVERIFY(grips(kUsualStage, 1));
        QVERIFY(grips({694, 388}, 1)); // what a window of 1280 x 800 has
        QVERIFY(!grips({480, 320}, 1));
        QVERIFY(!grips({480, 320}, 1.5));
    }

    void whatIsDrawnCanBeAskedAbout()
    {
        const Snapshot snapshot = pausedMoment(20s);
        const auto picture = m_scene.layout(snapshot, kUsualStage, Theme::light());
        const auto asked = [&](uint64_t event) { return findEvent(picture->hits(), event) != nullptr; };
        for (const HolderStory &holder : snapshot.lockStory.holders)
            for (const LockLease &lease : holder.leases)
                QVERIFY(asked(lease.event));
        for (const LockWriteStory &write : snapshot.lockStory.writes)
            QVERIFY(asked(write.write.event));
        QVERIFY(asked(snapshot.lockStory.holders[1].refusals.front().event));
    }
};

REGISTER_TEST(LockTimelineTest)
#include "lock_timeline_test.moc"
