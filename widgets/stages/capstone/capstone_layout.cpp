// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/capstone/capstone_layout.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/capstone/capstone_plan.h"
#include "widgets/stages/capstone/capstone_words.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>

namespace widgets {

using resilience::sim::Leg;
using resilience::sim::Request;
using resilience::sim::ServiceView;
using resilience::sim::Snapshot;
using shop::Frame;

namespace {

constexpr double kKeyGap = 5;
constexpr size_t kMostWorkers = 40; // more are told in words only

StageBoxWords wordsOf(const Frame &frame, uint32_t index, bool optional)
{
    const ServiceView &service = frame.snapshot.services[index];
    StageBoxWords words = boxWords(service);
    const bool full = service.workers > 0 && service.queued * 10 >= service.queueRoom * 9 && service.queued > 0;
    if (words.role == BoxRole::Plain && full)
        words.role = BoxRole::Waiting;
    if (words.role != BoxRole::Failed) {
        if (index == frame.shop.gateway && service.workers > 0)
            words.detail = words::busyText(service, workForNobody(frame.snapshot, index).served);
        else if (optional)
            words.detail = {CapstoneTr::tr("optional · %1").arg(words::duration(service.latency)),
                            CapstoneTr::tr("optional")};
    }
    // A low box has room for its name; the header tells of the fault, and the colour whose it is.
    const bool low = index == frame.shop.gateway ? !frame.plan.insideGateway() : !frame.plan.inside;
    if (low && (words.role != BoxRole::Failed || frame.plan.chips == ChipStyle::None))
        words.detail = {};
    return words;
}

// A grid of squares for the workers in the upper part of `row`, and the queue below them.
void fillBox(const Frame &frame, ShopBox &box, bool large)
{
    const ServiceView &service = frame.snapshot.services[box.service];
    const QRectF row = box.box.row.adjusted(frame.px(4), 0, -frame.px(4), 0);
    if (!(large ? frame.plan.insideGateway() : frame.plan.inside) || service.workers == 0 || row.isEmpty())
        return;
    const Theme &theme = frame.theme;
    const WorkForNobody nobody = workForNobody(frame.snapshot, box.service);
    const double track = frame.px(large ? 9 : 7);
    const double text = large ? widgets::lineHeight(theme.font(TextSize::Label)) : 0;
    const double gridHeight = row.height() - track - text - frame.px(large ? 8 : 5);
    const double gap = frame.px(large ? 4 : 2);
    if (service.workers <= kMostWorkers && gridHeight > frame.px(5)) {
        // The largest squares with which all find a place.
        const double most = frame.px(large ? 20 : 10);
        size_t columns = 1;
        double cell = 0;
        for (size_t c = 1; c <= service.workers; ++c) {
            const double rows = std::ceil(static_cast<double>(service.workers) / static_cast<double>(c));
            const double size =
                std::min({most, (row.width() + gap) / static_cast<double>(c) - gap, (gridHeight + gap) / rows - gap});
            if (size > cell + 0.01) {
                cell = size;
                columns = c;
            }
        }
        if (cell >= frame.px(3)) {
            const double width = static_cast<double>(columns) * (cell + gap) - gap;
            const double left = row.center().x() - width / 2;
            for (size_t i = 0; i < service.workers; ++i)
                box.workers.emplace_back(left + static_cast<double>(i % columns) * (cell + gap),
                                         row.top() + static_cast<double>(i / columns) * (cell + gap), cell, cell);
            box.busy = service.busy;
            box.wasted = std::min(box.busy, nobody.served);
        }
    }
    if (service.queueRoom == 0)
        return;
    box.queueShare = std::min(1.0, service.queued / static_cast<double>(service.queueRoom));
    box.queueWasted = std::min(box.queueShare, nobody.queued / static_cast<double>(service.queueRoom));
    if (large) {
        box.queue = QRectF(row.left() + frame.px(2), row.bottom() - track, row.width() - frame.px(4), track);
        const QString full = CapstoneTr::tr("queue %1 of %2").arg(service.queued).arg(service.queueRoom);
        box.queueText =
            centredAt(fitLabel({full, CapstoneTr::tr("queue %1").arg(service.queued), QString::number(service.queued)},
                               box.queue.width(), theme.font(TextSize::Label, QFont::DemiBold),
                               box.queueShare > 0.5 ? theme.waiting.text : theme.quietInk),
                      {box.queue.center().x(), box.queue.top() - text / 2 - frame.px(1)});
    } else {
        box.queue = QRectF(row.left(), row.bottom() - track, row.width(), track);
    }
}

void placeShopBoxes(ShopLayout &layout, const Frame &frame, const QRectF &area)
{
    const shop::Plan &plan = frame.plan;
    const auto [front, line] = lineWidths(frame, area.width());
    const size_t count = std::max<size_t>(1, frame.shop.lines.size() - 1);
    const double pitch = area.height() / static_cast<double>(count);

    const double clientHeight = std::min(area.height(), frame.px(plan.inside ? 76 : plan.row - 4));
    const QRectF client(area.left(), area.center().y() - clientHeight / 2, frame.px(plan.client), clientHeight);
    StageBoxWords words = boxWords(subjectOf(frame.snapshot.clients));
    if (!plan.inside && plan.chips == ChipStyle::None)
        words.detail = {};
    layout.client = layoutStageBox(words, frame.theme, client);

    const QRectF gateway(client.right() + front, area.top(), frame.px(plan.gateway), area.height());
    ShopBox box{.service = frame.shop.gateway};
    box.box = layoutStageBox(wordsOf(frame, box.service, false), frame.theme, gateway,
                             plan.insideGateway() && frame.snapshot.services[box.service].workers > 0
                                 ? std::min(area.height() * 0.6, frame.px(170))
                                 : 0);
    fillBox(frame, box, true);
    layout.services.push_back(box);
    for (size_t i = 1; i < frame.shop.lines.size(); ++i) {
        const ShopLine &to = frame.shop.lines[i];
        const double height = std::min(pitch - frame.px(plan.inside ? 10 : 4), frame.px(plan.inside ? 88 : 52));
        const double middle = area.top() + (static_cast<double>(i) - 0.5) * pitch;
        const QRectF rect(gateway.right() + line, middle - height / 2, frame.px(plan.target), height);
        ShopBox target{.service = to.service};
        target.box = layoutStageBox(wordsOf(frame, to.service, to.optional), frame.theme, rect,
                                    plan.inside && frame.snapshot.services[to.service].workers > 0 ? frame.px(24) : 0);
        fillBox(frame, target, false);
        layout.services.push_back(target);
    }
}

void placeLines(ShopLayout &layout, const Frame &frame)
{
    const Theme &theme = frame.theme;
    const QRectF gateway = layout.services.front().box.rect;
    for (size_t i = 0; i < frame.shop.lines.size(); ++i) {
        const ShopLine &line = frame.shop.lines[i];
        const QRectF target = layout.services[i].box.rect;
        const double left = i == 0 ? layout.client.rect.right() : gateway.right();
        const double right = target.left();
        const double middle = i == 0 ? layout.client.rect.center().y() : target.center().y();
        const auto &pipeline = frame.snapshot.pipelines[line.pipeline];
        ShopLineShape shape{.line = line};
        shape.chips = layoutChips(pipeline, line, frame.plan.chips, chipArea(frame, left, right, 0), theme);
        const double top =
            middle
            - (frame.plan.chips == ChipStyle::None ? shop::rateHeight(theme) + frame.px(kThickestShopLine / 2)
                                                   : lineNeeds(frame, shape.chips) / 2);
        const double y = top + shop::rateHeight(theme) + frame.px(kThickestShopLine / 2);
        for (PolicyChip &chip : shape.chips) {
            const double down = y + frame.px(kThickestShopLine / 2 + 3);
            chip.rect.translate(0, down);
            chip.label.rect.translate(0, down);
        }
        shape.from = {left, y};
        shape.to = {right, y};
        const bool failing = line.isFailing() || line.isWasted();
        const QFont font = theme.font(TextSize::Axis, failing ? QFont::Bold : QFont::Normal);
        if (top >= layout.inner.top())
            shape.rate = centredAt(fitLabel(words::lineRate(line), right - left - frame.px(6), font,
                                            failing ? theme.failed.text : theme.quietInk),
                                   {(left + right) / 2, top + shop::rateHeight(theme) / 2});
        layout.lines.push_back(shape);
    }
}

void placeShopDots(ShopLayout &layout, const Frame &frame)
{
    if (tooFastForDots(frame.snapshot))
        return;
    for (const Request &request : frame.snapshot.requests) {
        if (request.leg != Leg::Outbound && request.leg != Leg::Inbound)
            continue;
        const auto shape = std::find_if(layout.lines.begin(), layout.lines.end(),
                                        [&](const ShopLineShape &s) { return s.line.pipeline == request.pipeline; });
        if (shape == layout.lines.end())
            continue;
        StageDot dot = stageDot(request, frame.snapshot, frame.px(5));
        const QPointF inset(frame.px(6), 0);
        dot.at = legPlace(request, frame.snapshot.now, shape->from + inset, shape->to - inset);
        layout.dots.push_back(dot);
    }
}

const Hue *goodputHue(const Snapshot &snapshot, const Theme &theme)
{
    switch (standingOf(snapshot)) {
    case Standing::Up:
        return &theme.succeeded;
    case Standing::Down:
    case Standing::Metastable:
        return &theme.failed;
    default:
        return nullptr;
    }
}

// In one row, or in as many as it takes where there is no picture above them.
void placeFigures(ShopLayout &layout, const Frame &frame, const QRectF &area)
{
    const Theme &theme = frame.theme;
    const auto &goodput = frame.snapshot.goodput;
    const auto columns = static_cast<int>(std::clamp(area.width() / frame.px(100), 1.0, 5.0));
    const double width = area.width() / columns;
    const double above = widgets::lineHeight(theme.font(TextSize::Label));
    const double rowHeight = stageFigureHeight(theme);
    const double below = rowHeight - above;
    const int rows = std::max(1, static_cast<int>(area.height() / rowHeight));
    const Hue *hue = goodputHue(frame.snapshot, theme);
    const QString share =
        goodput.known() ? words::percent(std::round(goodput.share() * 100) / 100) : QStringLiteral("–");
    layout.goodput = layoutStageFigure(
        {CapstoneTr::tr("goodput, last 5 s"), CapstoneTr::tr("goodput, 5 s"), CapstoneTr::tr("goodput")}, {share},
        hue ? hue->text : theme.ink, theme, area.topLeft(), width - frame.px(8));
    const QString dash = QStringLiteral("–");
    const std::array<std::tuple<ShopFigure, QStringList, QString>, 4> quiet{{
        {ShopFigure::Offered,
         {CapstoneTr::tr("offered")},
         goodput.span.count() > 0 ? words::perSecond(goodput.offeredPerSecond()) : dash},
        {ShopFigure::Attempts,
         {CapstoneTr::tr("attempts per call, last 5 s"), CapstoneTr::tr("attempts/call, 5 s"),
          CapstoneTr::tr("attempts/call"), CapstoneTr::tr("attempts")},
         goodput.known() ? QLocale().toString(goodput.amplification(), 'f', 1) : dash},
        {ShopFigure::Median,
         {CapstoneTr::tr("p50 latency"), CapstoneTr::tr("p50")},
         words::latencyText(frame.snapshot.medianLatency)},
        {ShopFigure::P99,
         {CapstoneTr::tr("p99 latency"), CapstoneTr::tr("p99")},
         words::latencyText(frame.snapshot.p99Latency)},
    }};
    for (int i = 1; i < std::min<int>(columns * rows, quiet.size() + 1); ++i) {
        // Where not all have room, what makes the load comes first.
        const size_t which = columns * rows <= 2 ? 1 : static_cast<size_t>(i) - 1;
        const auto &[figure, caption, number] = quiet[which];
        const double left = area.left() + width * (i % columns);
        const double top = area.top() + rowHeight * (i / columns);
        ShopNumber shown{.figure = figure};
        shown.caption = leftAt(fitLabel(caption, width - frame.px(8), theme.font(TextSize::Label), theme.quietInk),
                               left, top + above / 2);
        // On the base line of the loud one.
        shown.number =
            leftAt(fitLabel({number}, width - frame.px(8), theme.font(TextSize::Heading, QFont::DemiBold), theme.ink),
                   left, top + above + below * 0.56);
        layout.numbers.push_back(shown);
    }
}

// Below the picture, which keeps the rest of the area; where it leaves less, the letters explain themselves when they
// are pointed at.
void placeKey(ShopLayout &layout, const Frame &frame, QRectF &area)
{
    const double gap = frame.px(kKeyGap);
    const double picture = std::max(pictureHeight(frame), linesHeight(frame, area.size()).value_or(0));
    layout.key = keyOf(frame, area.width(), area.height() - picture - gap);
    if (layout.key.empty())
        return;
    const double height = layout.key.back().rect.bottom();
    for (StageLabel &label : layout.key)
        label.rect.translate(area.left(), area.bottom() - height);
    area.setBottom(area.bottom() - height - gap);
}

void markNextOfShop(ShopLayout &layout, const Frame &frame)
{
    const Snapshot &snapshot = frame.snapshot;
    if (!showsNext(snapshot) || layout.services.empty())
        return;
    const double away = frame.px(3);
    QRectF rect = layout.client.rect;
    if (!snapshot.next->isArrival)
        for (const ShopBox &box : layout.services)
            if (snapshot.next->target == resilience::sim::Subject::service(box.service))
                rect = box.box.rect;
    layout.next = rect.adjusted(-away, -away, away, away);
}

StageHeaderWords shopHeaderWords(const Snapshot &snapshot, const Theme &theme, bool withNotice)
{
    const Standing standing = standingOf(snapshot);
    StageHeaderWords words{.title = words::standingTitle(standing),
                           .titleColor = theme.ink,
                           .detail = words::standingDetail(snapshot, standing)};
    if (const Hue *hue = goodputHue(snapshot, theme))
        words.titleColor = hue->text;
    addStageNotice(
        words, snapshot,
        {CapstoneTr::tr("Press Space to start. Then click a chip to switch a policy, or a service to make it slow."),
         CapstoneTr::tr("Press Space to start. Then click a chip or a service."),
         CapstoneTr::tr("Press Space to start.")});
    // Rather nothing than a few letters.
    words.detail << QString();
    if (!withNotice && words.quietNotice)
        words.notice.clear();
    return words;
}

} // namespace

ShopLayout layoutShop(const Snapshot &snapshot, const Shop &ofShop, QSizeF size, const Theme &theme)
{
    ShopLayout layout;
    layout.inner = stageInner(size, theme);
    const QRectF &inner = layout.inner;
    const double figures = stageFigureHeight(theme);
    const double gap = theme.px(shop::kGap);
    const auto room = [&](const shop::Plan &plan) {
        const double top = inner.top() + stageHeaderHeight(theme, plan.notice) + gap;
        if (plan.aside)
            return QRectF(inner.left(), top, inner.width() - theme.px(shop::kFiguresAside + 24), inner.bottom() - top);
        return QRectF(inner.left(), top, inner.width(), inner.bottom() - figures - gap * 2 - top);
    };
    std::optional<shop::Plan> chosen;
    for (const shop::Plan &plan : shop::kPlans)
        if (!chosen && shop::fits({snapshot, ofShop, theme, plan}, room(plan).size()))
            chosen = plan;
    const bool notice = chosen ? chosen->notice : false;
    const Frame frame{snapshot, ofShop, theme, chosen.value_or(shop::kPlans.back())};
    layout.header =
        layoutStageHeader(shopHeaderWords(snapshot, theme, notice), theme,
                          {inner.topLeft(), QSizeF(inner.width(), stageHeaderHeight(theme, notice))}, notice);
    if (chosen) {
        QRectF area = room(*chosen);
        placeKey(layout, frame, area);
        const double height = std::min(area.height(), highestPicture(frame));
        placeShopBoxes(layout, frame, {area.left(), area.center().y() - height / 2, area.width(), height});
        placeLines(layout, frame);
        placeShopDots(layout, frame);
        if (!chosen->aside)
            layout.rule = inner.bottom() - figures - gap;
    }
    const bool aside = chosen && chosen->aside;
    const double top =
        chosen && !aside ? inner.bottom() - figures : inner.top() + stageHeaderHeight(theme, notice) + gap;
    const double left = aside ? inner.right() - theme.px(shop::kFiguresAside) : inner.left();
    placeFigures(layout, frame, {left, top, inner.right() - left, std::max(figures, inner.bottom() - top)});
    markNextOfShop(layout, frame);
    layout.addHits(theme);
    return layout;
}

} // namespace widgets
