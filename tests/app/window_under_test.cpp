// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/window_under_test.h"

#include "labs/catalog.h"
#include "resources/load_resources.h"

#include <QAbstractButton>
#include <QLabel>
#include <QSettings>
#include <QtTest>

namespace tests {

WindowUnderTest::WindowUnderTest(QSize size) : WindowUnderTest(size, false) {}

WindowUnderTest::WindowUnderTest(QSize size, bool firstStart)
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    QCoreApplication::setOrganizationName(QStringLiteral("window-under-test"));
    QSettings().clear();
    if (!firstStart)
        QSettings().setValue(QStringLiteral("hints/seen"), true);
    loadResources();
    m_window = std::make_unique<app::MainWindow>(resilience::labs::catalog().front(), [this] { return m_screen; });
    m_window->resize(size);
    m_window->show();
    m_window->activateWindow();
    QCoreApplication::processEvents();
}

std::unique_ptr<app::MainWindow> WindowUnderTest::restart()
{
    m_window->close();
    return std::make_unique<app::MainWindow>(session().lab(), [this] { return m_screen; });
}

uint64_t WindowUnderTest::decisions()
{
    const auto &run = session().timeline();
    uint64_t count = 0;
    for (uint64_t number = 1; number <= run.lastEvent(); ++number)
        if (const auto *event = run.history().log().numbered(number))
            count += resilience::sim::isDecision(*event);
    return count;
}

void WindowUnderTest::play(int milliseconds)
{
    for (int left = milliseconds; left > 0; left -= 50) {
        m_screen += std::chrono::milliseconds{std::min(left, 50)};
        m_window->clock().fire();
    }
}

void WindowUnderTest::click(const char *name)
{
    auto *button = find<QAbstractButton>(name);
    QVERIFY2(button, name);
    QTest::mouseClick(button, Qt::LeftButton);
}

void WindowUnderTest::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QCoreApplication::processEvents(); // what has just been made gets its keys when it is shown
    QWidget *focus = m_window->focusWidget();
    QTest::keyClick(focus ? focus : m_window.get(), key, modifiers);
}

QString WindowUnderTest::text(const char *label)
{
    const auto *found = find<QLabel>(label);
    return found ? found->text() : QStringLiteral("no label %1").arg(QLatin1String(label));
}

} // namespace tests
