// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/floating_card.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"
#include "widgets/stage/stage.h"

#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QtTest>

using namespace resilience;
using namespace tests;

namespace {

constexpr QSize kCard(300, 150);
const QRect kStage(250, 60, 500, 400);
const QRect kWindow(8, 8, 984, 584);

} // namespace

// The explanation beside what was clicked, and the legend: never cut off, never over what they speak of.
class WhyCardTest : public QObject {
    Q_OBJECT
private slots:
    void theCardGoesBesideTheAnchor_data()
    {
        QTest::addColumn<QRectF>("anchor");
        QTest::addColumn<QPoint>("corner"); // of the card
        QTest::newRow("right of it") << QRectF(300, 200, 20, 20) << QPoint(345, 134);
        QTest::newRow("left of it") << QRectF(700, 200, 20, 20) << QPoint(374, 134);
        QTest::newRow("below a wide one") << QRectF(260, 100, 480, 40) << QPoint(349, 165);
        QTest::newRow("off the stage when it is full") << QRectF(260, 70, 480, 380) << QPoint(8, 442);
    }
    void theCardGoesBesideTheAnchor()
    {
        QFETCH(QRectF, anchor);
        QFETCH(QPoint, corner);
        const QRect place = app::placeBeside(kCard, anchor, {}, {kStage, kWindow}, 26);
        QVERIFY(kWindow.contains(place));
        if (QByteArray(QTest::currentDataTag()) != "off the stage when it is full")
            QVERIFY(!anchor.toAlignedRect().intersects(place));
        QCOMPARE(place.topLeft(), corner);
    }

    void theCardLeavesWhatCountedInSight()
    {
        const QRectF anchor(300, 200, 20, 20);
        const std::vector<QRectF> counted{QRectF(400, 200, 10, 10)}; // where the card would go
        const QRect place = app::placeBeside(kCard, anchor, counted, {kStage, kWindow}, 26);
        QVERIFY(!counted.front().toAlignedRect().intersects(place));
        QVERIFY(!anchor.toAlignedRect().intersects(place));
    }

    void nothingOfItIsCutOff_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::newRow("small, large text") << QSize(1024, 640) << 2.0;
        QTest::newRow("usual") << QSize(1280, 800) << 1.0;
    }
    void nothingOfItIsCutOff()
    {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        WindowUnderTest t(size);
        t.window().appearance().setTextScale(scale);
        auto *card = t.find<QScrollArea>("why-card");
        QVERIFY(card && !card->isVisible());
        for (const labs::Lab &lab : labs::catalog()) {
            t.session().openLab(lab);
            t.session().seek(at(std::chrono::seconds{12}));
            t.session().inspect(t.session().timeline().lastEvent());
            QCoreApplication::processEvents();
            QVERIFY(card->isVisible());
            QVERIFY2(t.window().rect().contains(card->geometry()), lab.id.c_str());
            // All its words are there: at once, or by scrolling.
            QVERIFY(card->widget()->height() >= card->widget()->heightForWidth(card->widget()->width()));
            QVERIFY(card->widget()->height() <= card->viewport()->height() || card->verticalScrollBar()->isVisible());
            for (const QLabel *label : card->findChildren<QLabel *>())
                if (label->isVisible())
                    QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
            const auto *stage = t.find<widgets::Stage>("stage");
            const auto *hit = widgets::findEvent(stage->picture()->hits(), t.session().inspected());
            if (hit && scale == 1.0) {
                const QRect about = hit->area.toAlignedRect().translated(stage->mapTo(&t.window(), QPoint(0, 0)));
                QVERIFY2(!about.intersects(card->geometry()), lab.id.c_str());
            }
            t.session().inspect(0);
            QVERIFY(!card->isVisible());
        }
    }

    void theCardTellsTheRuleAndStaysWhilePresenting()
    {
        WindowUnderTest t;
        t.click("fault-outage");
        t.window().action("until-3")->trigger();
        t.session().inspect(t.session().timeline().lastEvent());
        QVERIFY(!t.text("why-title").isEmpty());
        QVERIFY(!t.text("why-rule").isEmpty());
        t.window().presenter().setActive(true);
        t.session().inspect(t.session().timeline().lastEvent());
        QCoreApplication::processEvents();
        QVERIFY(t.find<QScrollArea>("why-card")->isVisible());
        t.window().presenter().setActive(false);
        t.click("why-close");
        QCOMPARE(t.session().inspected(), uint64_t(0));
    }

    void everyStageHasItsLegend()
    {
        WindowUnderTest t({1024, 640});
        auto *card = t.find<QScrollArea>("legend-card");
        for (const labs::Lab &lab : labs::catalog()) {
            t.session().openLab(lab);
            QVERIFY(!card->isVisible()); // that of another step is gone
            t.click("legend");
            QCoreApplication::processEvents();
            QVERIFY(card->isVisible());
            QVERIFY2(t.window().rect().contains(card->geometry()), lab.id.c_str());
            QString words;
            for (const QLabel *label : card->findChildren<QLabel *>())
                words += label->text();
            QVERIFY(words.contains(QString::fromStdString(lab.guide.simplified)));
            QVERIFY(words.contains(QStringLiteral("p99")));
        }
        t.click("legend");
        QVERIFY(!card->isVisible());
    }
};

REGISTER_TEST(WhyCardTest)
#include "why_card_test.moc"
