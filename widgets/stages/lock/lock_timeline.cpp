// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/lock/lock_timeline.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/lock/lock_graph.h"
#include "widgets/stages/lock/lock_story_words.h"
#include "widgets/stages/lock/lock_words.h"

#include <algorithm>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr Duration kPauseGrain = std::chrono::milliseconds{100};
constexpr double kBar = 14; // px at scale 1, as all of these
constexpr double kBelief = 5; // from the line to the bar
constexpr double kHolderGap = 5;
constexpr double kWords = 2; // from words to the line below them
constexpr double kWrite = 6.5;

double axisLine(const Theme &theme) { return lineHeight(theme.font(TextSize::Axis)); }
double laneHeight(const Theme &theme) { return axisLine(theme) + theme.px(kWords + kBelief + kBar + kHolderGap); }
double storageHeight(const Theme &theme) { return axisLine(theme) + theme.px(2 * kWrite + 4); }

struct Room {
    const Snapshot &snapshot;
    const Theme &theme;
    TimeAxis axis;

    double x(Time t) const { return axis.clampedX(t); }
    QRectF bar(Time from, Time to, double middle) const
    {
        const double half = theme.px(kBar / 2);
        return {QPointF(x(from), middle - half), QPointF(std::max(x(to), x(from) + theme.px(1)), middle + half)};
    }
};

void placePause(LockLane &lane, const LockPause &pause, const Room &room)
{
    const Time now = room.snapshot.now;
    LockPauseShape shape{.event = pause.event, .from = pause.from};
    shape.to = pause.to.value_or(pause.planned.value_or(now));
    shape.bar = room.bar(pause.from, std::min(pause.to.value_or(now), now), lane.middle);
    if (shape.to > now)
        shape.planned = room.bar(now, shape.to, lane.middle);
    shape.grip = {room.x(shape.to), lane.middle};
    const QFont font = room.theme.font(TextSize::Axis, QFont::DemiBold);
    shape.text = centredAt(fitLabel({LockTr::tr("paused %1").arg(words::duration(std::min(shape.to, now) - pause.from)),
                                     LockTr::tr("paused"), QString()},
                                    shape.bar.width() - room.theme.px(14), font, room.theme.waiting.text),
                           shape.bar.center());
    lane.pauses.push_back(shape);
}

void placeLease(LockLane &lane, const LockLease &lease, const Room &room)
{
    const Theme &theme = room.theme;
    const Time now = room.snapshot.now;
    const Time trusted = lease.trustedUntil.value_or(now);
    LockLeaseShape shape{.event = lease.event,
                         .bar = room.bar(lease.from, std::min(lease.until, trusted), lane.middle)};
    if (!lease.trustedUntil && lease.until > now)
        shape.ahead = room.bar(now, lease.until, lane.middle);
    // Clear of a pause in it, which has words of its own.
    double right = shape.bar.right();
    for (const LockPauseShape &pause : lane.pauses)
        if (pause.bar.right() > shape.bar.left() && pause.bar.left() < right)
            right = std::max(shape.bar.left(), pause.bar.left());
    const QFont font = theme.font(TextSize::Axis, QFont::DemiBold);
    shape.token = centredAt(fitLabel({LockTr::tr("token %1").arg(lease.token), QString::number(lease.token), QString()},
                                     right - shape.bar.left() - theme.px(4), font, theme.succeeded.onFill),
                            {(shape.bar.left() + right) / 2, lane.middle});
    lane.leases.push_back(shape);
    lane.beliefs.push_back({room.x(lease.from), room.x(lease.until), room.x(trusted)});
    if (lease.until >= trusted)
        return;
    // What outlived its lease: the latest is told.
    const QFont quiet = theme.font(TextSize::Axis);
    const QStringList words{LockTr::tr("lease over at %1").arg(words::moment(lease.until)),
                            LockTr::tr("over at %1").arg(words::moment(lease.until)), QString()};
    const double middle = lane.belief - theme.px(kWords) - axisLine(theme) / 2;
    const double at = room.x(lease.until);
    const StageLabel label =
        fitLabel(words, std::max(at - room.axis.left(), room.axis.right() - at) - theme.px(6), quiet, theme.quietInk);
    lane.over = at - room.axis.left() > label.rect.width() + theme.px(6) ? rightAt(label, at - theme.px(2), middle)
                                                                         : leftAt(label, at + theme.px(2), middle);
}

LockLane layoutLane(uint32_t holder, const Room &room, double left, double top)
{
    const Theme &theme = room.theme;
    LockLane lane{.holder = holder};
    lane.belief = top + axisLine(theme) + theme.px(kWords);
    lane.middle = lane.belief + theme.px(kBelief + kBar / 2);
    lane.name =
        leftAt(fitLabel({QString::fromStdString(room.snapshot.lock.holders[holder].name)},
                        room.axis.left() - left - theme.px(8), theme.font(TextSize::Label, QFont::Bold), theme.ink),
               left, lane.middle);
    const HolderStory &story = room.snapshot.lockStory.holders[holder];
    for (const LockPause &pause : story.pauses)
        placePause(lane, pause, room);
    for (const LockLease &lease : story.leases)
        placeLease(lane, lease, room);
    // Of many on one pixel one is enough.
    double last = -1e9;
    for (const LockRefusal &refusal : story.refusals) {
        const double x = room.x(refusal.at);
        if (x - last < theme.px(3))
            continue;
        last = x;
        lane.refusals.push_back(
            stageGlyph(RequestOutcome::Rejected, {x, lane.middle}, theme.px(3.5), refusal.event, 0, theme));
    }
    return lane;
}

