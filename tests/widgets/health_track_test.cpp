// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/stages/health/health_scene.h"
#include "widgets/stages/health/health_stage.h"
#include "widgets/stages/health/health_track.h"

#include <QtTest>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

// The second of three nodes hangs from 4 s on and is killed for it; the third is gone from 24 s to 32 s.
std::shared_ptr<const Scenario> ailingNodes()
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "health-check";
    scenario->name = "ailing";
    scenario->until = 60s;
    scenario->networkLatency = 100ms;
    ClientConfig client;
    client.name = "balancer";
    client.targets = {0, 1, 2};
    client.pipeline.order.append(PolicyKind::AttemptTimeout);
    client.pipeline.configured = client.pipeline.order;
    client.pipeline.attemptTimeout = 2s;
    client.probing = ProbingConfig{.interval = 2s, .check = {.timeout = 1s}};
    client.probing->liveness = true;
    for (const char *name : {"node-1", "node-2", "node-3"}) {
        ServiceConfig service;
        service.name = name;
        scenario->services.push_back(service);
    }
    scenario->clients.push_back(client);
    scenario->script.insert({at(4s), 0, SetFault{1, FaultKind::Hang, 1}});
    scenario->script.insert({at(24s), 0, SetFault{2, FaultKind::Outage, 1}});
    scenario->script.insert({at(32s), 0, ClearFault{2, FaultKind::Outage}});
    return scenario;
}

template <typename What> What whatAt(const std::vector<NodeSpan<What>> &spans, Time t)
{
    What what = spans.front().what;
    for (const NodeSpan<What> &span : spans)
        if (span.from <= t)
            what = span.what;
    return what;
}

} // namespace

// What a node was, beside what it was believed to be.
namespace {
bool isWait(HealthPart part) { return part == HealthPart::ReadinessWait || part == HealthPart::LivenessWait; }
} // namespace

class HealthTrackTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    // Looked back at, the past is what it was when it was the present.
    void spansAreWhatOnceWas()
    {
        for (const Duration now : {Duration{9s}, Duration{21s}, Duration{37s}}) {
            Timeline late(ailingNodes());
            late.runTo(at(now));
            const Snapshot snapshot = snapshotOf(late);
            const Time from = at(now - 8s);
            Timeline then(ailingNodes());
            for (Time t = from; t <= at(now); t += 130ms) {
                then.runTo(t);
                const Snapshot past = snapshotOf(then);
                for (const HealthTargetView &target : snapshot.health[0].targets) {
                    ProcessState state = truthOf(past, target.service).state;
                    if (state == ProcessState::Starting)
                        state = ProcessState::Well;
                    QCOMPARE(int(whatAt(truthSpans(snapshot, target.service, from), t)), int(state));
                    QCOMPARE(int(whatAt(beliefSpans(snapshot, target, from), t)),
                             int(past.health[0].targets[target.service].health.status));
                }
            }
        }
    }

    void spansHaveNoGaps()
    {
        Timeline run(ailingNodes());
        run.runTo(at(30s));
        const Snapshot snapshot = snapshotOf(run);
        for (const HealthTargetView &target : snapshot.health[0].targets) {
            const auto spans = truthSpans(snapshot, target.service, at(10s));
            QCOMPARE(spans.front().from, at(10s));
            QCOMPARE(spans.back().to, at(30s));
            for (size_t i = 1; i < spans.size(); ++i)
                QCOMPARE(spans[i].from, spans[i - 1].to);
        }
    }

    void trustIsWrongWhileNobodyKnows()
    {
        Timeline run(ailingNodes());
        run.runTo(at(36s));
        const Snapshot snapshot = snapshotOf(run);
        const HealthTargetView &target = snapshot.health[0].targets[2];
        const auto wrong = wrongTrust(truthSpans(snapshot, 2, at(20s)), beliefSpans(snapshot, target, at(20s)));
        QCOMPARE(wrong.size(), size_t(1));
        QCOMPARE(wrong[0].first, at(24s));
        const auto change = std::find_if(snapshot.events.begin(), snapshot.events.end(), [](const Event &event) {
            return event.as<HealthChanged>() && event.target == Subject::service(2) && event.at > at(24s);
        });
        QVERIFY(change != snapshot.events.end());
        QCOMPARE(wrong[0].second, change->at);
    }

    void theStageSaysWhatNobodyKnows()
    {
        Timeline run(ailingNodes());
        run.runTo(at(25s));
        const Snapshot snapshot = snapshotOf(run);
        const HealthPicture picture(snapshot, kUsualStage, Theme::light());
        QStringList texts;
        for (const StageLabel &label : picture.labels())
            texts << label.text;
        QVERIFY(texts.contains(QStringLiteral("node-3 IS DOWN · nobody knows yet")));
        QVERIFY(texts.contains(QStringLiteral("is down since 24.00 s")));
        QVERIFY(picture.nodes()[2].process.believed == Health::Healthy);
        QVERIFY(picture.nodes()[2].process.truth.state == ProcessState::Down);
    }

    void aKilledProcessGrowsAgain()
    {
        Timeline run(ailingNodes());
        QVERIFY(run.runUntil([](const Event &event) { return event.as<Restarting>(); }, at(30s)));
        const ProcessTruth killed = truthOf(snapshotOf(run), 1);
        QVERIFY(killed.state == ProcessState::Restarting);
        QCOMPARE(killed.since, std::optional(run.now()));
        QVERIFY(run.runUntil([](const Event &event) { return event.as<Restarted>(); }, at(40s)));
        double grown = 0;
        for (int i = 0; i < 5; ++i) {
            const ProcessTruth truth = truthOf(snapshotOf(run), 1);
            if (truth.state == ProcessState::Well)
                break;
            QVERIFY(truth.state == ProcessState::Starting);
            QVERIFY(truth.grown >= grown);
            grown = truth.grown;
            run.runTo(run.now() + 500ms);
        }
        QVERIFY(grown > 0);
    }

    void theWaitForAProbeCanBeAskedAbout()
    {
        Timeline run(ailingNodes());
        run.runTo(at(7s));
        const Snapshot snapshot = snapshotOf(run);
        const HealthScene scene;
        const auto picture = scene.layout(snapshot, kUsualStage, Theme::light());
        size_t found = 0;
        for (const StageHit &hit : picture->hits())
            if (const auto part = hit.target.part<HealthPart>(); part && isWait(part->which)) {
                ++found;
                QVERIFY(scene.eventBehind(snapshot, hit.target).value_or(0) > 0);
                QVERIFY(scene.targetText(snapshot, hit.target).contains(QStringLiteral("probe")));
            }
        QCOMPARE(found, size_t(6));
    }
};

REGISTER_TEST(HealthTrackTest)
#include "health_track_test.moc"
