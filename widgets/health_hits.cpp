// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health_stage.h"

// What can be pointed at on the health check's stage, and what comes next.
namespace widgets {

using resilience::sim::Pending;

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
    switch (snapshot().next->kind) {
    case Pending::Kind::ReachService:
    case Pending::Kind::ServiceDone:
    case Pending::Kind::ProbeReaches:
    case Pending::Kind::ProbeServed:
    case Pending::Kind::ServiceRestarted:
        markService(snapshot().nextService);
        break;
    case Pending::Kind::ReachClient:
    case Pending::Kind::PolicyTimer:
    case Pending::Kind::ClientArrival:
    case Pending::Kind::ProbeDue:
    case Pending::Kind::ProbeAnswer:
    case Pending::Kind::ProbeTimeout:
        mark(m_client.rect);
        break;
    default:
        break;
    }
}

void HealthPicture::addHits()
{
    using Kind = StageTarget::Kind;
    m_hits.push_back({.target = {Kind::Client, watch().client}, .area = m_client.rect});
    for (const HealthWire &wire : m_wires)
        if (!wire.gate.isEmpty())
            m_hits.push_back({.target = {Kind::Lane, wire.place},
                              .area = wire.gate,
                              .event = watch().targets[wire.place].lastChange});
    for (const HealthNode &node : m_nodes) {
        m_hits.push_back({.target = {Kind::Service, node.service}, .area = node.rect});
        m_hits.push_back({.target = {Kind::Node, node.place}, .area = node.status.rect.adjusted(-3, -3, 3, 3)});
        if (node.level)
            m_hits.push_back({.target = {Kind::Slot, node.place}, .area = node.level->area, .primary = false});
        for (const auto *row : {&node.ready, &node.live}) {
            if (!*row)
                continue;
            const bool live = row == &node.live;
            m_hits.push_back({.target = {Kind::Part, 2 * node.place + live},
                              .area = areaAround((*row)->ring, (*row)->ringRadius + theme().px(2)),
                              .primary = false,
                              .round = true});
            for (const StageGlyph &glyph : (*row)->glyphs)
                m_hits.push_back(glyph.hit(theme()));
        }
    }
    for (size_t b = 0; b < m_back.size(); ++b)
        m_hits.push_back({.target = {Kind::Service, m_backServices[b]}, .area = m_back[b].rect});
    for (const StageGlyph &glyph : m_last)
        m_hits.push_back({.target = {Kind::RecentOutcome, glyph.event},
                          .area = areaAround(glyph.at, glyph.radius + theme().px(3)),
                          .primary = &glyph == &m_last.back(),
                          .round = true});
    for (const StageDot &dot : m_dots)
        m_hits.push_back(dot.hit(theme()));
    for (const HealthProbeDot &dot : m_probes)
        m_hits.push_back(dot.hit(theme()));
}

} // namespace widgets
