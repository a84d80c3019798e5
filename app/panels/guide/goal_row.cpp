// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/goal_row.h"

#include "app/panels/controls/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace app {

GoalRow::GoalRow(const QString &text, QWidget *parent)
    : QWidget(parent), m_theme(widgets::Theme::light()), m_label(makeLabel("body", this, text))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(26, 3, 0, 3);
    row->addWidget(m_label, 1);
    describe();
}

void GoalRow::describe()
{
    setAccessibleName(m_met ? tr("Goal met: %1").arg(m_label->text()) : tr("Goal: %1").arg(m_label->text()));
}

void GoalRow::setMet(bool met)
{
    if (m_met == met)
        return;
    m_met = met;
    setRole(m_label, met ? "done" : "body");
    describe();
    update();
}

void GoalRow::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    layout()->setContentsMargins(int(std::lround(theme.px(26))), 3, 0, 3);
    update();
}

void GoalRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = m_theme.px(8);
    // Beside the first line of the text.
    const double line = m_label->fontMetrics().height();
    const QPointF centre(radius, m_label->y() + line / 2);
    if (!m_met) {
        painter.setPen(QPen(m_theme.quietLine, m_theme.px(1.5)));
        painter.drawEllipse(centre, radius - 1, radius - 1);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.succeeded.line);
    painter.drawEllipse(centre, radius, radius);
    QPainterPath tick;
    tick.moveTo(centre + QPointF(-4, 0) * m_theme.scale);
    tick.lineTo(centre + QPointF(-1, 3.5) * m_theme.scale);
    tick.lineTo(centre + QPointF(4.5, -3) * m_theme.scale);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.card, m_theme.px(2), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(tick);
}

} // namespace app
