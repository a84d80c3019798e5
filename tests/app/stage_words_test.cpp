// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stages/panel_factory.h"
#include "labs/catalog.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/stage/fault_words.h"
#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_words.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

constexpr QSizeF kRoomy{1400, 900};

// Every step's stage, in its own scenarios.
struct StageRow {
    const labs::Lab *lab = nullptr;
    std::unique_ptr<widgets::StageScene> scene;
};

StageRow stageOf(const QString &step)
{
    const labs::Lab *lab = labs::labWithId(step.toStdString());
    return {lab, app::makeScene(lab->panels.front())};
}

void addSteps()
{
    QTest::addColumn<QString>("step");
    for (const labs::Lab &lab : labs::catalog())
        QTest::newRow(lab.id.c_str()) << QString::fromStdString(lab.id);
}

QRectF nextOn(const widgets::StageScene &scene, const Snapshot &snapshot)
{
    return scene.layout(snapshot, kRoomy, widgets::Theme::light())->next();
}

} // namespace

// What all eight stages have to say and to show alike.
class EveryStageWordsTest : public QObject {
    Q_OBJECT

    // The texts that tell about the component, one of them at a time.
    static QStringList textsAbout(const widgets::StageScene &scene, const Snapshot &snapshot, const QString &name)
    {
        QStringList texts;
        const auto picture = scene.layout(snapshot, kRoomy, widgets::Theme::light());
        for (const widgets::StageHit &hit : picture->hits())
            if (const QString text = scene.targetText(snapshot, hit.target); text.startsWith(name))
                texts << text;
        texts.removeDuplicates();
        return texts;
    }

