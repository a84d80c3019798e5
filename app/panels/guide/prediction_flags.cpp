// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/prediction_flags.h"

#include "app/run/answer_text.h"
#include "widgets/time/time_panel.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience;
using labs::Question;
using widgets::TextSize;

PredictionFlags::PredictionFlags(Session &session, widgets::TimePanel *panel)
    : QWidget(panel), m_session(session), m_panel(panel), m_theme(widgets::Theme::light())
{
    setObjectName(QStringLiteral("prediction-flags"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    panel->installEventFilter(this);
    hide();
}

void PredictionFlags::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    update();
}

bool PredictionFlags::asksForTime() const
{
    const Prediction &prediction = m_session.prediction();
    return prediction.stage() == Prediction::Stage::Asked && prediction.question()->by == Question::By::Time;
}

void PredictionFlags::setFrame()
{
    const Prediction &prediction = m_session.prediction();
    const auto stage = prediction.stage();
    const bool there = stage != Prediction::Stage::None && stage != Prediction::Stage::Void
                       && prediction.question()->by == Question::By::Time;
    if (there) {
        setGeometry(m_panel->rect());
        raise();
        update();
    }
    if (there == isHidden())
        setVisible(there);
}

void PredictionFlags::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Prediction &prediction = m_session.prediction();
    const Question &question = *prediction.question();
    const double top = m_panel->picture().layout.strip.top();
    const auto yours = [&](double value, const QString &words) {
        paintFlag(painter, value, words.arg(answerText(question, value)), m_theme.control.fill, m_theme.control.onFill,
                  top);
    };
    if (prediction.stage() == Prediction::Stage::Asked)
        return prediction.draft() ? yours(*prediction.draft(), tr("%1 ?")) : paintInvitation(painter);
    yours(prediction.given(), tr("you: %1"));
    if (prediction.stage() != Prediction::Stage::Shown)
        return;
    const double below = m_theme.px(22);
    paintFlag(painter, prediction.truth().value, tr("run: %1").arg(answerText(question, prediction.truth().value)),
              m_theme.ink, m_theme.card, top + below);
}

void PredictionFlags::paintFlag(QPainter &painter, double seconds, const QString &text, const QColor &colour,
                                const QColor &ink, double top) const
{
    const widgets::TimeAxis &axis = m_panel->picture().axis;
    const double x = axis.clampedX(at(fromSeconds(seconds)));
    painter.setFont(m_theme.font(TextSize::Label, QFont::Bold));
    const QFontMetricsF metrics(painter.font());
    const QSizeF size(metrics.horizontalAdvance(text) + m_theme.px(14), metrics.height() + m_theme.px(4));
    const bool left = x + size.width() > width() - 4; // no room to the right
    const QRectF flag(QPointF(left ? x - size.width() : x, top), size);
    painter.setPen(QPen(colour, m_theme.px(2)));
    painter.drawLine(QPointF(x, top), QPointF(x, m_panel->picture().layout.ticks.top()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(flag, m_theme.px(3), m_theme.px(3));
    painter.setPen(ink);
    painter.drawText(flag, Qt::AlignCenter, text);
    if (asksForTime()) {
        painter.setBrush(m_theme.card);
        painter.setPen(QPen(colour, m_theme.px(2)));
        painter.drawEllipse(QPointF(x, m_panel->picture().layout.ticks.top()), m_theme.px(4), m_theme.px(4));
    }
}

// Nothing is placed yet, and no place is more likely than another: where it can be.
void PredictionFlags::paintInvitation(QPainter &painter) const
{
    const widgets::TimeAxis &axis = m_panel->picture().axis;
    painter.setFont(m_theme.font(TextSize::Label, QFont::Bold));
    const QFontMetricsF metrics(painter.font());
    const double left = axis.clampedX(m_session.prediction().askedAt());
    const QRectF room(left, m_panel->picture().layout.strip.top(), axis.right() - left,
                      metrics.height() + m_theme.px(4));
    QPen edge(m_theme.control.line, m_theme.px(1.5), Qt::DashLine);
    painter.setPen(edge);
    painter.setBrush(m_theme.control.soft);
    painter.drawRoundedRect(room, m_theme.px(3), m_theme.px(3));
    painter.setPen(m_theme.control.text);
    painter.drawText(room, Qt::AlignCenter,
                     metrics.elidedText(tr("click where you expect it"), Qt::ElideRight, room.width() - m_theme.px(8)));
}

// True when the place is after the question, or a drag that began there goes on.
bool PredictionFlags::dragTo(double x, bool begin)
{
    const Time asked = m_session.prediction().askedAt();
    const Time there = m_panel->picture().axis.timeAt(x);
    if (begin && there <= asked)
        return false;
    const double least = std::ceil(toSeconds(asked - kTimeZero) * 10);
    m_session.draftAnswer(std::max(std::round(toSeconds(there - kTimeZero) * 10), least) / 10);
    return true;
}

bool PredictionFlags::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && !isHidden())
        setGeometry(m_panel->rect());
    if (watched != m_panel || !asksForTime())
        return QWidget::eventFilter(watched, event);
    const auto *mouse = static_cast<const QMouseEvent *>(event);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_dragging = mouse->button() == Qt::LeftButton && dragTo(mouse->position().x(), true);
        return m_dragging;
    case QEvent::MouseMove:
        return m_dragging && dragTo(mouse->position().x(), false);
    case QEvent::MouseButtonRelease:
        return std::exchange(m_dragging, false);
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace app
