// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "core/sim/world/knobs.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_layout_check.h"
#include "widgets/stage/policy_words.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/capstone/capstone_scene.h"
#include "widgets/stages/capstone/capstone_words.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

#include <map>
#include <memory>
#include <set>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

// A gateway that calls three services; with every policy in use, or without any but the clients' own. A rush at 6 s, a
// slow service at 20 s and a lost one at 32 s.
std::shared_ptr<const Scenario> shop(bool protectedByAll)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "capstone";
    scenario->name = "shop";
    scenario->until = 45s;
    scenario->speed = 0.25;
    scenario->networkLatency = 40ms;
    const auto add = [&](const char *name, Duration latency, Duration spread, uint32_t workers, uint32_t queue) {
        ServiceConfig service;
        service.name = name;
        service.latency = latency;
        service.spread = spread;
        service.workers = workers;
        service.queue = queue;
        scenario->services.push_back(service);
    };
    add("gateway", 20ms, 10ms, 20, 120);
    add("payment", 120ms, 40ms, 10, 40);
    add("inventory", 60ms, 20ms, 10, 40);
    add("notification", 40ms, 10ms, 4, 40);
    scenario->services.front().dropsExpired = protectedByAll;
    for (uint32_t target = 1; target <= 3; ++target) {
        DependencyConfig dependency;
        dependency.target = target;
        dependency.optional = target == 3;
        PipelineConfig &pipeline = dependency.pipeline;
        pipeline.configured = PolicyOrder::usual();
        if (protectedByAll)
            pipeline.order = pipeline.configured;
        pipeline.totalTimeout = 1s;
        pipeline.attemptTimeout = 400ms;
        pipeline.circuitBreaker.openDuration = 3s;
        pipeline.bulkhead = {.maxConcurrent = 10, .maxQueue = 6, .maxWait = 200ms};
        pipeline.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 20, 40);
        scenario->services.front().dependencies.push_back(dependency);
    }
    ClientConfig client;
    client.name = "shoppers";
    client.arrivals.rate = 20;
    client.pipeline.configured = PolicyOrder::usual();
    client.pipeline.order = {};
    if (protectedByAll)
        client.pipeline.order = client.pipeline.configured;
    else
        for (const PolicyKind kind : {PolicyKind::Retry, PolicyKind::AttemptTimeout})
            client.pipeline.order.append(kind);
    client.pipeline.attemptTimeout = 1500ms;
    client.pipeline.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 10, 30);
    client.pipeline.retry.backoff.strategy = BackoffStrategy::Fixed;
    client.pipeline.retry.backoff.baseDelay = 500ms;
    scenario->clients.push_back(client);
    const auto plan = [&](Duration when, Intervention what) { scenario->script.insert({at(when), 0, what}); };
    const uint32_t rate = knobNamed("arrival_rate").value();
    plan(6s, TurnKnob{rate, 60});
    plan(12s, TurnKnob{rate, 20});
    plan(20s, SetFault{1, FaultKind::Latency, 2});
    plan(26s, ClearFault{1, FaultKind::Latency});
    plan(32s, SetFault{2, FaultKind::Outage, 1});
    return scenario;
}

Snapshot shopAt(bool protectedByAll, Duration when, bool playing = false)
{
    Timeline timeline(shop(protectedByAll));
    timeline.runTo(at(when));
    Snapshot snapshot = snapshotOf(timeline);
    snapshot.playing = playing;
    return snapshot;
}

// Each is played once.
const std::map<std::string, Snapshot> &samples()
{
    static const std::map<std::string, Snapshot> all{
        {"before the start", shopAt(true, 0s)},    {"quiet", shopAt(true, 4s, true)},
        {"quiet, paused", shopAt(true, 4100ms)},   {"rush, protected", shopAt(true, 9s, true)},
        {"stuck", shopAt(false, 19s, true)},       {"stuck, paused", shopAt(false, 19s)},
        {"slow, protected", shopAt(true, 24s)},    {"lost, protected", shopAt(true, 36s, true)},
        {"lost, unprotected", shopAt(false, 36s)}, {"the end", shopAt(true, 45s)},
    };
    return all;
}

const CapstoneScene scene;

std::unique_ptr<StagePicture> laidOut(const Snapshot &snapshot, QSizeF size = {712, 488}, double scale = 1)
{
    return scene.layout(snapshot, size, Theme::light(scale));
}

