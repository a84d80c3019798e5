// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/main_window.h"

#include <QTemporaryDir>

#include <memory>

class QAbstractButton;
class QLabel;

namespace tests {

// The real window, offscreen, with settings of its own and a clock that only moves when a test says so.
class WindowUnderTest {
public:
    explicit WindowUnderTest(QSize size = {1280, 800});
    // For the first time of all: nothing has been seen yet.
    static WindowUnderTest firstStart() { return WindowUnderTest({1280, 800}, true); }
    // What was remembered stays, and a second window comes up as after a restart.
    std::unique_ptr<app::MainWindow> restart();

    app::MainWindow &window() { return *m_window; }
    app::Session &session() { return m_window->session(); }
    const resilience::sim::World &world() { return session().timeline().world(); }

    // How many decisions have been taken by now.
    uint64_t decisions();

    // `milliseconds` of screen time, a frame at a time.
    void play(int milliseconds);
    // Until `done`, at most `seconds` of screen time. False when it never came.
    template <typename Done> bool playUntil(Done done, int seconds)
    {
        for (int i = 0; i < seconds * 20 && !done(); ++i)
            play(50);
        return done();
    }

    template <typename Widget> Widget *find(const char *name)
    {
        return m_window->findChild<Widget *>(QString::fromLatin1(name));
    }
    void click(const char *name);
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    QString text(const char *label);

private:
    WindowUnderTest(QSize size, bool firstStart);

    QTemporaryDir m_settings;
    resilience::Duration m_screen{};
    std::unique_ptr<app::MainWindow> m_window;
};

} // namespace tests
