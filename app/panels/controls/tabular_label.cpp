// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/tabular_label.h"

#include "app/panels/controls/labels.h"
#include "widgets/look/tabular_text.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace app {

TabularLabel::TabularLabel(widgets::TextSize size, QFont::Weight weight, bool quiet, QWidget *parent)
    : QWidget(parent), m_theme(widgets::Theme::light()), m_size(size), m_weight(weight), m_quiet(quiet)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void TabularLabel::setText(const QString &text)
{
    if (m_text == text)
        return;
    const QSize before = sizeHint();
    m_text = text;
    setAccessibleName(text);
    if (sizeHint() != before)
        updateGeometry();
    update();
}

void TabularLabel::setShorter(const QStringList &shorter)
{
    if (m_shorter == shorter)
        return;
    m_shorter = shorter;
    update();
}

void TabularLabel::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

void TabularLabel::setWidest(const QString &text)
{
    if (m_widest == text)
        return;
    m_widest = text;
    updateGeometry();
}

QSize TabularLabel::sizeHint() const
{
    const QFont type = textFont();
    const double width = std::max(widgets::tabularWidth(type, m_text), widgets::tabularWidth(type, m_widest));
    return {int(std::ceil(width)) + 2, int(std::ceil(QFontMetricsF(type).height())) + 2};
}

QSize TabularLabel::minimumSizeHint() const
{
    // What was asked for as widest stays; other text may be cut.
    return m_widest.isEmpty() ? QSize(1, sizeHint().height()) : sizeHint();
}

QString TabularLabel::shownText() const
{
    const QFont type = textFont();
    if (widgets::tabularWidth(type, m_text) <= width())
        return m_text;
    for (const QString &text : m_shorter)
        if (widgets::tabularWidth(type, text) <= width())
            return text;
    return QFontMetricsF(type).elidedText(m_shorter.isEmpty() ? m_text : m_shorter.back(), Qt::ElideRight, width() - 2);
}

bool TabularLabel::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), shownText() == m_text ? QString() : plainToolTip(m_text), this);
    return true;
}

void TabularLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFont type = textFont();
    const QFontMetricsF metrics(type);
    const QString shown = shownText();
    const double taken = widgets::tabularWidth(type, shown);
    const double x = m_alignment & Qt::AlignRight ? width() - taken - 1 : 1;
    const double y = (height() + metrics.ascent() - metrics.descent()) / 2;
    painter.setPen(m_quiet ? m_theme.quietInk : m_theme.ink);
    widgets::drawTabular(painter, QPointF(x, y), type, shown);
}

} // namespace app
