// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/legend/stage_legend.h"
#include "widgets/legend/stage_legend_tape.h"
#include "widgets/look/hatching.h"
#include "widgets/look/outcome_glyph.h"
#include "widgets/stages/retry/payment_ledger.h"

#include <QPainter>

namespace widgets {

using resilience::sim::RequestOutcome;

namespace {

// A small drawing of its own for each sign that is not a call.
class SignPainter {
public:
    SignPainter(QPainter &painter, const QRectF &box, const Theme &theme)
        : m_painter(painter), m_box(box), m_theme(theme), m_middle(box.center()), m_unit(box.height() / 14)
    {
    }

    void line(const QColor &color, double width, Qt::PenStyle style = Qt::SolidLine, bool upright = false)
    {
        m_painter.setPen(QPen(color, width * m_unit, style, Qt::FlatCap));
        if (upright)
            m_painter.drawLine(QPointF(m_middle.x(), m_box.top()), QPointF(m_middle.x(), m_box.bottom()));
        else
            m_painter.drawLine(QPointF(m_box.left(), m_middle.y()), QPointF(m_box.right(), m_middle.y()));
    }
    void bar(const QColor &fill, double from, double to, double height)
    {
        const double top = m_middle.y() - height * m_unit / 2;
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(fill);
        m_painter.drawRect(
            QRectF(m_box.left() + m_box.width() * from, top, m_box.width() * (to - from), height * m_unit));
    }
    void frame(const QColor &line, const QColor &fill, Qt::PenStyle style = Qt::SolidLine, double round = 3)
    {
        m_painter.setPen(QPen(line, 1.4 * m_unit, style));
        m_painter.setBrush(fill);
        m_painter.drawRoundedRect(m_box.adjusted(m_unit, m_unit, -m_unit, -m_unit), round * m_unit, round * m_unit);
    }
    void disc(const Hue &hue, bool filled, double at = 0, double radius = 4.5, Qt::PenStyle style = Qt::SolidLine)
    {
        m_painter.setPen(QPen(hue.line, 1.3 * m_unit, style));
        m_painter.setBrush(filled ? QBrush(hue.fill) : QBrush(Qt::NoBrush));
        m_painter.drawEllipse(m_middle + QPointF(at * m_unit, 0), radius * m_unit, radius * m_unit);
    }
    void arc(const QColor &color, double share, double width)
    {
        const QRectF square(m_middle.x() - 6 * m_unit, m_middle.y() - 6 * m_unit, 12 * m_unit, 12 * m_unit);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_theme.hairline, width * m_unit));
        m_painter.drawEllipse(square);
        m_painter.setPen(QPen(color, width * m_unit, Qt::SolidLine, Qt::FlatCap));
        m_painter.drawArc(square, 90 * 16, -static_cast<int>(share * 360 * 16));
    }
    void glyph(RequestOutcome outcome, double at = 0, double radius = 5.5)
    {
        paintOutcome(m_painter, outcome, m_middle + QPointF(at * m_unit, 0), radius * m_unit, m_theme);
    }
    void flight(FlightLook look) { paintFlight(m_painter, look, m_middle, 5.5 * m_unit, m_theme); }
    void nobody(double from, double to, double above, double below)
    {
        paintForNobody(m_painter,
                       QRectF(m_box.left() + m_box.width() * from, m_middle.y() - above * m_unit,
                              m_box.width() * (to - from), (above + below) * m_unit),
                       m_theme);
    }
    void coin(PaymentLedger::Coin::Kind kind) { paintCoin(m_painter, kind, m_middle, 5.5 * m_unit, m_theme); }
    void rope();
    void tank();
    void answers();
    void besideLanes();
    void lever();
    void counted();
    void workers();
    void plus();
    void trial();
    void hatched(const Hue &hue, double from, double to, double height)
    {
        bar(hue.soft, from, to, height);
        m_painter.setBrush(QBrush(hue.line, Qt::BDiagPattern));
        m_painter.setPen(QPen(hue.line, m_unit));
        m_painter.drawRect(QRectF(m_box.left() + m_box.width() * from, m_middle.y() - height * m_unit / 2,
                                  m_box.width() * (to - from), height * m_unit));
    }
    void belief();
    void ring(const QColor &outer, const Hue &inner, double size);
    void serving() { paintServing(m_painter, m_middle, 6 * m_unit, 0.6, false, m_theme); }

private:
    QPainter &m_painter;
    QRectF m_box;
    const Theme &m_theme;
    QPointF m_middle;
    double m_unit;
};

