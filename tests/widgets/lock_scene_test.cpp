// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "core/sim/world/knobs.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_cards.h"
#include "tests/widgets/stage_layout_check.h"
#include "widgets/stages/lock/lock_graph.h"
#include "widgets/stages/lock/lock_scene.h"
#include "widgets/stages/lock/lock_side.h"
#include "widgets/stages/lock/lock_words.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

constexpr uint32_t kA = 5;

// A is paused between its look at the clock and its write; later nodes fail in every way.
Scenario troubledLock(size_t holders = 2, size_t nodes = 5)
{
    Scenario scenario;
    scenario.step = "distributed-lock";
    scenario.name = "troubled";
    scenario.until = 40s;
    scenario.networkLatency = 200ms;
    LockScenario &lock = scenario.lock;
    lock.lock.nodes = uint32_t(nodes);
    lock.lock.requestTimeout = 1s;
    lock.lock.minRetryWait = 1s;
    lock.lock.maxRetryWait = 1500ms;
    for (size_t i = 0; i < nodes; ++i)
        lock.nodes.push_back({"n" + std::to_string(i + 1), 0});
    for (size_t i = 0; i < holders; ++i)
        lock.holders.push_back(
            {.name = std::string(1, char('A' + i)), .start = std::chrono::seconds(1 + 2 * i), .work = 3s, .rest = 4s});
    const auto plan = [&](Duration when, Intervention what) { scenario.script.insert({at(when), 0, what}); };
    const auto a = uint32_t(nodes);
    plan(4650ms, SetFault{a, FaultKind::Pause, 1});
    plan(18650ms, ClearFault{a, FaultKind::Pause});
    if (nodes >= 5) {
        plan(22s, SetFault{0, FaultKind::Crash, 1});
        plan(23s, SetFault{1, FaultKind::Partition, 1});
        plan(24s, SetFault{2, FaultKind::ClockDrift, 0.5});
        plan(25s, SetFault{3, FaultKind::Pause, 1});
        plan(30s, ClearFault{0, FaultKind::Crash});
        plan(31s, SetFault{a + 1, FaultKind::Partition, 1});
    }
    return scenario;
}

Timeline runTo(const Scenario &scenario, Duration when)
{
    const auto shared = std::make_shared<const Scenario>(scenario);
    Timeline timeline(shared, 1, shared->script);
    timeline.runTo(at(when));
    return timeline;
}

Snapshot lockAt(Duration when, bool playing = false, const Scenario &scenario = troubledLock())
{
    Snapshot snapshot = snapshotOf(runTo(scenario, when));
    snapshot.playing = playing;
    return snapshot;
}

Snapshot fenced(Duration when)
{
    Scenario scenario = troubledLock();
    scenario.lock.fencing = true;
    return lockAt(when, false, scenario);
}

QImage imageOf(const StagePicture &picture)
{
    QImage image(picture.size().toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    picture.paint(painter, {});
    return image;
}

bool says(const StagePicture &picture, const QString &text)
{
    const auto labels = picture.labels();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const StageLabel &label) { return label.text.contains(text); });
}

} // namespace

class LockSceneTest : public QObject {
    Q_OBJECT

    LockScene m_scene;

private slots:
    void initTestCase() { loadResources(); }

