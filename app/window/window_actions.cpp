// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/window_actions.h"

#include "app/panels/controls/floating_card.h"
#include "app/window/file_actions.h"
#include "app/window/help_dialogs.h"
#include "app/window/presenter.h"
#include "labs/catalog.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QWidget>

#include <algorithm>

namespace app {

using namespace resilience;

WindowActions::WindowActions(Session &session, FileActions &files, Appearance &appearance, Presenter &presenter,
                             QWidget *window)
    : QObject(window), m_session(session), m_files(files), m_appearance(appearance), m_presenter(presenter),
      m_window(window)
{
    fillFile();
    fillEdit();
    fillSteps();
    fillRun();
    fillFaults();
    fillView();
    fillPresent();
    fillHelp();
    m_menu.addSeparator();
    add(&m_menu, "quit", tr("Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)}, [this] { m_window->close(); });
}

QAction *WindowActions::add(QMenu *menu, const char *id, const QString &text, const QList<QKeySequence> &keys, Act act)
{
    auto *action = new QAction(text, m_window);
    action->setObjectName(QStringLiteral("action-") + QString::fromLatin1(id));
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, std::move(act));
    menu->addAction(action);
    m_window->addAction(action);
    m_byId.emplace(id, action);
    return action;
}

QAction *WindowActions::addToggle(QMenu *menu, const char *id, const QString &text, const QKeySequence &key,
                                  std::function<void(bool)> act)
{
    QAction *action = add(menu, id, text, key.isEmpty() ? QList<QKeySequence>{} : QList{key}, [] {});
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, std::move(act));
    return action;
}

void WindowActions::fillFile()
{
    QMenu *menu = m_menu.addMenu(tr("&File"));
    add(menu, "open", tr("Open…"), {QKeySequence(Qt::CTRL | Qt::Key_O)}, [this] { m_files.askOpen(); });
    add(menu, "save", tr("Save session…"), {QKeySequence(Qt::CTRL | Qt::Key_S)}, [this] { m_files.askSave(); });
    menu->addSeparator();
    add(menu, "export", tr("Export everything of this step…"), {QKeySequence(Qt::CTRL | Qt::Key_E)},
        [this] { m_files.askExport(); });
    add(menu, "copy", tr("Copy the stage as a picture"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
        [this] { m_files.copyStage(); });
}

void WindowActions::fillEdit()
{
    QMenu *menu = m_menu.addMenu(tr("&Edit"));
    add(menu, "undo", tr("Undo"), {QKeySequence(Qt::CTRL | Qt::Key_Z)}, [this] { m_session.undo(); });
    add(menu, "redo", tr("Redo"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)}, [this] { m_session.redo(); });
    menu->addSeparator();
    addToggle(menu, "compare", tr("Compare"), QKeySequence(Qt::CTRL | Qt::Key_D), [this](bool on) {
        if (on)
            m_session.compare();
        else
            m_session.showBeside(std::nullopt);
    });
    addToggle(menu, "many", tr("Many runs"), QKeySequence(Qt::CTRL | Qt::Key_M),
              [this](bool on) { emit manyWanted(on); });
    add(menu, "swap", tr("Swap the runs"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)},
        [this] { m_session.swapRuns(); });
    add(menu, "difference", tr("Go to the first difference"), {QKeySequence(Qt::Key_D)},
        [this] { m_session.goToDifference(); });
}

void WindowActions::fillSteps()
{
    QMenu *menu = m_menu.addMenu(tr("&Step"));
    const auto &all = labs::catalog();
    for (size_t i = 0; i < all.size(); ++i) {
        const std::string id = "step-" + std::to_string(i + 1);
        const QString text = QStringLiteral("%1  %2").arg(i + 1).arg(QString::fromStdString(all[i].title));
        const QKeySequence key = i < 9 ? QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + int(i))) : QKeySequence();
        m_steps.push_back(
            addToggle(menu, id.c_str(), text, key, [this, i](bool) { m_session.openLab(labs::catalog()[i]); }));
    }
}

