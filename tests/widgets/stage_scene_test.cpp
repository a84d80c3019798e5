// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_layout_check.h"
#include "tests/widgets/stage_samples.h"
#include "widgets/stages/breaker/breaker_scene.h"
#include "widgets/stages/breaker/breaker_state_key.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

using namespace widgets;
using resilience::BreakerState;
using resilience::kBreakerArrows;

namespace {

struct Card {
    QSizeF size;
    double scale;
};
const std::vector<Card> kCards{{{480, 320}, 1.0},  {{480, 320}, 1.5},  {{480, 320}, 1.6}, {{560, 420}, 1.25},
                               {{712, 488}, 1.0},  {{712, 488}, 1.5},  {{900, 600}, 1.0}, {{1180, 640}, 1.6},
                               {{1280, 800}, 1.0}, {{1860, 1000}, 2.0}};

QImage paintedStage(const resilience::sim::Snapshot &snapshot, QSizeF size, const Theme &theme, double ratio,
                    StagePhase phase)
{
    QImage image((size * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    paintStageCard(painter, size, theme, false);
    paintBreakerStage(painter, layoutBreakerStage(snapshot, size, theme), snapshot, theme, phase);
    return image;
}

} // namespace

class StageSceneTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void nothingIsCutOffOrOverlaps_data()
    {
        QTest::addColumn<int>("card");
        QTest::addColumn<QString>("sample");
        for (size_t card = 0; card < kCards.size(); ++card)
            for (const samples::Sample &sample : samples::all())
                QTest::addRow("%gx%g at %g, %s", kCards[card].size.width(), kCards[card].size.height(),
                              kCards[card].scale, sample.name.c_str())
                    << int(card) << QString::fromStdString(sample.name);
    }
    void nothingIsCutOffOrOverlaps()
    {
        QFETCH(int, card);
        QFETCH(QString, sample);
        const Theme theme = Theme::light(kCards[size_t(card)].scale);
        const QSizeF size = kCards[size_t(card)].size;
        const BreakerStageLayout layout = layoutBreakerStage(named(sample), size, theme);
        QVERIFY(!layout.header.title.text.isEmpty());
        const QStringList faults = checks::faultsOf(layout);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void theCheckFindsFaults()
    {
        const BreakerStageLayout good = layoutBreakerStage(samples::open(), {712, 488}, Theme::light());
        BreakerStageLayout bad = good;
        bad.header.detail.rect.moveCenter(bad.header.title.rect.center());
        QVERIFY(!checks::faultsOf(bad).isEmpty());
        bad = good;
        bad.row->verdict.rect.moveRight(720);
        QVERIFY(!checks::faultsOf(bad).isEmpty());
        bad = good;
        bad.bubbles->bubbles.front().rect.moveCenter(bad.wire.client.rect.center());
        QVERIFY(!checks::faultsOf(bad).isEmpty());
        bad = good;
        bad.bubbles->arrows.front().rule.rect.moveCenter(bad.bubbles->arrows.front().at(0.5));
        QVERIFY(!checks::faultsOf(bad).isEmpty());
    }

    // From the smallest stage up, in small steps: no size in between falls into a gap.
    void everySizeInBetweenHolds()
    {
        for (double scale : {1.0, 1.25, 1.5, 2.0})
            for (double grow = 1.0; grow < 4.0; grow *= 1.17)
                for (double shape : {0.75, 1.0, 1.5}) {
                    const QSizeF size(kSmallestStage.width() * scale * grow * std::max(1.0, shape),
                                      kSmallestStage.height() * scale * grow * std::max(1.0, 1 / shape));
                    for (const samples::Sample &sample : samples::all()) {
                        const QStringList faults =
                            checks::faultsOf(layoutBreakerStage(sample.snapshot, size, Theme::light(scale)));
                        QVERIFY2(faults.isEmpty(), qPrintable(QStringLiteral("%1, %2 x %3 at %4: ")
                                                                  .arg(QString::fromStdString(sample.name))
                                                                  .arg(size.width())
                                                                  .arg(size.height())
                                                                  .arg(scale)
                                                              + faults.join(QLatin1Char('\n'))));
                    }
                }
    }

    // The layout counts in logical pixels and knows no screen: four pixel ratios paint the same picture. The corners
    // of the card stay free, and there is something in the middle.
    void paintsAtEveryPixelRatio_data()
    {
        QTest::addColumn<double>("ratio");
        for (double ratio : {1.0, 1.25, 1.5, 2.0})
            QTest::addRow("%g", ratio) << ratio;
    }
    void paintsAtEveryPixelRatio()
    {
        QFETCH(double, ratio);
        for (const Card &card : kCards) {
            const Theme theme = Theme::light(card.scale);
            const QImage image = paintedStage(samples::open(), card.size, theme, ratio, {});
            const int edge = int(10 * ratio);
            for (int x = edge; x < image.width() - edge; ++x) {
                QCOMPARE(image.pixelColor(x, int(4 * ratio)), theme.card);
                QCOMPARE(image.pixelColor(x, image.height() - int(4 * ratio)), theme.card);
            }
            for (int y = edge; y < image.height() - edge; ++y) {
                QCOMPARE(image.pixelColor(int(4 * ratio), y), theme.card);
                QCOMPARE(image.pixelColor(image.width() - int(4 * ratio), y), theme.card);
            }
        }
    }

    void paintingIsAPureFunction()
    {
        for (const samples::Sample &sample : samples::all())
            for (double transition : {0.0, 0.4, 1.0}) {
                const StagePhase phase{.transition = transition, .from = stateKeyOf(BreakerState::Closed)};
                const Theme theme = Theme::dark();
                QCOMPARE(paintedStage(sample.snapshot, {712, 488}, theme, 1, phase),
                         paintedStage(sample.snapshot, {712, 488}, theme, 1, phase));
            }
    }

    void everyArrowOfTheTableIsDrawn()
    {
        const BreakerStageLayout layout = layoutBreakerStage(samples::closedAndWell(), {712, 488}, Theme::light());
        QVERIFY(layout.bubbles);
        for (const auto &move : kBreakerArrows) {
            const auto *arrow = layout.bubbles->arrow(move.from, move.to);
            QVERIFY(arrow);
            QVERIFY(!arrow->rule.text.isEmpty());
        }
    }

    void bigCardsShowEverything()
    {
        const BreakerStageLayout layout = layoutBreakerStage(samples::open(), {712, 488}, Theme::light());
        QVERIFY(layout.row);
        QCOMPARE(layout.header.title.text, QStringLiteral("OPEN · blocking"));
        QCOMPARE(layout.header.detail.text, QStringLiteral("may try again in 2.4 s"));
        QCOMPARE(layout.row->verdict.text, QStringLiteral("3 in a row: threshold 3"));
        QCOMPARE(layout.wire.heaps.front().label.text, QStringLiteral("short-circuited 5"));
        QCOMPARE(layout.bubbles->arrow(BreakerState::Closed, BreakerState::Open)->rule.text,
                 QStringLiteral("3 of 3 failures in a row"));
        QCOMPARE(layout.bubbles->arrow(BreakerState::Open, BreakerState::HalfOpen)->rule.text,
                 QStringLiteral("after 5.0 s · 2.4 s left"));
    }

    // A jump in the layout at one tenth of a second would be a flicker on the screen.
    void tickingNumbersDoNotMoveThings()
    {
        auto snapshot = samples::open();
        const Theme theme = Theme::light();
        const BreakerStageLayout first = layoutBreakerStage(snapshot, {712, 488}, theme);
        snapshot.now += std::chrono::milliseconds{700};
        const BreakerStageLayout second = layoutBreakerStage(snapshot, {712, 488}, theme);
        QCOMPARE(second.header.detail.rect, first.header.detail.rect);
        QVERIFY(second.header.detail.text != first.header.detail.text);
        const auto rule = [](const BreakerStageLayout &layout) {
            return layout.bubbles->arrow(BreakerState::Open, BreakerState::HalfOpen)->rule;
        };
        QCOMPARE(rule(second).rect, rule(first).rect);
        QCOMPARE(second.wire.service.rect, first.wire.service.rect);
    }

    void targetsAreHit_data()
    {
        QTest::addColumn<int>("card");
        for (size_t card = 0; card < kCards.size(); ++card)
            QTest::addRow("%gx%g at %g", kCards[card].size.width(), kCards[card].size.height(), kCards[card].scale)
                << int(card);
    }
    void targetsAreHit()
    {
        QFETCH(int, card);
        const Theme theme = Theme::light(kCards[size_t(card)].scale);
        const BreakerStageLayout layout = layoutBreakerStage(samples::open(), kCards[size_t(card)].size, theme);
        QVERIFY(hitTest(layout.hits, layout.wire.client.rect.center()).is<targets::Client>());
        QVERIFY(hitTest(layout.hits, layout.wire.service.rect.center()).is<targets::Service>());
        QVERIFY(hitTest(layout.hits, layout.wire.leftContact).is<targets::BreakerSwitch>());
        QVERIFY(hitTest(layout.hits, layout.wire.heaps.front().place(0)).is<targets::RejectionPile>());
        QCOMPARE(hitTest(layout.hits, {1, 1}), StageTarget{});
        for (const auto &dot : layout.flights.dots)
            QCOMPARE(hitTest(layout.hits, dot.at), StageTarget(targets::Request{dot.request}));
        for (const auto &bubble : layout.bubbles->bubbles)
            QCOMPARE(hitTest(layout.hits, bubble.rect.center()), StageTarget(targets::StateBubble{bubble.state}));
        for (const auto &arrow : layout.bubbles->arrows)
            QCOMPARE(hitTest(layout.hits, arrow.at(0.5)), (StageTarget(targets::Arrow{arrow.from, arrow.to})));
        for (const auto &piece : layout.row->pieces)
            QCOMPARE(hitTest(layout.hits, piece.at), StageTarget(targets::RecentOutcome{piece.end.event}));
    }

    void dotsFlyOnStraightLines()
    {
        auto snapshot = samples::closedAndWell();
        const auto x = [&snapshot](uint64_t id) {
            const BreakerStageLayout layout = layoutBreakerStage(snapshot, {712, 488}, Theme::light());
            for (const auto &dot : layout.flights.dots)
                if (dot.request == id)
                    return dot.at.x();
            return -1.0;
        };
        const double start = x(17);
        const double back = x(15);
        snapshot.now += std::chrono::milliseconds{10};
        const double middle = x(17);
        QVERIFY(middle > start);
        QVERIFY(x(15) < back);
        snapshot.now += std::chrono::milliseconds{10};
        QVERIFY(std::abs((x(17) - middle) - (middle - start)) < 1e-6);
    }

    // A call let through just before the breaker opened is never seen crossing the open switch.
    void nothingCrossesAnOpenSwitch()
    {
        auto snapshot = samples::open();
        snapshot.requests[0].leg = resilience::sim::Leg::Outbound;
        snapshot.requests[0].legStart = snapshot.now;
        snapshot.requests[0].legEnd = snapshot.now + std::chrono::milliseconds{100};
        const BreakerStageLayout layout = layoutBreakerStage(snapshot, {712, 488}, Theme::light());
        QVERIFY(layout.flights.dots.front().at.x() >= layout.wire.rightContact.x());
    }

    void rejectionsBounceAndSettle()
    {
        auto snapshot = samples::open();
        BreakerStageLayout layout = layoutBreakerStage(snapshot, {712, 488}, Theme::light());
        QCOMPARE(layout.flights.bounces.size(), size_t(1));
        QCOMPARE(layout.wire.heaps.front().falling, uint64_t(1));
        QVERIFY(layout.flights.bounces.front().at.x() < layout.wire.leftContact.x());
        snapshot.now += std::chrono::milliseconds{200};
        layout = layoutBreakerStage(snapshot, {712, 488}, Theme::light());
        QVERIFY(layout.flights.bounces.empty());
        QCOMPARE(layout.wire.heaps.front().falling, uint64_t(0));
    }

    void ratesStandInForDots()
    {
        const BreakerStageLayout layout = layoutBreakerStage(samples::veryFast(), {712, 488}, Theme::light());
        QCOMPARE(layout.header.notice.text, QStringLiteral("too fast for dots: rates shown"));
        QVERIFY(!layout.wire.rates.empty());
        for (const auto &dot : layout.flights.dots)
            QVERIFY(dot.serving);
    }

    void saysWhatComesNext()
    {
        const auto stepping = named(QStringLiteral("stepping"));
        const BreakerStageLayout layout = layoutBreakerStage(stepping, {712, 488}, Theme::light());
        QCOMPARE(layout.header.notice.text, QStringLiteral("next: call 17 reaches payment-service at 12.40 s"));
        QCOMPARE(layout.header.pill.text, QStringLiteral("PAUSED"));
        QVERIFY(layout.next.contains(layout.wire.service.rect));
        const BreakerStageLayout fresh = layoutBreakerStage(samples::notStarted(), {712, 488}, Theme::light());
        QCOMPARE(fresh.header.notice.text,
                 QStringLiteral("Press Space to start. Then inject an outage on payment-service."));
        QVERIFY(fresh.header.pill.text.isEmpty());
    }

    void bracketsWhatTheRuleLooksAt()
    {
        const auto counted = [](const resilience::sim::Snapshot &snapshot) {
            const BreakerStageLayout layout = layoutBreakerStage(snapshot, {900, 600}, Theme::light());
            size_t count = 0;
            for (const auto &piece : layout.row->pieces)
                count += piece.counts;
            return count;
        };
        QCOMPARE(counted(samples::closedAndWell()), size_t(0));
        QCOMPARE(counted(samples::twoFailures()), size_t(2));
        QCOMPARE(counted(samples::open()), size_t(3));
        QCOMPARE(counted(samples::countWindow()), size_t(10));
        QCOMPARE(counted(samples::halfOpen()), size_t(1));
        QCOMPARE(counted(samples::reopened()), size_t(2));
    }

    void overridesAreLabelled()
    {
        for (const auto &[snapshot, words] : {std::pair{samples::forcedOpen(), QStringLiteral("FORCED OPEN")},
                                              std::pair{samples::disabled(), QStringLiteral("DISABLED")},
                                              std::pair{samples::metricsOnly(), QStringLiteral("METRICS ONLY")}}) {
            const BreakerStageLayout layout = layoutBreakerStage(snapshot, {712, 488}, Theme::light());
            QCOMPARE(layout.bubbles->override.text, words);
            QVERIFY(layout.header.title.text.startsWith(words));
        }
    }

private:
    static resilience::sim::Snapshot named(const QString &name)
    {
        for (const samples::Sample &sample : samples::all())
            if (sample.name == name.toStdString())
                return sample.snapshot;
        return {};
    }

    // Two lanes over the same time, and the difference of each pair of numbers.
    void theCorrectRunLiesBeneath()
    {
        const auto snapshot = samples::brokenOnPurpose();
        const BreakerStageLayout layout = layoutBreakerStage(snapshot, {1280, 800}, Theme::light());
        QVERIFY(layout.beside);
        QCOMPARE(layout.header.broken.text, QStringLiteral("BROKEN ON PURPOSE"));
        const auto &[since, ours, correct] = *snapshot.beside;
        QCOMPARE(layout.beside->bands.size(), ours.states.size() + correct.states.size());
        const double second = layout.beside->lanes.width() / resilience::toSeconds(snapshot.until);
        for (size_t i = 0; i < layout.beside->bands.size(); ++i) {
            const BesideStrip::Band &band = layout.beside->bands[i];
            const bool below = i >= ours.states.size();
            const auto &span = below ? correct.states[i - ours.states.size()] : ours.states[i];
            QCOMPARE(band.correct, below);
            QCOMPARE(band.state, span.state);
            const double left =
                layout.beside->lanes.left() + second * resilience::toSeconds(span.from.time_since_epoch());
            QVERIFY(std::abs(band.area.left() - left) < 0.01);
        }
        QStringList numbers;
        for (const StageLabel &label : layout.beside->numbers)
            numbers << label.text;
        QVERIFY(numbers.contains(QString::number(ours.refused)) && numbers.contains(QString::number(correct.refused)));
        QVERIFY(numbers.contains(QStringLiteral("+%1").arg(ours.refused - correct.refused)));
        QVERIFY(numbers.contains(QStringLiteral("%1120").arg(QChar(0x2212)))); // so many fewer succeeded
        QVERIFY(!layoutBreakerStage(samples::open(), {1280, 800}, Theme::light()).beside);
    }

    void whoWaitsForAWorkerIsInsideTheService()
    {
        auto snapshot = samples::closedAndWell();
        snapshot.requests = {{.key = 77, .id = 77, .leg = resilience::sim::Leg::Queued}};
        const BreakerStageLayout layout = layoutBreakerStage(snapshot, {1280, 800}, Theme::light());
        QCOMPARE(layout.flights.dots.size(), size_t(1));
        QVERIFY(layout.wire.service.rect.contains(layout.flights.dots.front().at));
    }
};

REGISTER_TEST(StageSceneTest)
#include "stage_scene_test.moc"
