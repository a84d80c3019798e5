// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;

namespace app {

class FaultRow;

// What can go wrong, each with a switch; and where, when there is more than one place for it: the services of a run, or
// those who want its lock and the nodes that grant it.
class FaultPanel : public QWidget {
    Q_OBJECT

public:
    explicit FaultPanel(Session &session, QWidget *parent = nullptr);

    void setFrame();
    // Shows the faults of that one among the snapshot's components; ignored where it can have none of them.
    void choose(uint32_t component);
    void setTheme(const widgets::Theme &theme);

private:
    void build();
    void chooseTarget();

    Session &m_session;
    widgets::Theme m_theme;
    const resilience::labs::Lab *m_lab = nullptr; // the one it was built for
    QWidget *m_content = nullptr;
    QLabel *m_title = nullptr;
    QComboBox *m_targets = nullptr;
    std::vector<uint32_t> m_components; // one an entry of m_targets: index among the components
    std::vector<FaultRow *> m_rows;
};

} // namespace app
