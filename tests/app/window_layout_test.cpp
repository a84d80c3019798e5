// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/proportions.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"
#include "widgets/time/time_panel.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QLabel>
#include <QScrollArea>
#include <QSettings>
#include <QtTest>

using namespace resilience;
using app::Appearance;
using tests::WindowUnderTest;

// Nothing clipped, at any size of window or text, and nothing painted for nothing.
class WindowLayoutTest : public QObject {
    Q_OBJECT

private:
    class PaintCounter : public QObject {
    public:
        int paints = 0;
        bool eventFilter(QObject *, QEvent *event) override
        {
            paints += event->type() == QEvent::Paint;
            return false;
        }
    };

    static QString describe(const QWidget *widget, const QString &text)
    {
        return QStringLiteral("%1 '%2': %3x%4")
            .arg(widget->objectName(), text)
            .arg(widget->width())
            .arg(widget->height());
    }

    // Whether the text fits into the label as it wraps, and the label into what holds it.
    static QString clippedLabel(const QLabel *label)
    {
        if (label->text().isEmpty())
            return {};
        const QRect room = label->contentsRect().adjusted(0, 0, 1, 1);
        const int flags = label->wordWrap() ? Qt::TextWordWrap : 0;
        const QRect needed = label->fontMetrics().boundingRect(QRect(0, 0, room.width(), 100000), flags, label->text());
        return needed.width() > room.width() || needed.height() > room.height() ? describe(label, label->text())
                                                                                : QString();
    }

    static QString clippedButton(const QAbstractButton *button)
    {
        const QSize needed = button->fontMetrics().size(Qt::TextShowMnemonic, button->text());
        return !button->text().isEmpty() && (needed.width() > button->width() || needed.height() > button->height())
                   ? describe(button, button->text())
                   : QString();
    }

    // A widget is cut off when it leaves its parent, unless it scrolls there.
    static QString leavesParent(const QWidget *widget)
    {
        const QWidget *parent = widget->parentWidget();
        const bool scrolls = parent && qobject_cast<const QScrollArea *>(parent->parentWidget());
        if (!parent || scrolls || widget->isWindow() || parent->rect().contains(widget->geometry()))
            return {};
        return QStringLiteral("%1 leaves %2").arg(widget->metaObject()->className(), parent->metaObject()->className());
    }

    static QStringList faultsIn(QWidget &window)
    {
        QStringList faults;
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            if (!widget->isVisible())
                continue;
            QString fault;
            if (const auto *label = qobject_cast<const QLabel *>(widget))
                fault = clippedLabel(label);
            else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
                fault = clippedButton(button);
            if (fault.isEmpty()
                && (qobject_cast<const QLabel *>(widget) || qobject_cast<const QAbstractButton *>(widget)))
                fault = leavesParent(widget);
            if (!fault.isEmpty())
                faults += fault;
        }
        return faults;
    }

