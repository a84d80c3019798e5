// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bulkhead_scene.h"

#include "widgets/bulkhead_pool.h"
#include "widgets/bulkhead_words.h"
#include "widgets/stage_box.h"
#include "widgets/stage_figure.h"
#include "widgets/stage_header.h"
#include "widgets/stage_words.h"
#include "widgets/translation.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using namespace resilience;
using resilience::sim::Snapshot;

namespace {

constexpr double kMostGrowth = 2.4; // of a pool, where there is room

class BulkheadPicture : public StagePicture {
public:
    BulkheadPicture(const Snapshot &snapshot, QSizeF size, const Theme &theme) : StagePicture(snapshot, size, theme)
    {
        const QRectF inner = stageInner(size, theme);
        const bool tall = inner.height() >= theme.px(260);
        const double header = stageHeaderHeight(theme, tall);
        m_header = layoutStageHeader(words::bulkheadHeader(snapshot, theme), theme,
                                     {inner.topLeft(), QSizeF(inner.width(), header)}, tall);

        const double box = inner.height() >= theme.px(330) ? stageBoxHeight(theme, 0, theme.px(16)) : 0;
        const double figure = inner.height() >= theme.px(240) ? stageFigureHeight(theme) + theme.px(8) : 0;
        QRectF body(inner.left(), inner.top() + header + theme.px(12), inner.width(), 0);
        body.setBottom(inner.bottom() - box - (box > 0 ? theme.px(12) : 0));
        layoutHalves(body, figure);
        layoutPools();
        if (box > 0)
            layoutServices(QRectF(inner.left(), inner.bottom() - box, inner.width(), box));
        addHits();
    }

    void paint(QPainter &painter, const StagePhase &) const override
    {
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        paintStageHeader(painter, m_header, theme());
        painter.setPen(QPen(theme().hairline, theme().px(1.5)));
        if (!m_divider.isNull())
            painter.drawLine(m_divider);
        for (const BulkheadPool &pool : m_pools)
            paintPool(painter, pool, theme());
        for (const Figure &figure : m_figures)
            paintStageFigure(painter, figure.figure);
        for (const StageBox &box : m_services)
            paintStageBox(painter, box, theme());
        paintStageNext(painter, m_next, theme());
    }
    const StageHits &hits() const override { return m_hits; }
    std::vector<StageLabel> labels() const override
    {
        std::vector<StageLabel> all = m_header.labels();
        for (const BulkheadPool &pool : m_pools)
            for (const StageLabel &label : pool.labels())
                all.push_back(label);
        for (const Figure &figure : m_figures)
            for (const StageLabel &label : figure.figure.labels())
                all.push_back(label);
        for (const StageBox &box : m_services)
            all.insert(all.end(), {box.name, box.detail});
        return all;
    }
    std::vector<StageShape> shapes() const override
    {
        std::vector<StageShape> all;
        for (const BulkheadPool &pool : m_pools)
            for (size_t i = 0; i < pool.places.size(); ++i)
                all.push_back({QStringLiteral("slot %1 of pool %2").arg(i).arg(pool.pipeline), pool.places[i].rect});
        for (size_t i = 0; i < m_services.size(); ++i)
            all.push_back({QStringLiteral("service %1").arg(i), m_services[i].rect});
        return all;
    }
    QRectF next() const override { return m_next; }

private:
    struct Figure {
        uint32_t client = 0;
        StageFigure figure;
    };

    // Shared pools left, the others right, the figures of the good services below each.
    void layoutHalves(const QRectF &body, double figureHeight)
    {
        std::vector<uint32_t> shared;
        std::vector<uint32_t> own;
        for (uint32_t i = 0; i < snapshot().pipelines.size(); ++i)
            if (snapshot().pipelines[i].config.known.has(PolicyKind::Bulkhead))
                (words::clientsOf(snapshot(), i).size() > 1 ? shared : own).push_back(i);
        const double gap = theme().px(40);
        const bool both = !shared.empty() && !own.empty();
        const double half = both ? (body.width() - gap) / 2 : body.width();
        double left = body.left();
        for (const auto *side : {&shared, &own}) {
            if (side->empty())
                continue;
            layoutSide(*side, QRectF(left, body.top(), half, body.height()), figureHeight);
            left += half + gap;
        }
        if (both)
            m_divider = QLineF(body.left() + half + gap / 2, body.top(), body.left() + half + gap / 2, body.bottom());
    }

    struct Place {
        uint32_t pipeline = 0;
        QRectF area;
    };