void WindowActions::fillRun()
{
    QMenu *menu = m_menu.addMenu(tr("&Run"));
    add(menu, "play", tr("Play or pause"), {QKeySequence(Qt::Key_Space), QKeySequence(Qt::CTRL | Qt::Key_Space)},
        [this] { m_session.togglePlaying(); });
    menu->addSeparator();
    add(menu, "decision-on", tr("Forward one decision"), {QKeySequence(Qt::Key_Right)},
        [this] { m_session.stepDecision(); });
    add(menu, "decision-back", tr("Back one decision"), {QKeySequence(Qt::Key_Left)},
        [this] { m_session.stepDecisionBack(); });
    add(menu, "event-on", tr("Forward one event"), {QKeySequence(Qt::Key_Period)}, [this] { m_session.stepEvent(); });
    add(menu, "event-back", tr("Back one event"), {QKeySequence(Qt::Key_Comma)}, [this] { m_session.stepEventBack(); });
    fillRunUntil(menu);
    menu->addSeparator();
    add(menu, "faster", tr("Faster"), {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_BracketRight)},
        [this] { m_session.setSpeed(m_session.speed() * 2); });
    add(menu, "slower", tr("Slower"), {QKeySequence(Qt::Key_Minus), QKeySequence(Qt::Key_BracketLeft)},
        [this] { m_session.setSpeed(m_session.speed() / 2); });
    menu->addSeparator();
    add(menu, "reset", tr("Reset: the known start, nothing done"), {QKeySequence(Qt::CTRL | Qt::Key_R)},
        [this] { m_session.reset(); });
    add(menu, "same-seed", tr("Replay: the same run from the start"), {QKeySequence(Qt::Key_Home)},
        [this] { m_session.sameSeed(); });
    add(menu, "new-seed", tr("New seed: other luck, everything done happens again"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)}, [this] { m_session.newSeed(); });
    menu->addSeparator();
    add(menu, "start-over", tr("Start over: forget goals, answers and pages"), {}, [this] { m_session.startOver(); });
}

void WindowActions::fillRunUntil(QMenu *run)
{
    QMenu *menu = run->addMenu(tr("Run until"));
    for (const RunUntil wait : kRunUntils) {
        const std::string id = "until-" + std::to_string(int(wait));
        m_waits[wait] = add(menu, id.c_str(), labelOf(wait), {}, [this, wait] { m_session.runUntil(wait); });
    }
}

// Those that can come in this scenario, Alt+1 the first of them.
void WindowActions::offerWaits()
{
    m_waitsOf = m_session.run();
    for (const auto &[wait, action] : m_waits) {
        action->setVisible(false);
        action->setShortcut({});
    }
    int place = 0;
    for (const RunUntil wait : waitsIn(m_session.scenario())) {
        m_waits[wait]->setVisible(true);
        if (place < 9)
            m_waits[wait]->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + place)));
        ++place;
    }
}

// By key as well, since the panel is not there in presenter mode.
void WindowActions::fillFaults()
{
    m_faultMenu = m_menu.addMenu(tr("F&aults"));
    for (size_t i = 0; i < sim::kFaultKindCount; ++i) {
        const std::string id = "fault-" + std::to_string(i);
        QAction *action = addToggle(
            m_faultMenu, id.c_str(), {},
            i < 9 ? QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key(Qt::Key_1 + int(i))) : QKeySequence(), [this, i](bool) {
                const auto &kinds = m_session.lab().faults;
                if (i >= kinds.size())
                    return;
                if (const auto target = usualTarget(m_session.snapshot().components, kinds[i]))
                    m_session.toggleFault(*target, kinds[i]);
            });
        m_faults.push_back(action);
    }
}

void WindowActions::fillView()
{
    QMenu *menu = m_menu.addMenu(tr("&View"));
    fillColours(menu);
    fillTextSize(menu);
    menu->addSeparator();
    addToggle(menu, "log", tr("Log"), QKeySequence(Qt::CTRL | Qt::Key_L),
              [this](bool on) { m_appearance.setLogVisible(on); });
    addToggle(menu, "counters", tr("Counters"), QKeySequence(Qt::CTRL | Qt::Key_K),
              [this](bool on) { m_appearance.setCountersVisible(on); });
    addToggle(menu, "asking", tr("Ask for predictions"), QKeySequence(Qt::CTRL | Qt::Key_P),
              [this](bool on) { m_session.setAsking(on); });
    addToggle(menu, "reduced-motion", tr("Reduced motion"), QKeySequence(),
              [this](bool on) { m_appearance.setReducedMotion(on); });
}

void WindowActions::fillColours(QMenu *view)
{
    QMenu *menu = view->addMenu(tr("Colours"));
    auto *group = new QActionGroup(menu);
    const QStringList names{tr("As the desktop"), tr("Light"), tr("Dark"), tr("Lecture: black on white")};
    for (int i = 0; i < names.size(); ++i) {
        const std::string id = "colours-" + std::to_string(i);
        QAction *action = addToggle(menu, id.c_str(), names[i], QKeySequence(),
                                    [this, i](bool) { m_appearance.setColours(Appearance::Colours(i)); });
        group->addAction(action);
        m_colours.push_back(action);
    }
}

void WindowActions::fillTextSize(QMenu *view)
{
    QMenu *menu = view->addMenu(tr("Text size"));
    auto *group = new QActionGroup(menu);
    for (const double scale : Appearance::kTextScales) {
        const std::string id = "text-" + std::to_string(int(scale * 100));
        QAction *action = addToggle(menu, id.c_str(), tr("%1 %").arg(int(scale * 100)), QKeySequence(),
                                    [this, scale](bool) { m_appearance.setTextScale(scale); });
        group->addAction(action);
        m_scales.push_back(action);
    }
    menu->addSeparator();
    add(menu, "text-larger", tr("Larger"),
        {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)}, [this] { scaleText(1); });
    add(menu, "text-smaller", tr("Smaller"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, [this] { scaleText(-1); });
}

