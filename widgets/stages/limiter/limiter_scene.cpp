// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/limiter/limiter_scene.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_header.h"
#include "widgets/stages/limiter/limiter_takings.h"
#include "widgets/stages/limiter/limiter_tape.h"
#include "widgets/stages/limiter/limiter_vessel.h"
#include "widgets/stages/limiter/limiter_words.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using namespace resilience;
using resilience::sim::Snapshot;

namespace {

bool limits(const resilience::sim::ClientView &client, const Snapshot &snapshot)
{
    return snapshot.pipelines[client.pipeline].config.configured.has(PolicyKind::RateLimiter);
}

bool hasLeak(const resilience::sim::ClientView &client, const Snapshot &snapshot)
{
    const LimiterKind kind = kindOf(snapshot.pipelines[client.pipeline].config.rateLimiter);
    return kind == LimiterKind::LeakyBucket || kind == LimiterKind::LeakyQueue;
}

constexpr double kHighest = 640; // of vessels and tape, px at scale 1

class LimiterPicture : public StagePicture {
public:
    LimiterPicture(const resilience::sim::SharedSnapshot &shared, QSizeF size, const Theme &theme)
        : StagePicture(shared, size, theme)
    {
        const Snapshot &snapshot = *shared;
        const QRectF inner = stageInner(size, theme);
        const bool tall = inner.height() >= theme.px(240);
        const double header = stageHeaderHeight(theme, tall);
        m_header = layoutStageHeader(words::limiterHeader(snapshot, theme), theme,
                                     {inner.topLeft(), QSizeF(inner.width(), header)}, tall);
        const QRectF below(inner.left(), inner.top() + header + theme.px(14), inner.width(),
                           inner.bottom() - inner.top() - header - theme.px(14));

        std::vector<uint32_t> vessels{0};
        const auto leaky = std::find_if(snapshot.clients.begin(), snapshot.clients.end(),
                                        [&](const auto &c) { return hasLeak(c, snapshot); });
        // Few rows leave room; and it takes the second vessel to see who waits.
        const bool roomForTwo = below.width() >= theme.px(snapshot.clients.size() > 2 ? 860 : 600);
        if (leaky != snapshot.clients.begin() && leaky != snapshot.clients.end() && roomForTwo)
            vessels.push_back(static_cast<uint32_t>(leaky - snapshot.clients.begin()));
        const double each = std::clamp(below.width() * 0.18, theme.px(96), theme.px(200));
        double left = below.left();
        for (const uint32_t client : vessels) {
            const double height = std::min(below.height(), theme.px(kHighest));
            m_vessels.push_back(
                layoutVessel(snapshot, snapshot.clients[client].pipeline, {left, below.top(), each, height}, theme));
            m_hits.push_back(
                {.target = targets::part(LimiterPart::Vessel, client), .area = m_vessels.back().outline()});
            left += each + theme.px(12);
        }
        m_tape = layoutTape(snapshot,
                            {left + theme.px(10), below.top(), below.right() - left - theme.px(10),
                             std::min(below.height(), theme.px(kHighest))},
                            theme);
        for (const StageHit &hit : m_tape.hits(theme))
            m_hits.push_back(hit);
        m_takings = layoutTakings(snapshot, m_vessels.front(), m_tape, theme);
        markNext();
    }

    void paint(QPainter &painter, const StagePhase &phase) const override
    {
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        paintStageHeader(painter, m_header, theme());
        for (const LimiterVessel &vessel : m_vessels)
            paintVessel(painter, vessel, theme());
        paintTape(painter, m_tape, theme());
        if (!phase.reducedMotion)
            paintTakings(painter, m_takings, m_vessels.front(), theme());
        paintStageNext(painter, m_next, theme());
    }
    QRectF next() const override { return m_next; }
    const StageHits &hits() const override { return m_hits; }
    std::vector<StageLabel> labels() const override
    {
        std::vector<StageLabel> all = m_header.labels();
        for (const LimiterVessel &vessel : m_vessels)
            for (const StageLabel &label : vessel.labels())
                all.push_back(label);
        for (const StageLabel &label : m_tape.labels())
            all.push_back(label);
        return all;
    }
    std::vector<StageShape> shapes() const override
    {
        std::vector<StageShape> all;
        for (size_t i = 0; i < m_vessels.size(); ++i)
            all.push_back({QStringLiteral("vessel %1").arg(i), m_vessels[i].glass});
        return all;
    }

    std::vector<StageShape> parts() const override
    {
        std::vector<StageShape> all;
        for (const LimiterVessel &vessel : m_vessels) {
            QRectF around = vessel.outline();
            for (const StageLabel &label : {vessel.count, vessel.next})
                around = around.united(label.rect);
            all.push_back({QStringLiteral("vessels"), around});
        }
        return all;
    }

private:
    // The row of the client that the next event is about: its name, beside its latest arrivals.
    void markNext()
    {
        if (!showsNext(snapshot()))
            return;
        const double away = theme().px(4);
        for (const TapeRow &row : m_tape.rows)
            if (snapshot().next->actor == resilience::sim::Subject::client(row.client))
                m_next = row.name.rect.adjusted(-away, -away / 2, away, away / 2);
    }

    StageHeader m_header;
    std::vector<LimiterVessel> m_vessels;
    LimiterTape m_tape;
    std::vector<LimiterTaking> m_takings;
    QRectF m_next;
    StageHits m_hits;
};

} // namespace

QString LimiterScene::name() const { return LimiterTr::tr("Rate limiter stage"); }

std::unique_ptr<StagePicture> LimiterScene::layout(const SharedSnapshot &shared, QSizeF size, const Theme &theme) const
{
    const Snapshot &snapshot = *shared;
    const bool all = std::all_of(snapshot.clients.begin(), snapshot.clients.end(),
                                 [&](const auto &c) { return limits(c, snapshot); });
    if (snapshot.clients.empty() || !all)
        return nullptr;
    return std::make_unique<LimiterPicture>(shared, size, theme);
}

QString LimiterScene::stageText(const Snapshot &snapshot) const { return words::limiterStageText(snapshot); }

QString LimiterScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    return words::limiterTargetText(snapshot, target);
}

std::optional<uint64_t> LimiterScene::eventBehind(const Snapshot &, const StageTarget &target) const
{
    if (target.part<LimiterPart>())
        return 0;
    return std::nullopt;
}

} // namespace widgets
