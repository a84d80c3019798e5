// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_cards.h"
#include "tests/widgets/stage_layout_check.h"
#include "widgets/combining_order.h"
#include "widgets/combining_scene.h"
#include "widgets/combining_targets.h"
#include "widgets/combining_words.h"
#include "widgets/stage_words.h"

#include <QPainter>
#include <QtTest>

#include <array>
#include <cmath>
#include <memory>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;

namespace {

using Policy = PolicyKind;

PolicyOrder orderOf(std::initializer_list<PolicyKind> kinds)
{
    PolicyOrder order;
    for (const PolicyKind kind : kinds)
        order.append(kind);
    return order;
}

// The usual order of all but hedging, which is there, switched off.
PolicyOrder usualSeven()
{
    PolicyOrder order = PolicyOrder::usual();
    order.remove(Policy::Hedging);
    return order;
}

PipelineConfig settings(const PolicyOrder &order)
{
    PipelineConfig config;
    config.order = order;
    config.known = PolicyOrder::usual();
    config.totalTimeout = fromSeconds(3);
    config.retry.maxAttempts = 3;
    config.retry.backoff.baseDelay = fromSeconds(0.4);
    config.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 5, 4);
    config.circuitBreaker.failureThreshold = 5;
    config.circuitBreaker.openDuration = fromSeconds(2);
    config.bulkhead.maxConcurrent = 3;
    config.bulkhead.maxQueue = 1;
    return config;
}

// Three calls a second through all policies, in two orders: an outage, a hang, and errors.
std::shared_ptr<const Scenario> troubledCombining(const PolicyOrder &yours, double speed = 0.5)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "combining";
    scenario->name = "troubled";
    scenario->until = fromSeconds(24);
    scenario->speed = speed;
    ServiceConfig service;
    service.name = "payment-service";
    scenario->services.push_back(service);
    for (const char *name : {"usual-order", "your-order"}) {
        ClientConfig client;
        client.name = name;
        client.arrivals.rate = 3;
        client.arrivals.tape = "same";
        client.pipeline = settings(scenario->clients.empty() ? usualSeven() : yours);
        scenario->clients.push_back(client);
    }
    const auto plan = [&scenario](double when, Intervention what) {
        scenario->script.insert({at(fromSeconds(when)), 0, what});
    };
    plan(3, SetFault{0, FaultKind::Outage, 1});
    plan(8, ClearFault{0, FaultKind::Outage});
    plan(11, SetFault{0, FaultKind::Hang, 1});
    plan(16, ClearFault{0, FaultKind::Hang});
    plan(18, SetFault{0, FaultKind::ErrorRate, 0.6});
    return scenario;
}

const PolicyOrder kInside = orderOf({Policy::Fallback, Policy::TotalTimeout, Policy::RateLimiter,
                                     Policy::CircuitBreaker, Policy::Retry, Policy::Bulkhead, Policy::AttemptTimeout});
const PolicyOrder kDeafAndPartlyOff =
    orderOf({Policy::AttemptTimeout, Policy::CircuitBreaker, Policy::Retry, Policy::RateLimiter});

Snapshot combiningMoment(const PolicyOrder &yours, double seconds, double speed = 0.5)
{
    Timeline timeline(troubledCombining(yours, speed));
    timeline.runTo(at(fromSeconds(seconds)));
    Snapshot snapshot = snapshotOf(timeline);
    snapshot.speed = speed;
    return snapshot;
}