void WindowActions::scaleText(int steps)
{
    const auto &all = Appearance::kTextScales;
    const auto now = std::find(all.begin(), all.end(), m_appearance.textScale()) - all.begin();
    const auto next = std::clamp<std::ptrdiff_t>(now + steps, 0, std::ptrdiff_t(all.size()) - 1);
    m_appearance.setTextScale(all[size_t(next)]);
}

void WindowActions::fillPresent()
{
    QMenu *menu = m_presentMenu = m_menu.addMenu(tr("&Present"));
    addToggle(menu, "present", tr("Present: stage only, large type"), QKeySequence(Qt::Key_F5),
              [this](bool on) { m_presenter.setActive(on); });
    add(menu, "leave", tr("Close the card that is open; then leave"), {QKeySequence(Qt::Key_Escape)}, [this] {
        if (!m_presenter.isBlack() && FloatingCard::closeAll(*m_window))
            return;
        if (m_presenter.isActive() && m_session.prediction().stage() == Prediction::Stage::Asked)
            m_session.skipQuestion();
        else
            m_presenter.setActive(false);
    });
    add(menu, "forward", tr("Play the next page"), {QKeySequence(Qt::Key_PageDown)}, [this] { m_presenter.forward(); });
    add(menu, "back", tr("Back to the page before"), {QKeySequence(Qt::Key_PageUp)}, [this] { m_presenter.back(); });
    add(menu, "chart", tr("Time and charts, or not"), {QKeySequence(Qt::Key_C)}, [this] { m_presenter.toggleChart(); });
    add(menu, "black", tr("Black screen, and back"), {QKeySequence(Qt::Key_B)}, [this] { m_presenter.toggleBlack(); });
    menu->addSeparator();
    add(menu, "next-beat", tr("Next page of the guide"), {QKeySequence(Qt::SHIFT | Qt::Key_PageDown)},
        [this] { m_session.nextBeat(); });
    add(menu, "previous-beat", tr("Previous page of the guide"), {QKeySequence(Qt::SHIFT | Qt::Key_PageUp)},
        [this] { m_session.previousBeat(); });
}

void WindowActions::fillHelp()
{
    QMenu *menu = m_menu.addMenu(tr("&Help"));
    add(menu, "keys", tr("Keys"), {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)},
        [this] { showShortcuts(m_window, m_menu, *m_presentMenu); });
    add(menu, "simplified", tr("What is simplified here"), {}, [this] { showSimplified(m_window, m_session.lab()); });
    add(menu, "about", tr("About Resilience Lab"), {}, [this] { showAbout(m_window); });
}

void WindowActions::setFrame()
{
    action("undo")->setEnabled(m_session.canUndo());
    action("redo")->setEnabled(m_session.canRedo());
    action("compare")->setChecked(m_session.comparing());
    action("swap")->setEnabled(m_session.comparing());
    action("difference")->setEnabled(m_session.comparing() && m_session.firstDifference());
    action("log")->setChecked(m_appearance.logVisible());
    action("counters")->setChecked(m_appearance.countersVisible());
    action("asking")->setChecked(m_session.asking());
    action("reduced-motion")->setChecked(m_appearance.reducedMotion());
    action("present")->setChecked(m_presenter.isActive());
    action("leave")->setEnabled(m_presenter.isActive() || FloatingCard::anyOpen(*m_window));
    for (const char *id : {"forward", "back", "chart", "black"})
        action(id)->setEnabled(m_presenter.isActive());
    for (size_t i = 0; i < m_colours.size(); ++i)
        m_colours[i]->setChecked(Appearance::Colours(i) == m_appearance.colours());
    for (size_t i = 0; i < m_scales.size(); ++i)
        m_scales[i]->setChecked(Appearance::kTextScales[i] == m_appearance.textScale());
    for (size_t i = 0; i < m_steps.size(); ++i)
        m_steps[i]->setChecked(labs::catalog()[i].id == m_session.lab().id);
    if (m_waitsOf != m_session.run())
        offerWaits();
    showFaults();
}

void WindowActions::showFaults()
{
    const auto &kinds = m_session.lab().faults;
    const sim::Snapshot &snapshot = m_session.snapshot();
    for (size_t i = 0; i < m_faults.size(); ++i) {
        m_faults[i]->setVisible(i < kinds.size());
        if (i >= kinds.size())
            continue;
        if (m_faultsOf != &m_session.lab())
            m_faults[i]->setText(QCoreApplication::translate("Fault", sim::spec(kinds[i]).label));
        const auto target = usualTarget(snapshot.components, kinds[i]);
        m_faults[i]->setEnabled(target.has_value());
        m_faults[i]->setChecked(target && snapshot.componentFaults[*target][size_t(kinds[i])]);
    }
    m_faultsOf = &m_session.lab();
}

} // namespace app
