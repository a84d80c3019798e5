// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/transport_bar.h"

#include "app/panels/controls/glyph_icon.h"
#include "app/panels/controls/labels.h"
#include "app/panels/controls/tabular_label.h"
#include "app/panels/counters_label.h"
#include "app/panels/time_words.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <cmath>

namespace app {

using widgets::TextSize;

namespace {
constexpr int kSpeedSteps = 600; // a hundredth of a decade
constexpr size_t kPlay = 3; // place among the buttons
constexpr std::array kGlyphs{Glyph::ToStart, Glyph::DecisionBack, Glyph::EventBack,
                             Glyph::Play,    Glyph::EventOn,      Glyph::DecisionOn};
} // namespace

TransportBar::TransportBar(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_theme(widgets::Theme::light()),
      m_time(new TabularLabel(TextSize::Heading, QFont::Bold, false, this)), m_speedText(new QToolButton(this)),
      m_speed(new QSlider(Qt::Horizontal, this)), m_runUntil(new QToolButton(this)), m_starts(new QWidget(this)),
      m_notice(new TabularLabel(TextSize::Label, QFont::Normal, true, this)),
      m_counters(new TabularLabel(TextSize::Label, QFont::Normal, true, this))
{
    m_time->setObjectName(QStringLiteral("time"));
    m_notice->setObjectName(QStringLiteral("notice"));
    m_counters->setObjectName(QStringLiteral("counters"));
    m_counters->setAlignment(Qt::AlignRight);

    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    addButtons(row);
    row->addSpacing(14);
    row->addWidget(m_time);
    row->addSpacing(14);
    addSpeed(row);
    row->addSpacing(14);
    addRunUntil(row);
    row->addSpacing(10);
    addStarts(row);
    row->addSpacing(10);
    row->addWidget(m_notice, 1);
    row->addWidget(m_counters, 1);
    row->setContentsMargins(0, 0, 0, 0);
    setLayout(row);
    showGlyphs();
}

template <typename Act> void TransportBar::addButton(QHBoxLayout *row, const char *name, const QString &help, Act act)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(help);
    button->setAccessibleName(help);
    button->setFocusPolicy(Qt::TabFocus);
    setRole(button, m_buttons.size() == kPlay ? "play" : "transport");
    connect(button, &QToolButton::clicked, this, act);
    row->addWidget(button);
    m_buttons.push_back(button);
}

void TransportBar::addButtons(QHBoxLayout *row)
{
    addButton(row, "to-start", tr("Replay from the start (Home)"), [this] { m_session.sameSeed(); });
    addButton(row, "decision-back", tr("Back one decision (Left)"), [this] { m_session.stepDecisionBack(); });
    addButton(row, "event-back", tr("Back one event (,)"), [this] { m_session.stepEventBack(); });
    addButton(row, "play", tr("Play or pause (Space)"), [this] { m_session.togglePlaying(); });
    addButton(row, "event-on", tr("Forward one event (.)"), [this] { m_session.stepEvent(); });
    addButton(row, "decision-on", tr("Forward one decision (Right)"), [this] { m_session.stepDecision(); });
}

void TransportBar::addSpeed(QHBoxLayout *row)
{
    m_speedText->setObjectName(QStringLiteral("speed-presets"));
    m_speedText->setPopupMode(QToolButton::InstantPopup);
    m_speedText->setFocusPolicy(Qt::TabFocus);
    const QString stays = tr("What you set stays for this step, whichever scenario you open.");
    m_speedText->setToolTip(tr("Speed: presets. %1").arg(stays));
    setRole(m_speedText, "link");
    auto *menu = new QMenu(m_speedText);
    menu->addAction(tr("Lecture"), this, [this] { m_session.setSpeed(Playback::lectureSpeed(m_session.scenario())); });
    menu->addAction(tr("Slow"), this, [this] { m_session.setSpeed(Playback::slowSpeed(m_session.scenario())); });
    menu->addSeparator();
    menu->addAction(tr("Each scenario's own speed"), this, [this] { m_session.useOwnSpeed(); });
    menu->addAction(tr("Real time"), this, [this] { m_session.setSpeed(1.0); });
    menu->addAction(tr("10 times as fast"), this, [this] { m_session.setSpeed(10.0); });
    m_speedText->setMenu(menu);
    row->addWidget(m_speedText);

    m_speed->setObjectName(QStringLiteral("speed"));
    m_speed->setRange(0, kSpeedSteps);
    m_speed->setPageStep(kSpeedSteps / 6);
    m_speed->setSingleStep(10);
    m_speed->setFocusPolicy(Qt::TabFocus);
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("Speed. %1 The list beside it gives each scenario its own again.").arg(stays));
    m_speed->setMinimumWidth(70);
    m_speed->setMaximumWidth(90);
    connect(m_speed, &QSlider::valueChanged, this,
            [this](int position) { m_session.setSpeed(Playback::speedAt(double(position) / kSpeedSteps)); });
    row->addWidget(m_speed);
}

