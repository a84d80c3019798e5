// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monkey/hands.h"

#include "labs/catalog.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QUrl>
#include <QWindow>

#include <algorithm>

namespace tests {

using namespace resilience;

namespace {

constexpr QSize kUsualSize{1280, 800};

bool isControl(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QComboBox *>(widget)
           || qobject_cast<const QAbstractSlider *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
           || qobject_cast<const QLineEdit *>(widget) || widget->objectName() == QLatin1String("stage")
           || widget->objectName() == QLatin1String("time-panel");
}

} // namespace

Hands::Hands(WindowUnderTest &window, const SampleFiles &files, uint32_t seed)
    : m_window(window), m_files(files), m_chance(seed), m_answers(m_pointer, files, m_chance)
{
    m_pointer.move(&window.window(), {1, 1});
}

QString Hands::act()
{
    app::MainWindow &main = m_window.window();
    if (!main.isVisible()) { // somebody has quit, and starts again
        main.show();
        main.activateWindow();
        return QStringLiteral("starts again");
    }
    if (const QString answered = m_answers.answer(); !answered.isEmpty()) {
        m_next.clear();
        return answered;
    }
    if (!m_next.empty()) {
        const auto next = std::move(m_next.front());
        m_next.pop_front();
        next();
        return QStringLiteral("goes on: ") + m_begun;
    }
    // Nobody stays long in a window in which nothing can be seen.
    if ((main.width() < 500 || main.height() < 300) && m_chance.bounded(3) == 0) {
        main.windowHandle()->resize(kUsualSize);
        return QStringLiteral("resizes back");
    }
    struct Choice {
        int weight;
        Act act;
    };
    static constexpr std::array kChoices{
        Choice{30, &Hands::click},         Choice{4, &Hands::doubleClick}, Choice{4, &Hands::clickOtherButton},
        Choice{7, &Hands::drag},           Choice{6, &Hands::wheel},       Choice{18, &Hands::key},
        Choice{5, &Hands::choose},         Choice{3, &Hands::resize},      Choice{3, &Hands::openFile},
        Choice{3, &Hands::changeScenario}, Choice{2, &Hands::changeStep},  Choice{2, &Hands::changeLook},
        Choice{4, &Hands::watch},
    };
    int sum = 0;
    for (const Choice &choice : kChoices)
        sum += choice.weight;
    int drawn = m_chance.bounded(sum);
    for (const Choice &choice : kChoices) {
        if (drawn < choice.weight)
            return (this->*choice.act)();
        drawn -= choice.weight;
    }
    return {};
}

QWidget *Hands::place()
{
    if (QWidget *popup = QApplication::activePopupWidget())
        return popup;
    if (QWidget *modal = QApplication::activeModalWidget())
        return modal;
    if (m_chance.bounded(4) == 0)
        for (QDialog *dialog : m_window.window().findChildren<QDialog *>())
            if (dialog->isVisible())
                return dialog;
    return &m_window.window();
}

QString Hands::Spot::words() const
{
    if (!widget)
        return QStringLiteral("nothing");
    const QString name = widget->objectName();
    return QStringLiteral("%1 at %2,%3")
        .arg(name.isEmpty() ? QString::fromLatin1(widget->metaObject()->className()) : name)
        .arg(at.x())
        .arg(at.y());
}

Hands::Spot Hands::anywhere()
{
    QWidget *top = place();
    // Beside a popup, too: that closes it.
    if (QApplication::activePopupWidget() && m_chance.bounded(4) == 0)
        top = &m_window.window();
    return {top, QPoint(m_chance.bounded(std::max(1, top->width())), m_chance.bounded(std::max(1, top->height())))};
}

Hands::Spot Hands::onControl()
{
    QWidget *top = place();
    QList<QWidget *> controls;
    for (QWidget *widget : top->findChildren<QWidget *>())
        if (widget->window() == top && widget->isVisible() && !widget->visibleRegion().isEmpty() && isControl(widget))
            controls << widget;
    if (controls.isEmpty())
        return anywhere();
    QWidget *control = controls.at(m_chance.bounded(int(controls.size())));
    const QRect seen = control->visibleRegion().boundingRect();
    return {control, seen.topLeft() + QPoint(m_chance.bounded(seen.width()), m_chance.bounded(seen.height()))};
}

Hands::Spot Hands::spot() { return m_chance.bounded(3) == 0 ? anywhere() : onControl(); }

QString Hands::click()
{
    const Spot at = spot();
    m_pointer.click(at.widget, at.at);
    return QStringLiteral("clicks ") + at.words();
}

QString Hands::doubleClick()
{
    const Spot at = spot();
    m_pointer.doubleClick(at.widget, at.at);
    return QStringLiteral("double-clicks ") + at.words();
}

QString Hands::clickOtherButton()
{
    const Spot at = spot();
    const auto button = m_chance.bounded(3) == 0 ? Qt::MiddleButton : Qt::RightButton;
    m_pointer.click(at.widget, at.at, button);
    return QStringLiteral("clicks with another button ") + at.words();
}

QString Hands::drag()
{
    const Spot from = spot();
    const auto button = m_chance.bounded(6) == 0 ? Qt::MiddleButton : Qt::LeftButton;
    const QPoint way(m_chance.bounded(-300, 300), m_chance.bounded(-150, 150));
    m_pointer.move(from.widget, from.at);
    m_pointer.press(from.widget, from.at, button);
    constexpr int kMoves = 4;
    for (int i = 1; i <= kMoves; ++i)
        m_next.emplace_back([this, from, way, i] {
            if (from.widget)
                m_pointer.move(from.widget, from.at + way * i / kMoves);
        });
    m_next.emplace_back([this, from, way, button] {
        if (from.widget)
            m_pointer.release(from.widget, from.at + way, button);
    });
    m_begun = QStringLiteral("drags %1 by %2,%3").arg(from.words()).arg(way.x()).arg(way.y());
    return m_begun;
}

QString Hands::wheel()
{
    const Spot at = spot();
    const int steps = m_chance.bounded(2) ? 1 + m_chance.bounded(3) : -1 - m_chance.bounded(3);
    const auto modifiers = m_chance.bounded(3) ? Qt::NoModifier : Qt::ControlModifier;
    m_pointer.wheel(at.widget, at.at, steps, modifiers);
    return QStringLiteral("turns the wheel by %1 on %2").arg(steps).arg(at.words());
}

QString Hands::key()
{
    static constexpr std::array kKeys{
        Qt::Key_Tab,  Qt::Key_Backtab,  Qt::Key_Return, Qt::Key_Escape, Qt::Key_Space,  Qt::Key_Up,     Qt::Key_Down,
        Qt::Key_Left, Qt::Key_Right,    Qt::Key_Home,   Qt::Key_End,    Qt::Key_PageUp, Qt::Key_0,      Qt::Key_1,
        Qt::Key_2,    Qt::Key_9,        Qt::Key_Delete, Qt::Key_Minus,  Qt::Key_Plus,   Qt::Key_F5,     Qt::Key_F10,
        Qt::Key_C,    Qt::Key_PageDown, Qt::Key_B,      Qt::Key_Period, Qt::Key_Comma,  Qt::Key_Insert, Qt::Key_A,
    };
    static constexpr std::array kModifiers{Qt::NoModifier,    Qt::NoModifier,      Qt::NoModifier,
                                           Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier};
    Qt::Key key = kKeys[m_chance.bounded(quint32(kKeys.size()))];
    Qt::KeyboardModifiers modifiers = kModifiers[m_chance.bounded(quint32(kModifiers.size()))];
    QList<QKeySequence> all;
    for (const QAction *action : m_window.window().actions())
        all += action->shortcuts();
    if (m_chance.bounded(3) == 0 && !all.isEmpty()) {
        const QKeyCombination keys = all.at(m_chance.bounded(int(all.size())))[0];
        key = keys.key();
        modifiers = keys.keyboardModifiers();
    }
    m_pointer.key(&m_window.window(), key, modifiers);
    return QStringLiteral("types ") + QKeySequence(modifiers | key).toString();
}

QString Hands::trigger(const QString &action)
{
    auto *found = m_window.find<QAction>(qPrintable(QStringLiteral("action-") + action));
    if (found && !QApplication::activeModalWidget())
        found->trigger();
    return QStringLiteral("chooses ") + action;
}

// Anything there is in the menus.
QString Hands::choose()
{
    QList<QAction *> all;
    for (QAction *action : m_window.window().actions())
        if (action->isVisible() && action->isEnabled() && !action->objectName().isEmpty())
            all << action;
    const QString name = all.at(m_chance.bounded(int(all.size())))->objectName();
    return trigger(name.section(u'-', 1));
}

// As a window manager does it that knows no smallest size.
QString Hands::resize()
{
    QSize size = kUsualSize;
    switch (m_chance.bounded(4)) {
    case 0:
        size = {1 + m_chance.bounded(300), 1 + m_chance.bounded(300)};
        break;
    case 1:
        size = {300 + m_chance.bounded(800), 200 + m_chance.bounded(500)};
        break;
    case 2:
        size = {1024 + m_chance.bounded(1000), 640 + m_chance.bounded(500)};
        break;
    default:
        break;
    }
    m_window.window().windowHandle()->resize(size);
    return QStringLiteral("resizes to %1x%2").arg(size.width()).arg(size.height());
}

QString Hands::openFile()
{
    const QString path = m_files.all().at(m_chance.bounded(int(m_files.all().size())));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    const QPoint at = m_window.window().rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&m_window.window(), &enter);
    if (enter.isAccepted()) {
        QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&m_window.window(), &drop);
    }
    return QStringLiteral("drops ") + m_files.nameOf(path);
}

