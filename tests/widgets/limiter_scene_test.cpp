// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/stages/limiter/limiter_scene.h"
#include "widgets/stages/limiter/limiter_story.h"
#include "widgets/stages/limiter/limiter_takings.h"
#include "widgets/stages/limiter/limiter_tape.h"
#include "widgets/stages/limiter/limiter_vessel.h"
#include "widgets/stages/limiter/limiter_words.h"

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
        client.pipeline.configured = client.pipeline.order;
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
    return size_t(std::count_if(row.marks.begin(), row.marks.end(), [](const TapeMark &mark) { return mark.passed; }));
}

const Event &eventWith(const Snapshot &snapshot, uint64_t number)
{
    return *std::find_if(snapshot.events.begin(), snapshot.events.end(),
                         [number](const Event &event) { return event.number == number; });
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
        QVERIFY(rowOf(tape, LimiterKind::FixedWindow).most.text.endsWith(QStringLiteral(" 10")));
        QVERIFY(rowOf(tape, LimiterKind::SlidingWindowLog).most.text.endsWith(QStringLiteral(" 5")));
        // Its numbers are red where they are over the limit, and only there; so is the bracket over its calls.
        const QColor bad = Theme::light().failed.text;
        for (const TapeRow &row : tape.rows) {
            const bool over = &row == &rowOf(tape, LimiterKind::FixedWindow);
            QCOMPARE(row.most.color == bad, over);
            QCOMPARE(row.framed.color == bad, over);
            QCOMPARE(!row.crowd.isEmpty(), over);
        }
        QCOMPARE(rowOf(tape, LimiterKind::FixedWindow).crowdName.text, QStringLiteral("10 in 0.9 s"));
    }

    // A call lies where its moment is on the axis: above the line when it passed, below it when it was turned away.
    void callsLieAtTheirTime()
    {
        for (const Duration when : {Duration{4700ms}, Duration{5600ms}, Duration{9400ms}, Duration{14s}}) {
            const Snapshot snapshot = tapeAt(when);
            const LimiterTape tape = layoutTape(snapshot, kTape, Theme::light());
            size_t marks = 0;
            size_t expected = 0;
            for (const Event &event : snapshot.events)
                expected += event.at >= tape.axis.from() && (event.as<Sent>() || event.as<Rejected>());
            for (const TapeRow &row : tape.rows)
                for (const TapeMark &mark : row.marks) {
                    const Event &event = eventWith(snapshot, mark.event);
                    QCOMPARE(event.actor.index, row.client);
                    QCOMPARE(event.as<Sent>() != nullptr, mark.passed);
                    QCOMPARE(mark.bar.center().x(), tape.axis.x(event.at));
                    QCOMPARE(mark.passed ? mark.bar.bottom() : mark.bar.top(), row.middle);
                    ++marks;
                }
            QCOMPARE(marks, expected);
        }
    }

    // Edges stand at the multiples of the window; the frame is a window's length, and ends now.
    void theFrameMovesAndTheEdgesStand()
    {
        for (int ms = 100; ms < 20'000; ms += 700) {
            const Snapshot snapshot = tapeAt(std::chrono::milliseconds(ms));
            const LimiterTape tape = layoutTape(snapshot, kTape, Theme::light());
            QCOMPARE(tape.frame.right(), tape.axis.x(snapshot.now));
            QCOMPARE(tape.frameBegins, ms >= 5000);
            if (tape.frameBegins)
                QCOMPARE(tape.frame.left(), tape.axis.x(snapshot.now - 5s));
            std::vector<double> edges;
            for (Time edge = at(5s); edge < tape.axis.to(); edge += 5s)
                if (edge > tape.axis.from())
                    edges.push_back(tape.axis.x(edge));
            QCOMPARE(tape.edges, edges);
            // The number beside a row is what passed within the frame.
            for (const TapeRow &row : tape.rows) {
                const auto inside = std::count_if(row.marks.begin(), row.marks.end(), [&](const TapeMark &mark) {
                    return mark.passed && (!tape.frameBegins || mark.at > snapshot.now - 5s);
                });
                QCOMPARE(row.framed.text, QString::number(inside));
            }
        }
    }

    // Where the log does not reach back as far as the frame, no number is told.
    void aFrameThatIsLongerThanTheLogIsNotCounted()
    {
        Snapshot snapshot = tapeAt(9400ms);
        for (PipelineView &pipeline : snapshot.pipelines)
            pipeline.config.rateLimiter = limiterConfig(kindOf(pipeline.config.rateLimiter), 100, 1);
        snapshot.now = at(200s);
        for (const TapeRow &row : layoutTape(snapshot, kTape, Theme::light()).rows)
            QVERIFY(row.framed.text.isEmpty());
    }

    // Below the line stands how many wait: what has been queued and has not gone on.
    void theQueueIsWhatWaits()
    {
        for (const Duration when : {Duration{4550ms}, Duration{5100ms}, Duration{6300ms}, Duration{12s}}) {
            const Snapshot snapshot = tapeAt(when);
            const LimiterStory story = storyOf(snapshot, 1); // the queue
            uint64_t waiting = 0;
            for (const Event &event : snapshot.events)
                if (event.actor == Subject::client(1))
                    waiting += uint64_t(event.as<Queued>() != nullptr) - uint64_t(event.as<Admitted>() != nullptr);
            QCOMPARE(story.waitingBefore, uint64_t(0));
            QCOMPARE(story.queue.empty() ? 0 : story.queue.back().waiting, waiting);
            QCOMPARE(words::waitingForTurn(snapshot, snapshot.clients[1].pipeline), waiting);
            QCOMPARE(layoutTape(snapshot, kTape, Theme::light()).rows[1].queue.isEmpty(), story.queue.empty());
        }
    }

    // Every row has had the same calls, whatever has become of them: those that wait have come as well.
    void rowsCountTheSameCalls()
    {
        size_t waited = 0;
        for (int ms = 4450; ms < 12'000; ms += 110) {
            const Snapshot snapshot = tapeAt(std::chrono::milliseconds(ms));
            for (uint32_t client = 0; client < kKinds.size(); ++client) {
                uint64_t came = 0;
                uint64_t sent = 0;
                for (const Event &event : snapshot.events) {
                    came += event.actor == Subject::client(client) && event.as<Offered>();
                    sent += event.actor == Subject::client(client) && event.as<Sent>();
                }
                const uint64_t waiting = words::waitingForTurn(snapshot, snapshot.clients[client].pipeline);
                QString expected = QStringLiteral("%1 of %2 passed").arg(sent).arg(came);
                if (waiting > 0)
                    expected += QStringLiteral(", %1 wait").arg(waiting);
                QCOMPARE(words::limiterPassed(snapshot, client).front(), expected);
                waited += waiting;
            }
        }
        QVERIFY(waited > 10);
    }

    // The guide asks to compare the numbers "in frame": the smallest window's stage has them too.
    void aSmallStageCountsTheFrame()
    {
        const auto picture = LimiterScene().layout(tapeAt(5600ms), {535, 338}, Theme::light());
        QStringList texts;
        for (const StageLabel &label : picture->labels())
            texts << label.text;
        QVERIFY(texts.contains(QStringLiteral("in frame")));
        const LimiterTape tape = layoutTape(tapeAt(5600ms), {0, 0, 394, 240}, Theme::light());
        QCOMPARE(rowOf(tape, LimiterKind::FixedWindow).framed.text, QStringLiteral("10"));
        QCOMPARE(rowOf(tape, LimiterKind::SlidingWindowLog).framed.text, QStringLiteral("5"));
        QCOMPARE(rowOf(tape, LimiterKind::SlidingWindowLog).verdict.text, QStringLiteral("5 of 10"));
    }

    // A call that passes carries its token from the vessel to its place on the tape; one that does not goes without.
    void aCallTakesItsToken()
    {
        Snapshot snapshot = tapeAt(4700ms);
        const QRectF glass(0, 0, 160, 300);
        const LimiterTape tape = layoutTape(snapshot, {180, 0, 560, 300}, Theme::light());
        const LimiterVessel vessel = layoutVessel(snapshot, 0, glass, Theme::light());
        const auto takings = layoutTakings(snapshot, vessel, tape, Theme::light());
        QCOMPARE(takings.size(), size_t(3)); // of 4.5, 4.6 and 4.7 s, the latest first
        for (size_t i = 0; i < takings.size(); ++i) {
            QVERIFY(takings[i].token);
            QCOMPARE(takings[i].from, vessel.places[vessel.full + i]);
            QCOMPARE(takings[i].to, tape.rows[0].marks[2 - i].bar.center());
        }
        QCOMPARE(takings[0].at(), takings[0].from);
        snapshot = tapeAt(5300ms);
        const auto later = layoutTakings(snapshot, layoutVessel(snapshot, 0, glass, Theme::light()),
                                         layoutTape(snapshot, {180, 0, 560, 300}, Theme::light()), Theme::light());
        QVERIFY(!later.empty());
        QVERIFY(!later.front().token);
        snapshot = tapeAt(8s);
        QVERIFY(layoutTakings(snapshot, layoutVessel(snapshot, 0, glass, Theme::light()),
                              layoutTape(snapshot, {180, 0, 560, 300}, Theme::light()), Theme::light())
                    .empty());
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
        QCOMPARE(tape.rows[2].most.color, Theme::light().failed.text);
        for (const size_t row : {0, 1, 3, 4})
            QCOMPARE(tape.rows[row].most.color, Theme::light().quietInk);
    }

    // What is said below the tape is what the run has counted.
    void theRemarkCountsWhatPassed()
    {
        QVERIFY(words::limiterRemark(tapeAt(4800ms)).empty());
        const auto over = words::limiterRemark(tapeAt(9400ms));
        QCOMPARE(over.front().front(),
                 QStringLiteral("The fixed window has let 10 calls pass within 5.0 s: 5 were meant."));
        Snapshot snapshot = tapeAt(9400ms);
        snapshot.pipelines[2].counts.sent = 40; // the fixed window
        snapshot.pipelines[4].counts.sent = 30; // the sliding counter
        const auto fewer = words::limiterRemark(snapshot);
        QCOMPARE(fewer.front().front(),
                 QStringLiteral("The sliding counter has passed 30 calls, the fixed window 40: 25 % fewer."));
        QVERIFY(
            LimiterScene().targetText(snapshot, targets::part(LimiterPart::Row, 4)).contains(QStringLiteral("25 %")));
        snapshot.pipelines[4].counts.sent = 38;
        QCOMPARE(words::limiterRemark(snapshot), over);
    }

    void targetsAreTold()
    {
        const LimiterScene scene;
        const Snapshot snapshot = tapeAt(5600ms);
        QVERIFY(!scene.stageText(snapshot).isEmpty());
        QVERIFY(scene.targetText(snapshot, targets::part(LimiterPart::Row, 2))
                    .contains(words::limiterName(LimiterKind::FixedWindow)));
        QVERIFY(scene.targetText(snapshot, targets::part(LimiterPart::Row, 99)).isEmpty());
        QVERIFY(!scene.layout(Snapshot{}, kUsualStage, Theme::light()));
    }
};

REGISTER_TEST(LimiterSceneTest)
#include "limiter_scene_test.moc"
