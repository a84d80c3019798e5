// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/limiter_scene.h"
#include "widgets/limiter_tape.h"
#include "widgets/limiter_vessel.h"
#include "widgets/limiter_words.h"

#include <QtTest>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

const std::vector<LimiterKind> kKinds{LimiterKind::TokenBucket, LimiterKind::LeakyQueue, LimiterKind::FixedWindow,
                                      LimiterKind::SlidingWindowLog, LimiterKind::SlidingWindowCounter};
const QRectF kTape(0, 0, 560, 300);

// Five calls just before the edge of a window at 5 s and five just after it; the limit is five in five seconds.
std::shared_ptr<const Scenario> overTheEdge()
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "rate-limiter";
    scenario->name = "over-the-edge";
    scenario->until = 30s;
    ServiceConfig service;
    service.name = "search";
    scenario->services.push_back(service);
    for (const LimiterKind kind : kKinds) {
        ClientConfig client;
        client.name = std::to_string(int(kind));
        client.arrivals.kind = ArrivalConfig::Kind::Script;
        for (int i = 0; i < 10; ++i)
            client.arrivals.times.push_back(4500ms + 100ms * i);
        client.pipeline.order.append(PolicyKind::RateLimiter);
        client.pipeline.known = client.pipeline.order;
        client.pipeline.rateLimiter = limiterConfig(kind, 5, 1);
        scenario->clients.push_back(client);
    }
    return scenario;
}

Snapshot tapeAt(Duration when)
{
    Timeline timeline(overTheEdge());
    timeline.runTo(at(when));
    return snapshotOf(timeline);
}

const TapeRow &rowOf(const LimiterTape &tape, LimiterKind kind)
{
    return tape.rows.at(size_t(std::find(kKinds.begin(), kKinds.end(), kind) - kKinds.begin()));
}

size_t passed(const TapeRow &row)
{
    return size_t(std::count_if(row.glyphs.begin(), row.glyphs.end(),
                                [](const StageGlyph &glyph) { return glyph.outcome == RequestOutcome::Succeeded; }));
}

} // namespace

class LimiterSceneTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void theBurstAtTheEdgeIsSeen()
    {
        const Snapshot snapshot = tapeAt(5600ms);
        const LimiterTape tape = layoutTape(snapshot, kTape, Theme::light());
        QCOMPARE(passed(rowOf(tape, LimiterKind::FixedWindow)), size_t(10));
        QCOMPARE(rowOf(tape, LimiterKind::FixedWindow).mostInWindow, uint64_t(10));
        QCOMPARE(rowOf(tape, LimiterKind::SlidingWindowLog).mostInWindow, uint64_t(5));
        QVERIFY(rowOf(tape, LimiterKind::SlidingWindowCounter).mostInWindow <= 6);
        // Its number is red where it is over the limit, and only there.
        const QColor bad = Theme::light().failed.text;
        QVERIFY(rowOf(tape, LimiterKind::FixedWindow).most.color == bad);
        QVERIFY(rowOf(tape, LimiterKind::SlidingWindowLog).most.color != bad);
        // The dashed line is between the calls of 4.9 and of 5 s.
        QCOMPARE(tape.edges.size(), size_t(1));
        const auto &glyphs = rowOf(tape, LimiterKind::FixedWindow).glyphs;
        QVERIFY(glyphs[4].at.x() < tape.edges[0] && tape.edges[0] < glyphs[5].at.x());
    }

    // What stands in one column is one arrival, whatever each limiter made of it.
    void columnsAreArrivals()
    {
        const Snapshot snapshot = tapeAt(5600ms);
        const LimiterTape tape = layoutTape(snapshot, kTape, Theme::light());
        for (const TapeRow &row : tape.rows) {
            QCOMPARE(row.glyphs.size() + row.waiting.size(), size_t(10));
            for (const StageGlyph &glyph : row.glyphs) {
                const auto column = std::find_if(tape.rows[0].glyphs.begin(), tape.rows[0].glyphs.end(),
                                                 [&](const StageGlyph &first) { return first.at.x() == glyph.at.x(); });
                QVERIFY(column != tape.rows[0].glyphs.end());
                const auto eventOf = [&](uint64_t number) {
                    return *std::find_if(snapshot.events.begin(), snapshot.events.end(),
                                         [&](const Event &e) { return e.number == number; });
                };
                if (row.client
                    != uint32_t(std::find(kKinds.begin(), kKinds.end(), LimiterKind::LeakyQueue) - kKinds.begin()))
                    QVERIFY(eventOf(glyph.event).at == eventOf(column->event).at);
            }
        }
        const TapeRow &queue = rowOf(tape, LimiterKind::LeakyQueue);
        QCOMPARE(queue.waiting.size(), snapshot.pipelines[queue.client].inQueue.empty()
                                           ? queue.waiting.size()
                                           : snapshot.pipelines[queue.client].inQueue.size());
        QVERIFY(!queue.waiting.empty());
    }

    void tokensCanBeCounted_data()
    {
        QTest::addColumn<int>("ms");
        QTest::addColumn<int>("tokens");
        QTest::newRow("before") << 4400 << 5;
        QTest::newRow("three taken") << 4750 << 2;
        QTest::newRow("none left") << 5100 << 0;
        QTest::newRow("three back") << 7600 << 3;
        QTest::newRow("full again") << 20000 << 5;
    }
    void tokensCanBeCounted()
    {
        QFETCH(int, ms);
        QFETCH(int, tokens);
        const Snapshot snapshot = tapeAt(std::chrono::milliseconds(ms));
        const LimiterVessel vessel = layoutVessel(snapshot, 0, {0, 0, 160, 300}, Theme::light());
        QCOMPARE(vessel.places.size(), size_t(5));
        QCOMPARE(vessel.full, uint64_t(tokens));
        QVERIFY(vessel.flow == LimiterVessel::Flow::In);
        QCOMPARE(vessel.dripping, tokens < 5);
        QVERIFY(vessel.count.text.startsWith(QString::number(tokens)));
        for (const QPointF &place : vessel.places)
            QVERIFY(vessel.glass.contains(
                QRectF(place.x() - vessel.radius, place.y() - vessel.radius, 2 * vessel.radius, 2 * vessel.radius)));
    }

    void manyTokensAreALevel()
    {
        Snapshot snapshot = tapeAt(4400ms);
        PipelineView &pipeline = snapshot.pipelines[0];
        pipeline.config.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 100, 10);
        pipeline.permits = 40;
        const LimiterVessel vessel = layoutVessel(snapshot, 0, {0, 0, 160, 300}, Theme::light());
        QVERIFY(vessel.places.empty());
        QCOMPARE(vessel.level, 0.4);
        QVERIFY(!vessel.ticks.empty());
    }

    void aLeakyBucketHasItsHoleBelow()
    {
        const Snapshot snapshot = tapeAt(5s);
        const LimiterVessel vessel = layoutVessel(snapshot, 1, {0, 0, 160, 300}, Theme::light());
        QVERIFY(vessel.flow == LimiterVessel::Flow::Out);
        QVERIFY(vessel.drip.y() > vessel.glass.bottom());
        QVERIFY(vessel.full > 0); // what waits is in it
    }

    void aLeakyQueueShowsThoseWhoWait()
    {
        Snapshot snapshot = tapeAt(5s);
        snapshot.pipelines[0].config.rateLimiter = limiterConfig(LimiterKind::LeakyQueue, 5, 1);
        snapshot.pipelines[0].permits = 1; // one goes, three wait
        for (int i = 0; i < 3; ++i)
            snapshot.waiting.push_back({.request = 1, .pipeline = 0, .at = PolicyKind::RateLimiter});
        const LimiterVessel vessel = layoutVessel(snapshot, 0, {0, 0, 160, 300}, Theme::light());
        QCOMPARE(vessel.full, uint64_t(3));
        QCOMPARE(vessel.places.size(), size_t(4));
        QCOMPARE(vessel.count.text, QStringLiteral("3 of 4 seats taken"));
    }

    void whatIsWithinItsBoundIsNotRed()
    {
        // Only the fixed window lets more through than a window is meant to.
        const LimiterTape tape = layoutTape(tapeAt(9400ms), {0, 0, 700, 400}, Theme::light());
        QCOMPARE(tape.rows[2].mostInWindow, uint64_t(10));
        QCOMPARE(tape.rows[2].most.color, Theme::light().failed.text);
        for (const size_t row : {0, 1, 3, 4})
            QCOMPARE(tape.rows[row].most.color, Theme::light().quietInk);
    }

    void targetsAreTold()
    {
        const LimiterScene scene;
        const Snapshot snapshot = tapeAt(5600ms);
        QVERIFY(!scene.stageText(snapshot).isEmpty());
        QVERIFY(scene.targetText(snapshot, {StageTarget::Kind::Lane, 2})
                    .contains(words::limiterName(LimiterKind::FixedWindow)));
        QVERIFY(scene.targetText(snapshot, {StageTarget::Kind::Lane, 99}).isEmpty());
        QVERIFY(!scene.layout(Snapshot{}, kUsualStage, Theme::light()));
    }
};

REGISTER_TEST(LimiterSceneTest)
#include "limiter_scene_test.moc"