QImage painted(const StagePicture &picture, const Theme &theme)
{
    QImage image(picture.size().toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    paintStageCard(painter, picture.size(), theme, false);
    picture.paint(painter, {});
    return image;
}

QStringList textsOf(const StagePicture &picture)
{
    QStringList texts;
    for (const StageLabel &label : picture.labels())
        texts << label.text;
    return texts;
}

} // namespace

class CapstoneSceneTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    // What letters stand for is written below them, for each policy that a chip is of.
    void lettersHaveTheirKey_data()
    {
        QTest::addColumn<QSizeF>("size");
        QTest::newRow("window of 1024 x 640") << QSizeF(535, 338);
        QTest::newRow("window of 1280 x 800") << QSizeF(696, 391);
    }
    void lettersHaveTheirKey()
    {
        QFETCH(QSizeF, size);
        for (const auto &[name, sample] : samples()) {
            Snapshot snapshot = sample; // with the seven policies of a shop
            for (PipelineView &pipeline : snapshot.pipelines)
                for (PolicyOrder *order : {&pipeline.config.configured, &pipeline.config.order})
                    if (order->has(PolicyKind::Hedging))
                        order->remove(PolicyKind::Hedging);
            const auto picture = laidOut(snapshot, size);
            const QStringList texts = textsOf(*picture);
            QStringList letters;
            for (const StageHit &hit : picture->hits())
                if (const auto chip = chipOf(snapshot, hit.target))
                    letters << words::policyLetters(chip->kind);
            QVERIFY2(!letters.isEmpty(), name.c_str());
            for (const PolicyKind kind : PolicyOrder::usual()) {
                const QString letter = words::policyLetters(kind);
                const QString word = words::policyWord(kind);
                const bool told = texts.contains(QStringLiteral("%1 = %2").arg(letter, word))
                                  || texts.contains(QStringLiteral("%1 %2").arg(letter, word));
                QCOMPARE(told, letters.contains(letter));
            }
        }
    }

    // The guide speaks of chips, of the gateway's queue and of attempts per call: the smallest window has them.
    void aSmallStageKeepsWhatTheGuideSpeaksOf()
    {
        const Snapshot stuck = shopAt(false, 19s);
        const auto picture = laidOut(stuck, {535, 338});
        const QString texts = textsOf(*picture).join(QLatin1Char('\n'));
        QVERIFY2(texts.contains(QString::number(stuck.services[0].queued)), qPrintable(texts));
        QVERIFY2(texts.contains(QStringLiteral("attempts")), qPrintable(texts));
        QVERIFY(findHit(picture->hits(), targets::PipelinePolicy{stuck.clients[0].pipeline, PolicyKind::Retry}));
    }

    // In a lecture with the chart shown the stage is low and wide: services and goodput stand side by side.
    void aLowStageStillShowsTheShop()
    {
        for (const auto &[name, snapshot] : samples()) {
            const auto picture = laidOut(snapshot, {1248, 352}, 1.8);
            for (uint32_t service = 0; service < snapshot.services.size(); ++service)
                QVERIFY2(findHit(picture->hits(), targets::Service{service}), name.c_str());
            const QString texts = textsOf(*picture).join(QLatin1Char('\n'));
            QVERIFY2(texts.contains(QStringLiteral("goodput")) && texts.contains(QStringLiteral("attempts")),
                     qPrintable(texts));
            const QStringList faults = checks::faultsOf(*picture);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        }
    }

    void nothingIsCutOffOrOverlaps_data()
    {
        QTest::addColumn<QString>("sample");
        for (const auto &[name, snapshot] : samples())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    // From the smallest stage up, in small steps.
    void nothingIsCutOffOrOverlaps()
    {
        QFETCH(QString, sample);
        const Snapshot &snapshot = samples().at(sample.toStdString());
        for (const double scale : {1.0, 1.25, 1.5, 1.6, 2.0})
            for (double grow = 1.0; grow < 5.0; grow *= 1.17) {
                const QSizeF size = scene.smallest() * scale * grow;
                const auto picture = laidOut(snapshot, size, scale);
                const QStringList faults = checks::faultsOf(*picture);
                QVERIFY2(faults.isEmpty(),
                         qPrintable(QStringLiteral("%1 x %2 at %3: ").arg(size.width()).arg(size.height()).arg(scale)
                                    + faults.join(QLatin1Char('\n'))));
                QVERIFY(textsOf(*picture).filter(QStringLiteral("goodput")).size() > 0);
            }
    }

    void holdsThroughARun()
    {
        Timeline timeline(shop(true));
        for (Duration t = 0s; t <= 45s; t += 500ms) {
            timeline.runTo(at(t));
            Snapshot snapshot = snapshotOf(timeline);
            snapshot.playing = t % 1s == 0s;
            const QStringList faults = checks::faultsOf(*laidOut(snapshot));
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        }
    }

    void paintsTheSameTwiceInEveryTheme()
    {
        for (const auto &[name, snapshot] : samples())
            for (const Theme &theme : {Theme::light(), Theme::dark(), Theme::lecture()}) {
                const auto picture = scene.layout(snapshot, {900, 600}, theme);
                const QImage once = painted(*picture, theme);
                QCOMPARE(once, painted(*scene.layout(snapshot, {900, 600}, theme), theme));
            }
    }

    void everythingThatCanBeHitSaysWhatItIs()
    {
        for (const auto &[name, snapshot] : samples()) {
            const auto picture = laidOut(snapshot);
            std::vector<StageTarget> seen;
            for (const StageHit &hit : picture->hits()) {
                QVERIFY2(!scene.targetText(snapshot, hit.target).isEmpty(), name.c_str());
                if (hit.target.is<targets::PipelinePolicy>() || hit.target.part<ShopFigure>()) {
                    QVERIFY(std::find(seen.begin(), seen.end(), hit.target) == seen.end());
                    seen.push_back(hit.target);
                    QVERIFY(hitTest(picture->hits(), hit.area.center()) == hit.target);
                }
            }
            QVERIFY(!scene.stageText(snapshot).isEmpty());
        }
    }

    void aChipSwitchesItsPolicyAndOnlyThat()
    {
        for (const char *name : {"quiet", "stuck"}) {
            const Snapshot &snapshot = samples().at(name);
            for (uint32_t pipeline = 0; pipeline < snapshot.pipelines.size(); ++pipeline)
                for (const PolicyKind kind : snapshot.pipelines[pipeline].config.configured) {
                    const StageTarget chip = targets::PipelinePolicy{pipeline, kind};
                    QVERIFY(findHit(laidOut(snapshot)->hits(), chip));
                    const auto what = scene.clicked(snapshot, chip);
                    QVERIFY(what);
                    const auto *set = std::get_if<SetPolicies>(&*what);
                    QVERIFY(set);
                    QCOMPARE(set->pipeline, pipeline);
                    const PolicyOrder &before = snapshot.pipelines[pipeline].config.order;
                    QVERIFY(set->order.has(kind) != before.has(kind));
                    QCOMPARE(set->order.size(), before.has(kind) ? before.size() - 1 : before.size() + 1);
                    QCOMPARE(scene.eventBehind(snapshot, chip).value(), uint64_t(0)); // a click does not pause
                }
        }
        QVERIFY(!scene.clicked(samples().at("quiet"), targets::PipelinePolicy{9999, PolicyKind::Retry}));
        QVERIFY(!scene.clicked(samples().at("quiet"), targets::part(ShopPart::Line, 0)));
        QVERIFY(scene.targetText(samples().at("quiet"), targets::PipelinePolicy{9999, PolicyKind::Retry}).isEmpty());
    }

    void offAndOnAgainIsAsBefore()
    {
        Timeline timeline(shop(true));
        timeline.runTo(at(3s));
        const PolicyOrder before = timeline.world().pipelines()[2].config().order;
        for (int i = 0; i < 2; ++i)
            QVERIFY(!timeline.intervene(
                *scene.clicked(snapshotOf(timeline), targets::PipelinePolicy{2, PolicyKind::CircuitBreaker})));
        QCOMPARE(timeline.world().pipelines()[2].config().order, before);
    }

    void itSaysWhenTheLoadIsGoneAndItIsStillDown()
    {
        const auto title = [](const char *name) { return textsOf(*laidOut(samples().at(name))).front(); };
        QCOMPARE(standingOf(samples().at("stuck")), Standing::Metastable);
        QCOMPARE(title("stuck"), QStringLiteral("The load is gone. The system is still down."));
        QVERIFY(title("quiet").startsWith(QLatin1String("UP")));
        QVERIFY(!title("lost, unprotected").startsWith(QLatin1String("The load"))); // a fault is on
        QVERIFY(scene.stageText(samples().at("stuck")).contains(QLatin1String("still down")));
    }

    void theNumbersAreThoseOfTheSnapshot()
    {
        const Snapshot &stuck = samples().at("stuck");
        const QStringList texts = textsOf(*laidOut(stuck));
        QVERIFY(texts.contains(words::percent(std::round(stuck.goodput.share() * 100) / 100)));
        QVERIFY(texts.contains(words::perSecond(stuck.goodput.offeredPerSecond())));
        QVERIFY(texts.contains(words::latencyText(stuck.medianLatency)));
        QVERIFY(texts.contains(QStringLiteral("queue %1 of 120").arg(stuck.services.front().queued)));
        const auto picture = scene.layout(stuck, {712, 488}, Theme::light());
        const ShopLayout &layout = static_cast<const CapstonePicture &>(*picture).shopLayout();
        QCOMPARE(layout.services.front().workers.size(), size_t(20));
        QCOMPARE(layout.services.front().busy, stuck.services.front().busy);
    }

    void whatFailsLeadsToItsEvent()
    {
        const Snapshot &stuck = samples().at("stuck");
        const uint64_t line =
            scene.eventBehind(stuck, targets::part(ShopPart::Line, stuck.clients.front().pipeline)).value();
        const auto event =
            std::find_if(stuck.events.begin(), stuck.events.end(), [&](const Event &e) { return e.number == line; });
        QVERIFY(event != stuck.events.end());
        QCOMPARE(event->pipeline, stuck.clients.front().pipeline);
        const uint64_t end = scene.eventBehind(stuck, targets::part(ShopFigure::Goodput)).value();
        QVERIFY(std::any_of(stuck.recent.begin(), stuck.recent.end(), [&](const RecentEnd &e) {
            return e.event == end && e.outcome != RequestOutcome::Succeeded;
        }));
    }

    void anOpenBreakerSaysSo()
    {
        const Snapshot &slow = samples().at("slow, protected");
        const bool open = std::any_of(slow.pipelines.begin(), slow.pipelines.end(),
                                      [](const PipelineView &p) { return p.breaker.state == BreakerState::Open; });
        QVERIFY(open);
        QVERIFY(textsOf(*laidOut(slow)).contains(QStringLiteral("OPEN")));
    }

    // What is sent and what is refused are counted over the same time: once nothing is sent any more, neither lags.
    void ratesBesideEachOtherAreOfTheSameTime()
    {
        auto scenario = std::make_shared<Scenario>(*shop(true)); // few enough calls for all their events to be there
        scenario->script = {};
        scenario->clients.front().arrivals.rate = 6;
        scenario->clients.front().pipeline.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 2, 2);
        size_t refused = 0;
        Timeline timeline(scenario);
        for (Duration when = 5s; when < 15s; when += 300ms) {
            timeline.runTo(at(when));
            const Snapshot snapshot = snapshotOf(timeline);
            const ShopLine line = shopOf(snapshot)->lines.front();
            if (line.turnedAway == 0)
                continue;
            ++refused;
            const auto sent = std::count_if(snapshot.events.begin(), snapshot.events.end(), [&](const Event &event) {
                return event.as<Sent>() && event.pipeline == line.pipeline && event.at > snapshot.now - 2s;
            });
            QCOMPARE(line.sent, double(sent) / 2);
        }
        QVERIFY(refused > 0);
    }

    void dotsGiveWayToRates()
    {
        Snapshot quiet = samples().at("quiet");
        const auto dots = [](const Snapshot &snapshot) {
            return static_cast<const CapstonePicture &>(*scene.layout(snapshot, {712, 488}, Theme::light()))
                .shopLayout()
                .dots.size();
        };
        QVERIFY(dots(quiet) > 0);
        quiet.speed = 10;
        QCOMPARE(dots(quiet), size_t(0));
    }

    void withoutAClientThereIsNothingToDraw() { QVERIFY(!scene.layout(Snapshot{}, {712, 488}, Theme::light())); }
};

REGISTER_TEST(CapstoneSceneTest)
#include "capstone_scene_test.moc"
