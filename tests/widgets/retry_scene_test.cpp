// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/stages/retry/retry_lanes.h"
#include "widgets/stages/retry/retry_scene.h"
#include "widgets/stages/retry/retry_words.h"

#include <QtTest>

#include <map>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

constexpr size_t kClients = 5;
const QRectF kLanes(0, 40, 600, 200);

// Everybody calls at 1 s and is refused until 4 s.
std::shared_ptr<const Scenario> refused(Jitter jitter)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "retry";
    scenario->name = "refused";
    scenario->until = 20s;
    scenario->networkLatency = 50ms;
    ServiceConfig service;
    service.name = "payment";
    scenario->services.push_back(service);
    for (size_t i = 0; i < kClients; ++i) {
        ClientConfig client;
        client.name = "client " + std::to_string(i + 1);
        client.arrivals.kind = ArrivalConfig::Kind::Script;
        client.arrivals.times = {1s};
        client.pipeline.order.append(PolicyKind::Retry);
        client.pipeline.configured = client.pipeline.order;
        client.pipeline.retry.maxAttempts = 6;
        client.pipeline.retry.backoff = {
            .strategy = BackoffStrategy::Exponential, .baseDelay = 800ms, .jitter = jitter};
        scenario->clients.push_back(client);
    }
    scenario->script.insert({at(500ms), 0, SetFault{0, FaultKind::Outage, 1}});
    scenario->script.insert({at(4s), 0, ClearFault{0, FaultKind::Outage}});
    return scenario;
}

Snapshot retryMoment(Jitter jitter, Duration when)
{
    Timeline timeline(refused(jitter));
    timeline.runTo(at(when));
    return snapshotOf(timeline);
}

double lengthOf(const RecentAxis &axis, Duration duration)
{
    return axis.xOf(kTimeZero + duration) - axis.xOf(kTimeZero);
}

} // namespace

class RetrySceneTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void aBarIsAsLongAsItsWait_data()
    {
        QTest::addColumn<int>("jitter");
        for (const Jitter jitter : {Jitter::None, Jitter::Full, Jitter::Equal, Jitter::Decorrelated})
            QTest::newRow(qPrintable(words::jitterName(jitter))) << int(jitter);
    }
    void aBarIsAsLongAsItsWait()
    {
        QFETCH(int, jitter);
        const Snapshot snapshot = retryMoment(Jitter(jitter), 9s);
        const RecentAxis axis = recentAxis(snapshot, 100, 600);
        const RetryLanes lanes = layoutRetryLanes(snapshot, axis, kLanes, 90, Theme::light());
        std::map<uint64_t, const Event *> planned;
        for (const Event &event : snapshot.events)
            if (event.as<RetryPlanned>())
                planned[event.number] = &event;
        QVERIFY(planned.size() >= 2 * kClients);
        QCOMPARE(lanes.waits.size(), planned.size());
        for (const RetryWait &wait : lanes.waits) {
            const Event &event = *planned.at(wait.event);
            const auto &plan = *event.as<RetryPlanned>();
            QCOMPARE(wait.lane, event.actor.index);
            QVERIFY(wait.left.isEmpty()); // all of them are over by now
            QVERIFY(std::abs(wait.bar.left() - axis.xOf(event.at)) < 1e-6);
            QVERIFY(std::abs(wait.bar.width() - lengthOf(axis, plan.delay)) < 1e-6);
            QCOMPARE(wait.band.isEmpty(), Jitter(jitter) == Jitter::None);
            if (wait.band.isEmpty())
                continue;
            // The bar ends inside the band, which is the interval that it was drawn from.
            QVERIFY(std::abs(wait.band.left() - axis.xOf(event.at + plan.range.low)) < 1e-6);
            QVERIFY(std::abs(wait.band.right() - axis.clampedX(event.at + plan.range.high)) < 1e-6);
            QVERIFY(wait.bar.right() <= wait.band.right() + 1e-6);
        }
    }

    void everyEndOfAnAttemptIsInItsLaneAtItsTime()
    {
        const Snapshot snapshot = retryMoment(Jitter::Full, 9s);
        const RecentAxis axis = recentAxis(snapshot, 100, 600);
        const RetryLanes lanes = layoutRetryLanes(snapshot, axis, kLanes, 90, Theme::light());
        size_t ends = 0;
        size_t hidden = 0;
        for (const Event &event : snapshot.events) {
            if (!event.as<Finished>())
                continue;
            const auto glyph = std::find_if(lanes.glyphs.begin(), lanes.glyphs.end(),
                                            [&](const StageGlyph &g) { return g.event == event.number; });
            QVERIFY(glyph != lanes.glyphs.end());
            QVERIFY(glyph->outcome == event.as<Finished>()->outcome);
            QCOMPARE(glyph->at, QPointF(axis.xOf(event.at), lanes.middles[event.actor.index]));
            // Lanes as high as these tell the attempt, where its number does not overprint that of a higher one.
            if (glyph->badge.text.isEmpty())
                ++hidden;
            else
                QCOMPARE(glyph->badge.text, QString::number(event.attempt));
            ++ends;
        }
        QCOMPARE(lanes.glyphs.size(), ends);
        QVERIFY(ends > 2 * kClients);
        QVERIFY(hidden < ends / 4);
    }

    void numbersNeverOverprintEachOther()
    {
        for (const double width : {200.0, 420.0, 900.0}) {
            const Snapshot snapshot = retryMoment(Jitter::Full, 9s);
            const RetryLanes lanes =
                layoutRetryLanes(snapshot, recentAxis(snapshot, 100, 100 + width), kLanes, 90, Theme::light());
            for (const StageGlyph &a : lanes.glyphs)
                for (const StageGlyph &b : lanes.glyphs)
                    if (&a != &b && !a.badge.text.isEmpty() && !b.badge.text.isEmpty())
                        QVERIFY(!a.badge.rect.intersects(b.badge.rect));
        }
    }

    // What is left of a wait reaches from now to the next attempt, and shrinks.
    void aWaitDrainsWhileItRuns()
    {
        const Snapshot early = retryMoment(Jitter::None, 1300ms);
        const Snapshot late = retryMoment(Jitter::None, 1700ms);
        const auto remaining = [](const Snapshot &snapshot) {
            const RecentAxis axis{kTimeZero, at(16s), 100, 600};
            const RetryLanes lanes = layoutRetryLanes(snapshot, axis, kLanes, 90, Theme::light());
            double sum = 0;
            for (const RetryWait &wait : lanes.waits) {
                if (std::abs(wait.left.left() - axis.xOf(snapshot.now)) > 1e-6
                    || std::abs(wait.left.right() - wait.bar.right()) > 1e-6)
                    return -1.0;
                sum += wait.left.width();
            }
            return sum;
        };
        QVERIFY(remaining(early) > 0);
        const double passed = kClients * lengthOf({kTimeZero, at(16s), 100, 600}, 400ms);
        QVERIFY(std::abs(remaining(early) - remaining(late) - passed) < 1e-6);
    }

    void theHerdIsTheTallestBar()
    {
        const Snapshot snapshot = retryMoment(Jitter::None, 9s);
        const RecentAxis axis = recentAxis(snapshot, 100, 600);
        const ArrivalHistogram histogram = layoutArrivals(snapshot, axis, {0, 250, 600, 100}, Theme::light());
        std::map<int64_t, uint32_t> bins;
        for (const Event &event : snapshot.events)
            if (event.as<ReachedService>())
                ++bins[event.at.time_since_epoch() / kArrivalBin];
        uint32_t most = 0;
        for (const auto &[bin, count] : bins)
            most = std::max(most, count);
        QCOMPARE(most, uint32_t(kClients)); // all of them at once: nothing tells them apart
        QCOMPARE(histogram.most, most);
        QCOMPARE(histogram.peak.text, QString::number(most));
        QCOMPARE(histogram.bars.size(), bins.size());
        for (const QRectF &bar : histogram.bars)
            QVERIFY(bar.height() <= histogram.peakBar.height());
        const Snapshot spread = retryMoment(Jitter::Full, 9s);
        QVERIFY(layoutArrivals(spread, axis, {0, 250, 600, 100}, Theme::light()).bars.size() > histogram.bars.size());
    }

    void theOutageIsMarkedFromItsStartToItsEnd()
    {
        for (const Duration when : {Duration{2s}, Duration{9s}}) {
            const Snapshot snapshot = retryMoment(Jitter::None, when);
            const RecentAxis axis = recentAxis(snapshot, 100, 600);
            const auto bands = layoutOutages(snapshot, axis, kLanes, Theme::light());
            QCOMPARE(bands.size(), size_t(1));
            QCOMPARE(bands[0].open, when < 4s);
            QCOMPARE(bands[0].area.left(), axis.xOf(at(500ms)));
            QCOMPARE(bands[0].area.right(), axis.xOf(at(std::min<Duration>(when, 4s))));
        }
    }

    void itSaysHowManyWait()
    {
        const RetryScene scene;
        const Snapshot waiting = retryMoment(Jitter::None, 1500ms);
        QCOMPARE(waiting.waiting.size(), kClients);
        const auto picture = scene.layout(waiting, kUsualStage, Theme::light());
        const auto labels = picture->labels();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const StageLabel &label) {
            return label.text.contains(QStringLiteral("5 calls wait"));
        }));
        QVERIFY(scene.stageText(waiting).contains(QLatin1Char('5')));
        const StageTarget first = targets::part(RetryPart::Lane, 0);
        QVERIFY(scene.targetText(waiting, first).startsWith(QStringLiteral("client 1")));
        QVERIFY(scene.targetText(waiting, targets::part(RetryPart::Lane, 99)).isEmpty());
        QVERIFY(scene.serviceToBreak(waiting, targets::Service{0}) == 0U);
        QVERIFY(!scene.layout(Snapshot{}, kUsualStage, Theme::light()));
    }
};

REGISTER_TEST(RetrySceneTest)
#include "retry_scene_test.moc"
