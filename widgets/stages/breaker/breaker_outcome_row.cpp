// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_outcome_row.h"

#include "widgets/look/outcome_glyph.h"
#include "widgets/look/translation.h"
#include "widgets/stages/breaker/breaker_words.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using resilience::BreakerState;
using resilience::BreakerTrigger;
using resilience::BreakerView;
using resilience::Recorded;
using resilience::sim::RecentEnd;
using resilience::sim::RequestOutcome;

namespace {

constexpr double kFreshTime = 0.25; // seconds of screen time
constexpr double kRowVerdictShare = 0.42; // of the row, at most

double pieceRadius(const StageContext &context) { return context.theme.px(7) * std::min(context.figure, 1.25); }
double pitch(const StageContext &context) { return pieceRadius(context) * 2 + context.theme.px(8); }
QFont headingFont(const Theme &theme) { return theme.font(TextSize::Label); }
QFont verdictFont(const Theme &theme) { return theme.font(TextSize::Label, QFont::DemiBold); }

bool wasSent(const RecentEnd &end)
{
    return end.outcome == RequestOutcome::Succeeded || end.outcome == RequestOutcome::Failed
           || end.outcome == RequestOutcome::TimedOut;
}

// What the breaker's present verdict rests on: the generation it belongs to and how many calls at most.
struct Looked {
    uint64_t generation = 0;
    uint32_t calls = 0;
    bool run = false; // only an unbroken run of failures
    bool tripped = false; // the verdict has been: open
};

Looked lookedAt(const resilience::sim::ClientView &client)
{
    const BreakerView &breaker = client.breaker;
    const bool consecutive = client.rule.window.kind == resilience::OutcomeWindowConfig::Kind::Consecutive;
    const auto window = [consecutive](const resilience::WindowCounts &counts, uint64_t generation, bool tripped) {
        return Looked{generation, consecutive ? counts.consecutiveFailures : counts.calls, consecutive, tripped};
    };
    switch (breaker.state) {
    case BreakerState::Closed:
    case BreakerState::MetricsOnly:
        return window(breaker.window, breaker.generation, false);
    case BreakerState::HalfOpen:
        return {breaker.generation, breaker.trialsSucceeded + breaker.trialsFailed, false, false};
    case BreakerState::Open:
        if (breaker.lastTrigger == BreakerTrigger::ThresholdReached)
            return window(breaker.lastWindow, breaker.generation - 1, true);
        if (breaker.lastTrigger == BreakerTrigger::TrialsFailed)
            return {breaker.generation - 1, breaker.lastTrialsSucceeded + breaker.lastTrialsFailed, false, true};
        return {};
    default:
        return {};
    }
}

// Marks, from the newest back, the pieces the verdict rests on. True when some of them lie beyond the row's left end.
bool mark(std::vector<BreakerOutcomeRow::Piece> &pieces, const Looked &looked)
{
    uint32_t left = looked.calls;
    for (auto piece = pieces.rbegin(); piece != pieces.rend() && left > 0; ++piece) {
        if (piece->end.generation != looked.generation || piece->end.recorded != Recorded::Counted)
            continue;
        if (looked.run && piece->end.outcome == RequestOutcome::Succeeded)
            break;
        piece->counts = true;
        --left;
    }
    return left > 0 && !pieces.empty() && pieces.front().counts;
}

void placeBracket(BreakerOutcomeRow &row, const StageContext &context, double middle)
{
    const double radius = pieceRadius(context);
    for (const BreakerOutcomeRow::Piece &piece : row.pieces)
        if (piece.counts)
            row.bracket = row.bracket.united(
                QRectF(piece.at.x() - radius - context.theme.px(2), middle - radius - context.theme.px(3),
                       2 * radius + context.theme.px(4), 2 * radius + context.theme.px(8)));
}

} // namespace

double breakerOutcomeRowHeight(const StageContext &context)
{
    return std::max(pieceRadius(context) * 2 + context.theme.px(11), lineHeight(verdictFont(context.theme)));
}

