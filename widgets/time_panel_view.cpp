// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time_panel.h"

#include <QKeyEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

// What is in sight of the time panel: zoom and pan, by hand and while the run plays.
namespace widgets {

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

} // namespace widgets
