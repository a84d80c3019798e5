// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/toy_scene.h"

#include "widgets/stage/stage_bar.h"
#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_dots.h"
#include "widgets/stage/stage_figure.h"
#include "widgets/stage/stage_header.h"

#include <QPainter>

namespace toy {

using resilience::sim::ClearFault;
using resilience::sim::FaultKind;
using resilience::sim::RequestOutcome;
using resilience::sim::TurnKnob;

namespace {

class Picture : public StagePicture {
public:
    Picture(const resilience::sim::SharedSnapshot &shared, QSizeF size, const Theme &theme)
        : StagePicture(shared, size, theme)
    {
        const resilience::sim::Snapshot &snapshot = *shared;
        const QRectF inner = stageInner(size, theme);
        StageHeaderWords words{.title = {"A toy"}, .titleColor = theme.ink, .detail = {"of two policies"}};
        addStageNotice(words, snapshot, {"Press Space."});
        const double headerHeight = stageHeaderHeight(theme, true);
        m_header = layoutStageHeader(words, theme, {inner.topLeft(), QSizeF(inner.width(), headerHeight)}, true);
        m_rowHeight = theme.px(60);
        const double top = inner.top() + headerHeight + theme.px(10);
        const auto box = [&](double left, int row) {
            return QRectF(left, top + row * m_rowHeight, theme.px(120), theme.px(50));
        };
        m_boxes = {layoutStageBox({"retry", {"3 attempts"}}, theme, box(inner.left(), 0)),
                   layoutStageBox({"breaker", {"closed"}, BoxRole::Succeeded}, theme, box(inner.left(), 1)),
                   layoutStageBox(boxWords(snapshot.services.front()), theme, box(inner.right() - theme.px(120), 0))};
        m_glyph =
            stageGlyph(RequestOutcome::Failed, {inner.center().x(), top + theme.px(25)}, theme.px(7), kEvent, 2, theme);
        const StageBarWords load{
            .name = {"budget"}, .text = {"40 %"}, .share = 0.4, .fill = theme.waiting.fill, .mark = 0.5};
        m_bar = layoutStageBar(load, theme, {inner.left(), top + 2 * m_rowHeight, theme.px(260), stageBarHeight(theme)},
                               theme.px(60), theme.px(50));
        m_figure = layoutStageFigure({"attempts for each call", "attempts"}, {"3.2"}, theme.failed.text, theme,
                                     {inner.left(), m_bar.track.bottom() + theme.px(10)}, theme.px(260));
        m_hits = {{.target = kFirst, .area = m_boxes[0].rect},
                  {.target = kSecond, .area = m_boxes[1].rect},
                  {.target = kService, .area = m_boxes[2].rect},
                  m_glyph.hit(theme)};
    }

    void paint(QPainter &painter, const StagePhase &) const override
    {
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        paintStageHeader(painter, m_header, theme());
        for (const StageBox &box : m_boxes)
            paintStageBox(painter, box, theme());
        paintStageGlyph(painter, m_glyph, theme());
        paintStageBar(painter, m_bar, theme());
        paintStageFigure(painter, m_figure);
    }
    const StageHits &hits() const override { return m_hits; }
    std::vector<StageLabel> labels() const override
    {
        std::vector<StageLabel> all = m_header.labels();
        for (const StageBox &box : m_boxes)
            all.insert(all.end(), {box.name, box.detail});
        all.push_back(m_glyph.badge);
        for (const auto &more : {m_bar.labels(), m_figure.labels()})
            all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    std::vector<StageShape> shapes() const override
    {
        return {{"first", m_boxes[0].rect},
                {"second", m_boxes[1].rect},
                {"service", m_boxes[2].rect},
                {"outcome", areaAround(m_glyph.at, m_glyph.radius)},
                {"bar", m_bar.track}};
    }
    double rowHeight() const { return m_rowHeight; }

private:
    StageHeader m_header;
    std::vector<StageBox> m_boxes;
    StageGlyph m_glyph;
    StageBar m_bar;
    StageFigure m_figure;
    StageHits m_hits;
    double m_rowHeight = 0;
};

} // namespace

QString Scene::name() const { return QStringLiteral("Toy stage"); }

std::unique_ptr<StagePicture> Scene::layout(const SharedSnapshot &snapshot, QSizeF size, const Theme &theme) const
{
    if (snapshot->services.empty())
        return nullptr;
    return std::make_unique<Picture>(snapshot, size, theme);
}

StageState Scene::state(const Snapshot &snapshot) const { return {.key = snapshot.clients.size()}; }

QString Scene::stageText(const Snapshot &) const { return QStringLiteral("Two policies."); }

QString Scene::targetText(const Snapshot &, const StageTarget &target) const
{
    if (const auto part = target.part<Part>())
        return QStringLiteral("target %1").arg(int(part->which));
    const auto *service = target.as<targets::Service>();
    return QStringLiteral("target %1").arg(service ? service->service : target.event());
}

std::optional<StageScene::Intervention> Scene::clicked(const Snapshot &, const StageTarget &target) const
{
    if (target == kSecond)
        return ClearFault{0, FaultKind::Outage};
    return std::nullopt;
}

bool Scene::draggable(const StageTarget &target) const { return target.part<Part>().has_value(); }

std::optional<StageScene::Intervention> Scene::dropped(const Snapshot &snapshot, const StageTarget &target,
                                                       QPointF from, QPointF to, const StagePicture &picture) const
{
    const double rows = (to.y() - from.y()) / static_cast<const Picture &>(picture).rowHeight();
    return moved(snapshot, target, qRound(rows));
}

std::optional<StageScene::Intervention> Scene::moved(const Snapshot &, const StageTarget &target, int steps) const
{
    if (!draggable(target) || steps == 0)
        return std::nullopt;
    return TurnKnob{kOrderKnob, double(steps)};
}

} // namespace toy
