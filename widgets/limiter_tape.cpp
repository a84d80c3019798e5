// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/limiter_tape.h"

#include "core/sim/limiter_window.h"
#include "widgets/limiter_words.h"
#include "widgets/stage_words.h"
#include "widgets/translation.h"

#include <QPainter>

#include <algorithm>
#include <optional>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

struct Arrival {
    uint64_t request = 0;
    Time at;
    uint64_t event = 0; // what the limiter said; 0 = nothing yet
    bool passed = false;
    bool waits = false;
};

std::vector<Arrival> arrivalsOf(const Snapshot &snapshot, uint32_t client)
{
    std::vector<Arrival> all;
    for (const Event &event : snapshot.events) {
        if (event.client != client || event.request == 0)
            continue;
        if (event.as<Offered>()) {
            all.push_back({.request = event.request, .at = event.at});
            continue;
        }
        const auto mine =
            std::find_if(all.rbegin(), all.rend(), [&](const Arrival &a) { return a.request == event.request; });
        if (mine == all.rend())
            continue;
        if (event.as<Sent>())
            *mine = {mine->request, mine->at, event.number, true, false};
        else if (const auto *away = event.as<TurnedAway>(); away && away->by == PolicyKind::RateLimiter)
            *mine = {mine->request, mine->at, event.number, false, false};
        else if (event.as<Queued>())
            *mine = {mine->request, mine->at, event.number, false, true};
    }
    return all;
}

// What the rule allows within one window: a bucket refills while it is emptied, so that it may pass twice its capacity;
// a window means what it says.
uint64_t boundWithin(const AnyLimiterConfig &config)
{
    switch (kindOf(config)) {
    case LimiterKind::TokenBucket:
    case LimiterKind::LeakyBucket:
    case LimiterKind::LeakyQueue:
        return 2 * burstOf(config);
    default:
        return burstOf(config);
    }
}

uint64_t mostWithin(const std::vector<Arrival> &arrivals, const AnyLimiterConfig &config)
{
    resilience::sim::LimiterWindow window;
    for (const Arrival &arrival : arrivals)
        if (arrival.passed)
            window.add(arrival.at, config);
    return window.most();
}

} // namespace

std::vector<StageLabel> LimiterTape::labels() const
{
    std::vector<StageLabel> all{heading, edgeName};
    for (const TapeRow &row : rows)
        all.insert(all.end(), {row.name, row.verdict, row.most});
    all.insert(all.end(), times.begin(), times.end());
    return all;
}

