// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/many/many_view.h"

#include "app/panels/controls/labels.h"
#include "app/panels/many/many_words.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace app {

ManyView::ManyView(ManyBook &book, Session &session, QWidget *parent)
    : QWidget(parent), m_book(book), m_session(session)
{
    setObjectName(QStringLiteral("many-view"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void ManyView::setFrame()
{
    if (!isVisible() || m_seen == m_book.sight())
        return;
    m_seen = m_book.sight();
    auto next = manyPictureOf(m_book, m_session);
    if (next == m_picture)
        return;
    m_picture = std::move(next);
    m_layout = widgets::layoutMany(m_picture, size(), m_theme);
    setAccessibleName(m_picture.title);
    setAccessibleDescription(m_picture.sentence);
    update();
}

void ManyView::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    m_layout = widgets::layoutMany(m_picture, size(), m_theme);
    update();
}

void ManyView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_layout = widgets::layoutMany(m_picture, size(), m_theme);
}

void ManyView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.hairline, 1));
    painter.setBrush(m_theme.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(8), m_theme.px(8));
    if (m_book.isEmpty()) {
        painter.setFont(m_theme.font(widgets::TextSize::Body));
        painter.setPen(m_theme.quietInk);
        painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Was that luck? Compute many runs of what is open, each with another seed, and see where "
                            "this one stands among them. With a knob or two they are computed for each value."));
        return;
    }
    widgets::paintMany(painter, m_picture, m_layout, m_theme);
    if (hasFocus() && m_focused && *m_focused < m_picture.map.cells()) {
        painter.setPen(QPen(m_theme.control.line, m_theme.px(2), Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(m_layout.map.cellAt(m_picture.map, *m_focused).adjusted(3, 3, -3, -3));
    }
}

void ManyView::openCell(size_t index)
{
    if (const auto run = runBehind(m_book, index))
        m_book.open(*m_book.grid(), *run);
}

void ManyView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_book.isEmpty())
        return;
    if (const auto cell = m_layout.map.indexAt(m_picture.map, event->position()))
        openCell(*cell);
    else if (const auto run = m_layout.dots.indexAt(event->position()))
        m_book.open(*m_book.plain(), *run);
}

void ManyView::mouseMoveEvent(QMouseEvent *event)
{
    const bool over =
        m_layout.map.indexAt(m_picture.map, event->position()) || m_layout.dots.indexAt(event->position());
    setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ManyView::keyPressEvent(QKeyEvent *event)
{
    const auto columns = static_cast<int>(m_picture.map.columns.size());
    const auto cells = static_cast<int>(m_picture.map.cells());
    const int step = event->key() == Qt::Key_Right  ? 1
                     : event->key() == Qt::Key_Left ? -1
                     : event->key() == Qt::Key_Up   ? columns
                     : event->key() == Qt::Key_Down ? -columns
                                                    : 0;
    if (cells == 0 || (step == 0 && event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter))
        return QWidget::keyPressEvent(event);
    const int now = static_cast<int>(m_focused.value_or(m_picture.map.chosen.value_or(0)));
    if (step == 0)
        return openCell(static_cast<size_t>(now));
    m_focused = static_cast<size_t>(std::clamp(now + step, 0, cells - 1));
    update();
}

bool ManyView::event(QEvent *event)
{
    // Keys that mean something here go before those of the window.
    if (event->type() == QEvent::ShortcutOverride && m_picture.map.cells() > 0) {
        constexpr std::array own{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Return, Qt::Key_Enter};
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier && std::find(own.begin(), own.end(), key->key()) != own.end())
            event->accept();
    }
    if (event->type() != QEvent::ToolTip || m_book.isEmpty())
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QString words;
    if (const auto cell = m_layout.map.indexAt(m_picture.map, help->pos()))
        words = cellWords(m_book, m_session, *cell);
    else if (const auto run = m_layout.dots.indexAt(help->pos()))
        words = runWords(*m_book.plain(), *run, m_book.metric());
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), plainToolTip(words), this);
    return true;
}

} // namespace app
