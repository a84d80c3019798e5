// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/widgets/combining_samples.h"
#include "widgets/stages/combining/combining_tail.h"

using namespace tests::combining;

// Attempts side by side on the stage of step 7.
class CombiningHedgingTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    // Several attempts of one call: each with its number, none on top of another, and the beaten ones drained.
    void attemptsOfACallLieSideBySide_data()
    {
        QTest::addColumn<double>("delay");
        QTest::addColumn<int>("attempts");
        QTest::addRow("one after the other") << 0.6 << 4;
        QTest::addRow("all at once") << 0.0 << 4;
        QTest::addRow("as many as there may be") << 0.0 << int(kMostHedgedAttempts);
    }
    void attemptsOfACallLieSideBySide()
    {
        QFETCH(double, delay);
        QFETCH(int, attempts);
        Timeline timeline(slowCombining(fromSeconds(delay), uint32_t(attempts)));
        size_t together = 0;
        size_t beaten = 0;
        for (double seconds = 0.5; seconds < 9; seconds += 0.07) {
            timeline.runTo(at(fromSeconds(seconds)));
            Snapshot snapshot = snapshotOf(timeline);
            snapshot.speed = 0.5;
            const auto picture = CombiningScene().layout(snapshot, {900, 600}, Theme::light());
            const QStringList faults = checks::faultsOf(*picture);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
            QVERIFY(cast(*picture).stacks().front().together.empty()); // the usual order does not hedge
            const ShellStack &stack = cast(*picture).stacks().back();
            together += stack.together.size();
            for (size_t i = 0; i < stack.dots.size(); ++i)
                for (size_t j = i + 1; j < stack.dots.size(); ++j) {
                    const StageDot &a = stack.dots[i];
                    const StageDot &b = stack.dots[j];
                    if (!a.id.text.isEmpty() && !b.id.text.isEmpty())
                        QVERIFY(!a.id.rect.adjusted(0, 2, 0, -2).intersects(b.id.rect.adjusted(0, 2, 0, -2)));
                    if (a.request != b.request)
                        continue;
                    QVERIFY(a.attempt != b.attempt);
                    const double parting = stack.shell(Policy::Hedging)->strip.bottom();
                    const bool parted = a.at.y() > parting && b.at.y() > parting;
                    const double apart = std::hypot(a.at.x() - b.at.x(), a.at.y() - b.at.y());
                    QVERIFY2(!parted || apart >= a.radius + b.radius - 0.01,
                             qPrintable(QStringLiteral("%1 s: %2").arg(seconds).arg(apart)));
                }
            for (const Request &request : snapshot.requests)
                if (request.beaten) {
                    ++beaten;
                    QVERIFY(CombiningScene()
                                .targetText(snapshot, targets::Request{request.id})
                                .contains(QStringLiteral("not needed")));
                    for (const StageDot &dot : stack.dots)
                        if (dot.request == request.id && dot.attempt == request.attempt)
                            QVERIFY(dot.abandoned && (dot.serving || dot.look == FlightLook::Abandoned));
                }
        }
        QVERIFY(together > 10);
        QVERIFY(beaten > 10);
    }

    // While only the quick calls have ended, nothing is said about which order is quicker; and as soon as it is, it
    // stays true.
    void nothingIsComparedTooEarly()
    {
        Timeline timeline(slowCombining(fromSeconds(0.6)));
        size_t said = 0;
        for (double seconds = 0.5; seconds < 24; seconds += 0.1) {
            timeline.runTo(at(fromSeconds(seconds)));
            const Snapshot snapshot = snapshotOf(timeline);
            const bool enough = snapshot.clients[0].totals.offered >= kTailCalls;
            const auto usual = settledTail(snapshot, 0);
            const auto mine = settledTail(snapshot, 1);
            QVERIFY(enough || (!usual && !mine));
            const bool tells = words::costDetail(snapshot).front().startsWith(QStringLiteral("99 %"));
            QCOMPARE(tells, usual && mine);
            if (!tells)
                continue;
            ++said;
            QVERIFY(*mine < *usual);
        }
        QVERIFY(said > 20);
    }

    // Low and wide, as in a lecture with the chart shown: both orders, whose they are, and what they sent.
    void aLowStageNamesBothOrders()
    {
        const Snapshot snapshot = combiningMoment(kInside, 6);
        const auto picture = CombiningScene().layout(snapshot, {1248, 352}, Theme::light(1.8));
        QCOMPARE(cast(*picture).stacks().size(), size_t(2));
        for (const ShellStack &stack : cast(*picture).stacks()) {
            const auto &pipeline = snapshot.pipelineOf(stack.client);
            QVERIFY2(stack.title.text.endsWith(QStringLiteral(" %1 sent").arg(pipeline.counts.sent)),
                     qPrintable(stack.title.text));
            QVERIFY(stack.title.text.startsWith(stack.movable ? QStringLiteral("your") : QStringLiteral("usual")));
            QCOMPARE(stack.shell(Policy::CircuitBreaker)->blocking, pipeline.breaker.state == BreakerState::Open);
            QVERIFY(!stack.shell(Policy::CircuitBreaker)->value.text.isEmpty());
        }
        const QStringList faults = checks::faultsOf(*picture);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    // The guide speaks of the bar at the bottom and of the columns below the shells.
    void aSmallStageKeepsTheBar()
    {
        const auto picture = CombiningScene().layout(combiningMoment(kInside, 6), {535, 338}, Theme::light());
        QVERIFY(cast(*picture).budget() && !cast(*picture).budget()->pieces.empty());
        QVERIFY(!cast(*picture).table().lines.empty());
    }

    // On paper nobody can drag or switch anything.
    void aStillPictureHasNoControls()
    {
        Theme still = Theme::light();
        still.still = true;
        const Snapshot snapshot = combiningMoment(kInside, 6);
        for (const bool onPaper : {false, true}) {
            const auto picture = CombiningScene().layout(snapshot, {880, 465}, onPaper ? still : Theme::light());
            const auto any = [&](auto is) { return std::any_of(picture->hits().begin(), picture->hits().end(), is); };
            QCOMPARE(any([](const StageHit &hit) { return hit.target == kReset; }), !onPaper);
            QCOMPARE(!cast(*picture).stacks().back().shells.front().toggle.isEmpty(), !onPaper);
            QCOMPARE(texts(*picture).join(QLatin1Char(' ')).contains(QStringLiteral("drag")), false);
        }
    }

    // The calls of both sides are the same ones, and so many succeed of the same number.
    void successesAreCountedOfTheSameCalls()
    {
        const Snapshot snapshot = combiningMoment(kInside, 5);
        for (const words::CostLine &line : words::costLines(snapshot))
            if (line.caption.front().startsWith(QStringLiteral("succeeded")))
                for (size_t client = 0; client < 2; ++client)
                    QCOMPARE(line.values[client],
                             QStringLiteral("%1 of %2")
                                 .arg(snapshot.clients[client].totals.of(RequestOutcome::Succeeded))
                                 .arg(snapshot.clients[0].totals.offered));
    }

    void hedgingShowsWhatItCostsAndSaves()
    {
        Timeline timeline(slowCombining(fromSeconds(0.6)));
        timeline.runTo(at(fromSeconds(24)));
        const Snapshot snapshot = snapshotOf(timeline);
        const auto picture = CombiningScene().layout(snapshot, {900, 600}, Theme::light());
        const Shell &shell = *cast(*picture).stacks().back().shell(Policy::Hedging);
        QCOMPARE(shell.value.text, QStringLiteral("4 attempts, 0.6 s apart"));
        QVERIFY(shell.recentActions.text.startsWith(QString::number(snapshot.pipelines[1].counts.hedges)));
        QCOMPARE(cast(*picture).stacks().front().shell(Policy::Hedging)->value.text, QStringLiteral("off"));
        const auto &lines = cast(*picture).table().lines;
        QVERIFY(lines[1].caption.text.startsWith(QStringLiteral("99 %")));
        for (const size_t client : {0U, 1U})
            QCOMPARE(lines[1].values[client].text, words::hundredths(snapshot.clients[client].p99Success.value()));
        QVERIFY(*snapshot.clients[1].p99Success < *snapshot.clients[0].p99Success);
        const Totals &mine = snapshot.clients[1].totals;
        QCOMPARE(lines[2].values[0].text, QStringLiteral("0"));
        QVERIFY(lines[2].values[1].text.startsWith(QString::number(mine.attempts - mine.offered)));
        // Moved like any other shell, and its last decision answers why.
        const StageTarget hedging = targets::Policy{1, Policy::Hedging};
        QVERIFY(CombiningScene().draggable(hedging));
        const auto moved = CombiningScene().moved(snapshot, hedging, 1);
        QVERIFY(moved && std::get<SetPolicies>(*moved).order.levelOf(Policy::Hedging) == std::optional<size_t>(4));
        const auto why = CombiningScene().eventBehind(snapshot, hedging);
        QVERIFY(why && timeline.history().log().numbered(*why)->as<HedgeBegun>());
    }

    // At worst it is the last of the attempts side by side that takes its whole time.
    void theBudgetCountsHedges()
    {
        PipelineConfig config = settings(orderOf({Policy::TotalTimeout, Policy::Hedging, Policy::AttemptTimeout}));
        config.hedging = {.maxAttempts = 3, .delay = fromSeconds(0.5)};
        QCOMPARE(attemptBudget(config).longest(), fromSeconds(2)); // 0.5 + 0.5 + 1 s
        config.hedging.delay = std::nullopt; // each after the other has failed
        QCOMPARE(attemptBudget(config).longest(), fromSeconds(3));
        config.hedging.delay = fromSeconds(0.5);
        config.order = orderOf({Policy::TotalTimeout, Policy::AttemptTimeout, Policy::Hedging}); // one for all
        QCOMPARE(attemptBudget(config).longest(), fromSeconds(1));
        config.order = orderOf({Policy::TotalTimeout, Policy::Retry, Policy::Hedging, Policy::AttemptTimeout});
        AttemptBudget budget = attemptBudget(config); // 2 + 0.4 + 2 + 0.8 + 2 s in 3 s
        QCOMPARE(budget.longest(), fromSeconds(7.2));
        QCOMPARE(budget.fitting, size_t(1));
        config.order = orderOf({Policy::TotalTimeout, Policy::Hedging, Policy::Retry, Policy::AttemptTimeout});
        budget = attemptBudget(config); // 1 + 0.4 + 1 + 0.8 + 1 s, begun 1 s late, in 3 s
        QCOMPARE(budget.attempts.front().from, fromSeconds(1));
        QCOMPARE(budget.longest(), fromSeconds(5.2));
        QCOMPARE(budget.fitting, size_t(1));
        // A limit of each of them begins as late.
        config.order = orderOf({Policy::Hedging, Policy::TotalTimeout, Policy::Retry, Policy::AttemptTimeout});
        budget = attemptBudget(config);
        QCOMPARE(budget.longest(), fromSeconds(5.2));
        QVERIFY(budget.limit == fromSeconds(4));
        QCOMPARE(budget.fitting, size_t(2));
    }
};

REGISTER_TEST(CombiningHedgingTest)
#include "combining_hedging_test.moc"
