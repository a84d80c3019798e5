// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace app {

class PredictionRow;

// Below the goals: the predictions of this page, a line each. A line that was answered unfolds into what the run said
// and why, and can be forgotten, to be asked again.
class PredictionList : public QWidget {
    Q_OBJECT

public:
    explicit PredictionList(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);

private:
    void build(const resilience::labs::Beat &page);

    Session &m_session;
    QVBoxLayout *m_column;
    std::vector<PredictionRow *> m_rows;
    widgets::Theme m_theme;
    const resilience::labs::Beat *m_page = nullptr;
};

} // namespace app
