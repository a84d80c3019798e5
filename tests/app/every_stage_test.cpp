// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stages/panel_factory.h"
#include "labs/catalog.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_cards.h"
#include "tests/widgets/stage_layout_check.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

using namespace resilience;

namespace {

constexpr int kMoments = 7;

QString place(const sim::Timeline &run, const tests::StageCard &card)
{
    return QStringLiteral("%1 at %2 s, %3 x %4 at %5: ")
        .arg(QString::fromStdString(run.scenario().name))
        .arg(toSeconds(run.now()))
        .arg(card.size.width())
        .arg(card.size.height())
        .arg(card.scale);
}

} // namespace

// What people will meet: every scenario of each step, on cards of every size.
class EveryStageTest : public QObject {
    Q_OBJECT

    static void checkMoment(const widgets::StageScene &scene, const sim::Timeline &run)
    {
        sim::Snapshot snapshot = sim::snapshotOf(run);
        for (const tests::StageCard &card : tests::kStageCards) {
            snapshot.playing = !snapshot.playing;
            const auto picture = scene.layout(snapshot, card.size, widgets::Theme::light(card.scale));
            QVERIFY(picture);
            const QStringList faults = checks::faultsOf(*picture);
            QVERIFY2(faults.isEmpty(), qPrintable(place(run, card) + faults.join(QLatin1Char('\n'))));
            QVERIFY(!picture->labels().empty());
            for (const widgets::StageHit &hit : picture->hits()) {
                QVERIFY2(!scene.targetText(snapshot, hit.target).isEmpty(), qPrintable(place(run, card)));
                QVERIFY(scene.eventBehind(snapshot, hit.target).value_or(0) <= run.lastEvent());
            }
        }
        QVERIFY(!scene.stageText(snapshot).isEmpty());
    }

private slots:
    void initTestCase() { loadResources(); }

    // A widget that is not laid out yet, or a picture that nobody can use.
    void noSizeIsTooSmall()
    {
        for (const labs::Lab &lab : labs::catalog()) {
            sim::Timeline run(lab.scenarios.front());
            run.runTo(at(std::chrono::seconds{5}));
            const auto scene = app::makeScene(lab.panels.front());
            for (const QSizeF size : {QSizeF(0, 0), QSizeF(1, 1), QSizeF(100, 30), QSizeF(60, 400), QSizeF(900, 40)}) {
                const auto picture = scene->layout(sim::snapshotOf(run), size, widgets::Theme::light());
                QImage image(size.expandedTo({1, 1}).toSize(), QImage::Format_ARGB32_Premultiplied);
                QPainter painter(&image);
                picture->paint(painter, {});
            }
        }
    }

    void nothingIsCutOffOrOverlaps_data()
    {
        QTest::addColumn<QString>("step");
        for (const labs::Lab &lab : labs::catalog())
            QTest::newRow(lab.id.c_str()) << QString::fromStdString(lab.id);
    }
    void nothingIsCutOffOrOverlaps()
    {
        QFETCH(QString, step);
        const labs::Lab &lab = *labs::labWithId(step.toStdString());
        const auto scene = app::makeScene(lab.panels.front());
        for (const auto &scenario : lab.scenarios) {
            sim::Timeline run(scenario);
            for (int i = 0; i < kMoments; ++i) {
                // Not at round moments only: between two events something is on its way.
                run.runTo(at(scenario->until * i / kMoments + std::chrono::milliseconds{170} * i));
                checkMoment(*scene, run);
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }
};

REGISTER_TEST(EveryStageTest)
#include "every_stage_test.moc"
