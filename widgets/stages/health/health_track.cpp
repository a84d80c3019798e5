// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/health/health_track.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/health/health_words.h"

#include <QPainter>

#include <algorithm>
#include <optional>

namespace widgets {

using resilience::Duration;
using resilience::Health;
using resilience::Time;
using namespace resilience::sim;

namespace {

constexpr Duration kTrackReach = std::chrono::seconds{20};
constexpr double kTrackBar = 14; // px at scale 1

// What is on at a process, and what that makes of it.
struct Ailments {
    ActiveFaults faults{};
    bool restarting = false;

    ProcessState state() const { return restarting ? ProcessState::Restarting : stateOf(effectOf(faults)); }
    void switchTo(FaultKind kind, bool on)
    {
        faults[static_cast<size_t>(kind)] = on ? std::optional(spec(kind).defaultValue) : std::nullopt;
    }
    // False when the event is none of its business.
    bool apply(const Event &event, bool back)
    {
        if (const auto *set = event.as<FaultSet>())
            switchTo(set->kind, !back);
        else if (const auto *cleared = event.as<FaultCleared>())
            switchTo(cleared->kind, back);
        else if (event.as<Restarting>())
            restarting = !back;
        else if (event.as<Restarted>())
            restarting = back;
        else
            return false;
        return true;
    }
};

template <typename What> void extend(std::vector<NodeSpan<What>> &spans, Time at, What what)
{
    if (!spans.empty() && spans.back().what == what)
        return;
    if (!spans.empty())
        spans.back().to = at;
    if (!spans.empty() && spans.back().from == at)
        spans.back().what = what;
    else
        spans.push_back({at, at, what});
}

bool isTrouble(const Event &event)
{
    return event.as<FaultSet>() || event.as<FaultCleared>() || event.as<Restarting>() || event.as<HealthChanged>();
}

const HealthTargetView &mostRecentlyTroubled(const Snapshot &snapshot, Time from)
{
    const auto &targets = snapshot.health.front().targets;
    for (auto event = snapshot.events.rbegin(); event != snapshot.events.rend() && event->at >= from; ++event)
        for (const HealthTargetView &target : targets)
            if (isTrouble(*event) && event->target == resilience::sim::Subject::service(target.service)
                && !(event->as<HealthChanged>() && event->as<HealthChanged>()->from == Health::Unknown))
                return target;
    return targets.front();
}

const Hue &truthHue(ProcessState state, const Theme &theme)
{
    switch (state) {
    case ProcessState::Well:
    case ProcessState::Starting:
        return theme.succeeded;
    case ProcessState::Slow:
        return theme.waiting;
    case ProcessState::Restarting:
        return theme.neutral;
    default:
        return theme.failed;
    }
}

QString truthWord(ProcessState state) { return words::truthText({state, std::nullopt, 1}).back(); }

} // namespace

std::vector<NodeSpan<ProcessState>> truthSpans(const Snapshot &snapshot, uint32_t service, Time from)
{
    Ailments ailments{snapshot.services[service].faults, snapshot.services[service].restarting};
    auto event = snapshot.events.rbegin();
    for (; event != snapshot.events.rend() && event->at > from; ++event)
        if (event->target == resilience::sim::Subject::service(service))
            ailments.apply(*event, true);
    std::vector<NodeSpan<ProcessState>> spans{{from, from, ailments.state()}};
    for (auto forward = event.base(); forward != snapshot.events.end(); ++forward)
        if (forward->target == resilience::sim::Subject::service(service) && ailments.apply(*forward, false))
            extend(spans, forward->at, ailments.state());
    spans.back().to = snapshot.now;
    return spans;
}

std::vector<NodeSpan<Health>> beliefSpans(const Snapshot &snapshot, const HealthTargetView &target, Time from)
{
    Health before = target.health.status;
    auto event = snapshot.events.rbegin();
    for (; event != snapshot.events.rend() && event->at > from; ++event)
        if (const auto *changed = event->as<HealthChanged>();
            changed && event->target == resilience::sim::Subject::service(target.service))
            before = changed->from;
    std::vector<NodeSpan<Health>> spans{{from, from, before}};
    for (auto forward = event.base(); forward != snapshot.events.end(); ++forward)
        if (const auto *changed = forward->as<HealthChanged>();
            changed && forward->target == resilience::sim::Subject::service(target.service))
            extend(spans, forward->at, changed->to);
    spans.back().to = snapshot.now;
    return spans;
}

std::vector<std::pair<Time, Time>> wrongTrust(const std::vector<NodeSpan<ProcessState>> &truth,
                                              const std::vector<NodeSpan<Health>> &belief)
{
    std::vector<std::pair<Time, Time>> found;
    for (const auto &is : truth)
        for (const auto &believed : belief) {
            if (!isUseless(is.what) || (believed.what != Health::Healthy && believed.what != Health::Degraded))
                continue;
            const Time from = std::max(is.from, believed.from);
            const Time to = std::min(is.to, believed.to);
            if (from >= to)
                continue;
            if (!found.empty() && found.back().second == from)
                found.back().second = to;
            else
                found.emplace_back(from, to);
        }
    return found;
}

std::vector<StageLabel> HealthTrack::labels() const
{
    std::vector<StageLabel> all{truthName, beliefName, wrongText};
    for (const auto *bars : {&truth, &belief})
        for (const Bar &bar : *bars)
            all.push_back(bar.word);
    all.insert(all.end(), ticks.begin(), ticks.end());
    std::erase_if(all, [](const StageLabel &label) { return label.text.isEmpty(); });
    return all;
}

double healthTrackHeight(const Theme &theme)
{
    return theme.px(2 * kTrackBar + 2) + 2 * lineHeight(theme.font(TextSize::Axis));
}

HealthTrack layoutHealthTrack(const Snapshot &snapshot, const Theme &theme, const QRectF &area)
{
    HealthTrack track{.area = area};
    Time from = std::max(resilience::kTimeZero, snapshot.now - kTrackReach);
    if (snapshot.events.size() >= Snapshot::kEvents)
        from = std::max(from, snapshot.events.front().at);
    const HealthTargetView &target = mostRecentlyTroubled(snapshot, from);
    const QFont font = theme.font(TextSize::Axis, QFont::DemiBold);
    const double line = lineHeight(theme.font(TextSize::Axis));
    const double names = std::min(theme.px(92), area.width() * 0.24);
    const TimeAxis axis(from, from + kTrackReach + std::chrono::seconds{1}, area.left() + names, area.right());
    const double bar = theme.px(kTrackBar);
    const double truthTop = area.top();
    const double beliefTop = truthTop + bar + line;
    const auto name = [&](const QStringList &variants, double top) {
        return leftAt(fitLabel(variants, names - theme.px(8), theme.font(TextSize::Label), theme.ink), area.left(),
                      top + bar / 2);
    };
    const QString node = words::targetName(snapshot, target);
    track.truthName = name({HealthTr::tr("%1 is").arg(node), HealthTr::tr("is")}, truthTop);
    track.beliefName = name({HealthTr::tr("believed")}, beliefTop);
    const auto add = [&](std::vector<HealthTrack::Bar> &bars, const auto &span, double top, const Hue &hue,
                         const QString &word) {
        const double left = axis.clampedX(span.from);
        HealthTrack::Bar shape{QRectF(left, top, std::max(axis.clampedX(span.to) - left, 1.0), bar), &hue, {}};
        shape.word = centredAt(fitLabel({word, QString()}, shape.rect.width() - theme.px(6), font, hue.onFill),
                               shape.rect.center());
        bars.push_back(shape);
    };
    const auto truth = truthSpans(snapshot, target.service, from);
    const auto belief = beliefSpans(snapshot, target, from);
    for (const auto &span : truth)
        add(track.truth, span, truthTop, truthHue(span.what, theme), truthWord(span.what));
    for (const auto &span : belief)
        add(track.belief, span, beliefTop, beliefHue(span.what, theme), words::beliefText(span.what).back());
    Duration sum{};
    for (const auto &[begin, end] : wrongTrust(truth, belief)) {
        track.wrong.emplace_back(QPointF(axis.clampedX(begin), truthTop + bar), QPointF(axis.clampedX(end), beliefTop));
        sum = end - begin;
    }
    if (!track.wrong.empty()) {
        const QRectF last = track.wrong.back();
        StageLabel text = fitLabel({HealthTr::tr("%1 of wrong trust").arg(words::duration(sum)), words::duration(sum)},
                                   axis.width(), font, theme.failed.text);
        const double half = text.rect.width() / 2;
        track.wrongText = centredAt(
            text, {std::clamp(last.center().x(), axis.left() + half, axis.right() - half), last.center().y()});
    }
    const double middle = beliefTop + bar + theme.px(2) + line / 2;
    double free = axis.left() - theme.px(4);
    for (const TimeTick &tick : axis.ticks(theme.px(64))) {
        const StageLabel label =
            centredAt(makeLabel(tick.label, theme.font(TextSize::Axis), theme.quietInk), {tick.x, middle});
        if (label.rect.left() < free || label.rect.right() > area.right())
            continue;
        track.ticks.push_back(label);
        free = label.rect.right() + theme.px(6);
    }
    return track;
}

void paintHealthTrack(QPainter &painter, const HealthTrack &track, const Theme &theme)
{
    if (track.area.isEmpty())
        return;
    painter.setPen(Qt::NoPen);
    for (const QRectF &wrong : track.wrong) {
        painter.setBrush(theme.failed.soft);
        painter.drawRect(wrong);
        painter.setBrush(QBrush(theme.failed.line, Qt::BDiagPattern));
        painter.drawRect(wrong);
    }
    if (!track.wrongText.text.isEmpty()) {
        painter.setBrush(theme.card);
        painter.drawRect(track.wrongText.rect.adjusted(-theme.px(3), 0, theme.px(3), 0));
    }
    for (const auto *bars : {&track.truth, &track.belief})
        for (const HealthTrack::Bar &bar : *bars) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(bar.hue->fill);
            painter.drawRect(bar.rect);
            paintLabel(painter, bar.word);
        }
    for (const StageLabel &label : {track.truthName, track.beliefName, track.wrongText})
        paintLabel(painter, label);
    for (const StageLabel &tick : track.ticks)
        paintLabel(painter, tick);
}

} // namespace widgets
