// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/first_hints.h"

#include "app/panels/controls/labels.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace app {

namespace {

constexpr const char *kSeen = "hints/seen";
constexpr int kPointer = 8; // px from the hint to what it points at
constexpr std::array kNeverCovered{"play", "beat-next"};
constexpr double kNever = 1e6; // weighs more than everything else together

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
    m_count->setWordWrap(false);
    setRole(m_next, "go");
    auto *never = new QPushButton(tr("no hints"), this);
    never->setObjectName(QStringLiteral("first-hint-none"));
    setRole(never, "link");
    connect(m_next, &QPushButton::clicked, this, [this] {
        m_justPressed = true;
        show(m_hint + 1);
    });
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
    m_settled.setSingleShot(true);
    m_settled.setInterval(0);
    connect(&m_settled, &QTimer::timeout, this, &FirstHints::setFrame);
    window->installEventFilter(this);
    qApp->installEventFilter(this);
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
    m_placedFor.clear();
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

QRect FirstHints::areaOf(const QWidget &widget) const { return {widget.mapTo(m_window, QPoint(0, 0)), widget.size()}; }

void FirstHints::place()
{
    const auto *target = m_window->findChild<QWidget *>(QLatin1String(kHints[m_hint].target));
    m_target =
        target && target->isVisibleTo(m_window) ? areaOf(*target) : QRect(m_window->rect().center(), QSize(0, 0));
    std::vector<QRect> now{m_window->rect(), m_target, {QPoint(), layout()->minimumSize()}};
    for (const char *name : kNeverCovered)
        if (const auto *widget = m_window->findChild<QWidget *>(QLatin1String(name)))
            now.push_back(areaOf(*widget));
    if (now != m_placedFor) {
        m_placedFor = now;
        setGeometry(bestPlace());
        update(); // the pointer
    }
    raise();
}

// As wide as is easy to read, or narrower where it covers less so.
QRect FirstHints::bestPlace() const
{
    const std::vector<KeptInSight> kept = keptInSight();
    QRect best;
    for (const int wanted : {300, 200, 0}) {
        const int width =
            std::clamp(int(std::lround(m_theme.px(wanted))), layout()->minimumSize().width(), m_window->width() - 32);
        const QRect place = placeBesideTarget({width, layout()->totalHeightForWidth(width)}, kept);
        if (best.isNull() || covered(place, kept) < covered(best, kept))
            best = place;
    }
    return best;
}

// What can be in the way moves when the parts of the window find their places.
bool FirstHints::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize))
        m_settled.start();
    // The second half of a double click on Next falls where the hint has just been, and on something else.
    if (event->type() == QEvent::MouseButtonDblClick && m_justPressed && watched->isWidgetType() && watched != m_next)
        return true;
    if (event->type() == QEvent::MouseButtonPress)
        m_justPressed = false;
    return QFrame::eventFilter(watched, event);
}

// Above everything that leads on, then the picture, then whatever can be pressed or turned.
std::vector<KeptInSight> FirstHints::keptInSight() const
{
    std::vector<KeptInSight> kept{{m_target, kNever}};
    const auto add = [&](const QWidget &widget, double weight) {
        if (widget.isVisibleTo(m_window) && !isAncestorOf(&widget))
            kept.push_back({areaOf(widget), weight});
    };
    for (const char *name : kNeverCovered)
        if (const auto *widget = m_window->findChild<QWidget *>(QLatin1String(name)))
            add(*widget, kNever);
    for (const char *name : {"stage", "guide"})
        if (const auto *widget = m_window->findChild<QWidget *>(QLatin1String(name)))
            add(*widget, name == std::string_view("stage") ? 100 : 2);
    for (const auto *button : m_window->findChildren<QAbstractButton *>())
        add(*button, 4);
    for (const auto *slider : m_window->findChildren<QSlider *>())
        add(*slider, 4);
    return kept;
}

// Along one of the sides of what it points at: where it covers the least.
QRect FirstHints::placeBesideTarget(QSize size, const std::vector<KeptInSight> &kept) const
{
    const QRect room = m_window->rect().adjusted(8, 8, -8, -8);
    const QPoint middle = m_target.center();
    // So that the pointer has something to point at.
    const QSize least = m_target.size().boundedTo(QSize(48, 48)) / 2;
    const QRect across(m_target.left() - size.width() + least.width(), room.top(),
                       m_target.width() + 2 * (size.width() - least.width()), room.height());
    const QRect down(room.left(), m_target.top() - size.height() + least.height(), room.width(),
                     m_target.height() + 2 * (size.height() - least.height()));
    QRect best;
    double covers = 0;
    const auto consider = [&](int x, int y, int width, int height) {
        const QRect within = QRect(x, y, width, height).intersected(room);
        if (within.width() < size.width() || within.height() < size.height())
            return;
        const QRect place = clearPlace(size, within, kept, middle);
        if (const double sum = covered(place, kept); best.isNull() || sum < covers) {
            best = place;
            covers = sum;
        }
    };
    consider(across.left(), m_target.bottom() + 1, across.width(), size.height());
    consider(across.left(), m_target.top() - size.height(), across.width(), size.height());
    consider(m_target.right() + 1, down.top(), size.width(), down.height());
    consider(m_target.left() - size.width(), down.top(), size.width(), down.height());
    return best.isNull() ? clearPlace(size, room, kept, middle) : best;
}

// From the card to what it speaks of; empty where that is not beside it.
QPolygonF FirstHints::pointer(const QRectF &card) const
{
    const QRect box = geometry();
    const QPointF to = m_target.center() - box.topLeft();
    const double x = std::clamp(to.x(), card.left() + 20, card.right() - 20);
    const double y = std::clamp(to.y(), card.top() + 20, card.bottom() - 20);
    const auto arrow = [](QPointF tip, QPointF base, QPointF half) {
        return QPolygonF({tip, base - half, base + half});
    };
    if (box.top() > m_target.bottom())
        return arrow({x, 1}, {x, card.top()}, {kPointer, 0});
    if (box.bottom() < m_target.top())
        return arrow({x, height() - 1.0}, {x, card.bottom()}, {kPointer, 0});
    if (box.left() > m_target.right())
        return arrow({1, y}, {card.left(), y}, {0, kPointer});
    if (box.right() < m_target.left())
        return arrow({width() - 1.0, y}, {card.right(), y}, {0, kPointer});
    return {};
}

void FirstHints::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(kPointer, kPointer, -kPointer, -kPointer);
    QPainterPath shape;
    shape.addRoundedRect(card, m_theme.px(8), m_theme.px(8));
    QPainterPath towards;
    towards.addPolygon(pointer(card));
    towards.closeSubpath();
    painter.setPen(QPen(m_theme.control.line, 1.5));
    painter.setBrush(m_theme.card);
    painter.drawPath(shape.united(towards));
}

} // namespace app
