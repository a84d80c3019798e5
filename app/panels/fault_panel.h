// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"
#include "widgets/theme.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace app {

class FaultRow;

// What can go wrong with the service, each with a switch.
class FaultPanel : public QWidget {
    Q_OBJECT

public:
    explicit FaultPanel(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);

private:
    void build();

    Session &m_session;
    widgets::Theme m_theme;
    const resilience::labs::Lab *m_lab = nullptr; // the one it was built for
    QWidget *m_content = nullptr;
    QLabel *m_title = nullptr;
    std::vector<FaultRow *> m_rows;
};

} // namespace app
