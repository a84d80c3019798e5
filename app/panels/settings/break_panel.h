// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QWidget>

#include <vector>

namespace app {

class ParameterEditor;

// The variants of this lab that are broken on purpose, a switch each. Hidden where none applies to the open scenario.
class BreakPanel : public QWidget {
    Q_OBJECT

public:
    explicit BreakPanel(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);
    bool applies() const { return m_applies; }

signals:
    void refused(const QString &why);

private:
    void build();

    Session &m_session;
    widgets::Theme m_theme;
    const resilience::labs::Lab *m_lab = nullptr; // the one it was built for
    QWidget *m_content = nullptr;
    std::vector<ParameterEditor *> m_editors;
    bool m_applies = false;
};

} // namespace app
