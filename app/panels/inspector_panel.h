// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace app {

// "Why?": the rule that applied to what was clicked, with its numbers at that moment.
class InspectorPanel : public QWidget {
    Q_OBJECT

public:
    explicit InspectorPanel(Session &session, QWidget *parent = nullptr);

    void setFrame();

private:
    Session &m_session;
    uint64_t m_shown = UINT64_MAX; // the event explained
    QLabel *m_title;
    QLabel *m_text;
    QToolButton *m_close;
};

} // namespace app