void placeWrites(LockTimeline &timeline, const Room &room)
{
    const Theme &theme = room.theme;
    const auto &writes = room.snapshot.lockStory.writes;
    double free = room.axis.right();
    for (auto it = writes.rbegin(); it != writes.rend(); ++it) {
        const LockWriteView &write = it->write;
        const QPointF at(room.x(write.at), timeline.storage);
        const bool harm = write.stale && write.accepted;
        const RequestOutcome outcome = harm             ? RequestOutcome::Failed
                                       : write.accepted ? RequestOutcome::Succeeded
                                                        : RequestOutcome::Rejected;
        LockWriteMark mark{.glyph = stageGlyph(outcome, at, theme.px(kWrite), write.event, 0, theme),
                           .stale = write.stale,
                           .accepted = write.accepted};
        const auto lane = std::find_if(timeline.lanes.begin(), timeline.lanes.end(),
                                       [&](const LockLane &one) { return one.holder == write.holder; });
        mark.from = lane == timeline.lanes.end() ? at : QPointF(at.x(), lane->middle + theme.px(kBar / 2));
        const QFont font = theme.font(TextSize::Axis, write.stale ? QFont::Bold : QFont::Normal);
        const QColor color = harm ? theme.failed.text : write.accepted ? theme.succeeded.text : theme.rejected.text;
        // Words where they do not meet those of a later write.
        const double left = std::max(room.axis.left(), it + 1 == writes.rend() ? 0 : room.x((it + 1)->write.at));
        StageLabel text = fitLabel(words::writeMark(*it), free - left, font, color);
        const double half = text.rect.width() / 2;
        const double middle = std::min(std::max(at.x(), room.axis.left() + half), free - half);
        if (middle + half > at.x() && !text.text.isEmpty()) {
            mark.text = centredAt(text, {middle, timeline.storage + theme.px(kWrite + 2) + axisLine(theme) / 2});
            free = mark.text.rect.left() - theme.px(6);
        }
        timeline.writes.push_back(mark);
    }
    for (const LockMessage &message : room.snapshot.lock.messages) {
        if (message.node != LockMessage::kResource || message.answer || message.holder >= timeline.lanes.size())
            continue;
        const double whole = std::max(1e-9, toSeconds(message.arrivesAt - message.sentAt));
        const double share = std::clamp(toSeconds(room.snapshot.now - message.sentAt) / whole, 0.0, 1.0);
        const double top = timeline.lanes[message.holder].middle + theme.px(kBar / 2);
        timeline.writing.emplace_back(timeline.now, top + (timeline.storage - top) * share);
    }
}

// When at least two took the lease for their own.
void placeOverlaps(LockTimeline &timeline, const Room &room, double top, double heading)
{
    std::vector<std::pair<Time, int>> edges;
    for (const HolderStory &holder : room.snapshot.lockStory.holders)
        for (const LockLease &lease : holder.leases) {
            edges.emplace_back(lease.from, 1);
            edges.emplace_back(lease.trustedUntil.value_or(room.snapshot.now), -1);
        }
    std::sort(edges.begin(), edges.end());
    int believers = 0;
    Time from{};
    for (const auto &[at, change] : edges) {
        if (believers + change >= 2 && believers < 2)
            from = at;
        if (believers + change < 2 && believers >= 2 && at > from)
            timeline.overlaps.push_back({QPointF(room.x(from), top), QPointF(room.x(at), timeline.storage)});
        believers += change;
    }
    if (timeline.overlaps.empty())
        return;
    const Theme &theme = room.theme;
    const QRectF last = timeline.overlaps.back();
    StageLabel text = makeLabel(LockTr::tr("two believe"), theme.font(TextSize::Axis, QFont::Bold), theme.failed.text);
    const double half = text.rect.width() / 2;
    if (2 * half <= room.axis.width())
        timeline.overlapText = centredAt(
            text, {std::clamp(last.center().x(), room.axis.left() + half, room.axis.right() - half), heading});
}

void placeTicks(LockTimeline &timeline, const Theme &theme, double middle)
{
    double free = timeline.area.left();
    for (const TimeTick &tick : timeline.axis.ticks(theme.px(64))) {
        const StageLabel label =
            centredAt(makeLabel(tick.label, theme.font(TextSize::Axis), theme.quietInk), {tick.x, middle});
        if (label.rect.left() < free || label.rect.right() > timeline.area.right())
            continue;
        timeline.ticks.push_back(label);
        free = label.rect.right() + theme.px(6);
    }
}

} // namespace

double lockTimelineHeight(const Theme &theme, size_t lanes)
{
    return axisLine(theme) * 2 + theme.px(6) + laneHeight(theme) * double(lanes) + storageHeight(theme);
}

