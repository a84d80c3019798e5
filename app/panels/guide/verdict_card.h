// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QFrame>

class QLabel;

namespace app {

// What became of a prediction, at the foot of the stage, until it folds into its line of the guide.
class VerdictCard : public QFrame {
    Q_OBJECT

public:
    explicit VerdictCard(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Session &m_session;
    widgets::Theme m_theme;
    QLabel *m_title;
    QLabel *m_text;
};

} // namespace app
