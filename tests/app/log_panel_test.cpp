// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/log_panel.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;

class LogPanelTest : public QObject {
    Q_OBJECT

private slots:
    // Each time the bar's range changes, its size and that of the text are worked out: not once for each of 400 lines.
    void manyLinesAreOneChange()
    {
        WindowUnderTest t;
        t.window().appearance().setLogVisible(true);
        t.session().openLab(*labs::labWithId("capstone"));
        QCoreApplication::processEvents();
        auto *log = t.find<QPlainTextEdit>("log");
        const QSignalSpy changes(log->verticalScrollBar(), &QScrollBar::rangeChanged);
        t.session().seek(at(60s));
        QCoreApplication::processEvents();
        QCOMPARE(log->blockCount(), app::LogPanel::kMostLines);
        QVERIFY2(changes.count() <= 4, qPrintable(QString::number(changes.count())));
        const auto *bar = log->verticalScrollBar();
        QVERIFY(bar->isVisible() && bar->maximum() > 0);
        QCOMPARE(bar->value(), bar->maximum());
    }

    // What is added frame by frame is what is read in one go.
    void itsWordsDoNotDependOnTheFrames()
    {
        WindowUnderTest one;
        WindowUnderTest other;
        for (WindowUnderTest *t : {&one, &other}) {
            t->window().appearance().setLogVisible(true);
            t->session().openLab(*labs::labWithId("bulkhead"));
        }
        one.session().seek(at(20s));
        for (int i = 1; i <= 200; ++i)
            other.session().seek(at(i * 100ms));
        const auto words = [](WindowUnderTest &t) { return t.find<QPlainTextEdit>("log")->toPlainText(); };
        QVERIFY(words(one).count(u'\n') > 50);
        QCOMPARE(words(other), words(one));
    }
};

REGISTER_TEST(LogPanelTest)
#include "log_panel_test.moc"
