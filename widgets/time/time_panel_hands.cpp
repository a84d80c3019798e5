// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_panel.h"

#include "widgets/time/chart_frame.h"
#include "widgets/time/lanes_scene.h"
#include "widgets/time/time_chart.h"
#include "widgets/time/time_difference.h"
#include "widgets/time/time_readout.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

// What hands do to the time panel: scrubbing, zooming, panning, keys and the menu of a chart.
namespace widgets {

void TimePanel::scrubTo(double x)
{
    const Time t = m_picture.axis.timeAt(x);
    if (m_scrubbed == t)
        return;
    m_scrubbed = t;
    emit scrubbed(t);
}

void TimePanel::hoverAt(std::optional<double> x)
{
    if (x == m_hover)
        return;
    m_hover = x;
    update();
}

TimeRange TimePanel::whole() const { return {resilience::kTimeZero, visibleEnd(m_source.until, m_source.frontier)}; }

void TimePanel::setRange(Time from, Time to)
{
    const TimeRange all = whole();
    const Duration least = std::max(Duration{1000}, (all.to - all.from) / 2000);
    const Duration span = std::max(least, to - from);
    from = std::clamp(from, all.from, std::max(all.from, all.to - span));
    const TimeRange wanted{from, from + span};
    m_range = span >= all.to - all.from ? std::nullopt : std::optional(wanted);
    rebuild();
    placeChooser();
    update();
}

void TimePanel::zoom(double factor, double x)
{
    const TimeAxis &axis = m_picture.axis;
    const double share = std::clamp((x - axis.left()) / axis.width(), 0.0, 1.0);
    const double span = static_cast<double>(axis.span().count());
    const Time at = axis.timeAt(axis.left() + share * axis.width());
    const double wanted = std::min(span / factor, static_cast<double>((whole().to - whole().from).count()));
    const Time from = at - Duration{std::llround(wanted * share)};
    setRange(from, from + Duration{std::llround(wanted)});
}

void TimePanel::pan(double pixels)
{
    const TimeAxis &axis = m_picture.axis;
    const Duration by{std::llround(pixels / axis.width() * static_cast<double>(axis.span().count()))};
    if (isZoomed())
        setRange(axis.from() - by, axis.to() - by);
}

void TimePanel::fit() { setRange(whole().from, whole().to); }

// While it plays, the present stays in sight.
void TimePanel::followNow(Time before)
{
    const Time now = m_source.now;
    if (!m_range || now == before || (now >= m_range->from && now <= m_range->to))
        return;
    const Duration span = m_range->to - m_range->from;
    const Time from = std::max(resilience::kTimeZero, now - std::min(now.time_since_epoch(), span / 4));
    m_range = TimeRange{from, from + span};
}

const sim::ChartSpec *TimePanel::chartAt(double y) const
{
    for (size_t i = 0; i < m_picture.charts.size(); ++i)
        if (const QRectF area = chartArea(m_picture.layout, i); y >= area.top() && y < area.bottom())
            return m_picture.charts[i].spec;
    return nullptr;
}

void TimePanel::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier)
        zoom(std::pow(1.25, turned.y() / 120.0), event->position().x());
    else if (isZoomed() && (turned.x() != 0 || event->modifiers() & Qt::ShiftModifier))
        pan((turned.x() != 0 ? turned.x() : turned.y()) / 120.0 * m_picture.axis.width() / 10);
    else
        return event->ignore();
    event->accept();
}

void TimePanel::contextMenuEvent(QContextMenuEvent *event)
{
    const sim::ChartSpec *chart = chartAt(event->pos().y());
    if (!chart && !m_picture.charts.empty())
        chart = m_picture.charts.front().spec;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("chartMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (chart) {
        menu->addAction(tr("Copy chart"), this, [this, chart] { emit pictureWanted(chart); })
            ->setShortcut(QKeySequence::Copy);
        menu->addAction(tr("Copy data"), this, [this, chart] { emit dataWanted(chart); });
        menu->addSeparator();
    }
    const double middle = m_picture.axis.left() + m_picture.axis.width() / 2;
    menu->addAction(tr("Closer"), this, [this, middle] { zoom(2, middle); });
    menu->addAction(tr("Wider"), this, [this, middle] { zoom(0.5, middle); })->setEnabled(isZoomed());
    menu->addAction(tr("Whole run"), this, &TimePanel::fit)->setEnabled(isZoomed());
    menu->popup(event->globalPos());
}

void TimePanel::mousePressEvent(QMouseEvent *event)
{
    if (const sim::ChartSpec *chart = chartAt(event->position().y()))
        m_clicked = chart;
    const bool onNumbers = event->button() == Qt::LeftButton && m_picture.layout.ticks.contains(event->position());
    if (isZoomed() && (onNumbers || event->button() == Qt::MiddleButton)) {
        m_dragged = event->position().x();
        return;
    }
    if (event->button() != Qt::LeftButton || event->position().x() < m_picture.layout.gutterRight)
        return QWidget::mousePressEvent(event);
    scrubTo(event->position().x());
}

void TimePanel::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (m_dragged)
        pan(x - std::exchange(*m_dragged, x));
    if (m_scrubbed)
        scrubTo(x);
    hoverAt(x >= m_picture.layout.axisLeft && x <= m_picture.layout.axisRight ? std::optional(x) : std::nullopt);
}

void TimePanel::mouseReleaseEvent(QMouseEvent *event)
{
    m_dragged.reset();
    if (event->button() != Qt::LeftButton || !m_scrubbed)
        return QWidget::mouseReleaseEvent(event);
    m_scrubbed.reset();
    update();
}

void TimePanel::leaveEvent(QEvent *) { hoverAt(std::nullopt); }

// Whether the key changed what is in sight.
bool TimePanel::viewKey(QKeyEvent *event)
{
    const double middle = m_picture.axis.left() + m_picture.axis.width() / 2;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    if (event->key() == Qt::Key_Up)
        zoom(1.5, middle);
    else if (event->key() == Qt::Key_Down)
        zoom(1 / 1.5, middle);
    else if (event->key() == Qt::Key_0)
        fit();
    else if (shift && event->key() == Qt::Key_Left)
        pan(m_picture.axis.width() / 5);
    else if (shift && event->key() == Qt::Key_Right)
        pan(-m_picture.axis.width() / 5);
    else
        return false;
    return true;
}

void TimePanel::keyPressEvent(QKeyEvent *event)
{
    const sim::ChartSpec *chart = m_clicked ? m_clicked : m_picture.charts.empty() ? nullptr : m_picture.charts[0].spec;
    if (viewKey(event))
        return;
    if (event->matches(QKeySequence::Copy) && chart)
        emit pictureWanted(chart);
    else if (event->key() == Qt::Key_Home)
        emit scrubbed(m_picture.axis.from());
    else if (event->key() == Qt::Key_End)
        emit scrubbed(m_source.frontier);
    else
        QWidget::keyPressEvent(event);
}

} // namespace widgets
