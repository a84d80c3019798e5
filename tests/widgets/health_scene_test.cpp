// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_cards.h"
#include "tests/widgets/stage_layout_check.h"
#include "widgets/stages/health/health_scene.h"
#include "widgets/stages/health/health_stage.h"
#include "widgets/stages/health/health_wires.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const Scenario> troubledHealth(bool database)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "health-check";
    scenario->name = "troubled";
    scenario->until = 60s;
    scenario->speed = 0.5;
    scenario->networkLatency = 100ms;
    ClientConfig client;
    client.name = "balancer";
    client.targets = {0, 1, 2};
    client.pipeline.order.append(PolicyKind::AttemptTimeout);
    client.pipeline.configured = client.pipeline.order;
    client.pipeline.attemptTimeout = 2s;
    client.probing = ProbingConfig{.interval = 2s, .check = {.timeout = 1s}};
    client.probing->liveness = database;
    client.probing->livenessAsksDependencies = database;
    for (const char *name : {"node-1", "node-2", "node-3"}) {
        ServiceConfig service;
        service.name = name;
        if (database)
            service.dependencies.push_back({.target = 3, .pipeline = client.pipeline});
        scenario->services.push_back(service);
    }
    if (database) {
        ServiceConfig service;
        service.name = "database";
        service.latency = service.spread = 50ms;
        scenario->services.push_back(service);
    }
    scenario->clients.push_back(client);
    const auto plan = [&scenario](Duration when, Intervention what) { scenario->script.insert({at(when), 0, what}); };
    plan(4s, SetFault{1, FaultKind::Hang, 1});
    plan(14s, ClearFault{1, FaultKind::Hang});
    plan(18s, SetFault{0, FaultKind::Latency, 0.4});
    plan(24s, SetFault{database ? 3U : 2U, FaultKind::Outage, 1});
    plan(40s, ClearFault{database ? 3U : 2U, FaultKind::Outage});
    return scenario;
}

Snapshot healthMoment(bool database, Duration when, bool playing = false)
{
    Timeline timeline(troubledHealth(database));
    timeline.runTo(at(when));
    Snapshot snapshot = snapshotOf(timeline);
    snapshot.playing = playing;
    return snapshot;
}

QImage paintedHealth(const Snapshot &snapshot, const Theme &theme)
{
    const QSizeF size = kUsualStage * theme.scale;
    QImage image(size.toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(theme.card);
    QPainter painter(&image);
    HealthScene().layout(snapshot, size, theme)->paint(painter, {});
    return image;
}

template <typename Is> const StageHit *firstWhere(const StagePicture &picture, Is is)
{
    for (const StageHit &hit : picture.hits())
        if (is(hit.target))
            return &hit;
    return nullptr;
}

template <typename Kind> const StageHit *firstOf(const StagePicture &picture)
{
    return firstWhere(picture, [](const StageTarget &target) { return target.is<Kind>(); });
}

} // namespace

class HealthSceneTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    // The guide speaks of the traffic column and of the latency bar: the smallest window's stage has them.
    void aSmallStageHasGatesAndBars()
    {
        Timeline timeline(troubledHealth(false));
        timeline.runTo(at(20s));
        const auto picture = HealthScene().layout(snapshotOf(timeline), {535, 338}, Theme::light());
        const auto &stage = static_cast<const HealthPicture &>(*picture);
        for (const HealthWire &wire : stage.wires())
            QVERIFY(!wire.gate.isEmpty());
        for (const HealthNode &node : stage.nodes())
            QVERIFY(node.level && node.ready && node.ready->glyphs.size() >= 3);
        const QStringList faults = checks::faultsOf(*picture);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void sharesAddUp()
    {
        Timeline timeline(troubledHealth(false));
        size_t shown = 0;
        for (Duration when = 2s; when < 30s; when += 300ms) {
            timeline.runTo(at(when));
            int sum = 0;
            for (const double share : recentShares(snapshotOf(timeline), 0))
                sum += int(std::lround(share * 100));
            QVERIFY2(sum == 100 || sum == 0, qPrintable(QString::number(sum)));
            shown += sum == 100;
        }
        QVERIFY(shown > 50);
    }

    void nothingIsCutOffOrOverlaps_data()
    {
        QTest::addColumn<bool>("database");
        QTest::addColumn<int>("card");
        for (const bool database : {false, true})
            for (size_t card = 0; card < tests::kStageCards.size(); ++card)
                QTest::addRow("%s, %gx%g at %g", database ? "with a database" : "nodes alone",
                              tests::kStageCards[card].size.width(), tests::kStageCards[card].size.height(),
                              tests::kStageCards[card].scale)
                    << database << int(card);
    }
    void nothingIsCutOffOrOverlaps()
    {
        QFETCH(bool, database);
        QFETCH(int, card);
        const Theme theme = Theme::light(tests::kStageCards[size_t(card)].scale);
        Timeline timeline(troubledHealth(database));
        for (Duration when = 0s; when <= 60s; when += 700ms) {
            timeline.runTo(at(when));
            for (const bool playing : {true, false}) {
                Snapshot snapshot = snapshotOf(timeline);
                snapshot.playing = playing;
                const auto picture = HealthScene().layout(snapshot, tests::kStageCards[size_t(card)].size, theme);
                const QStringList faults = checks::faultsOf(*picture);
                QVERIFY2(
                    faults.isEmpty(),
                    qPrintable(QStringLiteral("%1 s: %2").arg(toSeconds(when)).arg(faults.join(QStringLiteral("; ")))));
            }
        }
    }

    void everythingThatCanBePointedAtSpeaks()
    {
        for (const Duration when : {0ms, 900ms, 9000ms, 29500ms, 33100ms, 41000ms}) {
            const Snapshot snapshot = healthMoment(true, when);
            const HealthScene scene;
            const auto picture = scene.layout(snapshot, kUsualStage, Theme::light());
            for (const StageHit &hit : picture->hits())
                QVERIFY2(!scene.targetText(snapshot, hit.target).isEmpty(), qPrintable(QString::number(hit.area.x())));
            QVERIFY(!scene.stageText(snapshot).isEmpty());
        }
    }

    void theNumbersAreThoseOfTheSnapshot()
    {
        const Snapshot snapshot = healthMoment(false, 11s); // node-2 has hung since 4 s
        const auto &targets = snapshot.health.at(0).targets;
        QVERIFY(targets[0].routed && !targets[1].routed && targets[2].routed);
        const HealthPicture picture(snapshot, kUsualStage, Theme::light());
        QStringList texts;
        for (const StageLabel &label : picture.labels())
            texts << label.text;
        QVERIFY(texts.contains(QStringLiteral("2 of 3")));
        QVERIFY(texts.contains(QStringLiteral("out")));
        QVERIFY(texts.contains(QStringLiteral("UNHEALTHY · node-2 gets no traffic")));
        for (const HealthNode &node : picture.nodes()) {
            QCOMPARE(node.ready->glyphs.size(), std::min(size_t(12), targets[node.place].readiness.size()));
            QCOMPARE(node.ready->glyphs.back().event, targets[node.place].readiness.back().event);
        }
        // The three failures that took it out are in the bracket.
        const HealthProbeRow &row = *picture.nodes()[1].ready;
        QVERIFY(row.failing);
        size_t inside = 0;
        for (const StageGlyph &glyph : row.glyphs)
            inside += row.bracket.contains(glyph.at);
        QCOMPARE(inside, size_t(3));
        // Of the last six seconds; node-2 got its last call before 9.7 s.
        const auto &wires = picture.wires();
        QVERIFY(wires[0].routed && !wires[1].routed && wires[1].share < wires[0].share);
        QCOMPARE(wires[0].share + wires[1].share + wires[2].share, 1.0);
    }

    void whyGoesToTheEventBehind()
    {
        const Snapshot snapshot = healthMoment(false, 11s);
        const HealthScene scene;
        const uint64_t change = snapshot.health[0].targets[1].lastChange;
        QVERIFY(change > 0);
        QCOMPARE(scene.eventBehind(snapshot, targets::part(HealthPart::Route, 1)).value_or(0), change);
        QCOMPARE(scene.eventBehind(snapshot, targets::part(HealthPart::Belief, 1)).value_or(0), change);
        QCOMPARE(scene.eventBehind(snapshot, targets::part(HealthPart::Load, 1)).value_or(0),
                 snapshot.health[0].targets[1].readiness.back().event);
        QVERIFY(!scene.eventBehind(snapshot, targets::Service{1}));
        QCOMPARE(scene.eventBehind(snapshot, targets::part(HealthPart::Belief, 9)).value_or(1), uint64_t(0)); // gone
        QVERIFY(scene.targetText(snapshot, targets::part(HealthPart::Belief, 9)).isEmpty());
        QVERIFY(scene.targetText(snapshot, targets::Event{1'000'000}).isEmpty());
        const HealthPicture picture(snapshot, kUsualStage, Theme::light());
        QVERIFY(findEvent(picture.hits(), snapshot.health[0].targets[1].readiness.back().event));
    }

    void everyNodeAndTheDatabaseCanBeBroken()
    {
        const Snapshot snapshot = healthMoment(true, 3s);
        const HealthScene scene;
        const auto picture = scene.layout(snapshot, kUsualStage, Theme::light());
        for (const uint32_t service : {0U, 1U, 2U, 3U}) {
            const StageTarget target = targets::Service{service};
            QVERIFY(findHit(picture->hits(), target));
            QVERIFY(scene.serviceToBreak(snapshot, target) == service);
        }
        QVERIFY(firstOf<targets::Client>(*picture));
        QVERIFY(firstWhere(*picture, [](const StageTarget &target) {
            return target.part<HealthPart>() && target.part<HealthPart>()->which == HealthPart::Route;
        }));
    }

    void probesAndCallsAreOnTheirWays()
    {
        const Snapshot snapshot = healthMoment(false, 50ms, true);
        const auto picture = HealthScene().layout(snapshot, kUsualStage, Theme::light());
        QCOMPARE(snapshot.health[0].targets[0].flights.size(), size_t(1));
        const StageHit *probe = findEvent(picture->hits(), snapshot.health[0].targets[0].flights[0].event);
        QVERIFY(probe);
        const auto client = firstOf<targets::Client>(*picture)->area;
        const auto node = firstOf<targets::Service>(*picture)->area;
        QVERIFY(probe->area.center().x() > client.right() && probe->area.center().x() < node.left());
    }

    void whenItIsTooFastTheDotsGo()
    {
        Snapshot snapshot = healthMoment(false, 8s, true);
        snapshot.speed = 50;
        const auto picture = HealthScene().layout(snapshot, kUsualStage, Theme::light());
        QVERIFY(!firstOf<targets::Request>(*picture));
        QVERIFY(firstOf<targets::Event>(*picture)); // results stay
    }

    void paintingTwiceIsTheSame()
    {
        for (const Theme &theme : {Theme::light(), Theme::dark(), Theme::lecture()}) {
            const Snapshot snapshot = healthMoment(true, 33s);
            QVERIFY(paintedHealth(snapshot, theme) == paintedHealth(snapshot, theme));
        }
    }

    void withoutAProberThereIsNoPicture()
    {
        Snapshot snapshot = healthMoment(false, 1s);
        snapshot.health.clear();
        QVERIFY(!HealthScene().layout(snapshot, kUsualStage, Theme::light()));
    }

    void theStateChangesWithTheRouting()
    {
        const HealthScene scene;
        QVERIFY(scene.state(healthMoment(false, 3s)) == scene.state(healthMoment(false, 3500ms)));
        QVERIFY(scene.state(healthMoment(false, 3s)).key != scene.state(healthMoment(false, 11s)).key);
    }
};

REGISTER_TEST(HealthSceneTest)
#include "health_scene_test.moc"
