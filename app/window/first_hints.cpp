// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/first_hints.h"

#include "app/panels/labels.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace app {

namespace {

constexpr const char *kSeen = "hints/seen";
constexpr int kPointer = 8; // px from the hint to what it points at

struct Hint {
    const char *target; // object name
    const char *text;
    bool (*done)(const Session &session);
};

constexpr std::array kHints{
    Hint{"play", QT_TRANSLATE_NOOP("FirstHints", "Press Play, or Space. Space again holds the time."),
         [](const Session &session) { return session.playing(); }},
    Hint{"fault-outage",
         QT_TRANSLATE_NOOP("FirstHints", "Break it: switch a fault on, or click the service on the stage."),
         [](const Session &session) { return session.timeline().journal() != session.scenario().script; }},
    Hint{"stage",
         QT_TRANSLATE_NOOP("FirstHints",
                           "Ask why: click a call, an arrow or a state. You are told the rule, with its numbers."),
         [](const Session &session) { return session.inspected() != 0; }},
    Hint{"event-back",
         QT_TRANSLATE_NOOP("FirstHints", "Go back: the arrow to the left, or drag the time. Then do something else."),
         [](const Session &session) { return session.now() < session.timeline().frontier(); }},
};

} // namespace

size_t FirstHints::count() { return kHints.size(); }

FirstHints::FirstHints(Session &session, QWidget *window)
    : QFrame(window), m_session(session), m_window(window), m_theme(widgets::Theme::light()),
      m_count(makeLabel("caption", this)), m_text(makeLabel("body", this)), m_next(new QPushButton(tr("Next"), this))
{
    setObjectName(QStringLiteral("first-hint"));
    m_text->setObjectName(QStringLiteral("first-hint-text"));
    m_next->setObjectName(QStringLiteral("first-hint-next"));
    setRole(m_next, "go");
    auto *never = new QPushButton(tr("no hints"), this);
    never->setObjectName(QStringLiteral("first-hint-none"));
    setRole(never, "link");
    connect(m_next, &QPushButton::clicked, this, [this] { show(m_hint + 1); });
    connect(never, &QPushButton::clicked, this, [this] { show(count()); });
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_count, 1);
    buttons->addWidget(never);
    buttons->addWidget(m_next);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14 + kPointer, 12 + kPointer, 14 + kPointer, 10 + kPointer);
    column->setSpacing(8);
    column->addWidget(m_text);
    column->addLayout(buttons);
    hide();
    show(QSettings().value(kSeen, false).toBool() ? count() : 0);
}

void FirstHints::show(size_t hint)
{
    m_hint = hint;
    if (!isDue()) {
        QSettings().setValue(kSeen, true);
        hide();
        return;
    }
    m_text->setText(tr(kHints[m_hint].text));
    m_count->setText(tr("%1 of %2").arg(m_hint + 1).arg(count()));
    m_next->setText(m_hint + 1 == count() ? tr("Done") : tr("Next"));
    setFrame();
}

void FirstHints::setFrame()
{
    if (!isDue())
        return;
    if (kHints[m_hint].done(m_session))
        return show(m_hint + 1);
    const bool visible = !m_suspended && m_session.prediction().stage() != Prediction::Stage::Asked;
    if (visible)
        place();
    if (visible == isHidden())
        setVisible(visible);
}

void FirstHints::setSuspended(bool suspended)
{
    m_suspended = suspended;
    setFrame();
}

void FirstHints::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    setFrame();
}

// Above what it points at, or below it, or in the middle of a large thing; always inside the window.
void FirstHints::place()
{
    const auto *target = m_window->findChild<QWidget *>(QLatin1String(kHints[m_hint].target));
    m_target = target && target->isVisibleTo(m_window) ? QRect(target->mapTo(m_window, QPoint(0, 0)), target->size())
                                                       : QRect(m_window->rect().center(), QSize(0, 0));
    const int width = std::min(int(std::lround(m_theme.px(300))), m_window->width() - 32);
    const QSize size(width, layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height());
    QRect box(QPoint(m_target.center().x() - width / 2, m_target.top() - size.height()), size);
    if (m_target.height() > 3 * size.height())
        box.moveCenter(m_target.center());
    else if (box.top() < 8)
        box.moveTop(m_target.bottom());
    box.moveLeft(std::clamp(box.left(), 8, std::max(8, m_window->width() - 8 - width)));
    if (geometry() != box)
        setGeometry(box);
    raise();
}

void FirstHints::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(kPointer, kPointer, -kPointer, -kPointer);
    QPainterPath shape;
    shape.addRoundedRect(card, m_theme.px(8), m_theme.px(8));
    const QPointF towards(std::clamp<double>(m_target.center().x() - x(), card.left() + 20, card.right() - 20),
                          m_target.top() >= geometry().bottom() - 1 ? height() - 1.0 : 1.0);
    if (!geometry().intersects(m_target.adjusted(2, 2, -2, -2))) {
        const double edge = towards.y() > 1 ? card.bottom() : card.top();
        QPainterPath pointer;
        pointer.moveTo(towards);
        pointer.lineTo(towards.x() - kPointer, edge);
        pointer.lineTo(towards.x() + kPointer, edge);
        pointer.closeSubpath();
        shape = shape.united(pointer);
    }
    painter.setPen(QPen(m_theme.control.line, 1.5));
    painter.setBrush(m_theme.card);
    painter.drawPath(shape);
}

} // namespace app
