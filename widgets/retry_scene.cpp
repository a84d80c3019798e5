// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/retry_scene.h"

#include "widgets/retry_lanes.h"
#include "widgets/retry_words.h"
#include "widgets/stage_box.h"
#include "widgets/stage_figure.h"
#include "widgets/stage_header.h"
#include "widgets/translation.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace widgets {

using resilience::sim::Snapshot;

namespace {

class RetryPicture : public StagePicture {
public:
    RetryPicture(const Snapshot &snapshot, QSizeF size, const Theme &theme) : StagePicture(snapshot, size, theme)
    {
        const QRectF inner = stageInner(size, theme);
        const bool tall = inner.height() >= theme.px(260);
        const double header = stageHeaderHeight(theme, tall);
        m_header = layoutStageHeader(words::retryHeader(snapshot, theme), theme,
                                     {inner.topLeft(), QSizeF(inner.width(), header)}, tall);

        const bool figures = inner.height() >= theme.px(330);
        const double figureHeight = figures ? stageFigureHeight(theme) + theme.px(10) : 0;
        const double histogram = std::clamp(inner.height() * 0.24, theme.px(50), theme.px(150));
        m_gutter = std::min(theme.px(128), inner.width() * 0.24);
        m_axis = recentAxis(snapshot, inner.left() + m_gutter, inner.right());
        const double top = inner.top() + header + theme.px(8);
        const double below = inner.bottom() - figureHeight - histogram;
        const QRectF lanes(inner.left(), top, inner.width(), below - theme.px(12) - top);
        m_outages = layoutOutages(
            snapshot, m_axis,
            {lanes.left(), lanes.top(), lanes.width(), below + histogram - lanes.top() - theme.px(16)}, theme);
        const double room = theme.px(18); // for the words of the bands
        m_lanes = layoutRetryLanes(snapshot, m_axis, lanes.adjusted(0, room, 0, 0), m_gutter - theme.px(8), theme);
        m_arrivals = layoutArrivals(snapshot, m_axis, {inner.left(), below, inner.width(), histogram}, theme);
        layoutService(QRectF(inner.left(), below, m_gutter - theme.px(16), m_arrivals.area.height()));
        if (figures)
            layoutFigures(
                QRectF(inner.left(), inner.bottom() - figureHeight + theme.px(10), inner.width(), figureHeight));
        addHits();
    }

    void paint(QPainter &painter, const StagePhase &) const override
    {
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        paintOutages(painter, m_outages, theme());
        paintNow(painter);
        paintStageHeader(painter, m_header, theme());
        paintRetryLanes(painter, m_lanes, m_axis, theme());
        paintArrivals(painter, m_arrivals, m_axis, theme());
        paintStageBox(painter, m_service, theme());
        for (const StageFigure &figure : m_figures)
            paintStageFigure(painter, figure);
        paintStageNext(painter, m_next, theme());
    }
    const StageHits &hits() const override { return m_hits; }
    std::vector<StageLabel> labels() const override
    {
        std::vector<StageLabel> all = m_header.labels();
        all.insert(all.end(), {m_service.name, m_service.detail, m_arrivals.peak});
        all.insert(all.end(), m_lanes.names.begin(), m_lanes.names.end());
        all.insert(all.end(), m_arrivals.ticks.begin(), m_arrivals.ticks.end());
        for (const StageFigure &figure : m_figures)
            for (const StageLabel &label : figure.labels())
                all.push_back(label);
        return all;
    }
    std::vector<StageShape> shapes() const override { return {{QStringLiteral("service"), m_service.rect}}; }
    QRectF next() const override { return m_next; }

private:
    void layoutService(const QRectF &area)
    {
        StageBoxWords words = boxWords(snapshot().services.front());
        const double height = std::min(area.height(), stageBoxHeight(theme(), 0, theme().px(18)));
        m_service = layoutStageBox(words, theme(), {area.left(), area.bottom() - height, area.width(), height});
        if (!showsNext(snapshot()))
            return;
        const auto kind = snapshot().next->kind;
        const double away = theme().px(4);
        if (kind == resilience::sim::Pending::Kind::ReachService || kind == resilience::sim::Pending::Kind::ServiceDone)
            m_next = m_service.rect.adjusted(-away, -away, away, away);
        else if (snapshot().nextClient < m_lanes.names.size() && !m_lanes.names[snapshot().nextClient].text.isEmpty())
            m_next = m_lanes.names[snapshot().nextClient].rect.adjusted(-away, -away / 2, away, away / 2);
    }

