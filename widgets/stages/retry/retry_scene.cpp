// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/retry/retry_scene.h"

#include "widgets/look/translation.h"
#include "widgets/stage/service_tank.h"
#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_figure.h"
#include "widgets/stage/stage_header.h"
#include "widgets/stages/retry/payment_ledger.h"
#include "widgets/stages/retry/retry_lanes.h"
#include "widgets/stages/retry/retry_ropes.h"
#include "widgets/stages/retry/retry_words.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using resilience::sim::ServiceView;
using resilience::sim::Snapshot;

namespace {

class RetryPicture : public StagePicture {
public:
    RetryPicture(const resilience::sim::SharedSnapshot &shared, QSizeF size, const Theme &theme)
        : StagePicture(shared, size, theme)
    {
        const Snapshot &snapshot = *shared;
        const QRectF inner = stageInner(size, theme);
        const bool tall = inner.height() >= theme.px(260);
        const double header = stageHeaderHeight(theme, tall);
        m_header = layoutStageHeader(words::retryHeader(snapshot, theme), theme,
                                     {inner.topLeft(), QSizeF(inner.width(), header)}, tall);
        const bool figures = inner.height() >= theme.px(330);
        const double figureHeight = figures ? stageFigureHeight(theme) + theme.px(10) : 0;
        const QRectF picture(inner.left(), inner.top() + header + theme.px(8), inner.width(),
                             inner.height() - header - theme.px(8) - figureHeight);
        const double right = layoutTank(picture);
        m_gutter = std::min(theme.px(128), inner.width() * 0.24);
        m_axis = recentAxis(snapshot, inner.left() + m_gutter, right);
        m_dense = drawsRopes(snapshot, m_axis);
        if (m_dense)
            m_axis = ropeAxis(snapshot, m_axis.left, m_axis.right);
        layoutLanes(QRectF(picture.left(), picture.top(), right - picture.left(), picture.height()));
        if (figures)
            layoutFigures(
                QRectF(inner.left(), inner.bottom() - figureHeight + theme.px(10), inner.width(), figureHeight));
        markNext();
        addHits();
    }

    void paint(QPainter &painter, const StagePhase &) const override
    {
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        paintOutages(painter, m_outages, theme());
        paintNow(painter);
        paintStageHeader(painter, m_header, theme());
        if (m_dense) {
            paintRetryRopes(painter, m_ropes, m_axis, theme());
            paintSeconds(painter, m_seconds, m_axis, theme());
        } else {
            paintRetryLanes(painter, m_lanes, m_axis, theme());
            paintArrivals(painter, m_arrivals, m_axis, theme());
        }
        if (m_ledger)
            paintPaymentLedger(painter, *m_ledger, m_axis, theme());
        if (m_tank)
            paintServiceTank(painter, *m_tank, theme());
        paintStageBox(painter, m_service, theme());
        for (const StageFigure &figure : m_figures)
            paintStageFigure(painter, figure);
        paintStageNext(painter, m_next, theme());
    }
    const StageHits &hits() const override { return m_hits; }
    std::vector<StageLabel> labels() const override
    {
        std::vector<StageLabel> all = m_header.labels();
        const auto add = [&all](const std::vector<StageLabel> &more) {
            all.insert(all.end(), more.begin(), more.end());
        };
        add({m_service.name, m_service.detail, m_arrivals.peak, m_seconds.peak, m_ropes.scale});
        add(m_lanes.names);
        add(m_ropes.names);
        add(m_arrivals.ticks);
        add(m_seconds.ticks);
        add(m_seconds.names);
        if (m_ledger)
            add({m_ledger->name});
        if (m_tank)
            add(m_tank->labels);
        for (const StageFigure &figure : m_figures)
            add(figure.labels());
        return all;
    }
    std::vector<StageShape> shapes() const override
    {
        std::vector<StageShape> all{{QStringLiteral("service"), m_service.rect}};
        if (m_tank)
            all.push_back({QStringLiteral("tank"), m_tank->area});
        return all;
    }
    // What is to come, as far as it is decided.
    std::vector<StageShape> parts() const override
    {
        if (m_dense)
            return {};
        const double now = m_axis.clampedX(snapshot().now);
        return {{QStringLiteral("ahead"),
                 QRectF(QPointF(now, m_lanes.area.top()), QPointF(m_axis.right, m_lanes.area.bottom()))}};
    }
    QRectF next() const override { return m_next; }

private:
    const ServiceView &service() const { return subjectOf(snapshot().services); }

