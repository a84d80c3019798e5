// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/border_handle.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace app {

namespace {
constexpr int kKeyStep = 16; // px
}

BorderHandle::BorderHandle(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("stage-border"));
    setCursor(Qt::SplitVCursor);
    setFocusPolicy(Qt::TabFocus);
    setToolTip(tr("Drag to divide the window; double-click for the usual"));
    setAccessibleName(tr("Border between stage and time"));
}

void BorderHandle::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    update();
}

void BorderHandle::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_from = event->globalPosition().y();
}

void BorderHandle::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_from)
        return;
    const int by = static_cast<int>(std::lround(event->globalPosition().y() - *m_from));
    *m_from += by;
    if (by != 0)
        emit movedBy(by);
}

void BorderHandle::mouseReleaseEvent(QMouseEvent *) { m_from.reset(); }

void BorderHandle::mouseDoubleClickEvent(QMouseEvent *)
{
    m_from.reset();
    emit putBack();
}

void BorderHandle::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Up)
        emit movedBy(-kKeyStep);
    else if (event->key() == Qt::Key_Down)
        emit movedBy(kKeyStep);
    else
        QWidget::keyPressEvent(event);
}

void BorderHandle::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(hasFocus() ? m_theme.control.line : m_theme.hairline);
    const QRectF grip(width() / 2.0 - 18, height() / 2.0 - 1.5, 36, 3);
    painter.drawRoundedRect(grip, 1.5, 1.5);
}

} // namespace app