private slots:
    void nothingIsClipped_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        for (const QSize size : {QSize(1024, 640), QSize(1280, 800), QSize(1920, 1080)})
            for (const double scale : {1.0, 1.5})
                QTest::addRow("%dx%d at %g", size.width(), size.height(), scale) << size << scale;
        QTest::newRow("1920x1080 at 2") << QSize(1920, 1080) << 2.0;
    }

    void nothingIsClipped()
    {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        WindowUnderTest t(size);
        t.window().appearance().setTextScale(scale);
        t.window().appearance().setLogVisible(size.width() > 1100);
        t.click("fault-outage");
        t.click("all-parameters");
        t.window().action("until-3")->trigger();
        t.session().inspect(t.session().timeline().lastEvent());
        QCoreApplication::processEvents();
        QCOMPARE(t.window().size(), size);
        const QStringList faults = faultsIn(t.window());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join("; ")));
    }

    void theStageHasItsShare_data()
    {
        QTest::addColumn<QSize>("window");
        QTest::addColumn<double>("share");
        QTest::newRow("1024") << QSize(1024, 640) << 0.53;
        QTest::newRow("1280") << QSize(1280, 800) << 0.55;
        QTest::newRow("1440") << QSize(1440, 900) << 0.55;
        QTest::newRow("1920") << QSize(1920, 1080) << 0.63;
        QTest::newRow("3840") << QSize(3840, 2160) << 0.80;
    }

    void theStageHasItsShare()
    {
        QFETCH(QSize, window);
        QFETCH(double, share);
        const app::Proportions p = app::proportionsFor(window, 1.0);
        const int stage = window.width() - p.guide - p.side - 4 * p.gap;
        QVERIFY2(stage >= window.width() * share, qPrintable(QString::number(double(stage) / window.width())));
    }

    void chartsHaveRoom_data()
    {
        QTest::addColumn<QSize>("window");
        QTest::addColumn<int>("charts");
        QTest::addColumn<int>("height");
        QTest::newRow("1280x800") << QSize(1280, 800) << 1 << 118;
        QTest::newRow("1920x1080") << QSize(1920, 1080) << 2 << 180;
    }
    void chartsHaveRoom()
    {
        QFETCH(QSize, window);
        QFETCH(int, charts);
        QFETCH(int, height);
        for (const labs::Lab &lab : labs::catalog()) {
            WindowUnderTest t(window);
            t.session().openLab(lab);
            t.session().seek(at(std::chrono::seconds{5}));
            QCoreApplication::processEvents();
            const auto &layout = t.window().findChild<widgets::TimePanel *>("time-panel")->picture().layout;
            QVERIFY2(layout.charts.size() >= size_t(charts), lab.id.c_str());
            for (const auto &chart : layout.charts)
                QVERIFY2(chart.plot.height() >= height, qPrintable(QString::number(chart.plot.height())));
        }
    }

    void allOfTheTimeIsInTheWindow_data()
    {
        QTest::addColumn<QSize>("window");
        QTest::addColumn<double>("dragged"); // share of the height; 0: as it comes
        for (const QSize size : {QSize(1024, 640), QSize(1280, 800), QSize(1920, 1080), QSize(2560, 1440)})
            for (const double share : {0.0, 0.3, 0.9})
                QTest::addRow("%dx%d dragged to %g", size.width(), size.height(), share) << size << share;
    }
    void allOfTheTimeIsInTheWindow()
    {
        QFETCH(QSize, window);
        QFETCH(double, dragged);
        WindowUnderTest t(window);
        if (dragged > 0)
            QSettings().setValue(QStringLiteral("window/time-share"), dragged);
        for (const labs::Lab &lab : labs::catalog()) {
            t.session().openLab(lab);
            t.session().seek(at(std::chrono::seconds{5}));
            // Smaller and back: what it has is settled anew.
            t.window().resize(window - QSize(0, 40));
            QCoreApplication::processEvents();
            t.window().resize(window);
            QCoreApplication::processEvents();
            for (const char *name : {"time-panel", "stage", "guide"}) {
                const auto *part = t.find<QWidget>(name);
                const QRect inside(part->mapTo(&t.window(), QPoint()), part->size());
                QVERIFY2(t.window().rect().contains(inside),
                         qPrintable(QStringLiteral("%1 in %2: %3 to %4, at least %5")
                                        .arg(QLatin1String(name), lab.id.c_str())
                                        .arg(inside.top())
                                        .arg(inside.bottom())
                                        .arg(part->minimumSizeHint().height())));
            }
        }
    }

    void theBorderIsDraggedAndRemembered()
    {
        WindowUnderTest t;
        const auto heightOf = [](app::MainWindow &window) {
            return window.findChild<widgets::TimePanel *>("time-panel")->height();
        };
        const int usual = heightOf(t.window());
        auto *border = t.window().findChild<QWidget *>("stage-border");
        QVERIFY(border);
        QTest::mousePress(border, Qt::LeftButton, {}, border->rect().center());
        QTest::mouseMove(border, border->rect().center() - QPoint(0, 60));
        QTest::mouseRelease(border, Qt::LeftButton);
        QCoreApplication::processEvents();
        const int dragged = heightOf(t.window());
        QVERIFY2(std::abs(dragged - usual - 60) <= 2, qPrintable(QString::number(dragged - usual)));
        const auto again = t.restart();
        again->show();
        // A screen that is as high as the window leaves less room for it, once it has a frame.
        again->resize(t.window().size());
        QTRY_VERIFY2(std::abs(heightOf(*again) - dragged) <= 2,
                     qPrintable(QStringLiteral("%1 %2 %3").arg(usual).arg(dragged).arg(heightOf(*again))));
        QTest::mouseDClick(again->findChild<QWidget *>("stage-border"), Qt::LeftButton);
        QCoreApplication::processEvents();
        QVERIFY(std::abs(heightOf(*again) - usual) <= 2);
    }

    void pausedAndUntouchedPaintsNothing()
    {
        WindowUnderTest t;
        t.window().appearance().setReducedMotion(true);
        t.click("fault-outage");
        t.window().action("until-3")->trigger();
        PaintCounter counter;
        qApp->installEventFilter(&counter);
        for (int before = -1, rounds = 0; before != counter.paints && rounds < 20; ++rounds) {
            before = counter.paints; // texts that wrap settle their height in turns
            QCoreApplication::processEvents();
            QCoreApplication::processEvents();
        }
        counter.paints = 0;
        for (int i = 0; i < 20; ++i) {
            t.play(50);
            QCoreApplication::processEvents();
        }
        QCOMPARE(counter.paints, 0);
        QVERIFY(!t.window().clock().isRunning());
        t.key(Qt::Key_Right);
        QCoreApplication::processEvents();
        QVERIFY(counter.paints > 0); // the counter does count
    }

    void looksAreRemembered()
    {
        WindowUnderTest t;
        t.window().appearance().setColours(Appearance::Colours::Dark);
        t.window().appearance().setTextScale(1.25);
        const Appearance again;
        QCOMPARE(again.colours(), Appearance::Colours::Dark);
        QCOMPARE(again.textScale(), 1.25);
        QCOMPARE(again.theme().kind, widgets::ThemeKind::Dark);
    }

    void everyControlHasAName()
    {
        WindowUnderTest t;
        t.click("all-parameters");
        for (const QWidget *widget : t.window().findChildren<QWidget *>()) {
            const bool partOfAnother = widget->objectName().startsWith(QLatin1String("qt_"));
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisibleTo(&t.window()) || partOfAnother)
                continue;
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            const QString name = face ? face->text(QAccessible::Name) : QString();
            QVERIFY2(!name.isEmpty(),
                     qPrintable(QStringLiteral("%1 %2").arg(widget->metaObject()->className(), widget->objectName())));
        }
    }

    void tabReachesEveryControlAndComesBack()
    {
        WindowUnderTest t;
        QSet<QWidget *> reached;
        QWidget *start = t.window().focusWidget();
        for (int i = 0; i < 200; ++i) {
            t.key(Qt::Key_Tab);
            reached += t.window().focusWidget();
        }
        QVERIFY(reached.contains(start));
        for (const char *name :
             {"play", "speed", "fault-outage", "knob-open_duration", "beat-next", "scenarios", "stage"})
            QVERIFY2(reached.contains(t.find<QWidget>(name)), name);
    }
};

REGISTER_TEST(WindowLayoutTest)
#include "window_layout_test.moc"
