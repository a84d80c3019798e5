// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/counting_row.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace app {

CountingRow::CountingRow(QWidget *parent) : QWidget(parent), m_theme(widgets::Theme::light())
{
    setObjectName(QStringLiteral("prediction-count"));
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CountingRow::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

void CountingRow::setCount(std::optional<int> count, int most)
{
    if (m_most != most)
        updateGeometry();
    m_count = count;
    m_most = most;
    update();
}

double CountingRow::pitch() const { return m_theme.px(m_most > 12 ? 16 : 22); }

QSize CountingRow::sizeHint() const { return {int(std::ceil(pitch() * (m_most + 1))), int(std::ceil(m_theme.px(26)))}; }

void CountingRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = pitch() * 0.36;
    for (int i = 0; i < m_most; ++i) {
        const bool filled = i < m_count.value_or(0);
        painter.setPen(QPen(filled ? m_theme.control.line : m_theme.quietLine, m_theme.px(1.5)));
        painter.setBrush(filled ? m_theme.control.fill : m_theme.card);
        painter.drawEllipse(QPointF((i + 1) * pitch(), height() / 2.0), radius, radius);
    }
}

void CountingRow::countTo(double x)
{
    const int count = std::clamp(int(std::lround(x / pitch())), 0, m_most);
    if (count != m_count)
        emit counted(count);
}

void CountingRow::mousePressEvent(QMouseEvent *event) { countTo(event->position().x()); }

void CountingRow::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        countTo(event->position().x());
}

} // namespace app