LockTimeline layoutLockTimeline(const Snapshot &snapshot, const Theme &theme, const QRectF &area)
{
    LockTimeline timeline{.area = area};
    size_t lanes = std::min(snapshot.lock.holders.size(), snapshot.lockStory.holders.size());
    while (lanes > 1 && lockTimelineHeight(theme, lanes) > area.height())
        --lanes;
    const double line = axisLine(theme);
    const double spare =
        std::clamp((area.height() - lockTimelineHeight(theme, lanes)) / double(lanes + 1), 0.0, theme.px(16));
    const QFont bold = theme.font(TextSize::Label, QFont::Bold);
    const double names = std::min(theme.px(92), area.width() * 0.2);
    timeline.axis = TimeAxis(snapshot.lockStory.from, visibleEnd(snapshot.until, snapshot.now), area.left() + names,
                             area.right() - theme.px(4));
    timeline.now = timeline.axis.clampedX(snapshot.now);
    const Room room{snapshot, theme, timeline.axis};

    double top = area.top() + line;
    for (uint32_t i = 0; i < lanes; ++i) {
        timeline.lanes.push_back(layoutLane(i, room, area.left(), top));
        top += laneHeight(theme) + spare;
    }
    timeline.storage = top + theme.px(kWrite + 3);
    const StageBoxWords storage = words::storageBox(snapshot);
    timeline.storageName =
        leftAt(fitLabel({storage.name}, names - theme.px(8), bold, theme.ink), area.left(), timeline.storage);
    timeline.storageRule = leftAt(fitLabel(storage.detail, names - theme.px(8), theme.font(TextSize::Axis),
                                           storage.role == BoxRole::Failed ? theme.failed.text : theme.quietInk),
                                  area.left(), timeline.storage + theme.px(kWrite + 2) + line / 2);
    timeline.storageWords = timeline.storageName.rect.united(timeline.storageRule.rect);
    placeWrites(timeline, room);
    placeOverlaps(timeline, room, area.top() + line, area.top() + line / 2);
    placeTicks(timeline, theme, timeline.storage + theme.px(kWrite + 5) + line * 1.5);
    const double left =
        timeline.overlapText.text.isEmpty() ? area.right() : timeline.overlapText.rect.left() - theme.px(8);
    timeline.key = leftAt(fitLabel({LockTr::tr("line: believes that it holds the lock · bar: its lease"),
                                    LockTr::tr("line: believes · bar: lease"), QString()},
                                   left - area.left(), theme.font(TextSize::Axis), theme.quietInk),
                          area.left(), area.top() + line / 2);
    return timeline;
}

const LockPauseShape *LockTimeline::pause(uint64_t event) const
{
    for (const LockLane &lane : lanes)
        for (const LockPauseShape &pause : lane.pauses)
            if (pause.event == event)
                return &pause;
    return nullptr;
}

std::vector<StageLabel> LockTimeline::labels() const
{
    std::vector<StageLabel> all{storageName, storageRule, overlapText, key};
    for (const LockLane &lane : lanes) {
        all.insert(all.end(), {lane.name, lane.over});
        for (const LockLeaseShape &lease : lane.leases)
            all.push_back(lease.token);
        for (const LockPauseShape &pause : lane.pauses)
            all.push_back(pause.text);
    }
    for (const LockWriteMark &write : writes)
        all.push_back(write.text);
    all.insert(all.end(), ticks.begin(), ticks.end());
    std::erase_if(all, [](const StageLabel &label) { return label.text.isEmpty(); });
    return all;
}

Time pauseEndAt(const LockTimeline &timeline, const LockPauseShape &pause, double x)
{
    const int64_t tenths = (timeline.axis.timeAt(x).time_since_epoch() + kPauseGrain / 2) / kPauseGrain;
    return std::max(at(kPauseGrain * tenths), pause.from + kPauseGrain);
}

void addLockTimelineHits(StageHits &hits, const LockTimeline &timeline, const Theme &theme)
{
    const auto event = [&](uint64_t number, const QRectF &area) {
        hits.push_back({.target = targets::Event{number}, .area = area, .primary = false});
    };
    if (timeline.area.isEmpty())
        return;
    hits.push_back({.target = targets::part(LockPart::Storage), .area = timeline.storageWords});
    for (const LockLane &lane : timeline.lanes) {
        for (const LockLeaseShape &lease : lane.leases)
            event(lease.event, lease.bar);
        for (const LockPauseShape &pause : lane.pauses)
            event(pause.event, pause.bar);
        for (const StageGlyph &refusal : lane.refusals)
            hits.push_back(refusal.hit(theme));
    }
    for (const LockWriteMark &write : timeline.writes)
        hits.push_back(write.glyph.hit(theme));
    for (const LockLane &lane : timeline.lanes)
        for (const LockPauseShape &pause : lane.pauses)
            hits.push_back({.target = targets::FaultEnd{pause.event},
                            .area = areaAround(pause.grip, theme.px(9)),
                            .round = true,
                            .event = pause.event});
}

} // namespace widgets
