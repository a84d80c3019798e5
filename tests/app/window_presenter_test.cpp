// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/tabular_label.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"
#include "widgets/stage/stage.h"

#include <QDialog>
#include <QLabel>
#include <QScreen>
#include <QTextBrowser>
#include <QTextTable>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;
using Stage = app::Prediction::Stage;

// In front of a hall, with keys alone.
class WindowPresenterTest : public QObject {
    Q_OBJECT

private:
    // The window has become as large as the screen, and everything in it has its place.
    static void settle()
    {
        for (int i = 0; i < 4; ++i)
            QCoreApplication::processEvents();
    }

private slots:
    void theStageAloneAndBack()
    {
        WindowUnderTest t;
        t.key(Qt::Key_F5);
        QVERIFY(t.window().presenter().isActive());
        for (const char *name : {"guide", "time-panel", "play"})
            QVERIFY2(!t.find<QWidget>(name)->isVisible(), name);
        QVERIFY(t.find<QWidget>("stage")->isVisible());
        QVERIFY(t.find<QWidget>("presenter-title")->isVisible());
        t.key(Qt::Key_1, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(t.world().services().front().fault(sim::FaultKind::Outage));
        t.key(Qt::Key_Escape);
        QVERIFY(!t.window().presenter().isActive());
        for (const char *name : {"guide", "time-panel", "play"})
            QVERIFY2(t.find<QWidget>(name)->isVisible(), name);
    }

    void typeGrowsWithTheScreen()
    {
        WindowUnderTest t;
        t.key(Qt::Key_F5);
        settle();
        const auto bodySize = [&] { return t.window().appearance().theme().font(widgets::TextSize::Body).pixelSize(); };
        QVERIFY(bodySize() >= t.window().height() * 0.03 - 0.5);
        for (const int height : {768, 1080, 2160}) {
            t.window().appearance().setPresenting(height);
            QVERIFY2(bodySize() >= height * 0.03 - 0.5, qPrintable(QString::number(bodySize())));
            QVERIFY(t.find<widgets::Stage>("stage")->theme() == t.window().appearance().theme());
        }
        t.key(Qt::Key_Escape);
        QCOMPARE(t.window().appearance().theme().scale, 1.0);
    }

    void pageDownPlaysToWhatThePageIsAbout()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.session().openLab(*labs::labWithId("rate-limiter"));
        t.key(Qt::Key_F5);
        t.key(Qt::Key_PageDown); // this page first: nothing has been played
        QCOMPARE(t.session().guide().beat(), size_t{0});
        QVERIFY(t.session().playing());
        QVERIFY(t.playUntil([&] { return !t.session().playing(); }, 60));
        QVERIFY(t.session().guide().isOver(t.session().lab(), t.session().goals()));
        t.key(Qt::Key_PageDown);
        QCOMPARE(t.session().guide().beat(), size_t{1});
        QCOMPARE(t.session().scenario().name, std::string("window-edge"));
        QVERIFY(t.session().playing());
        t.key(Qt::Key_PageUp);
        QCOMPARE(t.session().guide().beat(), size_t{0});
        QVERIFY(!t.session().playing());
    }

    void aQuestionIsAskedOnThePictureAndNothingMoves()
    {
        WindowUnderTest t;
        t.session().openLab(*labs::labWithId("rate-limiter"));
        t.key(Qt::Key_F5);
        settle();
        const QRect before = t.find<QWidget>("stage")->geometry();
        t.key(Qt::Key_PageDown);
        QVERIFY(t.playUntil([&] { return t.session().prediction().stage() == Stage::Asked; }, 60));
        QVERIFY(t.find<QWidget>("prediction")->isVisible());
        QCOMPARE(t.find<QWidget>("stage")->geometry(), before);
        // The mouse works.
        auto *discs = t.find<QWidget>("prediction-count");
        QTest::mouseClick(discs, Qt::LeftButton, {}, discs->rect().center());
        QTest::mouseClick(t.find<QWidget>("prediction-answer"), Qt::LeftButton);
        QCOMPARE(t.session().prediction().stage(), Stage::Locked);
        QVERIFY(t.playUntil([&] { return t.session().prediction().stage() == Stage::Shown; }, 60));
        QCOMPARE(t.find<QWidget>("stage")->geometry(), before);
        t.play(6000);
        QCOMPARE(t.find<QWidget>("stage")->geometry(), before);
    }

