// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage.h"

#include "widgets/stage/stage_context.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <QToolTip>

#include <algorithm>
#include <utility>
#include <vector>

namespace widgets {

using resilience::sim::Snapshot;

namespace {

constexpr int kFrameMilliseconds = 16;
constexpr double kGhostFrom = 70; // px at scale 1, of the sentences at the top
constexpr double kGhost = 0.3; // opacity: seen after what it lies on

std::function<double()> secondsFromNow()
{
    auto timer = std::make_shared<QElapsedTimer>();
    timer->start();
    return [timer] { return static_cast<double>(timer->nsecsElapsed()) / 1e9; };
}

bool isPaused(const Snapshot &snapshot) { return paceOf(snapshot) == Pace::Paused; }

// How far Alt with an arrow moves things; 0 for any other key.
int stepsOf(const QKeyEvent &key)
{
    if ((key.modifiers() & ~Qt::KeypadModifier) != Qt::AltModifier)
        return 0;
    switch (key.key()) {
    case Qt::Key_Up:
    case Qt::Key_Left:
        return -1;
    case Qt::Key_Down:
    case Qt::Key_Right:
        return 1;
    default:
        return 0;
    }
}

} // namespace

Stage::Stage(std::unique_ptr<StageScene> scene, QWidget *parent, std::function<double()> animationSeconds)
    : QWidget(parent), m_scene(std::move(scene)),
      m_clock(animationSeconds ? std::move(animationSeconds) : secondsFromNow()), m_frames(new QTimer(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    // Every pixel is painted, corners included.
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(m_scene->name());
    m_frames->setInterval(kFrameMilliseconds);
    connect(m_frames, &QTimer::timeout, this, &Stage::animate);
}

Stage::~Stage() = default;

void Stage::setFrame(const resilience::sim::SharedSnapshot &snapshot, bool jumped)
{
    if (m_snapshot == snapshot && !jumped)
        return;
    m_snapshot = snapshot;
    relayout();
    if (m_picture)
        m_animation.show(m_scene->state(*snapshot), *snapshot, m_clock(), jumped);
    if (m_animation.running(m_clock()))
        m_frames->start();
    tellAccessibility();
}

void Stage::setGhost(const resilience::sim::SharedSnapshot &snapshot)
{
    if (m_ghostSnapshot == snapshot)
        return;
    m_ghostSnapshot = snapshot;
    relayout();
}

void Stage::setTheme(const Theme &theme)
{
    if (m_theme == theme)
        return;
    m_theme = theme;
    updateGeometry();
    relayout();
}

void Stage::setReducedMotion(bool reduced)
{
    m_animation.setReducedMotion(reduced);
    update();
}

QSize Stage::sizeHint() const { return (kUsualStage * m_theme.scale).toSize(); }

QSize Stage::minimumSizeHint() const { return (m_scene->smallest() * m_theme.scale).toSize(); }

const StageHit *Stage::find(const StageTarget &target) const
{
    return m_picture && target ? findHit(m_picture->hits(), target) : nullptr;
}

StageTarget Stage::targetAt(QPointF point) const
{
    return m_picture ? hitTest(m_picture->hits(), point) : StageTarget{};
}

void Stage::relayout()
{
    if (!m_snapshot)
        return;
    m_picture = m_scene->layout(m_snapshot, size(), m_theme);
    m_ghost = m_ghostSnapshot ? m_scene->layout(m_ghostSnapshot, size(), m_theme) : nullptr;
    if (!find(m_focus))
        m_focus = {};
    if (!find(m_hover))
        m_hover = {};
    if (m_dragging && !find(m_pressed))
        letGo();
    update();
}

void Stage::animate()
{
    update();
    if (!m_animation.running(m_clock()))
        m_frames->stop();
}

void Stage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintStageCard(painter, size(), m_theme, m_picture && isPaused(*m_snapshot));
    if (!m_picture)
        return;
    m_picture->paint(painter, phase());
    if (m_ghost) {
        painter.save();
        painter.setClipRect(QRectF(rect()).adjusted(0, m_theme.px(kGhostFrom), 0, 0)); // two sentences would be none
        painter.setOpacity(kGhost);
        m_ghost->paint(painter, StagePhase{});
        painter.restore();
    }
    paintRing(painter, m_hover, false);
    if (hasFocus() && m_ringShown)
        paintRing(painter, m_focus, true);
    if (const StageHit *hit = m_dragging ? find(m_pressed) : nullptr)
        m_picture->paintDragged(painter, *hit, m_pointer - m_pressedAt);
}

void Stage::paintRing(QPainter &painter, const StageTarget &target, bool focus) const
{
    const StageHit *hit = find(target);
    if (!hit)
        return;
    const QColor color = focus ? palette().color(QPalette::Highlight) : m_theme.quietLine;
    paintStageOutline(painter, *hit, m_theme.px(focus ? 4 : 2), QPen(color, m_theme.px(focus ? 2.4 : 1.2)), m_theme);
}

void Stage::resizeEvent(QResizeEvent *) { relayout(); }

bool Stage::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_picture) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QString text = m_scene->targetText(*m_snapshot, targetAt(help->pos()));
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((m_dragging && key->key() == Qt::Key_Escape) || (stepsOf(*key) != 0 && m_scene->draggable(m_focus))) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void Stage::mouseMoveEvent(QMouseEvent *event)
{
    if (m_pressed && (event->buttons() & Qt::LeftButton) && m_scene->draggable(m_pressed)) {
        const QPointF way = event->position() - m_pressedAt;
        if (!m_dragging && way.manhattanLength() >= QApplication::startDragDistance()) {
            m_dragging = true;
            setCursor(Qt::ClosedHandCursor);
        }
        if (m_dragging) {
            m_pointer = event->position();
            update();
            return;
        }
    }
    const StageTarget target = targetAt(event->position());
    if (target == m_hover)
        return;
    m_hover = target;
    setCursor(!target ? Qt::ArrowCursor : m_scene->draggable(target) ? Qt::OpenHandCursor : Qt::PointingHandCursor);
    update();
}