    static void checkFault(const StageRow &stage, const std::shared_ptr<const Scenario> &scenario, uint32_t target,
                           FaultKind kind)
    {
        Timeline run(scenario, scenario->seed, {});
        run.runTo(at(std::chrono::seconds{2}));
        const QString component = QString::fromStdString(componentsOf(*scenario)[target].name);
        const bool canBePointedAt = !textsAbout(*stage.scene, snapshotOf(run), component).isEmpty();
        QVERIFY(!run.intervene(SetFault{target, kind, spec(kind).defaultValue}));
        const Snapshot snapshot = snapshotOf(run);
        const QString words = widgets::words::faultWords(kind, spec(kind).defaultValue).sign;
        const QString where = QString::fromStdString(scenario->name) + ", " + component + ", " + words + ": ";

        int told = 0;
        const auto picture = stage.scene->layout(snapshot, kRoomy, widgets::Theme::light());
        for (const widgets::StageLabel &label : picture->labels()) {
            const auto count = label.text.count(words);
            QVERIFY2(count <= 1, qPrintable(where + label.text));
            told += count == 1;
        }
        // Where there is little room, a short word on the stage stands for it; who points at it reads all.
        int read = 0;
        for (const QString &text : textsAbout(*stage.scene, snapshot, component)) {
            QVERIFY2(text.count(words) <= 1, qPrintable(where + text));
            read += text.count(words) == 1;
        }
        QVERIFY2(told + read > 0, qPrintable(where + QStringLiteral("not on the stage")));
        QVERIFY2(read > 0 || !canBePointedAt, qPrintable(where + QStringLiteral("not told to who points at it")));
    }

private slots:
    // The headline of step 2 is about what the service has in hand, at every moment of each scenario.
    void overloadedIsWhoeverWorksForNobody_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto &scenario : labs::labWithId("retry")->scenarios)
            QTest::newRow(scenario->name.c_str()) << QString::fromStdString(scenario->name);
    }
    void overloadedIsWhoeverWorksForNobody()
    {
        QFETCH(QString, name);
        const StageRow stage = stageOf(QStringLiteral("retry"));
        const auto scenario = stage.lab->scenario(name.toStdString());
        QVERIFY(scenario);
        Timeline timeline(scenario);
        for (Duration t{}; t < scenario->until; t += 500ms) {
            timeline.runTo(at(t));
            const Snapshot snapshot = snapshotOf(timeline);
            uint64_t inHand = 0;
            uint64_t forNobody = 0;
            for (const Request &request : timeline.world().requests())
                if (request.leg == Leg::Serving || request.leg == Leg::Queued) {
                    ++inHand;
                    forNobody += request.abandoned;
                }
            const auto picture = stage.scene->layout(snapshot, kRoomy, widgets::Theme::light());
            bool said = false;
            for (const widgets::StageLabel &label : picture->labels())
                said |= label.text.startsWith(QStringLiteral("OVERLOADED"));
            if (said)
                QVERIFY2(inHand >= 4 && forNobody * 2 > inHand, qPrintable(QString::number(toSeconds(t))));
            if (name.startsWith(QStringLiteral("herd")))
                QVERIFY2(!said, qPrintable(QString::number(toSeconds(t))));
        }
    }

    // Where something is planned the stage does not ask for a fault: the guide tells what to do.
    void noticesAskForNothingThatIsPlanned_data() { addSteps(); }
    void noticesAskForNothingThatIsPlanned()
    {
        QFETCH(QString, step);
        const StageRow stage = stageOf(step);
        for (const auto &scenario : stage.lab->scenarios) {
            const auto picture = stage.scene->layout(snapshotOf(Timeline(scenario)), kRoomy, widgets::Theme::light());
            for (const widgets::StageLabel &label : picture->labels())
                if (!scenario->script.entries().empty())
                    QVERIFY2(!label.text.contains(QStringLiteral("Space to start. Then")), scenario->name.c_str());
        }
    }

    void initTestCase() { loadResources(); }

    void everyFaultIsNamedOnce_data() { addSteps(); }
    void everyFaultIsNamedOnce()
    {
        QFETCH(QString, step);
        const StageRow stage = stageOf(step);
        const auto &scenario = stage.lab->scenarios.front();
        const std::vector<Component> components = componentsOf(*scenario);
        for (uint32_t target = 0; target < components.size(); ++target)
            for (const FaultKind kind : stage.lab->faults)
                if (canHave(components[target], kind)) {
                    checkFault(stage, scenario, target, kind);
                    if (QTest::currentTestFailed())
                        return;
                }
    }

    // All that can happen to a service at once: each once, the worst first.
    void aServiceTellsEachOfItsFaultsOnce()
    {
        ServiceView service;
        size_t possible = 0;
        for (const FaultSpec &fault : kFaultSpecs)
            if (canHave(Subject::Kind::Service, fault.kind)) {
                service.faults[static_cast<size_t>(fault.kind)] = fault.defaultValue;
                ++possible;
            }
        const QStringList faults = widgets::words::serviceFaults(service);
        QCOMPARE(size_t(faults.size()), possible);
        QCOMPARE(faults, QStringList({"OUTAGE", "HANG", "CRASHED", "CUT OFF", "PAUSED", "50 % errors", "+2 s",
                                      "spikes +2 s", "30 % lost"}));
    }

    // At either end of its range, without an exponent.
    void everyFaultHasWords()
    {
        for (const FaultSpec &fault : kFaultSpecs)
            for (const double value : {fault.minimum, fault.defaultValue, fault.maximum}) {
                const widgets::words::FaultWords words = widgets::words::faultWords(fault.kind, value);
                for (const QString &text : {words.sign, words.name, words.brief})
                    QVERIFY2(!text.isEmpty() && !text.contains("e+"), qPrintable(words.name));
                QVERIFY2(words.brief.size() <= words.name.size(), qPrintable(words.name));
            }
    }

    // Outlined while the run stands still and goes on; not while it plays, and not after its end.
    void whatComesNextIsOutlinedWhilePaused_data() { addSteps(); }
    void whatComesNextIsOutlinedWhilePaused()
    {
        QFETCH(QString, step);
        const StageRow stage = stageOf(step);
        for (const auto &scenario : stage.lab->scenarios) {
            Timeline run(scenario);
            int outlined = 0;
            for (int i = 0; i < 60 && run.stepEvent(at(scenario->until) - Duration{1}); ++i) {
                Snapshot snapshot = snapshotOf(run);
                if (snapshot.now == kTimeZero)
                    continue;
                QCOMPARE(widgets::showsNext(snapshot), snapshot.next.has_value());
                outlined += !nextOn(*stage.scene, snapshot).isEmpty();
                snapshot.playing = true;
                QVERIFY(nextOn(*stage.scene, snapshot).isEmpty());
                snapshot.playing = false;
                snapshot.until = snapshot.now.time_since_epoch();
                QVERIFY2(nextOn(*stage.scene, snapshot).isEmpty(), scenario->name.c_str());
            }
            QVERIFY2(outlined > 0, scenario->name.c_str());
        }
    }
};

REGISTER_TEST(EveryStageWordsTest)
#include "stage_words_test.moc"
