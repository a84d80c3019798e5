// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"
#include "labs/kit/play.h"
#include "tests/app/asking.h"
#include "tests/register_test.h"
#include "widgets/stage/stage.h"
#include "widgets/time/time_panel.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;
using namespace tests::asking;

// "Predict, then run", on the stage of the real window.
class WindowQuestionsTest : public QObject {
    Q_OBJECT

private slots:
    void isAskedOnTheStageAndWaits()
    {
        WindowUnderTest t;
        auto *veil = t.find<QWidget>("question-veil");
        auto *card = t.find<QFrame>("prediction");
        QVERIFY(!veil->isVisible());
        QVERIFY(askForChoice(t));
        QVERIFY(veil->isVisible() && card->isVisible());
        const auto *shown = t.find<QWidget>("stage");
        QVERIFY(veil->rect().contains(QRect(shown->mapTo(veil->parentWidget(), QPoint()), shown->size())));
        QVERIFY(std::abs(card->geometry().center().x() - veil->rect().center().x()) <= 1);
        QVERIFY(veil->rect().contains(card->geometry()));
        QVERIFY(!t.session().playing());
        t.key(Qt::Key_Space); // no way round it
        QVERIFY(!t.session().playing());
        // What lies below the veil is not clicked.
        const auto journal = t.session().timeline().journal();
        for (int x = 5; x < veil->width(); x += 37)
            for (int y = 5; y < veil->height(); y += 41)
                if (!card->geometry().contains(x, y))
                    QTest::mouseClick(veil, Qt::LeftButton, {}, QPoint(x, y));
        QVERIFY(t.session().timeline().journal() == journal);
        QCOMPARE(t.session().inspected(), uint64_t{0});
    }

    void nothingMovesWhenItComesAndGoes()
    {
        WindowUnderTest t;
        const QRect before = t.find<QWidget>("stage")->geometry();
        const QRect guide = t.find<QWidget>("guide")->geometry();
        QVERIFY(askForTime(t));
        QCOMPARE(t.find<QWidget>("stage")->geometry(), before);
        QCOMPARE(t.find<QWidget>("guide")->geometry(), guide);
        give(t, 20);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        QCOMPARE(t.find<QWidget>("stage")->geometry(), before);
        QCOMPARE(t.find<QWidget>("guide")->geometry(), guide);
    }
    void whatTellsTheAnswerIsCovered()
    {
        WindowUnderTest t;
        t.key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(askForTime(t));
        QCOMPARE(t.find<QLabel>("scenario-description")->property("role").toString(), QStringLiteral("covered"));
        QVERIFY(!t.find<QWidget>("log")->isVisible());
        // The heading of the stage is not to be seen: what is painted there does not depend on it.
        auto *veil = t.find<QWidget>("question-veil");
        const QRect heading(4, 4, veil->width() / 3, 30);
        const QImage covered =
            t.window().grab(QRect(veil->mapTo(&t.window(), heading.topLeft()), heading.size())).toImage();
        const QRgb ground = t.window().appearance().theme().card.rgb();
        QVERIFY(t.window().appearance().theme().failed.text.rgb() != ground);
        for (int x = 0; x < covered.width(); ++x)
            for (int y = 0; y < covered.height(); ++y)
                QVERIFY(covered.pixel(x, y) != t.window().appearance().theme().failed.text.rgb());
        give(t, 20);
        QCOMPARE(t.find<QLabel>("scenario-description")->property("role").toString(), QStringLiteral("quiet"));
        QVERIFY(t.find<QWidget>("log")->isVisible());
    }

