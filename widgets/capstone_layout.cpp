// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/capstone_layout.h"

#include "widgets/capstone_words.h"
#include "widgets/stage_context.h"
#include "widgets/stage_words.h"
#include "widgets/translation.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>

namespace widgets {

using resilience::sim::Leg;
using resilience::sim::Pending;
using resilience::sim::Request;
using resilience::sim::ServiceView;
using resilience::sim::Snapshot;

namespace {

// What the stage can do without, step by step; the first that fits is taken. Lengths in px at scale 1.
struct ShopPlan {
    bool notice; // a second row in the header
    ChipStyle chips;
    bool inside; // details, workers and queues in the boxes
    double client; // widths
    double front;
    double gateway;
    double line;
    double target;
    double row; // height for each service of the gateway
    double width() const { return client + front + gateway + line + target; }
    // The gateway's box is as high as all rows: there is room in it for longer.
    bool insideGateway() const { return inside || chips != ChipStyle::None; }
};
constexpr std::array<ShopPlan, 5> kShopPlans{{
    {true, ChipStyle::Words, true, 92, 116, 132, 186, 128, 92},
    {true, ChipStyle::Letters, true, 88, 62, 116, 104, 114, 84},
    {true, ChipStyle::Letters, false, 76, 62, 76, 104, 92, 62},
    {false, ChipStyle::None, false, 72, 44, 68, 48, 88, 30},
    {false, ChipStyle::None, false, 52, 28, 56, 32, 64, 26},
}};
constexpr double kShopGap = 10;
constexpr size_t kMostWorkers = 40; // more are told in words only

struct Frame {
    const Snapshot &snapshot;
    const Shop &shop;
    const Theme &theme;
    ShopPlan plan;
    double px(double length) const { return theme.px(length); }
};

double rateHeight(const Theme &theme) { return lineHeight(theme.font(TextSize::Axis)); }

// Of the rate, the line and its chips.
double lineHeight(const Frame &frame, const std::vector<PolicyChip> &chips)
{
    const double below = chips.empty() ? 0 : chips.back().rect.bottom() - chips.front().rect.top() + frame.px(3);
    return rateHeight(frame.theme) + frame.px(kThickestShopLine) + below;
}

QRectF chipArea(const Frame &frame, double left, double right, double top)
{
    return {left + frame.px(8), top, std::max(0.0, right - left - frame.px(16)), 0};
}

double pictureHeight(const Frame &frame)
{
    const size_t rows = std::max<size_t>(1, frame.shop.lines.size() - 1);
    return frame.px(frame.plan.row) * static_cast<double>(rows);
}

bool shopFits(const Frame &frame, QSizeF room)
{
    if (frame.px(frame.plan.width()) > room.width() || pictureHeight(frame) > room.height())
        return false;
    const double spare = (room.width() - frame.px(frame.plan.width())) * 0.4;
    for (size_t i = 0; i < frame.shop.lines.size(); ++i) {
        const ShopLine &line = frame.shop.lines[i];
        const double width = frame.px(i == 0 ? frame.plan.front : frame.plan.line) + spare * (i == 0 ? 1 : 1.5);
        const auto chips = layoutChips(frame.snapshot.pipelines[line.pipeline], line, frame.plan.chips,
                                       chipArea(frame, 0, width, 0), frame.theme);
        if (lineHeight(frame, chips)
            > (i == 0 ? room.height() : room.height() / static_cast<double>(frame.shop.lines.size() - 1)) - frame.px(4))
            return false;
        for (const PolicyChip &chip : chips)
            if (chip.rect.left() < 0 || chip.rect.right() > width)
                return false;
    }
    return true;
}

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
    const ShopPlan &plan = frame.plan;
    const double spare = area.width() - frame.px(plan.width());
    const double front = frame.px(plan.front) + spare * 0.4;
    const double line = frame.px(plan.line) + spare * 0.6;
    const size_t count = std::max<size_t>(1, frame.shop.lines.size() - 1);
    const double pitch = area.height() / static_cast<double>(count);

