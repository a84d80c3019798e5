// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/main_window.h"

#include "app/panels/compare/compare_panel.h"
#include "app/panels/controls/labels.h"
#include "app/panels/guide/guide_panel.h"
#include "app/panels/guide/prediction_flags.h"
#include "app/panels/guide/question_veil.h"
#include "app/panels/legend_card.h"
#include "app/panels/log_panel.h"
#include "app/panels/many/many_panel.h"
#include "app/panels/many/many_view.h"
#include "app/panels/settings/knob_text.h"
#include "app/panels/settings/side_panel.h"
#include "app/panels/stage_pair.h"
#include "app/panels/transport_bar.h"
#include "app/panels/why_card.h"
#include "app/stages/panel_factory.h"
#include "app/window/border_handle.h"
#include "app/window/first_hints.h"
#include "app/window/left_column.h"
#include "app/window/lost_work_bar.h"
#include "app/window/presenter_strip.h"
#include "app/window/proportions.h"
#include "app/window/stage_inquiry.h"
#include "app/window/top_bar.h"
#include "widgets/time/time_panel.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience;

namespace {
constexpr QSize kSmallest{1024, 640};
constexpr QSize kFirst{1280, 800};
constexpr const char *kGeometry = "window/geometry";
constexpr const char *kStep = "window/step";
constexpr const char *kTimeShare = "window/time-share"; // of the height
} // namespace

MainWindow::MainWindow(const labs::Lab &lab, FrameClock::Now now, QWidget *parent)
    : QWidget(parent), m_session(lab), m_progress(m_session), m_files(m_session, this),
      m_presenter(m_session, m_appearance, this), m_actions(m_session, m_files, m_appearance, m_presenter, this),
      m_clock(std::move(now)), m_many(m_session)
{
    setRole(this, "ground");
    setAttribute(Qt::WA_StyledBackground);
    setAcceptDrops(true);
    setMinimumSize(kSmallest);
    buildParts();
    connectParts();
    // On a small screen all of the window, on a large one its own size.
    resize(kFirst.boundedTo(screen()->availableSize()).expandedTo(kSmallest));
    restoreGeometry(QSettings().value(kGeometry).toByteArray());
    showLook();
}

MainWindow::~MainWindow() = default;

void MainWindow::keepWorkIn(const QString &folder, std::chrono::milliseconds every) { m_lost->keepIn(folder, every); }

void MainWindow::buildParts()
{
    m_top = new TopBar(m_session,
                       {m_actions.action("compare"), m_actions.action("many"), m_actions.action("export"),
                        m_actions.action("present"), m_actions.menu()},
                       this);
    m_guide = new GuidePanel(m_session, this);
    m_compare = new ComparePanel(m_session, this);
    m_manyPanel = new ManyPanel(m_many, m_session, this);
    m_left = new LeftColumn(m_guide, m_compare, m_manyPanel, this);
    m_side = new SidePanel(m_session, this);
    m_strip = new PresenterStrip(m_session, this);
    m_hints = new FirstHints(m_session, this);
    m_why = new WhyCard(m_session, this);
    m_legend = new LegendCard(this);
    m_lost = new LostWorkBar(m_session, m_files, this);

    m_upper = new QHBoxLayout;
    m_upper->addWidget(m_left);
    m_upper->addWidget(makeStageCard(), 1);
    m_upper->addWidget(m_side);

    m_bottom = new QWidget(this);
    auto *lower = new QHBoxLayout(m_bottom);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->addWidget(makeTimeCard(), 1);
    lower->addWidget(makeLogCard());

    m_content = new QVBoxLayout;
    m_border = new BorderHandle(this);
    m_content->addLayout(m_upper, 1);
    m_content->addWidget(m_border);
    m_content->addWidget(m_bottom);
    m_content->addWidget(m_strip);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(m_top);
    whole->addWidget(m_lost);
    whole->addLayout(m_content, 1);
    m_presenter.setParts({{m_top, m_left, m_side, m_border, m_transport, m_legendLink}, m_bottom, m_strip});
}

QWidget *MainWindow::makeTimeCard()
{
    m_timeCard = new QFrame(m_bottom);
    setRole(m_timeCard, "card");
    m_transport = new TransportBar(m_session, m_timeCard);
    m_time = new widgets::TimePanel(m_timeCard);
    m_time->setObjectName(QStringLiteral("time-panel"));
    m_flags = new PredictionFlags(m_session, m_time);
    auto *inside = new QVBoxLayout(m_timeCard);
    inside->setContentsMargins(1, 8, 1, 1);
    inside->setSpacing(2);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(14, 0, 14, 0);
    bar->addWidget(m_transport);
    inside->addLayout(bar);
    inside->addWidget(m_time, 1);
    return m_timeCard;
}

