// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/look/appearance.h"
#include "app/run/session.h"

#include <QObject>

#include <map>
#include <vector>

namespace app {

// Presenter mode: the stage alone, in type that grows with the screen, driven by keys and a remote; the mouse works as
// ever. Charts come and go by a key, and the screen can be made black.
class Presenter : public QObject {
    Q_OBJECT

public:
    // What the window consists of, for the presenter.
    struct Parts {
        std::vector<QWidget *> hidden; // not there while presenting
        QWidget *chart; // there when it is asked for
        QWidget *strip; // there only while presenting
    };

    Presenter(Session &session, Appearance &appearance, QWidget *window);

    void setParts(Parts parts);
    bool isActive() const { return m_active; }
    void setActive(bool active);
    void toggleChart();
    bool showsChart() const { return m_chart; }
    // A black screen, which holds the run; any of these buttons, or the same key, brings the picture back.
    void toggleBlack();
    bool isBlack() const;
    // The two buttons of a remote. Forward plays on to what the page is about: to its goals, or to its question. From
    // there it goes to the next page, and plays that. Back goes to the page before, and
    // to the moment at which that began.
    void forward();
    void back();

signals:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showParts();
    void halt();
    void noteBegin();
    bool isFresh() const;

    Session &m_session;
    Appearance &m_appearance;
    QWidget *m_window;
    QWidget *m_black;
    Parts m_parts{};
    bool m_active = false;
    bool m_chart = false;
    bool m_playsToGoal = false;
    uint64_t m_run = 0; // Session::run() that m_begins speaks of
    std::map<size_t, resilience::Time> m_begins; // by page
    Qt::WindowStates m_before = Qt::WindowNoState;
};

} // namespace app