    void backIsToWhereThePageBegan()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        const labs::Lab &lab = t.session().lab();
        // Two pages of one run.
        size_t page = 0;
        while (labs::scenarioOf(lab.guide, page) != labs::scenarioOf(lab.guide, page + 1))
            ++page;
        QVERIFY(page + 2 < lab.guide.beats.size());
        while (t.session().guide().beat() < page)
            t.session().nextBeat();
        t.key(Qt::Key_F5);
        t.key(Qt::Key_PageDown);
        t.play(3000);
        const uint64_t run = t.session().run();
        t.key(Qt::Key_PageDown);
        QCOMPARE(t.session().guide().beat(), page + 1);
        QCOMPARE(t.session().run(), run);
        const Time began = t.session().now();
        QVERIFY(began > kTimeZero);
        t.play(2000);
        t.key(Qt::Key_PageUp);
        QCOMPARE(t.session().guide().beat(), page);
        QCOMPARE(t.session().run(), run);
        QCOMPARE(t.session().now(), kTimeZero);
        QVERIFY(!t.session().playing());
        t.key(Qt::Key_PageDown); // and there again
        QCOMPARE(t.session().guide().beat(), page + 1);
        QCOMPARE(t.session().now(), began);
        QVERIFY(t.session().playing());
    }

    void escapeClosesTheCardFirst()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.key(Qt::Key_F5);
        t.key(Qt::Key_PageDown);
        t.play(3000);
        t.session().inspect(t.session().timeline().lastEvent());
        QVERIFY(t.find<QWidget>("why-card")->isVisible());
        t.key(Qt::Key_Escape);
        QVERIFY(!t.find<QWidget>("why-card")->isVisible());
        QVERIFY(t.window().presenter().isActive());
        t.key(Qt::Key_Escape);
        QVERIFY(!t.window().presenter().isActive());
        t.click("legend");
        QVERIFY(t.find<QWidget>("legend-card")->isVisible());
        t.key(Qt::Key_Escape);
        QVERIFY(!t.find<QWidget>("legend-card")->isVisible());
    }

    // Where sides are compared it is the count of one of them, as in the window.
    void itCountsWhatTheWindowCounts()
    {
        WindowUnderTest t({1920, 1080});
        t.session().setAsking(false);
        t.session().openLab(*labs::labWithId("rate-limiter"));
        t.session().seek(at(3s));
        const auto counted = [&] { return t.find<app::TabularLabel>("counters")->text(); };
        const QString usual = counted();
        QVERIFY2(usual.startsWith(QStringLiteral("token-bucket: offered")), qPrintable(usual));
        t.key(Qt::Key_F5);
        QCOMPARE(t.find<app::TabularLabel>("presenter-counters")->text(), usual);
    }

    void theKeysFitTheScreenAndEachSaysWhatItDoes_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("F1") << Qt::Key_F1;
        QTest::newRow("?") << Qt::Key_Question;
    }
    void theKeysFitTheScreenAndEachSaysWhatItDoes()
    {
        QFETCH(Qt::Key, key);
        WindowUnderTest t({1920, 1080});
        t.window().appearance().setPresenting(1080);
        // Said by the offscreen platform of every dialog that has a smallest size.
        QTest::ignoreMessage(QtWarningMsg, "This plugin does not support propagateSizeHints()");
        t.key(key);
        const auto *dialog = t.find<QDialog>("shortcuts-dialog");
        QVERIFY(dialog && dialog->isVisible());
        const QSize screen = t.window().screen()->availableSize();
        QVERIFY(dialog->height() <= screen.height() * 0.85 + 1 && dialog->width() <= screen.width() * 0.85 + 1);
        auto *text = dialog->findChild<QTextBrowser *>();
        const auto *table = text->document()->rootFrame()->childFrames().value(0);
        const auto *rows = qobject_cast<const QTextTable *>(table);
        QVERIFY(rows && rows->rows() > 30);
        const auto cell = [&](int row, int column) {
            return rows->cellAt(row, column).firstCursorPosition().block().text();
        };
        for (int row = 0; row < rows->rows(); ++row)
            for (const int column : {0, 1})
                QVERIFY2(!cell(row, column).isEmpty(), qPrintable(QString::number(row)));
        QCOMPARE(cell(0, 0), QStringLiteral("Present"));
        const QString all = text->toPlainText();
        QVERIFY(all.contains(QStringLiteral("Why?")));
        QVERIFY(all.indexOf(QStringLiteral("Black screen")) < all.indexOf(QStringLiteral("Play or pause")));
    }

    void theChartComesByAKey()
    {
        WindowUnderTest t;
        t.key(Qt::Key_F5);
        t.key(Qt::Key_C);
        QVERIFY(t.find<QWidget>("time-panel")->isVisible());
        QVERIFY(!t.find<QWidget>("play")->isVisible());
        t.key(Qt::Key_C);
        QVERIFY(!t.find<QWidget>("time-panel")->isVisible());
    }

    void theScreenGoesBlack()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.key(Qt::Key_B);
        QVERIFY(!t.window().presenter().isBlack()); // only in front of a hall
        t.key(Qt::Key_F5);
        t.key(Qt::Key_Space);
        t.key(Qt::Key_B);
        QVERIFY(!t.session().playing());
        const QImage screen = t.window().grab().toImage();
        for (int x = 0; x < screen.width(); x += 97)
            for (int y = 0; y < screen.height(); y += 89)
                QCOMPARE(screen.pixelColor(x, y), QColor(Qt::black));
        t.key(Qt::Key_B);
        QVERIFY(!t.window().presenter().isBlack());
        t.key(Qt::Key_B);
        t.key(Qt::Key_PageDown); // gives the picture back, and no more than that
        QVERIFY(!t.window().presenter().isBlack());
        QVERIFY(!t.session().playing());
    }

    void theMouseWorks()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.key(Qt::Key_F5);
        QCoreApplication::processEvents();
        auto *stage = t.find<widgets::Stage>("stage");
        const auto *service = widgets::findHit(stage->picture()->hits(), widgets::targets::Service{0});
        QVERIFY(service);
        QTest::mouseClick(stage, Qt::LeftButton, {}, service->area.center().toPoint());
        QVERIFY(t.world().services().front().fault(sim::FaultKind::Outage));
    }

    // Held down, its key would pile up windows.
    void helpIsOneWindow()
    {
        WindowUnderTest t;
        const auto dialogs = [&] { return t.window().findChildren<QDialog *>(); };
        for (int i = 0; i < 4; ++i) {
            for (int help = 0; i % 2 == 0 && help < 3; ++help)
                QTest::ignoreMessage(QtWarningMsg, "This plugin does not support propagateSizeHints()");
            for (const char *help : {"keys", "simplified", "about"})
                t.window().action(help)->trigger();
            QCOMPARE(dialogs().size(), 3);
            for (QDialog *dialog : dialogs()) {
                QVERIFY(dialog->isVisible());
                if (i % 2)
                    dialog->close();
            }
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            QCOMPARE(dialogs().size(), i % 2 ? 0 : 3);
        }
    }
};

REGISTER_TEST(WindowPresenterTest)
#include "window_presenter_test.moc"
