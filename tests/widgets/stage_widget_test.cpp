// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_samples.h"
#include "widgets/stage/stage.h"
#include "widgets/stages/breaker/breaker_scene.h"

#include <QSignalSpy>
#include <QtTest>

using namespace widgets;

namespace {

class CountingStage : public Stage {
public:
    using Stage::Stage;
    int paints = 0;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        ++paints;
        Stage::paintEvent(event);
    }
};

} // namespace

class StageWidgetTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        loadResources();
        qRegisterMetaType<StageTarget>("widgets::StageTarget");
    }

    void clicksSayWhatWasClicked()
    {
        Stage stage(breaker());
        show(stage);
        QSignalSpy clicked(&stage, &Stage::targetClicked);
        QSignalSpy toggled(&stage, &Stage::faultToggleRequested);
        QTest::mouseClick(&stage, Qt::LeftButton, {}, centreOf(stage, targets::Client{0}));
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked[0][0].value<StageTarget>(), StageTarget(targets::Client{0}));
        QCOMPARE(toggled.size(), 0);
        QTest::mouseClick(&stage, Qt::LeftButton, {}, centreOf(stage, targets::Service{0}));
        QCOMPARE(toggled.size(), 1);
        QCOMPARE(toggled[0][0].toUInt(), 0u);
        QTest::mouseClick(&stage, Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(clicked.size(), 2);
    }

    void keysReachEverything()
    {
        QWidget window;
        Stage stage(breaker(), &window);
        window.resize(800, 560);
        show(stage);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        stage.setFocus(Qt::TabFocusReason);
        QVERIFY(stage.focusTarget().is<targets::Client>());
        QTest::keyClick(&stage, Qt::Key_Tab);
        QVERIFY(stage.focusTarget().is<targets::BreakerSwitch>());
        QTest::keyClick(&stage, Qt::Key_Tab);
        QVERIFY(stage.focusTarget().is<targets::Service>());
        QSignalSpy toggled(&stage, &Stage::faultToggleRequested);
        QTest::keyClick(&stage, Qt::Key_Return);
        QCOMPARE(toggled.size(), 1);
        QTest::keyClick(&stage, Qt::Key_Up);
        QVERIFY(stage.focusTarget().is<targets::BreakerSwitch>());
        bool reachedRequest = false;
        for (int i = 0; i < 60; ++i) {
            QTest::keyClick(&stage, Qt::Key_Down);
            reachedRequest = reachedRequest || stage.focusTarget().is<targets::Request>();
        }
        QVERIFY(reachedRequest);
    }

    void nothingIsPaintedForTheSameFrame()
    {
        CountingStage stage(breaker(), nullptr, [] { return 0.0; });
        show(stage);
        QVERIFY(QTest::qWaitForWindowExposed(&stage));
        QCoreApplication::processEvents();
        const int before = stage.paints;
        const resilience::sim::SharedSnapshot same = stage.frame();
        stage.setFrame(same);
        QCoreApplication::processEvents();
        QCOMPARE(stage.paints, before);
        auto later = samples::open();
        later.now += std::chrono::milliseconds{10};
        stage.setFrame(later);
        QCoreApplication::processEvents();
        QCOMPARE(stage.paints, before + 1);
    }

    void animatesOnTheGivenClock()
    {
        double now = 5;
        Stage stage(breaker(), nullptr, [&now] { return now; });
        stage.resize(712, 488);
        stage.setFrame(samples::twoFailures());
        auto opened = samples::open();
        opened.now = opened.clients[0].breaker.since;
        stage.setFrame(opened);
        QCOMPARE(stage.phase().transition, 0.0);
        now = 5.2;
        QVERIFY(std::abs(stage.phase().transition - 0.5) < 1e-9);
        now = 6;
        QCOMPARE(stage.phase().transition, 1.0);
    }

    void speaksToThoseWhoCannotSee()
    {
        Stage stage(breaker());
        show(stage);
        QVERIFY(!stage.accessibleName().isEmpty());
        QVERIFY(stage.accessibleDescription().contains(QStringLiteral("OPEN · blocking")));
        QVERIFY(stage.accessibleDescription().contains(QStringLiteral("OUTAGE")));
    }

    void everyTargetHasWords()
    {
        for (const samples::Sample &sample : samples::all()) {
            const BreakerScene scene;
            const auto picture = scene.layout(sample.snapshot, {712, 488}, Theme::light());
            for (const StageHit &hit : picture->hits())
                QVERIFY2(!scene.targetText(sample.snapshot, hit.target).isEmpty(), sample.name.c_str());
        }
    }

    void nothingToDrawIsAnEmptyCard()
    {
        Stage stage(breaker());
        auto nobody = samples::open();
        nobody.clients.clear();
        stage.resize(712, 488);
        stage.setFrame(nobody);
        QVERIFY(!stage.picture());
        QTest::mouseClick(&stage, Qt::LeftButton, {}, QPoint(300, 200));
        QCOMPARE(stage.grab().toImage().pixelColor(356, 244), stage.theme().card);
        stage.setFrame(samples::open());
        QVERIFY(stage.picture());
    }

private:
    static std::unique_ptr<StageScene> breaker() { return std::make_unique<BreakerScene>(); }
    static QPoint centreOf(const Stage &stage, const StageTarget &target)
    {
        return findHit(stage.picture()->hits(), target)->area.center().toPoint();
    }
    static void show(Stage &stage)
    {
        stage.resize(712, 488);
        stage.setFrame(samples::open());
        stage.show();
    }
};

REGISTER_TEST(StageWidgetTest)
#include "stage_widget_test.moc"