    // The service and its queue, at the right over the whole height; a card without room for it does without. Returns
    // where the rest ends.
    double layoutTank(const QRectF &area)
    {
        const double width = std::min(serviceTankWidth(theme()), area.width() * 0.22);
        const double apart = std::min(theme().px(20), area.width() * 0.03);
        if (!hasTank(service()) || width < leastTankWidth(theme()))
            return area.right();
        const QRectF column(area.right() - width, area.top(), width, area.height());
        const double box = stageBoxHeight(theme(), 0, theme().px(14));
        m_tank = layoutServiceTank(snapshot(), 0, column.adjusted(0, box + theme().px(10), 0, 0), theme());
        if (!m_tank)
            return area.right();
        ServiceView alone = service();
        alone.queued = 0; // the tank tells
        m_service = layoutStageBox(boxWords(alone), theme(), {column.left(), column.top(), width, box});
        return column.left() - apart;
    }

    void layoutServiceInGutter(const QRectF &area)
    {
        const double height = std::min(area.height(), stageBoxHeight(theme(), 0, theme().px(18)));
        m_service =
            layoutStageBox(boxWords(service()), theme(), {area.left(), area.bottom() - height, area.width(), height});
    }

    void layoutLanes(const QRectF &area)
    {
        const double share = m_dense ? 0.36 : 0.3;
        const double histogram = std::clamp(area.height() * share, theme().px(50), theme().px(m_dense ? 230 : 150));
        const double below = area.bottom() - histogram;
        const QRectF all(area.left(), area.top(), area.width(), below - theme().px(12) - area.top());
        m_outages =
            layoutOutages(snapshot(), m_axis,
                          {all.left(), all.top(), all.width(), area.bottom() - all.top() - theme().px(16)}, theme());
        const double room = theme().px(18); // for the words of the bands
        QRectF lanes = all.adjusted(0, room, 0, 0);
        m_top = lanes.top();
        const double names = m_gutter - theme().px(8);
        const QRectF bottom(area.left(), below, area.width(), histogram);
        if (m_dense) {
            m_ropes = layoutRetryRopes(snapshot(), m_axis, lanes, room, names, theme());
            m_seconds = layoutSeconds(snapshot(), m_axis, bottom, m_tank ? names : 0, theme());
            m_bottom = m_seconds.area.bottom();
        } else {
            layoutSparseLanes(lanes, bottom, names);
            m_bottom = m_arrivals.area.bottom();
        }
        if (!m_tank)
            layoutServiceInGutter(QRectF(QPointF(area.left(), below), QPointF(m_axis.left - theme().px(16), m_bottom)));
    }

    void layoutSparseLanes(QRectF lanes, const QRectF &bottom, double names)
    {
        const double ledger = paymentLedgerHeight(theme());
        const double least = theme().px(22) * double(snapshot().clients.size());
        if (showsPayments(snapshot()) && lanes.height() - ledger >= least) {
            lanes.setBottom(lanes.bottom() - ledger);
            m_ledger = layoutPaymentLedger(snapshot(), m_axis, {lanes.left(), lanes.bottom(), lanes.width(), ledger},
                                           names, theme());
        }
        m_lanes = layoutRetryLanes(snapshot(), m_axis, lanes, names, theme());
        m_arrivals = layoutArrivals(snapshot(), m_axis, bottom, theme());
    }