void TransportBar::addRunUntil(QHBoxLayout *row)
{
    m_runUntil->setObjectName(QStringLiteral("run-until"));
    m_runUntil->setText(tr("run until ▾"));
    m_runUntil->setToolTip(tr("Cut the wait short"));
    m_runUntil->setPopupMode(QToolButton::InstantPopup);
    m_runUntil->setFocusPolicy(Qt::TabFocus);
    setRole(m_runUntil, "link");
    auto *menu = new QMenu(m_runUntil);
    // What can be waited for depends on the scenario.
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (const RunUntil wait : waitsIn(m_session.scenario()))
            menu->addAction(labelOf(wait), this, [this, wait] { m_session.runUntil(wait); });
    });
    m_runUntil->setMenu(menu);
    row->addWidget(m_runUntil);
}

void TransportBar::addStarts(QHBoxLayout *row)
{
    auto *links = new QHBoxLayout(m_starts);
    links->setContentsMargins(0, 0, 0, 0);
    links->setSpacing(12);
    const auto add = [&](const char *name, const QString &text, const QString &help, void (Session::*act)()) {
        auto *link = new QPushButton(text, m_starts);
        link->setObjectName(QString::fromLatin1(name));
        link->setToolTip(help);
        link->setFocusPolicy(Qt::TabFocus);
        setRole(link, "link");
        connect(link, &QPushButton::clicked, &m_session, act);
        links->addWidget(link);
    };
    add("reset", tr("reset"), tr("The start, with all that was done taken back (Ctrl+R)"), &Session::reset);
    add("same-seed", tr("replay"),
        tr("The same run from the start: same seed, and all that was done happens again (Home)"), &Session::sameSeed);
    add("new-seed", tr("new seed"), tr("The same run with other luck: all that was done happens again (Ctrl+Shift+R)"),
        &Session::newSeed);
    row->addWidget(m_starts);
}

// Where there is no room for them, they are in the menu and on their keys.
void TransportBar::showStarts()
{
    m_starts->setVisible(width() >= m_theme.px(1120));
    m_speed->setVisible(width() >= m_theme.px(860)); // the presets beside it stay
}

void TransportBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showStarts();
}

void TransportBar::showGlyphs()
{
    const int size = int(std::lround(m_theme.px(18)));
    for (size_t i = 0; i < m_buttons.size(); ++i) {
        const bool play = i == kPlay;
        m_buttons[i]->setIcon(
            glyphIcon(play && m_playing ? Glyph::Pause : kGlyphs[i], play ? m_theme.control.text : m_theme.ink));
        m_buttons[i]->setIconSize(QSize(size, size));
    }
}

void TransportBar::setFrame()
{
    const Duration length = m_session.horizon().time_since_epoch();
    m_time->setText(clockText(m_session.now(), length));
    m_time->setWidest(clockText(resilience::at(length), length));
    const double speed = m_session.speed();
    if (const QString text = tr("%1 ▾").arg(speedText(speed)); text != m_speedText->text()) {
        m_speedText->setText(text);
        // As wide as its longest text, so that the slider does not move away from the hand that drags it.
        const QFontMetrics metrics = m_speedText->fontMetrics();
        const int around = m_speedText->sizeHint().width() - metrics.horizontalAdvance(text);
        int widest = 0;
        for (const double other : {0.001, 0.88, 88.8, 888.0, speed})
            widest = std::max(widest, metrics.horizontalAdvance(tr("%1 ▾").arg(speedText(other))));
        m_speedText->setMinimumWidth(widest + around + 2); // whole pixels
    }
    {
        const QSignalBlocker quiet(m_speed);
        m_speed->setValue(int(std::lround(Playback::positionOf(speed) * kSpeedSteps)));
        m_speed->setAccessibleDescription(speedText(speed));
    }
    if (m_playing != m_session.needsTicks()) {
        m_playing = m_session.needsTicks();
        showGlyphs();
    }
    m_buttons[kPlay]->setAccessibleDescription(m_playing ? tr("playing") : tr("paused"));
    // What could not be done matters more for the moment than what was counted.
    const bool noticed = !m_session.notice().isEmpty();
    m_notice->setText(m_session.notice());
    m_notice->setVisible(noticed);
    m_counters->setVisible(m_countersWanted && !noticed);
    showCounters(*m_counters, m_session);
}

void TransportBar::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    for (TabularLabel *label : {m_time, m_notice, m_counters})
        label->setTheme(theme);
    showGlyphs();
    showStarts();
}

void TransportBar::setCountersVisible(bool visible)
{
    m_countersWanted = visible;
    m_counters->setVisible(visible && m_session.notice().isEmpty());
}

} // namespace app
