// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/asking.h"
#include "tests/register_test.h"
#include "widgets/stage/stage.h"

#include <QFrame>
#include <QtTest>

#include <limits>
#include <string_view>

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
        QVERIFY2(veil->rect().contains(card->geometry()), qPrintable(t.text("prediction-prompt")));
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

    // To the page of a question and on to its moment; where everything is done by hand, by what the solution does.
    static bool goTo(WindowUnderTest &t, const labs::Lab &lab, const labs::Question &question)
    {
        app::Session &session = t.session();
        const auto names = [&](const labs::Beat &beat) {
            return std::find(beat.questions.begin(), beat.questions.end(), question.id) != beat.questions.end();
        };
        session.openLab(lab);
        while (session.guide().beat() > 0)
            session.previousBeat();
        while (!names(lab.guide.beats[session.guide().beat()]))
            session.nextBeat();
        const auto scenario = lab.scenario(session.scenario().name);
        sim::Journal journal = scenario->script;
        for (const labs::Lab::Solution &solution : lab.solutions)
            if (scenario->script.empty() && solution.scenario == scenario->name)
                for (const sim::JournalEntry &entry : solution.steps)
                    journal.insert(entry);
        session.openRun(lab, sim::Timeline(scenario, scenario->seed, journal));
        session.setSpeed(50);
        session.setPlaying(true);
        for (int i = 0; i < 600 && session.needsTicks(); ++i) {
            session.tick(100ms);
            if (stage(t) == Stage::Asked && session.prediction().question() != &question)
                session.skipQuestion();
        }
        for (int i = 0; i < 4; ++i)
            QCoreApplication::processEvents();
        return stage(t) == Stage::Asked && session.prediction().question() == &question;
    }

    // Where the stage has what is asked about.
    static QRect spotOf(WindowUnderTest &t)
    {
        const auto *shown = t.find<widgets::Stage>("stage");
        const labs::Spot &spot = t.session().prediction().question()->about;
        const widgets::StageTarget target =
            spot.kind == labs::Spot::Kind::Client    ? widgets::StageTarget(widgets::targets::Client{spot.index})
            : spot.kind == labs::Spot::Kind::Service ? widgets::StageTarget(widgets::targets::Service{spot.index})
            : spot.kind == labs::Spot::Kind::State   ? widgets::StageTarget(widgets::targets::StateBubble{spot.state})
                                                     : widgets::StageTarget{};
        const auto *hit = target ? widgets::findHit(shown->picture()->hits(), target) : nullptr;
        return hit ? hit->area.toAlignedRect() : QRect();
    }

    // How much of the spot a card of that size covers at the best of all places below the heading.
    static int leastCovered(QSize card, const QRect &room, const QRect &spot)
    {
        int least = std::numeric_limits<int>::max();
        for (int x = room.left(); x + card.width() <= room.right() + 1; x += 2)
            for (int y = room.top(); y + card.height() <= room.bottom() + 1; y += 2) {
                const QRect both = QRect(QPoint(x, y), card).intersected(spot);
                least = std::min(least, both.width() * both.height());
            }
        return least;
    }

private slots:
    void theCardStandsBesideWhatItAsksAbout_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(1280, 800), QSize(1024, 640)})
            for (const labs::Lab &lab : labs::catalog())
                QTest::addRow("%s %d", lab.id.c_str(), size.width()) << size;
    }

    void theCardStandsBesideWhatItAsksAbout()
    {
        QFETCH(QSize, size);
        const std::string_view id = QTest::currentDataTag();
        const labs::Lab &lab = *labs::labWithId(std::string(id.substr(0, id.find(' '))));
        WindowUnderTest t(size);
        for (const labs::Question &question : lab.questions) {
            QVERIFY2(goTo(t, lab, question), question.id.c_str());
            const QRect card = t.find<QFrame>("prediction")->geometry();
            const QRect spot = spotOf(t);
            const QRect both = card.intersected(spot);
            auto *veil = t.find<QWidget>("question-veil");
            QVERIFY2(veil->rect().contains(card), question.id.c_str());
            const QRect room = veil->rect().adjusted(16, card.top() < 70 ? card.top() : 70, -16, -16);
            const int covered = both.width() * both.height();
            QVERIFY2(covered == 0 || covered <= leastCovered(card.size(), room, spot), question.id.c_str());
            if (covered > 0)
                qInfo("%s covers %d of %d", question.id.c_str(), covered, spot.width() * spot.height());
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

    // Between opening another step and its first frame the parts get their places.
    void aQuestionThatIsNoMoreIsNotLookedUp()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        auto *card = t.find<QWidget>("stage-card");
        {
            const QSignalBlocker noFrame(&t.session());
            t.session().openLab(labs::catalog().back());
            card->resize(card->size() + QSize(10, 10));
            t.find<QWidget>("question-veil")->repaint();
        }
        t.session().inspect(0);
        QVERIFY(t.find<QWidget>("question-veil")->isHidden());
    }
};

REGISTER_TEST(WindowQuestionCardTest)
#include "window_question_card_test.moc"