QImage paintedCombining(const StagePicture &picture, StagePhase phase = {})
{
    QImage image(picture.size().toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    picture.paint(painter, phase);
    return image;
}

const CombiningPicture &cast(const StagePicture &picture) { return static_cast<const CombiningPicture &>(picture); }

QStringList texts(const StagePicture &picture)
{
    QStringList all;
    for (const StageLabel &label : picture.labels())
        all << label.text;
    return all;
}

// Two calls a second to a service that is often slow; yours sends up to four attempts side by side.
std::shared_ptr<const Scenario> slowCombining(Duration delay, uint32_t attempts = 4)
{
    auto scenario = std::make_shared<Scenario>(*troubledCombining(PolicyOrder::usual()));
    scenario->script = {};
    scenario->script.insert({kTimeZero, 0, SetFault{0, FaultKind::LatencySpikes, 4}});
    scenario->networkLatency = fromSeconds(0.15);
    for (ClientConfig &client : scenario->clients) {
        client.pipeline.hedging = {.maxAttempts = attempts, .delay = delay};
        client.pipeline.totalTimeout = fromSeconds(8);
        client.pipeline.attemptTimeout = fromSeconds(5);
        client.pipeline.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 50, 50);
        client.pipeline.bulkhead.maxConcurrent = 60;
    }
    return scenario;
}

