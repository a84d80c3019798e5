// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/why_lines.h"

#include <QPainter>

#include <algorithm>

namespace app {

namespace {

constexpr size_t kMostLines = 8; // more rings than that speak for themselves

QPointF nearestOn(const QRectF &rect, QPointF to)
{
    return {std::clamp(to.x(), rect.left(), rect.right()), std::clamp(to.y(), rect.top(), rect.bottom())};
}

} // namespace

WhyLines::WhyLines(QWidget *parent) : QWidget(parent), m_theme(widgets::Theme::light())
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void WhyLines::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    update();
}

void WhyLines::join(const QRectF &card, const std::optional<QRectF> &anchor, const std::vector<QRectF> &lit)
{
    m_card = card;
    m_anchor = anchor;
    m_lit = lit;
    resize(parentWidget()->size());
    show();
    raise();
    update();
}

void WhyLines::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_anchor) {
        const QPointF end = nearestOn(*m_anchor, m_card.center());
        painter.setPen(QPen(m_theme.ink, m_theme.px(1.4)));
        painter.drawLine(nearestOn(m_card, end), end);
        painter.setBrush(m_theme.ink);
        painter.drawEllipse(end, m_theme.px(2.6), m_theme.px(2.6));
        painter.setPen(QPen(m_theme.ink, m_theme.px(0.9)));
        if (m_lit.size() <= kMostLines)
            for (const QRectF &area : m_lit)
                painter.drawLine(end, nearestOn(area, end));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.control.line, m_theme.px(2)));
    for (const QRectF &area : m_lit) {
        const double radius = std::max(area.width(), area.height()) / 2 + m_theme.px(2);
        painter.drawEllipse(area.center(), radius, radius);
    }
}

} // namespace app
