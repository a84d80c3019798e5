// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/look/appearance.h"
#include "app/run/session.h"

#include <QKeySequence>
#include <QList>
#include <QMenu>
#include <QObject>

#include <functional>
#include <map>
#include <string>
#include <vector>

class QActionGroup;

namespace app {

class FileActions;
class Presenter;

// Everything that can be done, each with its key, in one menu. The actions also live in the window, so that the keys
// work wherever the focus is.
class WindowActions : public QObject {
    Q_OBJECT

public:
    WindowActions(Session &session, FileActions &files, Appearance &appearance, Presenter &presenter, QWidget *window);

    QMenu *menu() { return &m_menu; }
    // The action with this id ("play", "undo", ...). Precondition: there is one.
    QAction *action(const std::string &id) const { return m_byId.at(id); }
    // What can be done now, and what is on.
    void setFrame();

signals:
    void manyWanted(bool on); // many runs, or no more

private:
    using Act = std::function<void()>;
    QAction *add(QMenu *menu, const char *id, const QString &text, const QList<QKeySequence> &keys, Act act);
    QAction *addToggle(QMenu *menu, const char *id, const QString &text, const QKeySequence &key,
                       std::function<void(bool)> act);
    void fillFile();
    void fillEdit();
    void fillRun();
    void fillRunUntil(QMenu *run);
    void fillSteps();
    void fillFaults();
    void fillView();
    void fillColours(QMenu *view);
    void fillTextSize(QMenu *view);
    void fillPresent();
    void fillHelp();
    void scaleText(int steps);
    void offerWaits();
    void showFaults();

    Session &m_session;
    FileActions &m_files;
    Appearance &m_appearance;
    Presenter &m_presenter;
    QWidget *m_window;
    QMenu m_menu;
    QMenu *m_faultMenu = nullptr;
    QMenu *m_presentMenu = nullptr;
    const resilience::labs::Lab *m_faultsOf = nullptr;
    uint64_t m_waitsOf = 0; // Session::run() they are offered for
    std::vector<QAction *> m_faults;
    std::map<RunUntil, QAction *> m_waits;
    std::vector<QAction *> m_steps;
    std::map<std::string, QAction *> m_byId;
    std::vector<QAction *> m_colours;
    std::vector<QAction *> m_scales;
};

} // namespace app