const StageTarget kRetry = policyTarget(1, Policy::Retry);
const StageTarget kBreaker = policyTarget(1, Policy::CircuitBreaker);

} // namespace

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
                QVERIFY2(!scene.targetText(snapshot, hit.target).isEmpty(),
                         qPrintable(QStringLiteral("%1 %2").arg(int(hit.target.kind)).arg(hit.target.id)));
            QVERIFY(!scene.stageText(snapshot).isEmpty());
        }
    }

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
                                .targetText(snapshot, {StageTarget::Kind::Request, request.id})
                                .contains(QStringLiteral("not needed")));
                    for (const StageDot &dot : stack.dots)
                        if (dot.request == request.id && dot.attempt == request.attempt)
                            QVERIFY(dot.abandoned && (dot.serving || dot.look == FlightLook::Abandoned));
                }
        }
        QVERIFY(together > 10);
        QVERIFY(beaten > 10);
    }

    void hedgingShowsWhatItCostsAndSaves()
    {
        Timeline timeline(slowCombining(fromSeconds(0.6)));
        timeline.runTo(at(fromSeconds(24)));
        const Snapshot snapshot = snapshotOf(timeline);
        const auto picture = CombiningScene().layout(snapshot, {900, 600}, Theme::light());
        const Shell &shell = *cast(*picture).stacks().back().shell(Policy::Hedging);
        QCOMPARE(shell.value.text, QStringLiteral("4 attempts, 0.6 s apart"));
        QVERIFY(shell.deeds.text.startsWith(QString::number(snapshot.pipelines[1].counts.hedges)));
        QCOMPARE(cast(*picture).stacks().front().shell(Policy::Hedging)->value.text, QStringLiteral("off"));
        const auto &lines = cast(*picture).table().lines;
        QVERIFY(lines[1].caption.text.startsWith(QStringLiteral("99 %")));
        for (const size_t client : {0U, 1U})
            QCOMPARE(lines[1].values[client].text,
                     words::moment(kTimeZero + snapshot.clients[client].p99Success.value()));
        QVERIFY(*snapshot.clients[1].p99Success < *snapshot.clients[0].p99Success);
        const Totals &mine = snapshot.clients[1].totals;
        QCOMPARE(lines[2].values[0].text, QStringLiteral("0"));
        QVERIFY(lines[2].values[1].text.startsWith(QString::number(mine.attempts - mine.offered)));
        // Moved like any other shell, and its last decision answers why.
        const StageTarget hedging = policyTarget(1, Policy::Hedging);
        QVERIFY(CombiningScene().draggable(hedging));
        const auto moved = CombiningScene().moved(snapshot, hedging, 1);
        QVERIFY(moved && std::get<SetPolicies>(*moved).order.levelOf(Policy::Hedging) == std::optional<size_t>(4));
        const auto why = CombiningScene().eventBehind(snapshot, hedging);
        QVERIFY(why && timeline.history().log().numbered(*why)->as<HedgeBegun>());
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
                    ->deeds.text.startsWith(QString::number(throttled)));
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
        QVERIFY(!scene.moved(snapshot, policyTarget(1, Policy::Fallback), -1)); // outermost already
        QVERIFY(!scene.moved(snapshot, policyTarget(1, Policy::AttemptTimeout), 1));
        QVERIFY(!scene.moved(snapshot, policyTarget(0, Policy::Retry), 1)); // the usual order stays
        QVERIFY(!scene.moved(snapshot, policyTarget(7, Policy::Retry), 1)); // nobody
        QVERIFY(!scene.moved(snapshot, {StageTarget::Kind::Service, 0}, 1));

        const auto picture = scene.layout(snapshot, {758, 481}, Theme::light());
        const QPointF from = findHit(picture->hits(), kRetry)->area.center();
        const QPointF to = findHit(picture->hits(), kBreaker)->area.center();
        QVERIFY(scene.dropped(snapshot, kRetry, from, to, *picture) == Intervention(SetPolicies{1, kInside}));
        QVERIFY(!scene.dropped(snapshot, kRetry, from, from + QPointF(60, 3), *picture)); // where it was
        QVERIFY(!scene.dropped(snapshot, policyTarget(0, Policy::Retry), from, to, *picture));
        // Far outside of everything: the outermost or the innermost.
        const auto out = scene.dropped(snapshot, kRetry, from, from - QPointF(0, 400), *picture);
        QVERIFY(out && std::get<SetPolicies>(*out).order[0] == Policy::Retry);
    }

    void switchesAndReset()
    {
        const CombiningScene scene;
        const Snapshot usual = combiningMoment(PolicyOrder::usual(), 2);
        const auto off = scene.clicked(usual, policySwitch(1, Policy::Bulkhead));
        QVERIFY(off && !std::get<SetPolicies>(*off).order.has(Policy::Bulkhead));
        QVERIFY(!scene.clicked(usual, policySwitch(0, Policy::Bulkhead)));
        QVERIFY(!scene.clicked(usual, kResetOrder));
        QVERIFY(!scene.clicked(usual, kRetry)); // a click on a shell asks why
        const auto picture = scene.layout(usual, {758, 481}, Theme::light());
        QVERIFY(!findHit(picture->hits(), kResetOrder));

        // What is off comes back where it is shown.
        const Snapshot some = combiningMoment(kDeafAndPartlyOff, 2);
        const auto shown = shownOrder(some.pipelines[1].config);
        const auto on = scene.clicked(some, policySwitch(1, Policy::Bulkhead));
        PolicyOrder expected;
        for (const PolicyKind kind : shown)
            if (kDeafAndPartlyOff.has(kind) || kind == Policy::Bulkhead)
                expected.append(kind);
        QVERIFY(on == Intervention(SetPolicies{1, expected}));
        QVERIFY(findHit(scene.layout(some, {758, 481}, Theme::light())->hits(), kResetOrder));
        // The usual order of those in use: what is off stays off.
        QVERIFY(scene.clicked(some, kResetOrder)
                == Intervention(SetPolicies{
                    1, orderOf({Policy::Retry, Policy::RateLimiter, Policy::CircuitBreaker, Policy::AttemptTimeout})}));
        QVERIFY(!scene.moved(some, policyTarget(1, Policy::Bulkhead), 1)); // off: it has no place to move from
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
        const auto breaker = scene.eventBehind(snapshot, policyTarget(0, Policy::CircuitBreaker));
        QVERIFY(breaker && *breaker > 0);
        QCOMPARE(scene.eventBehind(snapshot, policySwitch(1, Policy::Retry)), std::optional<uint64_t>(0));
        QVERIFY(!scene.eventBehind(snapshot, {StageTarget::Kind::Event, 7}));
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
                QCOMPARE(hitTest(picture->hits(), shell.name.rect.center()), policyTarget(stack.client, shell.kind));
                if (!shell.toggle.isEmpty())
                    QCOMPARE(hitTest(picture->hits(), shell.toggle.center()), policySwitch(stack.client, shell.kind));
            }
        QCOMPARE(hitTest(picture->hits(), cast(*picture).stacks()[1].core.name.rect.center()),
                 (StageTarget{StageTarget::Kind::Service, 0}));
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

REGISTER_TEST(CombiningSceneTest)
#include "combining_scene_test.moc"