void SignPainter::rope()
{
    bar(m_theme.failed.fill, 0.32, 0.64, 7);
    bar(m_theme.failed.fill, 0.67, 1, 12);
    bar(m_theme.succeeded.fill, 0, 0.3, 4);
    bar(m_theme.succeeded.fill, 0.32, 0.64, 2.5);
}

void SignPainter::tank()
{
    const QRectF inside(m_middle.x() - 6 * m_unit, m_middle.y() - 3 * m_unit, 12 * m_unit, 5 * m_unit);
    m_painter.fillRect(inside, m_theme.waiting.fill);
    nobody((inside.left() - m_box.left()) / m_box.width(), (inside.right() - m_box.left()) / m_box.width(), -2, 7);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(m_theme.ink, 1.4 * m_unit));
    const QPointF outline[]{{inside.left(), m_middle.y() - 7 * m_unit},
                            {inside.left(), m_middle.y() + 7 * m_unit},
                            {inside.right(), m_middle.y() + 7 * m_unit},
                            {inside.right(), m_middle.y() - 7 * m_unit}};
    m_painter.drawPolyline(outline, 4);
}

void SignPainter::answers()
{
    const auto column = [this](const QColor &fill, double from, double to, double left, double right) {
        m_painter.fillRect(QRectF(QPointF(m_box.left() + m_box.width() * left, m_middle.y() + from * m_unit),
                                  QPointF(m_box.left() + m_box.width() * right, m_middle.y() + to * m_unit)),
                           fill);
    };
    column(m_theme.again, -7, -3, 0.25, 0.48);
    column(m_theme.inFlight.fill, -3, 1, 0.25, 0.48);
    column(m_theme.inFlight.fill, -3, 1, 0.54, 0.77);
    column(m_theme.succeeded.fill, 1, 4, 0.25, 0.48);
    nobody(0.54, 0.77, -1, 6);
}

void SignPainter::besideLanes()
{
    const double shift = 3.2 * m_unit;
    m_middle -= QPointF(0, shift);
    bar(m_theme.succeeded.fill, 0, 0.5, 4.5);
    bar(m_theme.failed.fill, 0.52, 1, 4.5);
    m_middle += QPointF(0, 2 * shift);
    bar(m_theme.hairline, 0, 0.7, 4.5);
    bar(mixed(m_theme.quietInk, m_theme.card, 0.8), 0.72, 1, 4.5);
    m_middle -= QPointF(0, shift);
}

void SignPainter::lever()
{
    const QPointF left(m_box.left() + 3 * m_unit, m_box.bottom() - 3 * m_unit);
    m_painter.setPen(QPen(m_theme.failed.line, 2.4 * m_unit, Qt::SolidLine, Qt::RoundCap));
    m_painter.drawLine(left, QPointF(m_box.right() - 6 * m_unit, m_box.top() + 2 * m_unit));
    m_painter.setPen(QPen(m_theme.ink, 1.4 * m_unit));
    m_painter.setBrush(m_theme.card);
    m_painter.drawEllipse(left, 2 * m_unit, 2 * m_unit);
    m_painter.drawEllipse(QPointF(m_box.right() - 3 * m_unit, left.y()), 2 * m_unit, 2 * m_unit);
}

void SignPainter::counted()
{
    frame(m_theme.failed.line, m_theme.failed.soft);
    glyph(RequestOutcome::Failed, -5, 4);
    glyph(RequestOutcome::Failed, 5, 4);
}

void SignPainter::belief()
{
    bar(m_theme.ink, 0, 0.5, 3);
    for (const double at : {0.56, 0.74, 0.92})
        bar(m_theme.failed.line, at, std::min(1.0, at + 0.12), 3);
}

