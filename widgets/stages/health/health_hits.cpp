// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/health/health_scene.h"
#include "widgets/stages/health/health_stage.h"

#include <algorithm>

// What there is on the health check's stage: what can be pointed at, what comes next, all its words and shapes.
namespace widgets {

using resilience::sim::Upcoming;

void HealthPicture::markNext()
{
    if (!showsNext(snapshot()))
        return;
    const double away = theme().px(3);
    const auto mark = [&](const QRectF &rect) { m_next = rect.adjusted(-away, -away, away, away); };
    const auto markService = [&](uint32_t service) {
        for (const HealthNode &node : m_nodes)
            if (node.service == service)
                mark(node.rect);
        for (size_t b = 0; b < m_back.size(); ++b)
            if (m_backServices[b] == service)
                mark(m_back[b].rect);
    };
    switch (snapshot().next->where) {
    case Upcoming::Where::Service:
        markService(snapshot().next->target.index);
        break;
    case Upcoming::Where::Client:
    case Upcoming::Where::Policy:
        mark(m_client.rect);
        break;
    default:
        break;
    }
}

void HealthPicture::addHits()
{
    m_hits.push_back({.target = targets::Client{watch().client}, .area = m_client.rect});
    for (const HealthWire &wire : m_wires)
        if (!wire.gate.isEmpty())
            m_hits.push_back({.target = targets::part(HealthPart::Route, wire.place),
                              .area = wire.gate,
                              .event = watch().targets[wire.place].lastChange});
    for (const HealthNode &node : m_nodes) {
        m_hits.push_back({.target = targets::Service{node.service}, .area = node.rect});
        if (!node.belief.text.isEmpty())
            m_hits.push_back({.target = targets::part(HealthPart::Belief, node.place),
                              .area = node.belief.rect.adjusted(-3, 0, 3, 0)});
        if (node.level)
            m_hits.push_back(
                {.target = targets::part(HealthPart::Load, node.place), .area = node.level->area, .primary = false});
        for (const auto *row : {&node.ready, &node.live}) {
            if (!*row)
                continue;
            const HealthPart wait = row == &node.live ? HealthPart::LivenessWait : HealthPart::ReadinessWait;
            m_hits.push_back({.target = targets::part(wait, node.place),
                              .area = areaAround((*row)->ring, (*row)->ringRadius + theme().px(5)),
                              .primary = false,
                              .round = true});
            for (const StageGlyph &glyph : (*row)->glyphs)
                m_hits.push_back(glyph.hit(theme()));
        }
    }
    for (size_t b = 0; b < m_back.size(); ++b)
        m_hits.push_back({.target = targets::Service{m_backServices[b]}, .area = m_back[b].rect});
    for (const StageGlyph &glyph : m_last)
        m_hits.push_back({.target = targets::RecentOutcome{glyph.event},
                          .area = areaAround(glyph.at, glyph.radius + theme().px(3)),
                          .primary = &glyph == &m_last.back(),
                          .round = true});
    for (const StageDot &dot : m_dots)
        m_hits.push_back(dot.hit(theme()));
    for (const HealthProbeDot &dot : m_probes)
        m_hits.push_back(dot.hit(theme()));
}

std::vector<StageLabel> HealthPicture::labels() const
{
    std::vector<StageLabel> all = m_header.labels();
    all.insert(all.end(), {m_client.name, m_client.detail, m_lastName});
    for (const HealthNode &node : m_nodes) {
        const auto more = node.labels();
        all.insert(all.end(), more.begin(), more.end());
    }
    for (const HealthWire &wire : m_wires)
        all.push_back(wire.route);
    const auto below = m_track.labels();
    all.insert(all.end(), below.begin(), below.end());
    all.insert(all.end(), m_notes.begin(), m_notes.end());
    for (const StageBox &box : m_back)
        all.insert(all.end(), {box.name, box.detail});
    for (const auto *figure : {&m_figure, &m_restarts})
        if (*figure)
            all.insert(all.end(), {(*figure)->caption, (*figure)->number});
    all.insert(all.end(), m_hidden.begin(), m_hidden.end());
    std::erase_if(all, [](const StageLabel &label) { return label.text.isEmpty(); });
    return all;
}

std::vector<StageShape> HealthPicture::shapes() const
{
    std::vector<StageShape> all{{QStringLiteral("client"), m_client.rect}};
    for (const HealthNode &node : m_nodes)
        all.push_back({QStringLiteral("node"), node.rect});
    for (const HealthWire &wire : m_wires)
        if (!wire.gate.isEmpty())
            all.push_back({QStringLiteral("gate"), wire.gate});
    for (const StageBox &box : m_back)
        all.push_back({QStringLiteral("behind"), box.rect});
    for (const StageGlyph &glyph : m_last)
        all.push_back({QStringLiteral("last call"), areaAround(glyph.at, glyph.radius)});
    if (!m_header.pillShape.isEmpty())
        all.push_back({QStringLiteral("pill"), m_header.pillShape});
    return all;
}

} // namespace widgets
