// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/step_button.h"

#include "app/panels/controls/labels.h"

#include <QFontMetrics>
#include <QPainter>

#include <cmath>

namespace app {

namespace {
constexpr double kPillPadding = 8; // as in the style sheet
} // namespace

StepButton::StepButton(QWidget *parent) : QToolButton(parent), m_theme(widgets::Theme::light())
{
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setRole(this, "pill");
}

void StepButton::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

void StepButton::setGoals(size_t met, size_t all)
{
    if (m_met == met && m_all == all)
        return;
    m_met = met;
    m_all = all;
    setAccessibleDescription(tr("%1 of %2 goals met").arg(met).arg(all));
    update();
}

int StepButton::widthFor(const QString &text) const
{
    QFont font = m_theme.font(widgets::TextSize::Body);
    font.setWeight(QFont::DemiBold); // the one that is open
    // A tool button leaves room for a space at either side.
    return QFontMetrics(font).horizontalAdvance(text + QStringLiteral("  "))
           + int(std::ceil(2 * m_theme.px(kPillPadding))) + 3;
}

QSize StepButton::sizeHint() const { return {widthFor(text()), QToolButton::sizeHint().height()}; }

void StepButton::paintEvent(QPaintEvent *event)
{
    QToolButton::paintEvent(event);
    if (m_all == 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double gap = m_theme.px(3);
    const double room = width() - 2 * m_theme.px(kPillPadding + 2);
    const double dash = std::min(m_theme.px(11), (room + gap) / double(m_all) - gap);
    const double height = m_theme.px(3);
    double x = m_theme.px(kPillPadding + 1);
    const double y = this->height() - m_theme.px(4) - height;
    for (size_t i = 0; i < m_all && dash > 0; ++i, x += dash + gap) {
        painter.setBrush(i < m_met ? m_theme.succeeded.fill : m_theme.hairline);
        painter.drawRoundedRect(QRectF(x, y, dash, height), height / 2, height / 2);
    }
}

} // namespace app