LimiterTape layoutTape(const Snapshot &snapshot, const QRectF &area, const Theme &theme)
{
    LimiterTape tape;
    tape.area = area;
    const QFont label = theme.font(TextSize::Label);
    const QFont strong = theme.font(TextSize::Label, QFont::DemiBold);
    const double line = lineHeight(label);
    tape.heading =
        leftAt(fitLabel({LimiterTr::tr("the same calls through"), {}}, area.width() / 2, label, theme.quietInk),
               area.left(), area.top() + line / 2);

    double nameWidth = 0;
    for (const ClientView &client : snapshot.clients)
        nameWidth = std::max(
            nameWidth, makeLabel(words::limiterName(kindOf(snapshot.pipelines[client.pipeline].config.rateLimiter)),
                                 strong, theme.ink)
                           .rect.width());
    nameWidth = std::min(nameWidth + theme.px(12), area.width() * 0.32);
    const double verdictWidth = std::min(theme.px(110), area.width() * 0.26);
    const double left = area.left() + nameWidth;
    const double right = area.right() - verdictWidth;
    const double top = area.top() + line + theme.px(18);
    const double bottom = area.bottom() - line * 1.2;
    const double rowHeight = std::min(theme.px(100), (bottom - top) / double(snapshot.clients.size()));
    // Larger where rows are high, so that the back of a hall sees it.
    const double pitch = std::clamp(rowHeight * 0.26, theme.px(15), theme.px(24));
    const auto columns = static_cast<size_t>(std::max(1.0, (right - left - theme.px(8)) / pitch));
    const double radius = std::min(pitch * 0.37, rowHeight * 0.3);

    tape.radius = radius;

    std::vector<Arrival> first;
    for (uint32_t i = 0; i < snapshot.clients.size(); ++i) {
        const PipelineView &pipeline = snapshot.pipelines[snapshot.clients[i].pipeline];
        const AnyLimiterConfig &config = pipeline.config.rateLimiter;
        const std::vector<Arrival> all = arrivalsOf(snapshot, i);
        if (i == 0)
            first = all;
        TapeRow row{.client = i, .middle = top + rowHeight * (i + 0.5)};
        row.name = leftAt(fitLabel({words::limiterName(kindOf(config)), {}}, nameWidth - theme.px(10),
                                   i == 0 ? strong : label, theme.ink),
                          area.left(), row.middle);
        const size_t begin = all.size() > columns ? all.size() - columns : 0;
        for (size_t k = begin; k < all.size(); ++k) {
            const QPointF at(left + pitch * (double(k - begin) + 0.5), row.middle);
            if (all[k].event == 0)
                continue;
            if (all[k].waits)
                row.waiting.push_back(at);
            else
                row.glyphs.push_back(stageGlyph(all[k].passed ? RequestOutcome::Succeeded : RequestOutcome::Throttled,
                                                at, radius, all[k].event, 0, theme));
        }
        row.mostInWindow = mostWithin(all, config);
        const uint64_t turnedAway = pipeline.counts.turnedAway[static_cast<size_t>(PolicyKind::RateLimiter)];
        const uint64_t bound = boundWithin(config);
        const bool over = row.mostInWindow > bound;
        const bool twoLines = rowHeight >= line * 2 + theme.px(2);
        row.verdict = leftAt(
            fitLabel({LimiterTr::tr("%1 of %2 passed").arg(pipeline.counts.sent).arg(pipeline.counts.sent + turnedAway),
                      LimiterTr::tr("%1 passed").arg(pipeline.counts.sent),
                      {}},
                     verdictWidth - theme.px(10), label, theme.ink),
            right + theme.px(10), row.middle - (twoLines ? line / 2 : 0));
        if (twoLines)
            row.most = leftAt(
                fitLabel({LimiterTr::tr("most in %1: %2 (limit %3)")
                              .arg(words::duration(windowOf(config)))
                              .arg(row.mostInWindow)
                              .arg(bound),
                          LimiterTr::tr("most in %1: %2").arg(words::duration(windowOf(config))).arg(row.mostInWindow),
                          LimiterTr::tr("most %1").arg(row.mostInWindow),
                          {}},
                         verdictWidth - theme.px(10), over ? strong : label, over ? theme.failed.text : theme.quietInk),
                right + theme.px(10), row.middle + line / 2);
        tape.rows.push_back(std::move(row));
    }

    const auto fixed = std::find_if(snapshot.clients.begin(), snapshot.clients.end(), [&](const ClientView &client) {
        return kindOf(snapshot.pipelines[client.pipeline].config.rateLimiter) == LimiterKind::FixedWindow;
    });
    const size_t begin = first.size() > columns ? first.size() - columns : 0;
    const double timesY = top + rowHeight * double(snapshot.clients.size()) + line * 0.6;
    double free = left - theme.px(4);
    for (size_t k = begin; k < first.size(); ++k) {
        const double x = left + pitch * (double(k - begin) + 0.5);
        StageLabel when =
            centredAt(makeLabel(words::moment(first[k].at), theme.font(TextSize::Axis), theme.quietInk), {x, timesY});
        if (when.rect.left() > free && when.rect.right() < right) {
            free = when.rect.right() + theme.px(10);
            tape.times.push_back(when);
        }
        if (fixed == snapshot.clients.end() || k == begin)
            continue;
        const Duration window = windowOf(snapshot.pipelines[fixed->pipeline].config.rateLimiter);
        if (first[k].at.time_since_epoch() / window != first[k - 1].at.time_since_epoch() / window)
            tape.edges.push_back(x - pitch / 2);
    }
    if (!tape.edges.empty()) {
        StageLabel name = centredAt(fitLabel({LimiterTr::tr("window edge"), {}}, theme.px(120), label, theme.quietInk),
                                    {tape.edges.back(), area.top() + line * 1.5 + theme.px(2)});
        if (name.rect.left() > tape.area.left() && name.rect.right() < area.right())
            tape.edgeName = name;
    }
    return tape;
}

void paintTape(QPainter &painter, const LimiterTape &tape, const Theme &theme)
{
    painter.setPen(QPen(theme.quietLine, theme.px(1.2), Qt::DashLine));
    for (const double x : tape.edges)
        if (!tape.rows.empty())
            painter.drawLine(QPointF(x, tape.rows.front().middle - theme.px(16)),
                             QPointF(x, tape.rows.back().middle + theme.px(12)));
    for (const TapeRow &row : tape.rows) {
        for (const StageGlyph &glyph : row.glyphs)
            paintStageGlyph(painter, glyph, theme);
        painter.setPen(QPen(theme.waiting.line, theme.px(1.4)));
        painter.setBrush(theme.waiting.fill);
        for (const QPointF &at : row.waiting)
            painter.drawEllipse(at, tape.radius * 0.8, tape.radius * 0.8);
    }
    for (const StageLabel &label : tape.labels())
        paintLabel(painter, label);
}

} // namespace widgets