    void aChoiceIsLockedAndTheVerdictFoldsIntoALine()
    {
        WindowUnderTest t;
        QVERIFY(askForChoice(t));
        const auto *question = t.session().prediction().question();
        t.key(Qt::Key_1);
        QCOMPARE(stage(t), Stage::Locked);
        QVERIFY(t.session().playing());
        QVERIFY(!t.find<QWidget>("question-veil")->isVisible());
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 120));
        QVERIFY(!t.session().prediction().wasRight());
        auto *verdict = t.find<QFrame>("verdict");
        QVERIFY(verdict->isVisible());
        const QString text = t.text("prediction-verdict");
        QVERIFY2(text.contains(QString::fromStdString(question->choices[0].text))
                     && text.contains(QString::fromStdString(question->choices[0].whyNot)),
                 qPrintable(text));
        t.session().setPlaying(false);
        t.play(4900);
        QVERIFY(verdict->isVisible());
        t.play(200);
        QVERIFY(!verdict->isVisible());
        QVERIFY(!t.window().clock().isRunning());
        const std::string id = question->id;
        QVERIFY(t.text(("given-" + id).c_str()).contains(QString::fromStdString(question->choices[0].text)));
        t.click(("fold-" + id).c_str());
        const QString whole = t.text(("verdict-" + id).c_str());
        for (size_t i = 0; i < question->choices.size(); ++i)
            if (double(i) != t.session().prediction().truth().value)
                QVERIFY2(whole.contains(QString::fromStdString(question->choices[i].whyNot)), qPrintable(whole));
    }

    void aMomentIsPlacedOnTheTimeAxis()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        auto *panel = t.find<widgets::TimePanel>("time-panel");
        const auto &axis = panel->picture().axis;
        const Time now = t.session().now();
        const auto press = [&](Time at) { return QPoint(int(std::lround(axis.x(at))), panel->height() / 2); };
        QTest::mousePress(panel, Qt::LeftButton, {}, press(at(20s)));
        QTest::mouseMove(panel, press(at(18s)));
        QTest::mouseRelease(panel, Qt::LeftButton, {}, press(at(18s)));
        QCOMPARE(t.session().now(), now);
        const double pixel = toSeconds(axis.span()) / axis.width();
        QVERIFY(std::abs(t.session().prediction().draft().value_or(0) - 18) < pixel + 0.05);
        QCOMPARE(t.find<QLineEdit>("prediction-number")->text().toDouble(), *t.session().prediction().draft());
        // Looking back stays possible, and what was placed stays.
        QTest::mouseClick(panel, Qt::LeftButton, {}, press(at(8s)));
        QVERIFY(t.session().now() < now);
        QCOMPARE(stage(t), Stage::Asked);
        t.key(Qt::Key_Return);
        QCOMPARE(stage(t), Stage::Locked);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        QVERIFY(t.session().prediction().truth().value > 18.3);
        QVERIFY(t.find<QWidget>("prediction-flags")->isVisible());
    }

    void aMomentCanBeTyped()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        auto *box = t.find<QLineEdit>("prediction-number");
        QVERIFY(box->hasFocus());
        QTest::keyClicks(box, QStringLiteral("18.6"));
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(stage(t), Stage::Locked);
        QCOMPARE(t.session().prediction().given(), 18.6);
        QVERIFY(t.find<QWidget>("stage")->hasFocus()); // and Space plays again
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        QVERIFY(t.session().prediction().wasRight());
        QVERIFY(t.text("prediction-verdict").contains(QStringLiteral("as you said")));
    }

    // A key that was on its way when the card came was meant for something else.
    void whatIsTypedAsItComesDoesNotAnswer_data()
    {
        QTest::addColumn<QByteArray>("lab");
        QTest::addColumn<size_t>("page");
        QTest::addColumn<int>("key");
        QTest::newRow("time") << QByteArray("circuit-breaker") << size_t{3} << int(Qt::Key_Return);
        QTest::newRow("number") << QByteArray("rate-limiter") << size_t{0} << int(Qt::Key_Return);
        QTest::newRow("choice") << QByteArray("bulkhead") << size_t{1} << int(Qt::Key_1);
    }
    void whatIsTypedAsItComesDoesNotAnswer()
    {
        QFETCH(QByteArray, lab);
        QFETCH(size_t, page);
        QFETCH(int, key);
        WindowUnderTest t;
        QVERIFY(open(t, lab.constData(), page));
        for (int waited = 0; waited < milliseconds(app::Prediction::kReading); waited += 50) {
            t.key(Qt::Key_2);
            if (waited > 0)
                t.key(Qt::Key(key));
            QCOMPARE(stage(t), Stage::Asked);
            QVERIFY(!t.session().prediction().draft());
            QCOMPARE(t.find<QLineEdit>("prediction-number")->text(), QString());
            t.play(50);
        }
        if (key == Qt::Key_Return)
            QTest::keyClicks(t.find<QLineEdit>("prediction-number"),
                             page == 0 ? QStringLiteral("8") : QStringLiteral("20"));
        t.key(Qt::Key(key));
        QCOMPARE(stage(t), Stage::Locked);
        t.session().setPlaying(false);
        t.play(50);
        QVERIFY(!t.window().clock().isRunning());
    }

    // Many a digit is followed by Return; it must not break what happens to be marked on the stage.
    void returnAfterAQuestionBreaksNothing_data()
    {
        QTest::addColumn<bool>("skipped");
        QTest::newRow("answered") << false;
        QTest::newRow("skipped") << true;
    }
    void returnAfterAQuestionBreaksNothing()
    {
        QFETCH(bool, skipped);
        WindowUnderTest t;
        QVERIFY(askForChoice(t));
        auto *onStage = t.find<widgets::Stage>("stage");
        // On whatever can be marked.
        for (int i = 0; i < 12; ++i) {
            onStage->setFocus(Qt::OtherFocusReason);
            QTest::keyClick(onStage, Qt::Key_Tab);
            QSignalSpy asked(onStage, &widgets::Stage::targetClicked);
            QTest::keyClick(onStage, Qt::Key_Return); // below the veil
            QCOMPARE(asked.size(), 0);
        }
        onStage->setFocus(Qt::OtherFocusReason);
        if (skipped)
            t.session().skipQuestion();
        else
            t.key(Qt::Key_2);
        QVERIFY(stage(t) != Stage::Asked);
        QVERIFY(t.session().playing());
        QSignalSpy clicked(onStage, &widgets::Stage::targetClicked);
        const auto journal = t.session().timeline().journal();
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
            t.key(key);
            QVERIFY(t.session().playing());
            QVERIFY(t.session().timeline().journal() == journal);
        }
        QCOMPARE(clicked.size(), 0);
        QTest::keyClick(onStage, Qt::Key_Down);
        QTest::keyClick(onStage, Qt::Key_Return);
        QCOMPARE(clicked.size(), 1);
    }

    void aNumberIsCounted()
    {
        WindowUnderTest t;
        QVERIFY(askForNumber(t));
        auto *row = t.find<QWidget>("prediction-count");
        QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(row->width() - 4, row->height() / 2));
        QCOMPARE(t.session().prediction().draft(), std::optional(t.session().prediction().question()->most));
        QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(2, row->height() / 2));
        QCOMPARE(t.session().prediction().draft(), std::optional(0.0));
        auto *box = t.find<QLineEdit>("prediction-number");
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, QStringLiteral("8"));
        QTest::keyClick(box, Qt::Key_Return);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        QVERIFY(!t.session().prediction().wasRight());
        QVERIFY2(t.text("prediction-verdict").contains(QStringLiteral("You said 8, it was 5")),
                 qPrintable(t.text("prediction-verdict")));
    }

    void askedOnItsPageAndOnNoOther()
    {
        WindowUnderTest t;
        for (const labs::Lab &lab : labs::catalog()) {
            t.session().openLab(lab);
            for (const auto &scenario : lab.scenarios) {
                t.session().openScenario(scenario);
                const labs::Beat *page = t.session().onGuide() ? &lab.guide.beats[t.session().guide().beat()] : nullptr;
                t.session().setSpeed(50);
                t.session().setPlaying(true);
                for (int i = 0; i < 60 && t.session().needsTicks(); ++i) {
                    t.session().tick(100ms);
                    if (stage(t) != Stage::Asked)
                        continue;
                    const auto *question = t.session().prediction().question();
                    QVERIFY2(page
                                 && std::find(page->questions.begin(), page->questions.end(), question->id)
                                        != page->questions.end(),
                             qPrintable(QString::fromStdString(question->id + " in " + scenario->name)));
                    t.session().skipQuestion();
                }
            }
        }
    }

    void aSkippedOneIsNotAskedAgainInThisRun()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        const auto *question = t.session().prediction().question();
        t.click("prediction-close");
        QVERIFY(t.session().playing());
        t.click("to-start");
        t.key(Qt::Key_Space);
        QVERIFY(!t.playUntil([&] { return stage(t) == Stage::Asked; }, 60));
        // Seen already, so it is not asked by a run of the same seed; another one may ask.
        t.key(Qt::Key_R, Qt::ControlModifier);
        t.key(Qt::Key_Space);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Asked; }, 60));
        QCOMPARE(t.session().prediction().question(), question);
    }

    void anAnswerSurvivesARestartAndCanBeAskedForAgain()
    {
        WindowUnderTest t;
        QVERIFY(askForNumber(t));
        const std::string id = t.session().prediction().question()->id;
        t.session().answer(5);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        const auto again = t.restart();
        app::Session &session = again->session();
        QCOMPARE(session.answers().at(id).given, std::string("5"));
        QVERIFY(session.answers().at(id).right);
        auto *line = again->findChild<QPushButton *>(QStringLiteral("again-") + QString::fromStdString(id));
        QVERIFY(line);
        line->click();
        QVERIFY(!session.answers().count(id));
    }

    void aChangedRunTakesThePredictionOff()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        give(t, 20);
        QCOMPARE(stage(t), Stage::Locked);
        t.click("fault-outage");
        QCOMPARE(stage(t), Stage::Void);
        QVERIFY(t.find<QFrame>("verdict")->isVisible());
        t.play(5200);
        QVERIFY(!t.find<QFrame>("verdict")->isVisible());
    }

    // The run is changed before the answer, or a change is taken back: it does not stand there without a word.
    void aQuestionThatIsChangedAwayLetsTheRunGoOn_data()
    {
        QTest::addColumn<bool>("byUndo");
        QTest::newRow("switched off") << false;
        QTest::newRow("undone") << true;
    }
    void aQuestionThatIsChangedAwayLetsTheRunGoOn()
    {
        QFETCH(bool, byUndo);
        WindowUnderTest t;
        t.click("fault-outage");
        t.key(Qt::Key_Space);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Asked; }, 20));
        QVERIFY(!t.session().playing());
        if (byUndo)
            t.key(Qt::Key_Z, Qt::ControlModifier);
        else
            t.click("fault-outage");
        QCOMPARE(stage(t), Stage::None);
        QVERIFY(!t.find<QWidget>("question-veil")->isVisible());
        QVERIFY(t.session().notice().contains("withdrawn"));
        QVERIFY(t.session().playing());
        const Time then = t.session().now();
        t.play(500);
        QVERIFY(t.session().now() > then);
    }
};

REGISTER_TEST(WindowQuestionsTest)
#include "window_questions_test.moc"
