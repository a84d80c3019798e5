// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/widgets/time_samples.h"
#include "widgets/time/lanes_scene.h"
#include "widgets/time/time_bands.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using widgets::TimeAxis;

namespace {

const TimeAxis kAxis(kTimeZero, at(100s), 0, 100); // a pixel a second

void verifyOrder(const std::vector<widgets::StateBand> &bands)
{
    for (size_t i = 0; i < bands.size(); ++i) {
        QVERIFY(bands[i].right > bands[i].left);
        QVERIFY(i == 0 || bands[i].left >= bands[i - 1].right);
        QVERIFY(bands[i].left >= 0 && bands[i].right <= 100);
    }
}

} // namespace

class TimeBandsTest : public QObject {
    Q_OBJECT

private slots:
    void statesLieSideBySideUpToTheFrontier()
    {
        const std::vector<StateSpan> spans{
            {at(0s), BreakerState::Closed}, {at(20s), BreakerState::Open}, {at(30s), BreakerState::HalfOpen}};
        const std::vector<widgets::StateBand> expected{
            {BreakerState::Closed, 0, 20}, {BreakerState::Open, 20, 30}, {BreakerState::HalfOpen, 30, 60}};
        QCOMPARE(widgets::stateBands(spans, kAxis, at(60s)), expected);
        QVERIFY(widgets::stateBands(spans, kAxis, kTimeZero).empty());
    }

    void aShortStateStaysVisible()
    {
        const std::vector<StateSpan> spans{
            {at(0s), BreakerState::Closed}, {at(20s), BreakerState::Open}, {at(20s + 1ms), BreakerState::Closed}};
        const auto bands = widgets::stateBands(spans, kAxis, at(60s));
        verifyOrder(bands);
        QCOMPARE(bands.size(), size_t(3));
        QCOMPARE(bands[1].state, BreakerState::Open);
        QCOMPARE(bands[1].right - bands[1].left, 1.0);
    }