QWidget *MainWindow::makeLogCard()
{
    m_logCard = new QFrame(m_bottom);
    setRole(m_logCard, "card");
    m_log = new LogPanel(m_session, m_logCard);
    auto *inside = new QVBoxLayout(m_logCard);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(m_log);
    return m_logCard;
}

void MainWindow::connectParts()
{
    connect(&m_session, &Session::changed, this, &MainWindow::showFrame);
    connect(&m_appearance, &Appearance::changed, this, &MainWindow::showLook);
    connect(&m_presenter, &Presenter::changed, this, &MainWindow::showFrame);
    connect(&m_clock, &FrameClock::ticked, this, &MainWindow::onTick);
    connect(m_time, &widgets::TimePanel::scrubbed, this, [this](Time t) { m_session.seek(t); });
    connect(m_time, &widgets::TimePanel::pictureWanted, this,
            [this](const sim::ChartSpec *chart) { m_files.copyChart(*chart); });
    connect(m_time, &widgets::TimePanel::dataWanted, this,
            [this](const sim::ChartSpec *chart) { m_files.copyChartData(*chart); });
    connect(m_compare, &ComparePanel::fileWanted, &m_files, &FileActions::askCompare);
    connect(m_compare, &ComparePanel::exportWanted, &m_files, &FileActions::askExport);
    connect(m_lost, &LostWorkBar::changed, this, &MainWindow::divide);
    connect(&m_many, &ManyBook::changed, this, &MainWindow::showMany);
    connect(&m_actions, &WindowActions::manyWanted, this, &MainWindow::setMany);
    connect(m_manyPanel, &ManyPanel::closeWanted, this, [this] { setMany(false); });
    connect(m_manyPanel, &ManyPanel::exportWanted, m_actions.action("export"), &QAction::trigger);
    connect(m_left, &LeftColumn::chose, this, &MainWindow::showFrame);
    m_files.onMany([this] { return manyExport(); });
    connect(m_border, &BorderHandle::movedBy, this, &MainWindow::moveBorder);
    connect(m_border, &BorderHandle::putBack, this, [this] {
        QSettings().remove(kTimeShare);
        divide();
    });
    connect(m_legendLink, &QPushButton::clicked, this, [this] {
        m_legend->toggle(m_session.lab(), *m_legendLink);
        m_actions.setFrame();
    });
    auto *menuKey = new QAction(this);
    menuKey->setShortcut(QKeySequence(Qt::Key_F10));
    addAction(menuKey);
    connect(menuKey, &QAction::triggered, m_top, &TopBar::openMenu);
}

void MainWindow::onTick(Duration wall)
{
    m_session.tick(wall);
    m_clock.setRunning(m_session.wantsTicks());
}

// One frame: one snapshot, handed to every part.
void MainWindow::showFrame()
{
    if (m_stageOf != &m_session.lab())
        makeStageOf(m_session.lab());
    const sim::Timeline &run = m_session.timeline();
    const bool comparing = m_session.comparing();
    StagePair::Frame stages{m_session.frame(), {}, m_session.keptRuns().oursRight, m_session.jumped()};
    if (comparing) {
        stages.other = m_session.otherFrame();
        stages.ourName = QString::fromStdString(m_session.ourName());
        stages.otherName = QString::fromStdString(m_session.otherName());
    }
    if (comparing != m_left->isComparing())
        divide();
    m_stage->setFrame(stages);
    if (!m_many.isEmpty() && m_many.plain()->sweep().scenario->step != m_session.lab().id)
        m_many.clear();
    showMany();
    m_top->setFrame(m_left->hasMany());
    m_guide->setFrame();
    m_compare->setFrame();
    m_side->setFrame();
    m_transport->setFrame();
    m_log->setFrame();
    // The next lines of the log are the answer to many a question.
    m_log->setVisible(m_session.prediction().stage() != Prediction::Stage::Asked);
    m_veil->setAround({m_side->isVisibleTo(this), m_time->isVisibleTo(this)});
    m_veil->setFrame();
    m_flags->setFrame();
    m_guard.setAsked(m_session.prediction().stage() == Prediction::Stage::Asked);
    m_strip->setFrame();
    m_why->setFrame(m_stage->ours());
    m_legend->setLab(m_session.lab());
    m_actions.setFrame();
    m_hints->setSuspended(m_presenter.isActive());
    m_lost->setHushed(m_presenter.isActive());
    setWindowTitle(
        tr("%1 · %2 · seed %3")
            .arg(QString::fromStdString(m_session.lab().title), QString::fromStdString(m_session.scenario().title))
            .arg(run.seed()));
    m_clock.setRunning(m_session.wantsTicks());
}