void SignPainter::ring(const QColor &outer, const Hue &inner, double size)
{
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(outer, 1.8 * m_unit));
    m_painter.drawEllipse(m_middle, 6 * m_unit, 6 * m_unit);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(inner.fill);
    m_painter.drawEllipse(m_middle, size * m_unit, size * m_unit);
}

void SignPainter::workers()
{
    for (const double at : {-9.0, 0.0, 9.0}) {
        m_painter.setPen(QPen(m_theme.quietLine, m_unit));
        m_painter.setBrush(at < 5 ? QBrush(m_theme.inFlight.fill) : QBrush(Qt::NoBrush));
        m_painter.drawRect(QRectF(m_middle.x() + (at - 3) * m_unit, m_middle.y() - 6 * m_unit, 6 * m_unit, 6 * m_unit));
    }
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.waiting.fill);
    m_painter.drawRect(QRectF(m_middle.x() - 12 * m_unit, m_middle.y() + 3 * m_unit, 14 * m_unit, 3 * m_unit));
}

void SignPainter::plus()
{
    disc(m_theme.trial, false, 0, 6);
    m_painter.setPen(QPen(m_theme.trial.line, 1.6 * m_unit));
    m_painter.drawLine(m_middle - QPointF(3 * m_unit, 0), m_middle + QPointF(3 * m_unit, 0));
    m_painter.drawLine(m_middle - QPointF(0, 3 * m_unit), m_middle + QPointF(0, 3 * m_unit));
}

void SignPainter::trial()
{
    paintFlight(m_painter, FlightLook::Out, m_middle, 4 * m_unit, m_theme);
    paintTrialRing(m_painter, m_middle, 4 * m_unit, m_theme);
}

void paintOfCalls(SignPainter &draw, Sign sign)
{
    switch (sign) {
    case Sign::CallOut:
        return draw.flight(FlightLook::Out);
    case Sign::AnswerBack:
        return draw.flight(FlightLook::Back);
    case Sign::ErrorBack:
        return draw.flight(FlightLook::BackFailed);
    case Sign::GivenUp:
        return draw.flight(FlightLook::Abandoned);
    case Sign::Serving:
        return draw.serving();
    case Sign::TrialRing:
        return draw.trial();
    case Sign::Counted:
        return draw.counted();
    default:
        return draw.glyph(static_cast<RequestOutcome>(sign)); // the first six are the outcomes, in their order
    }
}

void paintOfTime(SignPainter &draw, Sign sign, const Theme &theme)
{
    switch (sign) {
    case Sign::Arc:
        return draw.arc(theme.failed.line, 0.6, 2.6);
    case Sign::NextProbe:
        return draw.arc(theme.control.line, 0.4, 2);
    case Sign::WaitBar:
        return draw.bar(theme.waiting.fill, 0, 1, 5);
    case Sign::JitterBand:
        draw.bar(theme.waiting.soft, 0, 1, 11);
        return draw.bar(theme.waiting.fill, 0, 0.55, 5);
    case Sign::InFlightLine:
        return draw.line(theme.inFlight.line, 1.8);
    case Sign::ArrivalBar:
        return draw.line(theme.inFlight.line, 3, Qt::SolidLine, true);
    case Sign::Rope:
        return draw.rope();
    case Sign::AnswerBars:
        return draw.answers();
    case Sign::TankLayers:
        return draw.tank();
    case Sign::ForNobody:
        return draw.nobody(0.15, 0.85, 5, 5);
    case Sign::Coin:
        return draw.coin(PaymentLedger::Coin::Kind::First);
    case Sign::CoinAgain:
        return draw.coin(PaymentLedger::Coin::Kind::Again);
    case Sign::CoinStored:
        return draw.coin(PaymentLedger::Coin::Kind::Stored);
    case Sign::BesideLanes:
        return draw.besideLanes();
    case Sign::FaultBand:
        return draw.bar(theme.failed.soft, 0, 1, 14);
    case Sign::WindowEdge:
        return draw.line(theme.quietLine, 1.4, Qt::DashLine, true);
    case Sign::LatencyBar:
        draw.bar(theme.succeeded.soft, 0, 0.5, 6);
        draw.bar(theme.waiting.soft, 0.5, 0.75, 6);
        draw.bar(theme.failed.soft, 0.75, 1, 6);
        return draw.bar(theme.ink, 0.33, 0.38, 11);
    case Sign::LeaseBar:
        draw.bar(theme.succeeded.fill, 0, 0.8, 6);
        return draw.bar(theme.waiting.fill, 0.8, 1, 6);
    case Sign::AttemptsBar:
        draw.bar(theme.inFlight.line, 0, 0.35, 9);
        draw.bar(theme.waiting.line, 0.37, 0.5, 4);
        draw.bar(theme.inFlight.line, 0.52, 0.85, 9);
        return draw.bar(theme.ink, 0.94, 0.99, 13);
    default:
        return;
    }
}

} // namespace

