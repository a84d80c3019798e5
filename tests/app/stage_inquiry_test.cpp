// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stages/panel_factory.h"
#include "app/window/stage_inquiry.h"
#include "core/tell/explain.h"
#include "labs/catalog.h"
#include "tests/register_test.h"
#include "widgets/stages/breaker/breaker_scene.h"

#include <QtTest>

using namespace resilience;
using widgets::StageTarget;
namespace targets = widgets::targets;

namespace {

enum class Part : uint8_t { Known, Nothing };
enum class Foreign : uint8_t { Known }; // of another scene

// Knows which event explains its parts, and says of one that nothing does.
class KnowingScene : public widgets::BreakerScene {
public:
    std::optional<uint64_t> eventBehind(const Snapshot &, const StageTarget &target) const override
    {
        const auto part = target.part<Part>();
        if (!part)
            return std::nullopt;
        return part->which == Part::Known ? 3 + part->of : 0;
    }
};

} // namespace

class StageInquiryTest : public QObject {
    Q_OBJECT

private slots:
    void targetsLeadToEvents_data()
    {
        QTest::addColumn<StageTarget>("target");
        QTest::addColumn<uint64_t>("event");
        QTest::newRow("an event") << StageTarget(targets::Event{5}) << uint64_t(5);
        QTest::newRow("an outcome") << StageTarget(targets::RecentOutcome{7}) << uint64_t(7);
        QTest::newRow("what the scene knows") << StageTarget(targets::part(Part::Known, 4)) << uint64_t(7);
        QTest::newRow("what the scene knows to be nothing")
            << StageTarget(targets::part(Part::Nothing, 4)) << uint64_t(0);
        QTest::newRow("what nobody knows") << StageTarget(targets::part(Foreign::Known, 4)) << uint64_t(0);
        QTest::newRow("a client") << StageTarget(targets::Client{0}) << uint64_t(0);
        QTest::newRow("what has not happened")
            << StageTarget(targets::StateBubble{BreakerState::HalfOpen}) << uint64_t(0);
    }
    void targetsLeadToEvents()
    {
        QFETCH(StageTarget, target);
        const sim::Timeline run = played();
        QTEST(app::eventBehind(target, KnowingScene(), sim::snapshotOf(run), run), "event");
    }

    void callsAreToldByTheirMostTellingEvent()
    {
        const sim::Timeline run = played();
        const uint64_t event = app::eventBehind(targets::Request{1}, KnowingScene(), sim::snapshotOf(run), run);
        QVERIFY(event != 0);
        QCOMPARE(event, sim::tellingEvent(run, 1));
    }

    // One switch for the window and for exports: each lab's panels have a scene that can draw its first scenario.
    void everyPanelHasAScene()
    {
        for (const labs::Lab &lab : labs::catalog())
            for (const labs::PanelKind kind : lab.panels) {
                const auto scene = app::makeScene(kind);
                const sim::Timeline run(lab.scenarios.front());
                QVERIFY(!scene->name().isEmpty());
                QVERIFY(scene->layout(sim::snapshotOf(run), widgets::kUsualStage, widgets::Theme::light()));
            }
    }

private:
    static sim::Timeline played()
    {
        sim::Timeline run(labs::catalog().front().scenarios.front());
        run.runTo(at(std::chrono::seconds{3}));
        return run;
    }
};

REGISTER_TEST(StageInquiryTest)
#include "stage_inquiry_test.moc"