void MainWindow::showTime()
{
    const sim::Timeline &run = m_session.timeline();
    widgets::TimeSource source = widgets::timeSourceOf(m_session.snapshot(), run.history(), run.frontier());
    if (m_session.comparing()) {
        const sim::Timeline &other = m_session.otherRun();
        const auto &apart = m_session.firstDifference();
        source.beside = {std::make_shared<const widgets::TimeSource>(
                             widgets::timeSourceOf(*m_session.otherFrame(), other.history(), other.frontier())),
                         QString::fromStdString(m_session.otherName()),
                         apart ? std::optional(apart->at) : std::nullopt};
    }
    const bool asked = m_session.prediction().stage() == Prediction::Stage::Asked;
    source.many = m_left->hasMany() && !asked ? m_many.band() : nullptr;
    m_time->setSource(std::move(source), m_session.scenario().name);
}

void MainWindow::showLook()
{
    m_appearance.apply();
    const widgets::Theme theme = m_appearance.theme();
    if (m_stage) {
        m_stage->setTheme(theme);
        m_stage->setReducedMotion(m_appearance.reducedMotion());
    }
    m_time->setTheme(theme);
    m_top->setTheme(theme);
    m_guide->setTheme(theme);
    m_compare->setTheme(theme);
    m_manyView->setTheme(theme);
    m_side->setTheme(theme);
    m_transport->setTheme(theme);
    m_border->setTheme(theme);
    m_strip->setTheme(theme);
    m_hints->setTheme(theme);
    m_veil->setTheme(theme);
    m_flags->setTheme(theme);
    m_why->setTheme(theme);
    m_legend->setTheme(theme);
    m_logCard->setVisible(m_appearance.logVisible());
    m_transport->setCountersVisible(m_appearance.countersVisible());
    divide();
    showFrame();
}

void MainWindow::divide()
{
    const Proportions p = proportionsFor(size(), m_appearance.theme().scale);
    m_content->setContentsMargins(p.gap, p.gap, p.gap, p.gap);
    m_content->setSpacing(0);
    m_border->setFixedHeight(p.gap == 16 ? 12 : p.gap);
    m_upper->setSpacing(p.gap);
    // The scroll bar of the right column lies in the margin.
    m_upper->setContentsMargins(0, 0, -SidePanel::kBarRoom, 0);
    m_bottom->layout()->setSpacing(p.gap);
    m_left->setFixedWidth(p.guide);
    const bool atLeft =
        m_session.comparing() && width() - p.guide - p.side - 4 * p.gap < StagePair::widthOfTwo(m_appearance.theme());
    m_left->setFrame(m_session.comparing(), atLeft ? m_side : nullptr);
    if (!atLeft && m_upper->indexOf(m_side) < 0) {
        m_upper->addWidget(m_side);
        m_side->setVisible(!m_presenter.isActive());
    }
    m_left->choose(m_left->chosen()); // a part of it may have been shown by others
    m_side->setFixedWidth(atLeft ? p.guide : p.side + SidePanel::kBarRoom);
    m_side->setGap(p.gap);
    const double share = QSettings().value(kTimeShare, 0.0).toDouble();
    const int wanted = share > 0 ? boundedBottom(size(), int(std::lround(share * height()))) : p.bottom;
    m_bottom->setFixedHeight(std::min(wanted, roomForBottom()));
    m_logCard->setFixedWidth(width() / 4);
}

// What the stage and the columns beside it can spare.
int MainWindow::roomForBottom() const
{
    const QMargins edge = m_content->contentsMargins();
    // Of the parts and not of their row, which learns only later that one of them has become another.
    int upper = 0;
    for (const QWidget *part :
         {static_cast<QWidget *>(m_left), static_cast<QWidget *>(m_stageCard), static_cast<QWidget *>(m_side)})
        if (!part->isHidden())
            upper = std::max(upper, part->minimumSizeHint().height());
    int taken = upper + edge.top() + edge.bottom();
    for (const QWidget *other : {static_cast<QWidget *>(m_top), static_cast<QWidget *>(m_lost),
                                 static_cast<QWidget *>(m_border), static_cast<QWidget *>(m_strip)})
        if (!other->isHidden())
            taken += other->sizeHint().expandedTo(other->minimumSize()).height();
    return std::max(height() - taken, m_bottom->minimumSizeHint().height());
}

// Remembered as a share, so that it fits the next window too.
void MainWindow::moveBorder(int pixels)
{
    const int wanted = boundedBottom(size(), m_bottom->height() - pixels);
    QSettings().setValue(kTimeShare, double(wanted) / std::max(1, height()));
    divide();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    divide();
    m_hints->setFrame();
    if (m_stage)
        m_why->setFrame(m_stage->ours());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_presenter.setActive(false);
    QSettings settings;
    settings.setValue(kGeometry, saveGeometry());
    settings.setValue(kStep, QString::fromStdString(m_session.lab().id));
    m_lost->forget();
    QWidget::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!FileActions::droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    m_files.open(FileActions::droppedFile(event->mimeData()));
}

} // namespace app
