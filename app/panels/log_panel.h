// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"

#include <QWidget>

#include <deque>
#include <string>
#include <utility>

class QPlainTextEdit;

namespace app {

// The run in lines of text (see logLines) up to the present moment; older lines drop out at the top. Clicking a line,
// or Enter on it, asks why.
class LogPanel : public QWidget {
    Q_OBJECT

public:
    static constexpr int kMostLines = 400;

    explicit LogPanel(Session &session, QWidget *parent = nullptr);

    void setFrame();
    QString text() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void startOver(uint64_t lastEvent);
    void addUpTo(uint64_t lastEvent);
    void append(const std::deque<std::pair<uint64_t, std::string>> &lines); // of an event each
    void inspectLine(int line);

    Session &m_session;
    QPlainTextEdit *m_text;
    uint64_t m_shown = 0; // number of the last event looked at
    uint64_t m_run = 0; // Session::run() of it
    std::deque<uint64_t> m_events; // of each line
};

} // namespace app