    void layoutFigures(const QRectF &area)
    {
        const auto &counts = snapshot().services.front().counts;
        const QString each = QLocale().toString(snapshot().totals.attemptsPerCall(), 'f', 1);
        const double width = area.width() / 3;
        const auto add = [&](const QStringList &caption, const QString &number, const QColor &color) {
            m_figures.push_back(layoutStageFigure(caption, {number}, color, theme(),
                                                  {area.left() + width * double(m_figures.size()), area.top()},
                                                  width - theme().px(12)));
        };
        add({RetryTr::tr("attempts for each call"), RetryTr::tr("attempts each")}, each, theme().ink);
        add({RetryTr::tr("most arrivals in 0.1 s"), RetryTr::tr("arrivals in 0.1 s"), RetryTr::tr("arrivals")},
            QString::number(m_arrivals.most),
            2 * m_arrivals.most > snapshot().clients.size() && m_arrivals.most > 3 ? theme().failed.text : theme().ink);
        const bool payments = !snapshot().clients.front().operation.idempotent || counts.again > 0 || counts.stored > 0;
        if (payments)
            add({RetryTr::tr("carried out twice"), RetryTr::tr("twice")}, QString::number(counts.again),
                counts.again > 0 ? theme().failed.text : theme().succeeded.text);
        else
            add({RetryTr::tr("saved by a retry"), RetryTr::tr("saved")}, QString::number(snapshot().totals.recovered),
                theme().succeeded.text);
    }

    void paintNow(QPainter &painter) const
    {
        const double x = m_axis.xOf(snapshot().now);
        painter.setPen(QPen(theme().quietLine, 1, Qt::DotLine));
        painter.drawLine(QPointF(x, m_lanes.area.top()), QPointF(x, m_arrivals.area.bottom()));
    }

    void addHits()
    {
        using Kind = StageTarget::Kind;
        m_hits.push_back({.target = {Kind::Service, 0}, .area = m_service.rect});
        for (size_t i = 0; i < m_lanes.names.size(); ++i)
            m_hits.push_back({.target = {Kind::Lane, i}, .area = m_lanes.names[i].rect, .primary = false});
        for (const RetryWait &wait : m_lanes.waits)
            if (!wait.bar.isEmpty())
                m_hits.push_back({.target = {Kind::Event, wait.event},
                                  .area = wait.bar.adjusted(0, -theme().px(3), 0, theme().px(3)),
                                  .primary = false,
                                  .round = true});
        for (const StageGlyph &glyph : m_lanes.glyphs)
            m_hits.push_back(glyph.hit(theme()));
    }

    double m_gutter = 0;
    RecentAxis m_axis;
    StageHeader m_header;
    RetryLanes m_lanes;
    std::vector<OutageBand> m_outages;
    ArrivalHistogram m_arrivals;
    StageBox m_service;
    std::vector<StageFigure> m_figures;
    StageHits m_hits;
    QRectF m_next;
};

} // namespace

QString RetryScene::name() const { return RetryTr::tr("Retry stage"); }

std::unique_ptr<StagePicture> RetryScene::layout(const Snapshot &snapshot, QSizeF size, const Theme &theme) const
{
    if (snapshot.clients.empty() || snapshot.services.empty())
        return nullptr;
    return std::make_unique<RetryPicture>(snapshot, size, theme);
}

StageState RetryScene::state(const Snapshot &) const { return {}; }

QString RetryScene::stageText(const Snapshot &snapshot) const { return words::retryStageText(snapshot); }

QString RetryScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    return words::retryTargetText(snapshot, target);
}

std::optional<uint64_t> RetryScene::eventBehind(const Snapshot &, const StageTarget &target) const
{
    if (target.kind == StageTarget::Kind::Service || target.kind == StageTarget::Kind::Lane)
        return 0;
    return std::nullopt;
}

} // namespace widgets