void paintSign(QPainter &painter, Sign sign, const QRectF &box, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    SignPainter draw(painter, box, theme);
    switch (sign) {
    case Sign::Pip:
        draw.disc(theme.trial, true, -7, 3);
        draw.disc(theme.trial, true, 0, 3);
        draw.disc(theme.trial, false, 7, 3);
        break;
    case Sign::Lever:
        draw.lever();
        break;
    case Sign::Token:
        draw.disc(theme.trial, true, 0, 5.5);
        break;
    case Sign::EmptyPlace:
        draw.disc(theme.neutral, false, 0, 5.5, Qt::DotLine);
        break;
    case Sign::WaitingDot:
        draw.disc(theme.waiting, true);
        break;
    case Sign::ReadinessProbe:
        draw.disc(theme.trial, true, 0, 3);
        draw.disc(theme.trial, false, 0, 6);
        break;
    case Sign::LivenessProbe:
        draw.plus();
        break;
    case Sign::ProbePath:
        draw.line(theme.trial.line, 1.2, Qt::DotLine);
        break;
    case Sign::Vote:
        draw.line(theme.succeeded.line, 2.4);
        break;
    case Sign::Wire:
        draw.line(theme.quietLine, 2, Qt::SolidLine, true);
        break;
    case Sign::Shell:
        draw.frame(theme.quietLine, theme.inset);
        break;
    case Sign::ChipOn:
        draw.frame(theme.quietLine, theme.inset, Qt::SolidLine, 6);
        break;
    case Sign::ChipBusy:
        draw.frame(theme.inFlight.line, theme.inFlight.soft, Qt::SolidLine, 6);
        break;
    case Sign::ChipOff:
        draw.frame(theme.hairline, theme.card, Qt::SolidLine, 6);
        break;
    case Sign::FailingLine:
        draw.line(theme.failed.line, 4);
        break;
    case Sign::Workers:
        draw.workers();
        break;
    case Sign::BeliefLine:
        draw.belief();
        break;
    case Sign::PauseBar:
        draw.hatched(theme.waiting, 0, 0.85, 8);
        draw.disc(theme.waiting, false, 9, 3);
        break;
    case Sign::WastedWork:
        draw.hatched(theme.failed, 0, 1, 9);
        break;
    case Sign::NodeRing:
        draw.ring(theme.succeeded.line, theme.failed, 3.5);
        break;
    case Sign::NodeStarting:
        draw.ring(theme.failed.line, theme.neutral, 2);
        break;
    case Sign::Next:
        draw.frame(theme.control.line, Qt::transparent, Qt::DashLine, 6);
        break;
    case Sign::Lit:
        draw.disc(theme.control, false, 0, 6);
        break;
    case Sign::Arc:
    case Sign::NextProbe:
    case Sign::WaitBar:
    case Sign::JitterBand:
    case Sign::InFlightLine:
    case Sign::ArrivalBar:
    case Sign::Rope:
    case Sign::AnswerBars:
    case Sign::TankLayers:
    case Sign::ForNobody:
    case Sign::Coin:
    case Sign::CoinAgain:
    case Sign::CoinStored:
    case Sign::BesideLanes:
    case Sign::FaultBand:
    case Sign::WindowEdge:
    case Sign::LatencyBar:
    case Sign::LeaseBar:
    case Sign::AttemptsBar:
        paintOfTime(draw, sign, theme);
        break;
    default:
        if (!paintTapeSign(painter, sign, box, theme))
            paintOfCalls(draw, sign);
        break;
    }
    painter.restore();
}

} // namespace widgets
