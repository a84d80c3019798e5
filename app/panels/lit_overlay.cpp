// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/lit_overlay.h"

#include <QEvent>
#include <QPainter>

namespace app {

LitOverlay::LitOverlay(QWidget *stage) : QWidget(stage), m_theme(widgets::Theme::light())
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    stage->installEventFilter(this);
    hide();
}

void LitOverlay::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    update();
}

void LitOverlay::setLit(const std::vector<uint64_t> &events, AreaOf areaOf)
{
    m_areaOf = std::move(areaOf);
    if (m_events == events)
        return;
    m_events = events;
    resize(parentWidget()->size());
    setVisible(!m_events.empty());
    raise();
    update();
}

void LitOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.control.line, m_theme.px(2)));
    for (const uint64_t event : m_events) {
        const QRectF area = m_areaOf(event);
        if (area.isEmpty())
            continue;
        const double radius = std::max(area.width(), area.height()) / 2 + m_theme.px(2);
        painter.drawEllipse(area.center(), radius, radius);
    }
}

bool LitOverlay::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        resize(parentWidget()->size());
    return QWidget::eventFilter(watched, event);
}

} // namespace app
