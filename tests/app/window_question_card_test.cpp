// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/asking.h"
#include "tests/register_test.h"

#include <QFrame>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using namespace tests::asking;
using tests::WindowUnderTest;

// A question is all in sight, whatever the window, the type and the question.
class WindowQuestionCardTest : public QObject {
    Q_OBJECT

private:
    static void expectAllOfTheCard(WindowUnderTest &t)
    {
        auto *veil = t.find<QWidget>("question-veil");
        auto *card = t.find<QFrame>("prediction");
        QVERIFY(veil->rect().contains(card->geometry()));
        for (const QWidget *part : card->findChildren<QWidget *>())
            if (part->isVisible() && !part->objectName().isEmpty()
                && !part->objectName().startsWith(QLatin1String("qt_"))) {
                const QRect inside(part->mapTo(card, QPoint(0, 0)), part->size());
                QVERIFY2(card->rect().contains(inside), qPrintable(part->objectName()));
                QVERIFY2(part->parentWidget()->rect().contains(part->geometry()), qPrintable(part->objectName()));
                QVERIFY2(part->height() >= part->minimumSizeHint().height(), qPrintable(part->objectName()));
            }
    }

private slots:
    void everyCardFits_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::newRow("1024x640") << QSize(1024, 640) << 1.0;
        QTest::newRow("1280x800") << QSize(1280, 800) << 1.0;
        QTest::newRow("1280x800 at 1.5") << QSize(1280, 800) << 1.5;
        QTest::newRow("1920x1080 at 2") << QSize(1920, 1080) << 2.0;
    }

    void everyCardFits()
    {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        WindowUnderTest t(size);
        t.window().appearance().setTextScale(scale);
        for (const auto asked : {askForTime, askForNumber, askForChoice}) {
            QVERIFY(asked(t));
            expectAllOfTheCard(t);
            t.session().skipQuestion();
        }
    }

    // In front of a hall every question of every step, as wide as its type is large.
    void everyCardFitsTheHall()
    {
        for (const labs::Lab &lab : labs::catalog()) {
            WindowUnderTest t({1920, 1080});
            t.session().openLab(lab);
            t.window().presenter().setActive(true);
            t.window().resize(1920, 1080); // as large as a screen in a hall, whatever the one here is
            for (size_t page = 0; page < lab.guide.beats.size(); ++page) {
                while (t.session().guide().beat() < page)
                    t.session().nextBeat();
                if (lab.guide.beats[page].questions.empty())
                    continue;
                t.session().setSpeed(50);
                t.session().setPlaying(true);
                for (int i = 0; i < 600 && t.session().playing(); ++i)
                    t.session().tick(100ms);
                if (stage(t) != Stage::Asked)
                    continue;
                for (int i = 0; i < 4; ++i)
                    QCoreApplication::processEvents();
                expectAllOfTheCard(t);
                QVERIFY2(!QTest::currentTestFailed(), lab.guide.beats[page].title.c_str());
                t.session().skipQuestion();
            }
        }
    }
};

REGISTER_TEST(WindowQuestionCardTest)
#include "window_question_card_test.moc"