QString Hands::changeScenario()
{
    auto *box = m_window.find<QComboBox>("scenarios");
    if (!box || !box->isVisible())
        return changeStep();
    box->setFocus(); // as Tab would
    const auto key = m_chance.bounded(2) ? Qt::Key_Down : Qt::Key_Up;
    for (int i = m_chance.bounded(4); i >= 0; --i)
        m_next.emplace_back([this, key] { m_pointer.key(&m_window.window(), key, {}); });
    m_begun = QStringLiteral("changes the scenario");
    return m_begun;
}

QString Hands::changeStep()
{
    return trigger(QStringLiteral("step-%1").arg(1 + m_chance.bounded(int(labs::catalog().size()))));
}

QString Hands::changeLook()
{
    static const QStringList looks{
        QStringLiteral("colours-0"),      QStringLiteral("colours-1"),   QStringLiteral("colours-2"),
        QStringLiteral("colours-3"),      QStringLiteral("text-100"),    QStringLiteral("text-200"),
        QStringLiteral("text-150"),       QStringLiteral("text-larger"), QStringLiteral("present"),
        QStringLiteral("reduced-motion"), QStringLiteral("log"),         QStringLiteral("counters"),
    };
    return trigger(looks.at(m_chance.bounded(int(looks.size()))));
}

// Plays, a second or two.
QString Hands::watch()
{
    if (!m_window.session().playing())
        m_window.session().setPlaying(true);
    for (int i = 0; i < 10; ++i)
        m_next.emplace_back([this] { m_window.play(100); });
    m_begun = QStringLiteral("watches");
    return m_begun;
}

bool Hands::tidy()
{
    m_next.clear();
    app::MainWindow &main = m_window.window();
    m_pointer.letGo(&main);
    if (DialogAnswers::leaveOne())
        return true;
    if (main.presenter().isActive()) {
        main.presenter().setActive(false);
        return true;
    }
    if (main.size() != kUsualSize) {
        main.show();
        main.windowHandle()->resize(kUsualSize);
        return true;
    }
    return false;
}

} // namespace tests
