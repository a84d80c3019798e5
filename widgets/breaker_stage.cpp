// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breaker_stage.h"

#include "widgets/breaker_target_text.h"

#include <QElapsedTimer>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <QToolTip>

#include <algorithm>
#include <memory>

namespace widgets {

using resilience::sim::Snapshot;

namespace {

constexpr int kFrameMilliseconds = 16;

std::function<double()> secondsFromNow()
{
    auto timer = std::make_shared<QElapsedTimer>();
    timer->start();
    return [timer] { return static_cast<double>(timer->nsecsElapsed()) / 1e9; };
}

bool isPaused(const Snapshot &snapshot) { return paceOf(snapshot) == Pace::Paused; }

} // namespace

BreakerStage::BreakerStage(QWidget *parent, std::function<double()> animationSeconds)
    : QWidget(parent), m_clock(animationSeconds ? std::move(animationSeconds) : secondsFromNow()),
      m_frames(new QTimer(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    // Every pixel is painted, corners included.
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Circuit breaker stage"));
    m_frames->setInterval(kFrameMilliseconds);
    connect(m_frames, &QTimer::timeout, this, &BreakerStage::animate);
}

void BreakerStage::setFrame(const Snapshot &snapshot, bool jumped)
{
    if (m_snapshot == snapshot && !jumped)
        return;
    m_snapshot = snapshot;
    m_client = snapshot.clients.empty() ? 0 : std::min<uint32_t>(m_client, snapshot.clients.size() - 1);
    if (!snapshot.clients.empty())
        m_animation.show(snapshot, m_client, m_clock(), jumped);
    relayout();
    if (m_animation.running(m_clock()))
        m_frames->start();
    tellAccessibility();
}

void BreakerStage::setTheme(const Theme &theme)
{
    if (m_theme == theme)
        return;
    m_theme = theme;
    updateGeometry();
    relayout();
}

void BreakerStage::setReducedMotion(bool reduced)
{
    m_animation.setReducedMotion(reduced);
    update();
}

void BreakerStage::setClient(uint32_t client)
{
    if (m_client == client || (m_snapshot && client >= m_snapshot->clients.size()))
        return;
    m_client = client;
    m_animation = {};
    relayout();
}

QSize BreakerStage::sizeHint() const { return QSizeF(712 * m_theme.scale, 488 * m_theme.scale).toSize(); }

QSize BreakerStage::minimumSizeHint() const { return (kSmallestStage * m_theme.scale).toSize(); }

void BreakerStage::relayout()
{
    if (!m_snapshot || m_snapshot->clients.empty())
        return;
    m_layout = layoutBreakerStage(*m_snapshot, size(), m_theme, m_client);
    if (m_focus && !m_layout.find(m_focus))
        m_focus = {};
    if (m_hover && !m_layout.find(m_hover))
        m_hover = {};
    update();
}

void BreakerStage::animate()
{
    update();
    if (!m_animation.running(m_clock()))
        m_frames->stop();
}

void BreakerStage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool shown = m_snapshot && !m_snapshot->clients.empty();
    paintStageCard(painter, size(), m_theme, shown && isPaused(*m_snapshot));
    if (!shown)
        return;
    paintBreakerStage(painter, m_layout, *m_snapshot, m_theme, phase());
    paintRing(painter, m_hover, false);
    if (hasFocus() && m_ringShown)
        paintRing(painter, m_focus, true);
}

void BreakerStage::paintRing(QPainter &painter, const StageTarget &target, bool focus) const
{
    const StageHit *hit = target ? m_layout.find(target) : nullptr;
    if (!hit)
        return;
    const double away = m_theme.px(focus ? 4 : 2);
    const QRectF area = hit->area.adjusted(-away, -away, away, away);
    const bool round = target.kind == StageTarget::Kind::StateBubble || target.kind == StageTarget::Kind::Request
                       || target.kind == StageTarget::Kind::RecentOutcome;
    const double radius = round ? area.height() / 2 : m_theme.px(8);
    QColor color = focus ? palette().color(QPalette::Highlight) : m_theme.quietLine;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, m_theme.px(focus ? 2.4 : 1.2)));
    painter.drawRoundedRect(area, radius, radius);
}

void BreakerStage::resizeEvent(QResizeEvent *) { relayout(); }

bool BreakerStage::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_snapshot && !m_snapshot->clients.empty()) {
        auto *help = static_cast<QHelpEvent *>(event);
        const StageTarget target = hitTest(m_layout, help->pos());
        const QString text = targetText(*m_snapshot, m_client, target);
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

void BreakerStage::mouseMoveEvent(QMouseEvent *event)
{
    const StageTarget target = hitTest(m_layout, event->position());
    if (target == m_hover)
        return;
    m_hover = target;
    setCursor(target ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void BreakerStage::leaveEvent(QEvent *)
{
    if (!m_hover)
        return;
    m_hover = {};
    update();
}

void BreakerStage::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_pressed = hitTest(m_layout, event->position());
}

void BreakerStage::mouseReleaseEvent(QMouseEvent *event)
{
    // A call may have flown on since the press: what was pressed is what was meant.
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    const StageTarget target = std::exchange(m_pressed, {});
    if (target == hitTest(m_layout, event->position()) || target.kind == StageTarget::Kind::Request) {
        m_focus = target;
        m_ringShown = false;
        click(target);
    }
}

void BreakerStage::click(const StageTarget &target)
{
    if (!target)
        return;
    emit targetClicked(target);
    if (target.kind == StageTarget::Kind::Service)
        emit faultToggleRequested(static_cast<uint32_t>(target.id));
}

void BreakerStage::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
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

void BreakerStage::focusInEvent(QFocusEvent *event)
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

void BreakerStage::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

bool BreakerStage::focusNextPrevChild(bool next)
{
    return moveFocus(next ? 1 : -1, true) || QWidget::focusNextPrevChild(next);
}

// To the next (or previous) target; false at the end. From none, to the first (or last).
bool BreakerStage::moveFocus(int step, bool primaryOnly)
{
    std::vector<StageTarget> stops;
    for (const StageHit &hit : m_layout.hits)
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

void BreakerStage::setFocusTarget(const StageTarget &target)
{
    m_focus = target;
    tellAccessibility();
    update();
}

// Only when the words change: a screen reader is not to be told every frame.
void BreakerStage::tellAccessibility()
{
    if (!m_snapshot || m_snapshot->clients.empty())
        return;
    QString text = stageText(*m_snapshot, m_client);
    if (hasFocus() && m_ringShown && m_focus)
        text = targetText(*m_snapshot, m_client, m_focus);
    if (text != accessibleDescription())
        setAccessibleDescription(text);
}

} // namespace widgets