    const double clientHeight = std::min(area.height(), frame.px(plan.inside ? 76 : plan.row - 4));
    const QRectF client(area.left(), area.center().y() - clientHeight / 2, frame.px(plan.client), clientHeight);
    StageBoxWords words = boxWords(frame.snapshot.clients.front());
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
        const double top = middle
                           - (frame.plan.chips == ChipStyle::None ? rateHeight(theme) + frame.px(kThickestShopLine / 2)
                                                                  : lineHeight(frame, shape.chips) / 2);
        const double y = top + rateHeight(theme) + frame.px(kThickestShopLine / 2);
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
                                   {(left + right) / 2, top + rateHeight(theme) / 2});
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
    layout.goodput = layoutStageFigure({CapstoneTr::tr("goodput now"), CapstoneTr::tr("goodput")}, {share},
                                       hue ? hue->text : theme.ink, theme, area.topLeft(), width - frame.px(8));
    const QString dash = QStringLiteral("–");
    const std::array<std::tuple<ShopFigure, QStringList, QString>, 4> quiet{{
        {ShopFigure::Offered,
         {CapstoneTr::tr("offered")},
         goodput.span.count() > 0 ? words::perSecond(goodput.offeredPerSecond()) : dash},
        {ShopFigure::Attempts,
         {CapstoneTr::tr("attempts per call, last 5 s"), CapstoneTr::tr("per call, last 5 s"),
          CapstoneTr::tr("attempts")},
         goodput.known() ? QLocale().toString(goodput.amplification(), 'f', 1) : dash},
        {ShopFigure::Median,
         {CapstoneTr::tr("p50 latency"), CapstoneTr::tr("p50")},
         words::latencyText(frame.snapshot.medianLatency)},
        {ShopFigure::P99,
         {CapstoneTr::tr("p99 latency"), CapstoneTr::tr("p99")},
         words::latencyText(frame.snapshot.p99Latency)},
    }};
    for (int i = 1; i < std::min<int>(columns * rows, quiet.size() + 1); ++i) {
        const auto &[part, caption, number] = quiet[static_cast<size_t>(i) - 1];
        const double left = area.left() + width * (i % columns);
        const double top = area.top() + rowHeight * (i / columns);
        ShopNumber shown{.part = static_cast<uint64_t>(part)};
        shown.caption = leftAt(fitLabel(caption, width - frame.px(8), theme.font(TextSize::Label), theme.quietInk),
                               left, top + above / 2);
        // On the base line of the loud one.
        shown.number =
            leftAt(fitLabel({number}, width - frame.px(8), theme.font(TextSize::Heading, QFont::DemiBold), theme.ink),
                   left, top + above + below * 0.56);
        layout.numbers.push_back(shown);
    }
}

void markNextOfShop(ShopLayout &layout, const Frame &frame)
{
    const Snapshot &snapshot = frame.snapshot;
    if (!showsNext(snapshot) || layout.services.empty())
        return;
    const double away = frame.px(3);
    QRectF rect = layout.client.rect;
    if (snapshot.next->kind != Pending::Kind::ClientArrival)
        for (const ShopBox &box : layout.services)
            if (box.service == snapshot.nextService)
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

ShopLayout layoutShop(const Snapshot &snapshot, const Shop &shop, QSizeF size, const Theme &theme)
{
    ShopLayout layout;
    layout.inner = stageInner(size, theme);
    const QRectF &inner = layout.inner;
    const double figures = stageFigureHeight(theme);
    const double gap = theme.px(kShopGap);
    const auto room = [&](bool notice) {
        const double top = inner.top() + stageHeaderHeight(theme, notice) + gap;
        return QRectF(inner.left(), top, inner.width(), inner.bottom() - figures - gap * 2 - top);
    };
    std::optional<ShopPlan> chosen;
    for (const ShopPlan &plan : kShopPlans)
        if (!chosen && shopFits({snapshot, shop, theme, plan}, room(plan.notice).size()))
            chosen = plan;
    const bool notice = chosen ? chosen->notice : false;
    const Frame frame{snapshot, shop, theme, chosen.value_or(kShopPlans.back())};
    layout.header =
        layoutStageHeader(shopHeaderWords(snapshot, theme, notice), theme,
                          {inner.topLeft(), QSizeF(inner.width(), stageHeaderHeight(theme, notice))}, notice);
    if (chosen) {
        const QRectF area = room(notice);
        // On tall cards the picture keeps together.
        const double height = std::min(area.height(), pictureHeight(frame) * 1.5);
        placeShopBoxes(layout, frame, {area.left(), area.center().y() - height / 2, area.width(), height});
        placeLines(layout, frame);
        placeShopDots(layout, frame);
        layout.rule = inner.bottom() - figures - gap;
    }
    const double top = chosen ? inner.bottom() - figures : inner.top() + stageHeaderHeight(theme, notice) + gap;
    placeFigures(layout, frame, {inner.left(), top, inner.width(), std::max(figures, inner.bottom() - top)});
    markNextOfShop(layout, frame);
    layout.addHits(theme);
    return layout;
}

} // namespace widgets
