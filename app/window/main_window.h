// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/look/appearance.h"
#include "app/run/session.h"
#include "app/sweep/many_book.h"
#include "app/window/control_guard.h"
#include "app/window/file_actions.h"
#include "app/window/frame_clock.h"
#include "app/window/presenter.h"
#include "app/window/progress_memory.h"
#include "app/window/window_actions.h"

#include <QWidget>

#include <chrono>
#include <memory>

class QFrame;
class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace widgets {
class TimePanel;
}

namespace app {

class FirstHints;
class BorderHandle;
class GuidePanel;
class LogPanel;
class PredictionFlags;
class PresenterStrip;
class QuestionVeil;
class SidePanel;
class StagePair;
class StageView;
class ComparePanel;
class ManyPanel;
class ManyView;
class LeftColumn;
class TopBar;
class TransportBar;
class WhyCard;
class LegendCard;
class LostWorkBar;

// Puts the parts side by side and hands each frame to all of them. What happens is the session's business.
class MainWindow : public QWidget {
    Q_OBJECT

public:
    // `now`: the clock of the screen; the machine's own where none is given.
    explicit MainWindow(const resilience::labs::Lab &lab, FrameClock::Now now = {}, QWidget *parent = nullptr);
    ~MainWindow() override;

    // Keeps what is done in that folder, and offers what was lost there.
    void keepWorkIn(const QString &folder, std::chrono::milliseconds every);

    Session &session() { return m_session; }
    FileActions &files() { return m_files; }
    Appearance &appearance() { return m_appearance; }
    Presenter &presenter() { return m_presenter; }
    FrameClock &clock() { return m_clock; }
    ManyBook &many() { return m_many; }
    QAction *action(const std::string &id) const { return m_actions.action(id); }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildParts();
    QWidget *makeStageCard();
    QWidget *makeTimeCard();
    QWidget *makeLogCard();
    QRectF areaOf(const resilience::labs::Spot &spot) const; // on the stage
    QPointF stageOffset() const;
    void makeStageOf(const resilience::labs::Lab &lab);
    void connectParts();
    void onTick(resilience::Duration wall);
    void showFrame();
    void showTime();
    void showMany();
    void setMany(bool on);
    std::shared_ptr<const ManyExport> manyExport() const;
    void wire(StageView &view);
    StageView &actOn(StageView &view);
    void showLook();
    void divide();
    int roomForBottom() const; // px
    void moveBorder(int pixels);

    Session m_session;
    ProgressMemory m_progress;
    Appearance m_appearance;
    FileActions m_files;
    Presenter m_presenter;
    WindowActions m_actions;
    FrameClock m_clock;
    ControlGuard m_guard;

    const resilience::labs::Lab *m_stageOf = nullptr;
    std::unique_ptr<StagePair> m_stage;
    TopBar *m_top;
    GuidePanel *m_guide;
    ComparePanel *m_compare;
    ManyBook m_many;
    ManyPanel *m_manyPanel;
    ManyView *m_manyView;
    LeftColumn *m_left;
    QFrame *m_stageCard;
    SidePanel *m_side;
    TransportBar *m_transport;
    widgets::TimePanel *m_time;
    LogPanel *m_log;
    PresenterStrip *m_strip;
    FirstHints *m_hints;
    QuestionVeil *m_veil;
    PredictionFlags *m_flags;
    WhyCard *m_why;
    LegendCard *m_legend;
    LostWorkBar *m_lost;
    QPushButton *m_legendLink;
    QFrame *m_timeCard;
    QFrame *m_logCard;
    QWidget *m_bottom;
    BorderHandle *m_border;
    QVBoxLayout *m_content;
    QHBoxLayout *m_upper;
};

} // namespace app