    void manyShortStatesTakeNoMoreBandsThanPixels()
    {
        std::vector<StateSpan> spans;
        for (int i = 0; i < 20'000; ++i) // open for 4 ms, half-open for 1 ms
            spans.push_back(
                {at(i / 2 * 5ms + (i % 2 ? 4ms : 0ms)), i % 2 ? BreakerState::HalfOpen : BreakerState::Open});
        const auto bands = widgets::stateBands(spans, kAxis, at(100s));
        verifyOrder(bands);
        QVERIFY(bands.size() <= 101);
        for (const auto &band : bands)
            QVERIFY2(band.left > 45 || band.state == BreakerState::Open, "what took most of the time shows");
    }

    void overlappingFaultsTakeRows()
    {
        const std::vector<FaultSpan> spans{{Subject::service(0), FaultKind::Outage, 1, at(10s), at(30s)},
                                           {Subject::service(0), FaultKind::Latency, 2, at(20s), at(40s)},
                                           {Subject::service(0), FaultKind::Hang, 1, at(35s), std::nullopt}};
        const auto bands = widgets::faultBands(spans, kAxis, at(50s), 3);
        QCOMPARE(bands.size(), size_t(3));
        QCOMPARE(bands[0].row, size_t(0));
        QCOMPARE(bands[1].row, size_t(1));
        QCOMPARE(bands[2].row, size_t(0));
        QCOMPARE(bands[2].right, 50.0);
        QVERIFY(bands[2].lasting && !bands[0].lasting);
    }

    void withoutRoomTheLastRowCountsThem()
    {
        const std::vector<FaultSpan> spans{{Subject::service(0), FaultKind::Outage, 1, at(10s), at(30s)},
                                           {Subject::service(0), FaultKind::Latency, 2, at(20s), at(40s)}};
        const auto bands = widgets::faultBands(spans, kAxis, at(50s), 1);
        QCOMPARE(bands.size(), size_t(1));
        QCOMPARE(bands[0].faults, 2U);
        QCOMPARE(bands[0].right, 40.0);
    }

    void faultsAreBoundedByPixels()
    {
        std::vector<FaultSpan> spans;
        for (int i = 0; i < 20'000; ++i)
            spans.push_back(
                {Subject::service(0), i % 2 ? FaultKind::Hang : FaultKind::Outage, 1, at(i * 5ms), at(i * 5ms + 4ms)});
        const auto bands = widgets::faultBands(spans, kAxis, at(100s), 3);
        QVERIFY2(bands.size() <= 300, qPrintable(QString::number(bands.size())));
    }

    void aLaneForEachBreakerThatIsKnown()
    {
        auto one = samples::crowdedRun(1, 40s);
        one.runTo(at(5s));
        auto picture = widgets::lanesOf(samples::sourceOf(one), kAxis, at(5s), 1);
        QCOMPARE(picture.states.size(), size_t(1));
        QCOMPARE(picture.states[0].name, QStringLiteral("state"));

        auto two = samples::crowdedRun(2, 40s);
        picture = widgets::lanesOf(samples::sourceOf(two), kAxis, kTimeZero, 1);
        QCOMPARE(picture.states.size(), size_t(2));
        QCOMPARE(picture.states[0].name, QStringLiteral("shop 1"));
        QCOMPARE(picture.states[1].name, QStringLiteral("shop 2"));

        Snapshot snapshot = snapshotOf(two);
        for (PipelineView &pipeline : snapshot.pipelines)
            pipeline.config.order.remove(PolicyKind::CircuitBreaker); // still known: it may be switched on
        QCOMPARE(widgets::timeSourceOf(snapshot, two.history()).states.size(), size_t(2));
        for (PipelineView &pipeline : snapshot.pipelines)
            pipeline.config.configured.remove(PolicyKind::CircuitBreaker);
        const auto none = widgets::timeSourceOf(snapshot, two.history());
        QVERIFY(none.states.empty() && none.breakers.empty());
        QVERIFY(widgets::lanesOf(none, kAxis, at(5s), 1).states.empty());
    }

    void ofManyBreakersThoseThatOpenedFirst()
    {
        widgets::TimeSource source;
        const std::vector<StateSpan> closed{{at(0s), BreakerState::Closed}};
        const auto openedAt = [&](Duration t) {
            return std::vector<StateSpan>{closed[0], {at(t), BreakerState::Open}, {at(t + 1s), BreakerState::HalfOpen}};
        };
        for (const char *name : {"a", "b", "c", "d", "e"})
            source.breakers << QString::fromLatin1(name);
        source.states = {closed, closed, closed, closed, closed};
        QCOMPARE(widgets::breakersShown(source), (std::vector<size_t>{0, 1, 2}));
        source.states = {closed, closed, closed, closed, openedAt(20s)};
        QCOMPARE(widgets::breakersShown(source), (std::vector<size_t>{0, 1, 4}));
        source.states = {openedAt(40s), openedAt(30s), closed, openedAt(10s), openedAt(20s)};
        QCOMPARE(widgets::breakersShown(source), (std::vector<size_t>{1, 3, 4}));
        QCOMPARE(widgets::breakersShown(source, 1), std::vector<size_t>{3});
        const auto picture = widgets::lanesOf(source, kAxis, at(60s), 1);
        QCOMPARE(picture.states.size(), widgets::kMostStateLanes);
        QCOMPARE(picture.states[0].name, QStringLiteral("b"));
        QCOMPARE(picture.states[0].bands, widgets::stateBands(source.states[1], kAxis, at(60s)));
    }

    void aFaultNamesItsTargetAmongSeveral()
    {
        widgets::TimeSource source;
        source.components = {{Subject::service(0), "checkout"}, {Subject::lockNode(0), "n3"}};
        source.faults = {{Subject::lockNode(0), FaultKind::Crash, 1, at(10s), at(30s)}};
        QCOMPARE(widgets::lanesOf(source, kAxis, at(60s), 1).faultWords, QStringList{"n3: crash"});
        source.components = {{Subject::service(0), "checkout"}};
        source.faults = {{Subject::service(0), FaultKind::Crash, 1, at(10s), at(30s)}};
        QCOMPARE(widgets::lanesOf(source, kAxis, at(60s), 1).faultWords, QStringList{"crash"});
        widgets::FaultBand band;
        band.kind = sim::FaultKind::Latency;
        band.value = 2;
        QCOMPARE(widgets::faultWord(band, "payment"), QStringLiteral("payment: added latency 2 s"));
        QCOMPARE(widgets::faultWordBrief(band, "payment"), QStringLiteral("payment: +2 s"));
        band.kind = sim::FaultKind::Outage;
        QCOMPARE(widgets::faultWordBrief(band, {}), QStringLiteral("outage"));
    }

    void oneKnobMarkInAPixel()
    {
        std::vector<KnobMark> marks;
        for (int i = 0; i < 1000; ++i)
            marks.push_back({at(i * 10ms), 0, 1});
        QCOMPARE(widgets::knobMarks(marks, kAxis).size(), size_t(10));
    }
};

REGISTER_TEST(TimeBandsTest)
#include "time_bands_test.moc"
