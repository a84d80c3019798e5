// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/question_veil.h"

#include "app/panels/controls/clear_place.h"
#include "app/panels/guide/verdict_card.h"
#include "widgets/stage/stage_header.h"

#include <QApplication>
#include <QEvent>
#include <QLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace app {

using widgets::TextSize;

namespace {
constexpr double kDimmed = 0.72; // of the card's ground over the picture
constexpr std::array kAway{24, 8}; // px at scale 1 from what is asked about to the card, where there is room
constexpr std::array kWidths{500, 400, 320}; // px at scale 1 of the card: the narrower are for where there is none else

int heightFor(const QWidget &card, int width)
{
    return card.layout()->hasHeightForWidth() ? card.layout()->totalHeightForWidth(width) : card.sizeHint().height();
}
} // namespace

QuestionVeil::QuestionVeil(Session &session, AreaOf areaOf, PartsOf partsOf, QWidget *card)
    : QWidget(card), m_session(session), m_areaOf(std::move(areaOf)), m_partsOf(std::move(partsOf)),
      m_theme(widgets::Theme::light()), m_question(new QuestionCard(session, this)),
      m_verdict(new VerdictCard(session, card))
{
    setObjectName(QStringLiteral("question-veil"));
    card->installEventFilter(this);
    hide();
}

void QuestionVeil::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    m_question->setTheme(theme);
    m_verdict->setTheme(theme);
    place();
}

void QuestionVeil::setFrame()
{
    const Prediction &prediction = m_session.prediction();
    ask(prediction.stage() == Prediction::Stage::Asked ? prediction.question() : nullptr);
    m_verdict->setFrame();
    if (m_asked || !m_verdict->isHidden())
        place();
}

void QuestionVeil::ask(const resilience::labs::Question *asked)
{
    if (asked)
        m_question->setFrame();
    const bool same = (asked != nullptr) == (m_asked != nullptr);
    m_asked = asked;
    if (same)
        return;
    if (asked) {
        m_before = QApplication::focusWidget();
        setVisible(true);
        raise();
        place();
        m_question->takeKeyboard();
        return;
    }
    const bool mine = isAncestorOf(QApplication::focusWidget()) || !QApplication::focusWidget();
    if (mine && m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    setVisible(false);
}

void QuestionVeil::place()
{
    const QRect stage = parentWidget()->rect();
    setGeometry(stage);
    const int margin = int(std::lround(m_theme.px(16)));
    const int width = std::min(int(std::lround(m_theme.px(kWidths.front()))), stage.width() - 2 * margin);
    if (!m_verdict->isHidden()) {
        const int height = heightFor(*m_verdict, width);
        m_verdict->setGeometry((stage.width() - width) / 2, stage.height() - height - margin, width, height);
        m_verdict->raise();
    }
    if (!m_asked)
        return;
    m_spot = m_areaOf(m_asked->about);
    m_question->setGeometry(placeForQuestion());
    update();
}

// In the middle, or as near to it as what is asked about leaves room. Where there is none, over as little of it as can
// be.
QRect QuestionVeil::placeForQuestion() const
{
    const int margin = int(std::lround(m_theme.px(16)));
    QRect room = rect().adjusted(margin, int(header().bottom()) + margin / 2, -margin, -margin);
    QRect best;
    double least = 0;
    for (const int wanted : kWidths) {
        const int narrowest = m_question->layout()->minimumSize().width();
        const int width = std::min(std::max(int(std::lround(m_theme.px(wanted))), narrowest), room.width());
        const QSize size(width, heightFor(*m_question, width));
        if (size.height() > room.height() && !best.isNull())
            break; // better over it than cut off
        if (size.height() > room.height())
            room.setTop(margin); // better over the heading, too
        for (const int away : kAway) {
            const int gap = int(std::lround(m_theme.px(away)));
            const QRect spot = m_spot.isEmpty() ? QRect() : m_spot.toAlignedRect().adjusted(-gap, -gap, gap, gap);
            const QRect place = clearPlace(size, room, {{spot}}, rect().center());
            const double covers = covered(place, {{spot}});
            if (best.isNull() || covers < least) {
                best = place;
                least = covers;
            }
            if (least == 0)
                return best;
        }
    }
    return best;
}

QRectF QuestionVeil::header() const
{
    const double height = widgets::stageHeaderHeight(m_theme, true) + m_theme.px(24);
    return QRectF(2, 2, width() - 4, std::min(height, this->height() / 3.0));
}

void QuestionVeil::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shade;
    shade.addRect(QRectF(rect()).adjusted(2, 2, -2, -2));
    if (!m_spot.isEmpty()) {
        QPainterPath spot;
        spot.addRoundedRect(m_spot.adjusted(-6, -6, 6, 6), m_theme.px(8), m_theme.px(8));
        shade = shade.subtracted(spot);
    }
    QColor ground = m_theme.card;
    ground.setAlphaF(float(kDimmed));
    painter.fillPath(shade, ground);
    for (const std::string &name : m_asked ? m_asked->covers : std::vector<std::string>())
        for (const QRectF &part : m_partsOf(name))
            paintCovered(painter, part);
    paintHeader(painter);
    paintPointer(painter);
}

