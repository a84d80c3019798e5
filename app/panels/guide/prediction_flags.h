// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QWidget>

namespace widgets {
class TimePanel;
}

namespace app {

// A moment that is predicted, as a flag on the time axis: dragged there while the question waits, and later beside the
// flag of what happened. Lies over the time panel; only what is ahead of the question is taken from it, so that looking
// back stays possible.
class PredictionFlags : public QWidget {
    Q_OBJECT

public:
    PredictionFlags(Session &session, widgets::TimePanel *panel);

    void setFrame();
    void setTheme(const widgets::Theme &theme);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool asksForTime() const;
    void paintInvitation(QPainter &painter) const;
    bool dragTo(double x, bool begin);
    void paintFlag(QPainter &painter, double seconds, const QString &text, const QColor &colour, const QColor &ink,
                   double top) const;

    Session &m_session;
    widgets::TimePanel *m_panel;
    widgets::Theme m_theme;
    bool m_dragging = false;
};

} // namespace app