void Stage::leaveEvent(QEvent *)
{
    if (!m_hover)
        return;
    m_hover = {};
    update();
}

void Stage::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = targetAt(event->position());
    m_pressedAt = event->position();
}

void Stage::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    if (m_dragging) {
        drop(event->position());
        return;
    }
    // A call may have flown on since the press: what was pressed is what was meant.
    const StageTarget target = std::exchange(m_pressed, {});
    if (target == targetAt(event->position()) || target.is<targets::Request>()) {
        m_focus = target;
        m_ringShown = false;
        click(target);
    }
}

void Stage::drop(QPointF at)
{
    const StageTarget target = m_pressed;
    const QPointF from = m_pressedAt;
    letGo();
    m_focus = target;
    m_ringShown = false;
    if (const auto what = m_scene->dropped(*m_snapshot, target, from, at, *m_picture))
        emit interventionRequested(*what);
    else if (const auto end = m_scene->endDropped(*m_snapshot, target, from, at, *m_picture))
        emit faultEndRequested(*end);
}

void Stage::letGo()
{
    m_dragging = false;
    m_pressed = {};
    unsetCursor();
    update();
}

void Stage::click(const StageTarget &target)
{
    if (!target || !m_picture)
        return;
    // What the click means is settled before anybody acts on it: asking about it shows another frame.
    const auto what = m_scene->clicked(*m_snapshot, target);
    const auto service = what ? std::nullopt : m_scene->serviceToBreak(*m_snapshot, target);
    emit targetClicked(target);
    if (what)
        emit interventionRequested(*what);
    else if (service)
        emit faultToggleRequested(*service);
}

bool Stage::moveTarget(int steps)
{
    if (!m_picture || !m_focus)
        return false;
    if (const auto what = m_scene->moved(*m_snapshot, m_focus, steps)) {
        emit interventionRequested(*what);
        return true;
    }
    const auto end = m_scene->endMoved(*m_snapshot, m_focus, steps);
    if (end)
        emit faultEndRequested(*end);
    return end.has_value();
}

void Stage::keyPressEvent(QKeyEvent *event)
{
    if (const int steps = stepsOf(*event)) {
        if (!moveTarget(steps))
            QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_dragging)
            letGo();
        else
            QWidget::keyPressEvent(event);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click(m_focus);
        return;
    case Qt::Key_Down:
        moveFocus(1, false);
        return;
    case Qt::Key_Up:
        moveFocus(-1, false);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void Stage::focusInEvent(QFocusEvent *event)
{
    m_ringShown = event->reason() != Qt::MouseFocusReason;
    if (event->reason() == Qt::TabFocusReason)
        m_focus = {};
    if (event->reason() == Qt::TabFocusReason || (m_ringShown && !m_focus))
        moveFocus(1, true);
    if (event->reason() == Qt::BacktabFocusReason) {
        m_focus = {};
        moveFocus(-1, true);
    }
    QWidget::focusInEvent(event);
}

void Stage::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

bool Stage::focusNextPrevChild(bool next)
{
    return moveFocus(next ? 1 : -1, true) || QWidget::focusNextPrevChild(next);
}

// To the next (or previous) target; false at the end. From none, to the first (or last).
bool Stage::moveFocus(int step, bool primaryOnly)
{
    if (!m_picture)
        return false;
    std::vector<StageTarget> stops;
    for (const StageHit &hit : m_picture->hits())
        if ((hit.primary || !primaryOnly || hit.target == m_focus)
            && std::find(stops.begin(), stops.end(), hit.target) == stops.end())
            stops.push_back(hit.target);
    const auto at = std::find(stops.begin(), stops.end(), m_focus);
    const std::ptrdiff_t index = at != stops.end() ? at - stops.begin() + step
                                 : step > 0        ? 0
                                                   : static_cast<std::ptrdiff_t>(stops.size()) - 1;
    if (index < 0 || index >= static_cast<std::ptrdiff_t>(stops.size()))
        return false;
    m_ringShown = true;
    setFocusTarget(stops[static_cast<size_t>(index)]);
    return true;
}

void Stage::setFocusTarget(const StageTarget &target)
{
    m_focus = target;
    tellAccessibility();
    update();
}

// Only when the words change: a screen reader is not to be told every frame.
void Stage::tellAccessibility()
{
    if (!m_picture)
        return;
    const bool focused = hasFocus() && m_ringShown && m_focus;
    const QString text = focused ? m_scene->targetText(*m_snapshot, m_focus) : m_scene->stageText(*m_snapshot);
    if (text != accessibleDescription())
        setAccessibleDescription(text);
}

} // namespace widgets