// A part that would tell: blank, with a mark of why.
void QuestionVeil::paintCovered(QPainter &painter, const QRectF &part) const
{
    painter.setPen(QPen(m_theme.hairline, 1, Qt::DashLine));
    painter.setBrush(m_theme.card);
    painter.drawRoundedRect(part, m_theme.px(4), m_theme.px(4));
    painter.setFont(m_theme.font(TextSize::Heading, QFont::Bold));
    painter.setPen(m_theme.quietInk);
    if (QFontMetricsF(painter.font()).height() <= part.height())
        painter.drawText(part, Qt::AlignCenter, QStringLiteral("?"));
}

void QuestionVeil::paintHeader(QPainter &painter) const
{
    const QRectF area = header();
    painter.fillRect(area, m_theme.card);
    const QRectF inside = area.adjusted(m_theme.px(16), m_theme.px(12), -m_theme.px(16), 0);
    painter.setFont(m_theme.font(TextSize::Label, QFont::Bold));
    const QString text = tr("YOUR PREDICTION?");
    const QFontMetricsF metrics(painter.font());
    const QSizeF size(metrics.horizontalAdvance(text) + m_theme.px(28), metrics.height() + m_theme.px(10));
    const QRectF pill(QPointF(inside.right() - size.width(), inside.top()), size);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.control.fill);
    painter.drawRoundedRect(pill, size.height() / 2, size.height() / 2);
    painter.setPen(m_theme.control.onFill);
    painter.drawText(pill, Qt::AlignCenter, text);
    painter.setFont(m_theme.font(TextSize::Body));
    painter.setPen(m_theme.quietInk);
    const QRectF left(inside.left(), pill.top(), pill.left() - inside.left() - 8, pill.height());
    painter.drawText(left, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetricsF(painter.font())
                         .elidedText(tr("The run waits. What do you expect?"), Qt::ElideRight, left.width()));
}

void QuestionVeil::paintPointer(QPainter &painter) const
{
    if (m_spot.isEmpty())
        return;
    const QRectF card = m_question->geometry();
    const QRectF spot = m_spot.adjusted(-6, -6, 6, 6);
    painter.setBrush(Qt::NoBrush);
    QPen dashed(m_theme.control.line, m_theme.px(2), Qt::DashLine);
    painter.setPen(dashed);
    painter.drawRoundedRect(spot, m_theme.px(8), m_theme.px(8));
    if (card.intersects(spot))
        return;
    const bool beside = card.top() < spot.bottom() && card.bottom() > spot.top();
    const bool before = beside ? card.right() <= spot.left() : card.bottom() <= spot.top();
    const QPointF to = beside ? QPointF(before ? spot.left() : spot.right(), spot.center().y())
                              : QPointF(spot.center().x(), before ? spot.top() : spot.bottom());
    const QPointF from =
        beside ? QPointF(before ? card.right() : card.left(), std::clamp(to.y(), card.top() + 12, card.bottom() - 12))
               : QPointF(std::clamp(to.x(), card.left() + 12, card.right() - 12), before ? card.bottom() : card.top());
    painter.setPen(QPen(m_theme.control.line, m_theme.px(2)));
    painter.drawLine(from, to);
    painter.setBrush(m_theme.control.line);
    painter.drawEllipse(to, m_theme.px(3.5), m_theme.px(3.5));
}

// What lies below is not to be clicked while it is asked.
void QuestionVeil::mousePressEvent(QMouseEvent *event) { event->accept(); }

// The card has other words, or they have got their size only now: it may need another height.
bool QuestionVeil::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        place();
    return QWidget::event(event);
}

bool QuestionVeil::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

} // namespace app
