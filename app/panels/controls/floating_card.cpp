// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/floating_card.h"

#include "app/panels/controls/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace app {

namespace {

QRect within(QRect rect, const QRect &bounds)
{
    rect.moveLeft(std::clamp(rect.left(), bounds.left(), std::max(bounds.left(), bounds.right() - rect.width() + 1)));
    rect.moveTop(std::clamp(rect.top(), bounds.top(), std::max(bounds.top(), bounds.bottom() - rect.height() + 1)));
    return rect;
}

// Right of the anchor, left, below, above; those that fit.
std::vector<QRect> besideIt(QSize size, const QRect &anchor, const QRect &bounds, int gap)
{
    const QPoint middle = anchor.center() - QPoint(size.width() / 2, size.height() / 2);
    std::vector<QRect> places;
    for (const QPoint corner :
         {QPoint(anchor.right() + gap, middle.y()), QPoint(anchor.left() - gap - size.width(), middle.y()),
          QPoint(middle.x(), anchor.bottom() + gap), QPoint(middle.x(), anchor.top() - gap - size.height())})
        if (const QRect place = within(QRect(corner, size), bounds);
            bounds.contains(place) && !place.intersects(anchor))
            places.push_back(place);
    return places;
}

bool clearOf(const QRect &place, const std::vector<QRectF> &others)
{
    return std::none_of(others.begin(), others.end(),
                        [&](const QRectF &other) { return other.toAlignedRect().intersects(place); });
}

} // namespace

QRect placeBeside(QSize size, const std::optional<QRectF> &anchor, const std::vector<QRectF> &others,
                  const std::vector<QRect> &bounds, int gap)
{
    if (anchor) {
        for (const bool clear : {true, false})
            for (const QRect &room : bounds)
                for (const QRect &place : besideIt(size, anchor->toAlignedRect(), room, gap))
                    if (!clear || clearOf(place, others))
                        return place;
    }
    const QRect &room = bounds.back();
    const QPointF from = anchor ? anchor->center() : QPointF(room.bottomLeft());
    const QPoint corner(from.x() < room.center().x() ? room.right() : room.left(),
                        from.y() < room.center().y() ? room.bottom() : room.top());
    return within(QRect(corner, size), anchor ? room : bounds.front());
}

FloatingCard::FloatingCard(const char *name, QWidget *window)
    : QScrollArea(window), m_window(window), m_theme(widgets::Theme::light())
{
    const QString start = QString::fromLatin1(name);
    setObjectName(start + QStringLiteral("-card"));
    setRole(this, "floating");
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget(this);
    setRole(content, "clear");
    setRole(viewport(), "clear");
    m_title = makeLabel("strong", content);
    m_title->setObjectName(start + QStringLiteral("-title"));
    m_close = new QToolButton(content);
    m_close->setObjectName(start + QStringLiteral("-close"));
    m_close->setText(QStringLiteral("×"));
    m_close->setAccessibleName(tr("Close"));
    m_close->setToolTip(m_close->accessibleName());
    m_close->setFocusPolicy(Qt::TabFocus);
    setRole(m_close, "flat");
    connect(m_close, &QToolButton::clicked, this, &FloatingCard::closeWanted);

    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_close, 0, Qt::AlignTop);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(12, 8, 8, 10);
    m_column->setSpacing(6);
    m_column->addLayout(head);
    setWidget(content);
    hide();
}

bool FloatingCard::anyOpen(const QWidget &window)
{
    const auto cards = window.findChildren<FloatingCard *>();
    return std::any_of(cards.begin(), cards.end(), [](const FloatingCard *card) { return !card->isHidden(); });
}

bool FloatingCard::closeAll(const QWidget &window)
{
    const bool open = anyOpen(window);
    for (FloatingCard *card : window.findChildren<FloatingCard *>())
        if (!card->isHidden())
            emit card->closeWanted();
    return open;
}

void FloatingCard::setTheme(const widgets::Theme &theme) { m_theme = theme; }

QRect FloatingCard::anywhere() const
{
    const int edge = qRound(m_theme.px(8));
    return m_window->rect().adjusted(edge, edge, -edge, -edge);
}

QSize FloatingCard::sizeAt(double width)
{
    ensurePolished();
    const QRect room = anywhere();
    const int wide = std::min(qRound(m_theme.px(width)), room.width());
    const int frame = 2 * frameWidth();
    m_column->activate();
    const int needed = widget()->heightForWidth(wide - frame) + frame;
    return {wide, std::min(needed, room.height())};
}

void FloatingCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closeWanted();
    else
        QScrollArea::keyPressEvent(event);
}

} // namespace app