BreakerOutcomeRow layoutBreakerOutcomeRow(const StageContext &context, const QRectF &area)
{
    const Theme &theme = context.theme;
    const Looked looked = lookedAt(context.client());
    const double middle = area.center().y();
    const double gap = theme.px(12);

    BreakerOutcomeRow row;
    row.heading = leftAt(
        fitLabel({BreakerTr::tr("last calls"), QString()}, area.width() * 0.2, headingFont(theme), theme.quietInk),
        area.left(), middle);
    row.tripped = looked.tripped;
    QStringList verdicts;
    if (words::overrideName(context.breaker().state).isEmpty() || context.breaker().state == BreakerState::MetricsOnly)
        verdicts = words::rowVerdict(context.client());
    verdicts << QString();
    row.verdict = fitLabel(verdicts, area.width() * kRowVerdictShare, verdictFont(theme),
                           looked.tripped ? theme.failed.text : theme.quietInk);

    const double left = row.heading.rect.right() + gap;
    const double room = area.right() - left - (row.verdict.text.isEmpty() ? 0 : row.verdict.rect.width() + 2 * gap);
    const size_t fit = static_cast<size_t>(std::max(0.0, room / pitch(context)));
    for (const RecentEnd &end : context.snapshot.recent)
        if (end.client == context.clientIndex && wasSent(end))
            row.pieces.push_back({.end = end});
    if (row.pieces.size() > fit)
        row.pieces.erase(row.pieces.begin(), row.pieces.end() - static_cast<std::ptrdiff_t>(fit));

    const bool fast = tooFastForDots(context.snapshot);
    double x = left + pitch(context) / 2;
    for (BreakerOutcomeRow::Piece &piece : row.pieces) {
        piece.at = {x, middle};
        // What the breaker took no notice of stands there, but small.
        piece.radius = pieceRadius(context) * (piece.end.recorded == Recorded::Counted ? 1.0 : 0.6);
        piece.fresh = fast ? 0 : std::clamp(1 - context.screenAge(piece.end.at) / kFreshTime, 0.0, 1.0);
        x += pitch(context);
    }
    row.openEnded = mark(row.pieces, looked);
    row.tripLine = looked.run;
    placeBracket(row, context, middle);
    const double end = row.pieces.empty() ? left : x - pitch(context) / 2 + gap;
    row.verdict = leftAt(row.verdict, end, middle);
    return row;
}

void paintBreakerOutcomeRow(QPainter &painter, const BreakerOutcomeRow &row, const StageContext &context,
                            const StagePhase &phase)
{
    const Theme &theme = context.theme;
    paintLabel(painter, row.heading);
    if (!row.bracket.isEmpty()) {
        const QColor color = row.tripped ? theme.failed.line : theme.quietLine;
        const QRectF &box = row.bracket;
        painter.setPen(QPen(color, theme.px(1.5), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(box.bottomLeft(), box.bottomRight());
        painter.drawLine(box.bottomRight(), box.bottomRight() - QPointF(0, theme.px(4)));
        if (row.tripLine && !row.openEnded) {
            painter.setPen(QPen(color, theme.px(1.5), Qt::DashLine, Qt::FlatCap));
            painter.drawLine(box.topLeft(), box.bottomLeft());
        } else if (!row.openEnded) {
            painter.drawLine(box.bottomLeft(), box.bottomLeft() - QPointF(0, theme.px(4)));
        }
    }
    for (const BreakerOutcomeRow::Piece &piece : row.pieces) {
        const double grown = phase.reducedMotion ? 1.0 : 1.0 - 0.4 * piece.fresh;
        paintOutcome(painter, piece.end.outcome, piece.at, piece.radius * grown * (piece.end.trial ? 0.75 : 1.0),
                     theme);
        if (piece.end.trial)
            paintTrialRing(painter, piece.at, piece.radius * 0.78, theme);
        else if (piece.end.slow) {
            painter.setPen(QPen(theme.waiting.line, theme.px(1.6)));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(piece.at, piece.radius + theme.px(2), piece.radius + theme.px(2));
        }
    }
    paintLabel(painter, row.verdict);
}

} // namespace widgets
