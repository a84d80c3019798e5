// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/widgets/combining_samples.h"

using namespace tests::combining;

class CombiningSceneTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void nothingIsCutOffOrOverlaps_data()
    {
        QTest::addColumn<int>("card");
        for (size_t card = 0; card < tests::kStageCards.size(); ++card)
            QTest::addRow("%gx%g at %g", tests::kStageCards[card].size.width(), tests::kStageCards[card].size.height(),
                          tests::kStageCards[card].scale)
                << int(card);
    }
    void nothingIsCutOffOrOverlaps()
    {
        QFETCH(int, card);
        const tests::StageCard &chosen = tests::kStageCards[size_t(card)];
        const Theme theme = Theme::light(chosen.scale);
        for (const PolicyOrder &yours : {PolicyOrder::usual(), usualSeven(), kInside, kDeafAndPartlyOff, PolicyOrder()})
            for (const double seconds : {0.0, 2.4, 5.1, 7.0, 13.7, 17.0, 23.9})
                for (const bool playing : {false, true}) {
                    Snapshot snapshot = combiningMoment(yours, seconds);
                    snapshot.playing = playing;
                    const auto picture = CombiningScene().layout(snapshot, chosen.size, theme);
                    const QStringList faults = checks::faultsOf(*picture);
                    QVERIFY2(faults.isEmpty(),
                             qPrintable(QStringLiteral("at %1 s: ").arg(seconds) + faults.join(QLatin1Char('\n'))));
                    const ShellStack &stack = cast(*picture).stacks().back();
                    QCOMPARE(stack.shells.size(), kPolicyKindCount); // switched off or not, all are there, by name
                    for (const Shell &shell : stack.shells)
                        QVERIFY(!shell.name.text.isEmpty());
                }
    }

    void holdsThroughAWholeRun()
    {
        Timeline timeline(troubledCombining(kInside));
        const CombiningScene scene;
        const Theme theme = Theme::light();
        double next = 0;
        while (timeline.stepEvent(at(timeline.scenario().until))) {
            if (toSeconds(timeline.now()) < next)
                continue;
            next += 0.21;
            Snapshot snapshot = snapshotOf(timeline);
            snapshot.speed = 0.5;
            const auto picture = scene.layout(snapshot, {758, 481}, theme);
            const QStringList faults = checks::faultsOf(*picture);
            QVERIFY2(faults.isEmpty(),
                     qPrintable(QString::number(toSeconds(timeline.now())) + faults.join(QLatin1Char('\n'))));
            for (const StageHit &hit : picture->hits())
                QVERIFY2(!scene.targetText(snapshot, hit.target).isEmpty(), qPrintable(QString::number(hit.area.x())));
            QVERIFY(!scene.stageText(snapshot).isEmpty());
        }
    }

    void shellsLieInTheOrderOfThePipeline()
    {
        const auto picture = CombiningScene().layout(combiningMoment(kInside, 5), {758, 481}, Theme::light());
        const auto &stacks = cast(*picture).stacks();
        QCOMPARE(stacks.size(), size_t(2));
        const PolicyOrder shown = shownOrder(settings(kInside));
        QCOMPARE(shown.size(), kPolicyKindCount);
        for (size_t i = 0; i < shown.size(); ++i) {
            QVERIFY(stacks[0].shells[i].kind == PolicyOrder::usual()[i]);
            QVERIFY(stacks[1].shells[i].kind == shown[i]);
        }
        for (const ShellStack &stack : stacks)
            for (size_t i = 1; i < stack.shells.size(); ++i) {
                QVERIFY(stack.shells[i - 1].rect.contains(stack.shells[i].rect)); // nested
                QVERIFY(stack.shells[i].rect.contains(stack.core.rect));
            }
        QVERIFY(stacks[0].shells[0].toggle.isEmpty()); // the usual order is fixed
        QVERIFY(!stacks[1].shells[0].toggle.isEmpty());
    }

    void theNumbersAreTheSnapshots()
    {
        const Snapshot snapshot = combiningMoment(kInside, 5.1);
        const auto picture = CombiningScene().layout(snapshot, {758, 481}, Theme::light());
        const auto &lines = cast(*picture).table().lines;
        QCOMPARE(lines[0].values[0].text, QString::number(snapshot.pipelines[0].counts.sent));
        QCOMPARE(lines[0].values[1].text, QString::number(snapshot.pipelines[1].counts.sent));
        QVERIFY(snapshot.pipelines[0].counts.firstOpened && !snapshot.pipelines[1].counts.firstOpened);
        QCOMPARE(lines[2].values[1].text, QStringLiteral("not yet"));
        const auto more = snapshot.pipelines[1].counts.sent - snapshot.pipelines[0].counts.sent;
        QVERIFY(texts(*picture).contains(QStringLiteral("Your order sends %1 calls more").arg(more)));
        const auto &window = snapshot.clients[1].breaker.window;
        QVERIFY(cast(*picture)
                    .stacks()[1]
                    .shell(Policy::CircuitBreaker)
                    ->value.text.contains(QStringLiteral("%1 of 5").arg(window.consecutiveFailures)));
        QVERIFY(
            cast(*picture).stacks()[0].shell(Policy::CircuitBreaker)->value.text.startsWith(QStringLiteral("OPEN")));
        const uint64_t throttled = snapshot.pipelines[0].counts.turnedAway[size_t(Policy::CircuitBreaker)];
        QVERIFY(throttled > 0);
        QVERIFY(cast(*picture)
                    .stacks()[0]
                    .shell(Policy::CircuitBreaker)
                    ->recentActions.text.startsWith(QString::number(throttled)));
    }

    void movingAShellGivesAnOrder()
    {
        const CombiningScene scene;
        const Snapshot snapshot = combiningMoment(usualSeven(), 2);
        QVERIFY(scene.draggable(kRetry));
        const auto in = scene.moved(snapshot, kRetry, 1);
        QVERIFY(in
                == Intervention(
                    SetPolicies{1, orderOf({Policy::Fallback, Policy::TotalTimeout, Policy::RateLimiter, Policy::Retry,
                                            Policy::CircuitBreaker, Policy::Bulkhead, Policy::AttemptTimeout})}));
        QVERIFY(!scene.moved(snapshot, targets::Policy{1, Policy::Fallback}, -1)); // outermost already
        QVERIFY(!scene.moved(snapshot, targets::Policy{1, Policy::AttemptTimeout}, 1));
        QVERIFY(!scene.moved(snapshot, targets::Policy{0, Policy::Retry}, 1)); // the usual order stays
        QVERIFY(!scene.moved(snapshot, targets::Policy{7, Policy::Retry}, 1)); // nobody
        QVERIFY(!scene.moved(snapshot, targets::Service{0}, 1));

        const auto picture = scene.layout(snapshot, {758, 481}, Theme::light());
        const QPointF from = findHit(picture->hits(), kRetry)->area.center();
        const QPointF to = findHit(picture->hits(), kBreaker)->area.center();
        QVERIFY(scene.dropped(snapshot, kRetry, from, to, *picture) == Intervention(SetPolicies{1, kInside}));
        QVERIFY(!scene.dropped(snapshot, kRetry, from, from + QPointF(60, 3), *picture)); // where it was
        QVERIFY(!scene.dropped(snapshot, targets::Policy{0, Policy::Retry}, from, to, *picture));
        // Far outside of everything: the outermost or the innermost.
        const auto out = scene.dropped(snapshot, kRetry, from, from - QPointF(0, 400), *picture);
        QVERIFY(out && std::get<SetPolicies>(*out).order[0] == Policy::Retry);
    }

    void switchesAndReset()
    {
        const CombiningScene scene;
        const Snapshot usual = combiningMoment(PolicyOrder::usual(), 2);
        const auto off = scene.clicked(usual, targets::PolicySwitch{{1, Policy::Bulkhead}});
        QVERIFY(off && !std::get<SetPolicies>(*off).order.has(Policy::Bulkhead));
        QVERIFY(!scene.clicked(usual, targets::PolicySwitch{{0, Policy::Bulkhead}}));
        QVERIFY(!scene.clicked(usual, kReset));
        QVERIFY(!scene.clicked(usual, kRetry)); // a click on a shell asks why
        const auto picture = scene.layout(usual, {758, 481}, Theme::light());
        QVERIFY(!findHit(picture->hits(), kReset));

        // What is off comes back where it is shown.
        const Snapshot some = combiningMoment(kDeafAndPartlyOff, 2);
        const auto shown = shownOrder(some.pipelines[1].config);
        const auto on = scene.clicked(some, targets::PolicySwitch{{1, Policy::Bulkhead}});
        PolicyOrder expected;
        for (const PolicyKind kind : shown)
            if (kDeafAndPartlyOff.has(kind) || kind == Policy::Bulkhead)
                expected.append(kind);
        QVERIFY(on == Intervention(SetPolicies{1, expected}));
        QVERIFY(findHit(scene.layout(some, {758, 481}, Theme::light())->hits(), kReset));
        // The usual order of those in use: what is off stays off.
        QVERIFY(scene.clicked(some, kReset)
                == Intervention(SetPolicies{
                    1, orderOf({Policy::Retry, Policy::RateLimiter, Policy::CircuitBreaker, Policy::AttemptTimeout})}));
        QVERIFY(!scene.moved(some, targets::Policy{1, Policy::Bulkhead}, 1)); // off: it has no place to move from
    }

    void everyOrderHasAKeyOfItsOwn()
    {
        for (const PolicyOrder &order : {PolicyOrder::usual(), kInside, kDeafAndPartlyOff, PolicyOrder()}) {
            const PipelineConfig config = settings(order);
            QVERIFY(orderOfKey(orderKey(config)) == shownOrder(config));
        }
        QVERIFY(orderKey(settings(kInside)) != orderKey(settings(PolicyOrder::usual())));
        PipelineConfig off = settings(PolicyOrder::usual());
        off.order.remove(Policy::Bulkhead);
        QVERIFY(orderKey(off) != orderKey(settings(PolicyOrder::usual()))); // in its place, but off
        QCOMPARE(CombiningScene().state(combiningMoment(kInside, 1)).key, orderKey(settings(kInside)));
    }

    void whatIsDrawnAnswersWhy()
    {
        const CombiningScene scene;
        const Snapshot snapshot = combiningMoment(kInside, 5.6);
        const auto breaker = scene.eventBehind(snapshot, targets::Policy{0, Policy::CircuitBreaker});
        QVERIFY(breaker && *breaker > 0);
        QCOMPARE(scene.eventBehind(snapshot, targets::PolicySwitch{{1, Policy::Retry}}), std::optional<uint64_t>(0));
        QVERIFY(!scene.eventBehind(snapshot, targets::Event{7}));
        const auto picture = scene.layout(snapshot, {758, 481}, Theme::light());
        size_t pieces = 0;
        for (const ShellStack &stack : cast(*picture).stacks())
            for (const Shell &shell : stack.shells)
                for (const StageGlyph &glyph : shell.pile) {
                    const auto found = std::find_if(snapshot.events.begin(), snapshot.events.end(),
                                                    [&](const Event &event) { return event.number == glyph.event; });
                    QVERIFY(found != snapshot.events.end());
                    QCOMPARE(found->pipeline, snapshot.clients[stack.client].pipeline);
                    ++pieces;
                }
        QVERIFY(pieces > 0);
    }

    void hitsAreWhereThingsAreDrawn()
    {
        const Snapshot snapshot = combiningMoment(kInside, 5.1);
        const auto picture = CombiningScene().layout(snapshot, {758, 481}, Theme::light());
        for (const ShellStack &stack : cast(*picture).stacks())
            for (const Shell &shell : stack.shells) {
                QCOMPARE(hitTest(picture->hits(), shell.name.rect.center()),
                         (StageTarget(targets::Policy{stack.client, shell.kind})));
                if (!shell.toggle.isEmpty())
                    QCOMPARE(hitTest(picture->hits(), shell.toggle.center()),
                             (StageTarget(targets::PolicySwitch{{stack.client, shell.kind}})));
            }
        QCOMPARE(hitTest(picture->hits(), cast(*picture).stacks()[1].core.name.rect.center()),
                 StageTarget(targets::Service{0}));
    }

    void aMovedShellGlides()
    {
        const Snapshot snapshot = combiningMoment(kInside, 2);
        const auto picture = CombiningScene().layout(snapshot, {758, 481}, Theme::light());
        const uint64_t before = orderKey(settings(PolicyOrder::usual()));
        const QImage there = paintedCombining(*picture);
        QVERIFY(paintedCombining(*picture) == there);
        QVERIFY(paintedCombining(*picture, {.transition = 0.3, .from = before}) != there);
        QVERIFY(paintedCombining(*picture, {.transition = 0.3, .from = before, .reducedMotion = true}) == there);
        QVERIFY(paintedCombining(*picture, {.transition = 1, .from = before}) == there);
    }

    void atHighSpeedRatesReplaceDots()
    {
        const auto fast = CombiningScene().layout(combiningMoment(kInside, 5.1, 20), {758, 481}, Theme::light());
        const auto &stacks = cast(*fast).stacks();
        QVERIFY(stacks[0].dots.empty() && stacks[0].falling.empty());
        QVERIFY(stacks[1].hidden.text.contains(QStringLiteral("calls/s")));
    }

    void aClientAloneHasOneStack()
    {
        auto scenario = std::make_shared<Scenario>(*troubledCombining(kInside));
        scenario->clients.erase(scenario->clients.begin());
        Timeline timeline(scenario);
        timeline.runTo(at(fromSeconds(5.1)));
        const Snapshot snapshot = snapshotOf(timeline);
        for (const tests::StageCard &card : tests::kStageCards) {
            const auto picture = CombiningScene().layout(snapshot, card.size, Theme::light(card.scale));
            QCOMPARE(cast(*picture).stacks().size(), size_t(1));
            const QStringList faults = checks::faultsOf(*picture);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        }
        Snapshot nobody = snapshot;
        nobody.clients.clear();
        QVERIFY(!CombiningScene().layout(nobody, {758, 481}, Theme::light()));
    }

    void theBudgetFollowsTheOrder()
    {
        PipelineConfig config = settings(usualSeven()); // 1 + 0.4 + 1 + 0.8 + 1 s in 3 s
        AttemptBudget budget = attemptBudget(config);
        QCOMPARE(budget.longest(), fromSeconds(4.2));
        QVERIFY(budget.limit == fromSeconds(3));
        QCOMPARE(budget.fitting, size_t(2));
        config.totalTimeout = fromSeconds(4.2);
        QVERIFY(attemptBudget(config).fits()); // just
        // Inside the retry it bounds attempts only.
        config.order = orderOf({Policy::Retry, Policy::TotalTimeout, Policy::AttemptTimeout});
        config.totalTimeout = fromSeconds(0.5);
        budget = attemptBudget(config);
        QVERIFY(!budget.limit && budget.fits());
        QCOMPARE(budget.longest(), fromSeconds(3 * 0.5 + 1.2));
        // Outside, without one inside, a single attempt may use it all; without any, nothing is known.
        config.order = orderOf({Policy::TotalTimeout, Policy::Retry});
        budget = attemptBudget(config);
        QVERIFY(budget.attempts.empty() && budget.limit == fromSeconds(0.5));
        config.order = orderOf({Policy::Retry});
        QVERIFY(attemptBudget(config).attempts.empty() && !attemptBudget(config).limit);
        config.order = orderOf({Policy::AttemptTimeout});
        QCOMPARE(attemptBudget(config).attempts.size(), size_t(1));
    }
};

REGISTER_TEST(CombiningSceneTest)
#include "combining_scene_test.moc"