    void markNext()
    {
        if (!showsNext(snapshot()))
            return;
        const resilience::sim::Upcoming &next = *snapshot().next;
        const double away = theme().px(4);
        const auto &names = m_dense ? m_ropes.names : m_lanes.names;
        if (next.where == resilience::sim::Upcoming::Where::Service)
            m_next = m_service.rect.adjusted(-away, -away, away, away);
        else if (next.actor.isClient() && next.actor.index < names.size() && !names[next.actor.index].text.isEmpty())
            m_next = names[next.actor.index].rect.adjusted(-away, -away / 2, away, away / 2);
    }

    void layoutFigures(const QRectF &area)
    {
        const double width = area.width() / 3;
        for (const words::RetryFigure &figure :
             words::retryFigures(snapshot(), m_dense, m_dense ? m_seconds.most : m_arrivals.most, theme()))
            m_figures.push_back(layoutStageFigure(figure.caption, {figure.number}, figure.color, theme(),
                                                  {area.left() + width * double(m_figures.size()), area.top()},
                                                  width - theme().px(12)));
    }

    void paintNow(QPainter &painter) const
    {
        const double x = m_axis.xOf(snapshot().now);
        painter.setPen(QPen(theme().quietLine, 1, Qt::DotLine));
        painter.drawLine(QPointF(x, m_top), QPointF(x, m_bottom));
    }

    void addHits()
    {
        m_hits.push_back({.target = targets::Service{0}, .area = m_service.rect});
        const auto &names = m_dense ? m_ropes.names : m_lanes.names;
        for (size_t i = 0; i < names.size(); ++i)
            m_hits.push_back({.target = targets::part(RetryPart::Lane, i), .area = names[i].rect, .primary = false});
        for (const RetryWait &wait : m_lanes.waits)
            if (!wait.bar.isEmpty())
                m_hits.push_back({.target = targets::Event{wait.event},
                                  .area = wait.bar.adjusted(0, -theme().px(3), 0, theme().px(3)),
                                  .primary = false,
                                  .round = true});
        for (const StageGlyph &glyph : m_lanes.glyphs)
            m_hits.push_back(glyph.hit(theme()));
        if (m_ledger)
            widgets::addHits(*m_ledger, m_hits, theme());
    }

    double m_gutter = 0;
    double m_top = 0; // of the lanes
    double m_bottom = 0; // of the arrivals
    bool m_dense = false;
    RecentAxis m_axis;
    StageHeader m_header;
    RetryLanes m_lanes; // or, where they are dense:
    RetryRopes m_ropes;
    std::vector<OutageBand> m_outages;
    ArrivalHistogram m_arrivals; // likewise:
    SecondsHistogram m_seconds;
    std::optional<PaymentLedger> m_ledger;
    std::optional<ServiceTank> m_tank;
    StageBox m_service;
    std::vector<StageFigure> m_figures;
    StageHits m_hits;
    QRectF m_next;
};

} // namespace

QString RetryScene::name() const { return RetryTr::tr("Retry stage"); }

std::unique_ptr<StagePicture> RetryScene::layout(const SharedSnapshot &shared, QSizeF size, const Theme &theme) const
{
    const Snapshot &snapshot = *shared;
    if (snapshot.clients.empty() || snapshot.services.empty())
        return nullptr;
    return std::make_unique<RetryPicture>(shared, size, theme);
}

StageState RetryScene::state(const Snapshot &) const { return {}; }

QString RetryScene::stageText(const Snapshot &snapshot) const { return words::retryStageText(snapshot); }

QString RetryScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    return words::retryTargetText(snapshot, target);
}

std::optional<uint64_t> RetryScene::eventBehind(const Snapshot &, const StageTarget &target) const
{
    if (target.is<targets::Service>() || target.part<RetryPart>())
        return 0;
    return std::nullopt;
}

} // namespace widgets