    void layoutSide(const std::vector<uint32_t> &pipelines, const QRectF &area, double figureHeight)
    {
        double wanted = 0;
        for (const uint32_t i : pipelines)
            wanted += poolHeight(snapshot().pipelines[i], area.width(), theme());
        const double room = area.height() - figureHeight;
        const double share = std::min(kMostGrowth, room / wanted);
        double top = area.top();
        std::vector<uint32_t> good;
        for (const uint32_t i : pipelines) {
            const double height = poolHeight(snapshot().pipelines[i], area.width(), theme()) * share;
            m_places.push_back({i, {area.left(), top, area.width(), height - theme().px(6)}});
            top += height;
            for (const uint32_t client : words::clientsOf(snapshot(), i))
                if (snapshot().clients[client].target != 0)
                    good.push_back(client);
        }
        if (figureHeight <= 0 || good.empty())
            return;
        const double width = area.width() / double(good.size());
        for (size_t i = 0; i < good.size(); ++i) {
            const auto &client = snapshot().clients[good[i]];
            const double success = words::successOf(client);
            const QString service = QString::fromStdString(snapshot().services[client.target].name);
            m_figures.push_back(
                {good[i], layoutStageFigure(
                              {BulkheadTr::tr("calls to %1 that succeeded").arg(service),
                               BulkheadTr::tr("%1: succeeded").arg(service), service},
                              {words::percent(success)}, success >= 0.95 ? theme().succeeded.text : theme().failed.text,
                              theme(), {area.left() + width * double(i), area.bottom() - figureHeight + theme().px(8)},
                              width - theme().px(8))});
        }
    }

    void layoutServices(const QRectF &area)
    {
        const double width =
            std::min(theme().px(220), (area.width() - theme().px(24)) / double(snapshot().services.size()));
        double left = area.left();
        for (const auto &service : snapshot().services) {
            m_services.push_back(layoutStageBox(boxWords(service), theme(), {left, area.top(), width, area.height()}));
            left += width + theme().px(16);
        }
        if (showsNext(snapshot()) && snapshot().nextService < m_services.size()) {
            const double away = theme().px(4);
            m_next = m_services[snapshot().nextService].rect.adjusted(-away, -away, away, away);
        }
    }

    void addHits()
    {
        using Kind = StageTarget::Kind;
        for (size_t i = 0; i < m_services.size(); ++i)
            m_hits.push_back({.target = {Kind::Service, i}, .area = m_services[i].rect});
        for (const BulkheadPool &pool : m_pools) {
            m_hits.push_back({.target = {Kind::Policy, pool.pipeline}, .area = pool.title.rect});
            for (const PoolSlot &slot : pool.places)
                if (slot.taken)
                    m_hits.push_back({.target = {Kind::Request, slot.request}, .area = slot.rect, .primary = false});
            for (const PoolSeat &seat : pool.seats)
                if (seat.taken)
                    m_hits.push_back({.target = {Kind::Request, seat.request},
                                      .area = areaAround(seat.at, seat.radius),
                                      .primary = false,
                                      .round = true});
            if (pool.pile)
                m_hits.push_back({.target = {Kind::Part, pool.pipeline}, .area = pool.pile->area()});
        }
        for (const Figure &figure : m_figures)
            m_hits.push_back({.target = {Kind::Client, figure.client}, .area = figure.figure.rect()});
    }

    // A slot is a slot: all have one size.
    void layoutPools()
    {
        double slot = theme().px(1000);
        for (const Place &place : m_places)
            slot = std::min(slot, largestSlot(snapshot().pipelines[place.pipeline], place.area.size(), theme()));
        for (const Place &place : m_places)
            m_pools.push_back(layoutPool(snapshot(), place.pipeline, place.area, slot, theme()));
    }

    StageHeader m_header;
    std::vector<Place> m_places;
    std::vector<BulkheadPool> m_pools;
    std::vector<Figure> m_figures;
    std::vector<StageBox> m_services;
    QLineF m_divider;
    QRectF m_next;
    StageHits m_hits;
};

} // namespace

QString BulkheadScene::name() const { return BulkheadTr::tr("Bulkhead stage"); }

std::unique_ptr<StagePicture> BulkheadScene::layout(const Snapshot &snapshot, QSizeF size, const Theme &theme) const
{
    const bool any = std::any_of(snapshot.pipelines.begin(), snapshot.pipelines.end(),
                                 [](const auto &pipeline) { return pipeline.config.known.has(PolicyKind::Bulkhead); });
    if (!any || snapshot.services.empty())
        return nullptr;
    return std::make_unique<BulkheadPicture>(snapshot, size, theme);
}

QString BulkheadScene::stageText(const Snapshot &snapshot) const { return words::bulkheadStageText(snapshot); }

QString BulkheadScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    return words::bulkheadTargetText(snapshot, target);
}

// A pile tells of the latest call that fell on it, a figure of the latest of its client's that did not succeed.
std::optional<uint64_t> BulkheadScene::eventBehind(const Snapshot &snapshot, const StageTarget &target) const
{
    using Kind = StageTarget::Kind;
    if (target.kind == Kind::Service || target.kind == Kind::Policy)
        return 0;
    if (target.kind != Kind::Part && target.kind != Kind::Client)
        return std::nullopt;
    for (auto event = snapshot.events.rbegin(); event != snapshot.events.rend(); ++event) {
        const auto *away = event->as<sim::TurnedAway>();
        if (target.kind == Kind::Part && away && away->by == PolicyKind::Bulkhead && event->pipeline == target.id)
            return event->number;
        if (target.kind == Kind::Client && event->client == target.id && event->ends
            && event->ends->outcome != sim::RequestOutcome::Succeeded)
            return event->number;
    }
    return 0;
}

} // namespace widgets