    // The guide lets a student drag the end of a pause: the smallest window's stage has the timeline it lies on.
    void aSmallStageHasTheTimeline()
    {
        const Timeline timeline = runTo(troubledLock(), 12s);
        const auto picture = LockScene().layout(snapshotOf(timeline), {535, 338}, Theme::light());
        const auto &hits = picture->hits();
        QVERIFY(std::any_of(hits.begin(), hits.end(),
                            [](const StageHit &hit) { return LockScene().draggable(hit.target); }));
        const QStringList faults = checks::faultsOf(*picture);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void nothingIsCutOffOrOverlaps()
    {
        const std::vector<Snapshot> samples{lockAt(0s),
                                            lockAt(1250ms),
                                            lockAt(2s, true),
                                            lockAt(12s),
                                            lockAt(14s),
                                            lockAt(19s),
                                            fenced(19s),
                                            lockAt(26s),
                                            lockAt(36s),
                                            lockAt(14s, false, troubledLock(3)),
                                            lockAt(14s, false, troubledLock(2, 1)),
                                            lockAt(6s, true, troubledLock(4, 9)),
                                            lockAt(40s)};
        std::vector<tests::StageCard> cards = tests::kStageCards;
        cards.push_back({kSmallestStage, 1.0});
        for (const tests::StageCard &card : cards)
            for (size_t i = 0; i < samples.size(); ++i) {
                const auto picture = m_scene.layout(samples[i], card.size, Theme::light(card.scale));
                const QStringList faults = checks::faultsOf(*picture);
                QVERIFY2(faults.isEmpty(), qPrintable(QStringLiteral("sample %1, %2 x %3 at %4: ")
                                                          .arg(i)
                                                          .arg(card.size.width())
                                                          .arg(card.size.height())
                                                          .arg(card.scale)
                                                      + faults.join(QLatin1Char('\n'))));
            }
    }

    void norAtAnyMomentOfARun()
    {
        Timeline timeline = runTo(troubledLock(), 0s);
        while (timeline.stepEvent(at(40s))) {
            const auto picture = m_scene.layout(snapshotOf(timeline), kUsualStage, Theme::light());
            const QStringList faults = checks::faultsOf(*picture);
            QVERIFY2(faults.isEmpty(), qPrintable(QStringLiteral("at %1: ").arg(toSeconds(timeline.now()))
                                                  + faults.join(QLatin1Char('\n'))));
            for (const StageHit &hit : picture->hits())
                QVERIFY(!m_scene.targetText(picture->snapshot(), hit.target).isEmpty());
        }
    }

    void theStateIsWhatIsLoudest()
    {
        const auto title = [&](const Snapshot &snapshot) {
            return words::lockHeader(snapshot, Theme::light()).title.front();
        };
        QCOMPARE(title(lockAt(0s)), QStringLiteral("NOBODY holds it"));
        QCOMPARE(title(lockAt(3s)), QStringLiteral("A holds the lease"));
        QCOMPARE(title(lockAt(11200ms)), QStringLiteral("A BELIEVES it holds it"));
        QCOMPARE(title(lockAt(14s)), QStringLiteral("TWO believe they hold it"));
        // Without a quorum that knows of it nobody is said to hold it.
        Snapshot outvoted = lockAt(3s);
        outvoted.lock.holders[0].heldAt = 2;
        const StageHeaderWords words = words::lockHeader(outvoted, Theme::light());
        QCOMPARE(words.title.front(), QStringLiteral("A BELIEVES it holds it"));
        QCOMPARE(words.detail.front(), QStringLiteral("2 of 5 nodes know of it; it takes 3"));
        QVERIFY(words.titleColor == Theme::light().waiting.text);
    }

    // Who gives it back has no lease any more, by any of the words and pictures, whenever the nodes hear of it.
    void whoGivesItBackHasNoLease()
    {
        Scenario scenario = troubledLock();
        scenario.script = {};
        size_t seen = 0;
        for (Duration when = 4s; when < 8s; when += 50ms) {
            const Timeline run = runTo(scenario, when);
            const Snapshot snapshot = snapshotOf(run);
            if (snapshot.lock.holders[0].doing != HolderDoing::Releasing)
                continue;
            ++seen;
            QVERIFY(!snapshot.lock.holders[0].validUntil);
            const LockLeaseRow row = layoutLockSide(snapshot, Theme::light(), {0, 0, 400, 300}, true).leases.front();
            QCOMPARE(row.text.text, QStringLiteral("no lease"));
            QCOMPARE(row.text.color, Theme::light().quietInk);
            QCOMPARE(row.share, 0.0);
            QCOMPARE(row.drift, 0.0);
            QCOMPARE(read(gaugeNamed("lease_left_s"), run.world(), run.now()), 0.0);
        }
        QVERIFY(seen > 0);
    }

    void noRatesArePromised()
    {
        Snapshot snapshot = lockAt(3s, true);
        snapshot.speed = 20;
        QCOMPARE(words::lockHeader(snapshot, Theme::light()).notice, QStringList({"too fast for dots"}));
        snapshot.speed = 0.5;
        QVERIFY(words::lockHeader(snapshot, Theme::light()).notice.isEmpty());
    }

    void thePauseAndTheStaleWriteAreShown()
    {
        const auto paused = m_scene.layout(lockAt(14s), kUsualStage, Theme::light());
        QVERIFY(says(*paused, QStringLiteral("A is paused")));
        QVERIFY(says(*paused, QStringLiteral("its lease ended at 10.89 s")));
        const auto stale = m_scene.layout(lockAt(19500ms), kUsualStage, Theme::light());
        QVERIFY(says(*stale, QStringLiteral("1 < 2: taken")));
        QVERIFY(says(*stale, QStringLiteral("stale writes accepted")));
        const auto refused = m_scene.layout(fenced(19500ms), kUsualStage, Theme::light());
        QVERIFY(says(*refused, QStringLiteral("1 < 2: refused")));
        QVERIFY(says(*refused, QStringLiteral("stale writes refused")));
        // Without the timeline they are listed.
        const auto listed = [](const Snapshot &snapshot, const QString &text) {
            const auto labels = layoutLockSide(snapshot, Theme::light(), {0, 0, 260, 400}).labels();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const StageLabel &label) { return label.text == text; });
        };
        QVERIFY(listed(lockAt(19500ms), QStringLiteral("STALE, accepted")));
        QVERIFY(listed(fenced(19500ms), QStringLiteral("stale, refused")));
    }

    void linesGoToWhoHasTheLease()
    {
        const Snapshot snapshot = lockAt(3s);
        const LockGraph graph = layoutLockGraph(snapshot, Theme::light(), {0, 0, 440, 400}, false);
        QCOMPARE(graph.grants.size(), size_t(snapshot.lock.holders[0].heldAt));
        for (const LockGrant &grant : graph.grants) {
            QCOMPARE(grant.holder, snapshot.lock.nodes[grant.node].holder);
            QVERIFY(grant.look == LockGrant::Look::Good);
        }
    }

    void messagesAreOnTheirWay()
    {
        const Snapshot snapshot = lockAt(1100ms);
        const LockGraph graph = layoutLockGraph(snapshot, Theme::light(), {0, 0, 440, 400}, false);
        QCOMPARE(graph.dots.size(), snapshot.lock.messages.size());
        QCOMPARE(graph.dots.size(), size_t(5));
        for (const LockDot &dot : graph.dots)
            QVERIFY(dot.event > 0);
    }

    void clicksBreakAndMend()
    {
        const Snapshot calm = lockAt(3s);
        QCOMPARE(m_scene.clicked(calm, targets::part(LockPart::Node, 2)),
                 std::optional<Intervention>(SetFault{2, FaultKind::Crash, 1}));
        QCOMPARE(m_scene.clicked(calm, targets::part(LockPart::Holder, 0)),
                 std::optional<Intervention>(SetFault{kA, FaultKind::Pause, 1}));
        QCOMPARE(m_scene.clicked(calm, targets::part(LockPart::NodeWire, 1)),
                 std::optional<Intervention>(SetFault{1, FaultKind::Partition, 1}));
        QCOMPARE(m_scene.clicked(calm, targets::part(LockPart::HolderWire, 1)),
                 std::optional<Intervention>(SetFault{kA + 1, FaultKind::Partition, 1}));
        QCOMPARE(m_scene.clicked(calm, targets::part(LockPart::Storage)),
                 std::optional<Intervention>(TurnKnob{*knobNamed("fencing"), 1}));
        const Snapshot broken = lockAt(26s);
        QCOMPARE(m_scene.clicked(broken, targets::part(LockPart::Node, 0)),
                 std::optional<Intervention>(ClearFault{0, FaultKind::Crash}));
        QCOMPARE(m_scene.clicked(broken, targets::part(LockPart::Node, 1)),
                 std::optional<Intervention>(ClearFault{1, FaultKind::Partition}));
        QCOMPARE(m_scene.clicked(lockAt(14s), targets::part(LockPart::Holder, 0)),
                 std::optional<Intervention>(ClearFault{kA, FaultKind::Pause}));
        for (const LockPart part :
             {LockPart::Node, LockPart::NodeWire, LockPart::Holder, LockPart::HolderWire, LockPart::Lease}) {
            QVERIFY(!m_scene.clicked(calm, targets::part(part, 99)));
            QVERIFY(m_scene.targetText(calm, targets::part(part, 99)).isEmpty());
        }
    }

    void whyLeadsToTheEvent()
    {
        const Snapshot snapshot = lockAt(19500ms);
        const LockWriteView &stale = snapshot.lock.writes.back();
        QVERIFY(stale.stale);
        QCOMPARE(m_scene.eventBehind(snapshot, targets::part(LockPart::Figure)), std::optional(stale.event));
        QCOMPARE(m_scene.eventBehind(snapshot, targets::part(LockPart::Lease, 0)),
                 std::optional(snapshot.lock.holders[0].lastDecision));
        QCOMPARE(m_scene.eventBehind(snapshot, targets::part(LockPart::Node, 0)), std::optional<uint64_t>(0));
    }

    void hitsAreWhereThingsAre()
    {
        const auto picture = m_scene.layout(lockAt(14s), kUsualStage, Theme::light());
        for (const StageHit &hit : picture->hits())
            if (hit.primary)
                QCOMPARE(hitTest(picture->hits(), hit.area.center()), hit.target);
    }

    void paintingIsAPureFunction()
    {
        for (const Snapshot &snapshot : {lockAt(0s), lockAt(14s), fenced(19500ms), lockAt(26s)}) {
            const auto first = m_scene.layout(snapshot, kUsualStage, Theme::dark());
            QCOMPARE(imageOf(*first), imageOf(*m_scene.layout(snapshot, kUsualStage, Theme::dark())));
        }
    }

    void withoutALockThereIsNoPicture() { QVERIFY(!m_scene.layout(Snapshot{}, kUsualStage, Theme::light())); }

    void nextIsOutlined()
    {
        const auto picture = m_scene.layout(lockAt(1100ms), kUsualStage, Theme::light());
        QVERIFY(!picture->next().isEmpty());
        QVERIFY(m_scene.layout(lockAt(1100ms, true), kUsualStage, Theme::light())->next().isEmpty());
    }
};

REGISTER_TEST(LockSceneTest)
#include "lock_scene_test.moc"
