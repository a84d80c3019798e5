// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/world/knobs.h"
#include "tests/app/asking.h"
#include "tests/register_test.h"
#include "widgets/time/time_panel.h"

#include <QLabel>
#include <QPushButton>

#include <cmath>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;
using namespace tests::asking;

// What is asked for begins empty: whatever stood there would be a hint.
class WindowAnswerTest : public QObject {
    Q_OBJECT

private:
    static bool canAnswer(WindowUnderTest &t) { return t.find<QPushButton>("prediction-answer")->isEnabled(); }

private slots:
    void nothingStandsThere_data()
    {
        QTest::addColumn<bool>("time");
        QTest::newRow("a time") << true;
        QTest::newRow("a number") << false;
    }
    void nothingStandsThere()
    {
        QFETCH(bool, time);
        WindowUnderTest t;
        QVERIFY(time ? askForTime(t) : askForNumber(t));
        auto *field = t.find<QLineEdit>("prediction-number");
        QVERIFY(field->hasFocus());
        QCOMPARE(field->text(), QString());
        const QString range = field->placeholderText();
        QVERIFY2(QRegularExpression(QStringLiteral("^[0-9.]+ to [0-9.]+( s)?$")).match(range).hasMatch(),
                 qPrintable(range));
        QCOMPARE(range.endsWith(QStringLiteral(" s")), time);
        QVERIFY(!canAnswer(t));
        t.click("prediction-answer");
        t.key(Qt::Key_Return);
        QCOMPARE(stage(t), Stage::Asked);
        QVERIFY(!t.session().prediction().draft());
        // Typed, taken back, typed again.
        QTest::keyClicks(field, time ? QStringLiteral("18.5") : QStringLiteral("5"));
        QVERIFY(canAnswer(t));
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(field, Qt::Key_Delete);
        QVERIFY(!canAnswer(t));
        QVERIFY(!t.session().prediction().draft());
        QTest::keyClicks(field, QStringLiteral("999"));
        QVERIFY(!canAnswer(t)); // beyond the range
        t.key(Qt::Key_Return);
        QCOMPARE(stage(t), Stage::Asked);
        field->clear();
        QTest::keyClicks(field, time ? QStringLiteral("19,5") : QStringLiteral("4"));
        t.key(Qt::Key_Return);
        QCOMPARE(stage(t), Stage::Locked);
        QCOMPARE(t.session().prediction().given(), time ? 19.5 : 4.0);
    }

    void aClickOnTheAxisPlacesIt()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        auto *panel = t.find<widgets::TimePanel>("time-panel");
        QTest::mouseClick(panel, Qt::LeftButton, {},
                          QPoint(int(std::lround(panel->picture().axis.x(at(19s)))), panel->height() / 2));
        QVERIFY(canAnswer(t));
        QCOMPARE(t.find<QLineEdit>("prediction-number")->text().toDouble(), *t.session().prediction().draft());
        t.click("prediction-answer");
        QCOMPARE(stage(t), Stage::Locked);
    }

    void typingTakesThePlaceOfWhatWasPlaced()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        auto *panel = t.find<widgets::TimePanel>("time-panel");
        QTest::mouseClick(panel, Qt::LeftButton, {},
                          QPoint(int(std::lround(panel->picture().axis.x(at(19s)))), panel->height() / 2));
        auto *field = t.find<QLineEdit>("prediction-number");
        QVERIFY(!field->text().isEmpty());
        QTest::mouseClick(field, Qt::LeftButton, {}, field->rect().center());
        QTest::keyClicks(field, QStringLiteral("21.5"));
        QCOMPARE(field->text(), QStringLiteral("21.5"));
        t.key(Qt::Key_Return);
        QCOMPARE(t.session().prediction().given(), 21.5);
    }

    void skippedByTheKeysAlone()
    {
        WindowUnderTest t;
        QVERIFY(askForChoice(t));
        t.find<QPushButton>("prediction-close")->setFocus(Qt::TabFocusReason);
        t.key(Qt::Key_Return);
        QVERIFY(stage(t) != Stage::Asked);
    }

    // In front of a hall Esc leaves the question alone, and only then the presentation.
    void escSkipsBeforeItLeaves()
    {
        WindowUnderTest t;
        t.session().setAsking(true);
        t.key(Qt::Key_F5);
        QVERIFY(askForTime(t));
        t.key(Qt::Key_Escape);
        QVERIFY(stage(t) != Stage::Asked);
        QVERIFY(t.window().presenter().isActive());
        t.key(Qt::Key_Escape);
        QVERIFY(!t.window().presenter().isActive());
    }

    void noneOfThemIsAnAnswerToo()
    {
        WindowUnderTest t;
        QVERIFY(askForNumber(t));
        auto *discs = t.find<QWidget>("prediction-count");
        QTest::mouseClick(discs, Qt::LeftButton, {}, QPoint(2, discs->height() / 2));
        QVERIFY(canAnswer(t));
        QCOMPARE(t.find<QLineEdit>("prediction-number")->text(), QStringLiteral("0"));
    }

    void arrowsCountFromTheLeast()
    {
        WindowUnderTest t;
        QVERIFY(askForNumber(t));
        auto *field = t.find<QLineEdit>("prediction-number");
        t.key(Qt::Key_Down); // from nothing
        QVERIFY(!canAnswer(t));
        for (const char *expected : {"0", "1", "2"}) {
            t.key(Qt::Key_Up);
            QCOMPARE(field->text(), QString::fromLatin1(expected));
        }
        t.key(Qt::Key_Down);
        QCOMPARE(field->text(), QStringLiteral("1"));
        QVERIFY(canAnswer(t));
    }

    void otherKeysAreStillTheWindows()
    {
        WindowUnderTest t;
        t.session().setAsking(true);
        t.key(Qt::Key_F5);
        QVERIFY(askForTime(t));
        auto *field = t.find<QLineEdit>("prediction-number");
        QVERIFY(field->hasFocus());
        QVERIFY(!t.find<QWidget>("time-panel")->isVisible());
        t.key(Qt::Key_C);
        QVERIFY(t.find<QWidget>("time-panel")->isVisible());
        t.key(Qt::Key_B);
        QVERIFY(t.window().presenter().isBlack());
        t.key(Qt::Key_B);
        QCOMPARE(field->text(), QString());
        QCOMPARE(stage(t), Stage::Asked);
    }

    // It speaks of nothing that is not there: with the charts away it is typed, and what the knobs are at is told.
    void theHintSpeaksOfWhatIsOnTheScreen()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        const auto *wait = &sim::knobs()[*sim::knobNamed("open_duration")];
        const QString label = QString::fromLatin1(wait->label);
        QVERIFY(t.text("prediction-hint").contains(QStringLiteral("Click on the time axis")));
        QVERIFY(!t.text("prediction-hint").contains(label));
        t.key(Qt::Key_F5);
        QVERIFY(!t.text("prediction-hint").contains(QStringLiteral("Click on")));
        QVERIFY(t.text("prediction-hint").contains(QStringLiteral("press C")));
        QVERIFY2(t.text("prediction-hint").contains(label + QStringLiteral(": 5.0 s")),
                 qPrintable(t.text("prediction-hint")));
        t.key(Qt::Key_C);
        QVERIFY(t.text("prediction-hint").contains(QStringLiteral("Click on the time axis")));
        t.key(Qt::Key_F5);
        QVERIFY(!t.text("prediction-hint").contains(label));
    }
};

REGISTER_TEST(WindowAnswerTest)
#include "window_answer_test.moc"
