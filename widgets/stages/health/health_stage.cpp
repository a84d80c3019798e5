// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/health/health_stage.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using resilience::Health;
using resilience::sim::PipelineView;
using resilience::sim::RecentEnd;
using resilience::sim::RequestOutcome;
using resilience::sim::Snapshot;

namespace {

constexpr size_t kMostBehind = 2;
constexpr QSizeF kHealthDrawnFor{640, 430}; // the card without its margin, at which shapes have their usual size
constexpr double kLargest = 1.5;

double gapOf(const Theme &theme) { return theme.px(8); }
double gateWidth(const Theme &theme)
{
    return makeLabel(HealthTr::tr("not yet"), theme.font(TextSize::Label, QFont::DemiBold), theme.ink).rect.width()
           + theme.px(14);
}
QFont noteFont(const Theme &theme) { return theme.font(TextSize::Axis); }

// What the nodes call in turn, by index, the nodes themselves left out.
std::vector<uint32_t> behind(const Snapshot &snapshot)
{
    std::vector<uint32_t> found;
    const auto &targets = snapshot.health.front().targets;
    const auto isTarget = [&](uint32_t service) {
        return std::any_of(targets.begin(), targets.end(),
                           [&](const auto &target) { return target.service == service; });
    };
    for (const PipelineView &pipeline : snapshot.pipelines)
        if (pipeline.owner.caller.isService() && isTarget(pipeline.owner.caller.index)
            && !isTarget(pipeline.owner.target)
            && std::find(found.begin(), found.end(), pipeline.owner.target) == found.end()
            && found.size() < kMostBehind)
            found.push_back(pipeline.owner.target);
    return found;
}

QColor titleColor(const Snapshot &snapshot, const Theme &theme)
{
    const auto &targets = snapshot.health.front().targets;
    const auto any = [&](auto is) { return std::any_of(targets.begin(), targets.end(), is); };
    if (any([&](const auto &t) {
            return t.restartingUntil || t.health.status == Health::Unhealthy
                   || (t.routed && isUseless(truthOf(snapshot, t.service).state));
        }))
        return theme.failed.text;
    if (any([](const auto &t) { return t.health.status == Health::Unknown; }))
        return theme.ink;
    return any([](const auto &t) { return t.health.status == Health::Degraded; }) ? theme.waiting.text
                                                                                  : theme.succeeded.text;
}

} // namespace

const std::vector<HealthPicture::Plan> &HealthPicture::plans()
{
    static const std::vector<Plan> all{
        {true, true, true, true, true, 3, true, true, true},
        {true, true, true, true, true, 3, true, false, true},
        {true, true, false, true, true, 3, true, false, true},
        {true, true, false, true, true, 3, true, false, false},
        {true, true, true, true, true, 3, false, false, true},
        {true, true, true, true, true, 3, false, false, false},
        {true, true, false, true, true, 3, false, false, true},
        {true, true, false, true, true, 3, false, false, false},
        {false, true, false, true, true, 3, false, false, false},
        {false, true, false, true, true, 2, false, false, false},
        {true, true, true, true, false, 3, true, false, false},
        {true, true, true, true, false, 3, false, false, false},
        {false, true, true, true, false, 3, false, false, false},
        {false, true, true, true, false, 2, false, false, false},
        {false, false, false, true, true, 2, false, false, false},
        {true, false, true, true, false, 3, true, false, false},
        {true, false, true, true, false, 3, false, false, false},
        {true, false, true, true, false, 2, false, false, false},
        {false, false, true, true, false, 2, false, false, false},
        {false, false, false, true, false, 2, false, false, false},
        {false, true, false, false, false, 2, false, false, false},
        {false, false, false, false, false, 2, false, false, false},
        {false, false, false, false, false, 1, false, false, false},
    };
    return all;
}

HealthNodeStyle HealthPicture::styleOf(const Plan &plan) const
{
    return {plan.lines, plan.live && watch().config.liveness, plan.level, plan.rowNames};
}

double HealthPicture::heightOf(const Plan &plan) const
{
    const auto nodes = static_cast<double>(watch().targets.size());
    const double gap = gapOf(theme());
    double height = stageHeaderHeight(theme(), plan.notice) + gap;
    if (plan.gates)
        height += lineHeight(noteFont(theme()));
    height += nodes * healthNodeHeight(theme(), styleOf(plan), 1) + (nodes - 1) * gap;
    if (plan.track)
        height += 2 * gap + healthTrackHeight(theme());
    return height + (plan.last ? gap + theme().px(20) : 0);
}

double HealthPicture::clientWidth() const
{
    return std::min(std::max(stageBoxWidth(boxWords(client()), theme(), theme().px(20)), theme().px(56)),
                    m_inner.width() * 0.2);
}

double HealthPicture::backWidth() const
{
    double width = 0;
    for (const uint32_t service : behind(snapshot()))
        width = std::max(width, stageBoxWidth(boxWords(snapshot().services[service]), theme(), theme().px(20)));
    return std::min(width, m_inner.width() * 0.18);
}

double HealthPicture::nodeWidth(const Plan &plan) const
{
    const double back = backWidth();
    const double fan = plan.gates ? theme().px(34) + gateWidth(theme()) + theme().px(50) : m_inner.width() * 0.12;
    return m_inner.width() - clientWidth() - fan * (plan.gates ? std::min(m_shapes, 1.25) : 1)
           - (back > 0 ? back + theme().px(26) : 0);
}

bool HealthPicture::fits(const Plan &plan) const
{
    const double least = theme().px(plan.rowNames ? 300 : plan.level ? 240 : 120);
    return heightOf(plan) <= m_inner.height() && nodeWidth(plan) >= least;
}

HealthPicture::HealthPicture(const resilience::sim::SharedSnapshot &shared, QSizeF size, const Theme &theme)
    : StagePicture(shared, size, theme), m_inner(stageInner(size, theme))
{
    const Snapshot &snapshot = *shared;
    m_shapes = std::clamp(std::min(m_inner.width() / theme.px(kHealthDrawnFor.width()),
                                   m_inner.height() / theme.px(kHealthDrawnFor.height())),
                          1.0, kLargest);
    const auto chosen = std::find_if(plans().begin(), plans().end(), [this](const Plan &plan) { return fits(plan); });
    const Plan plan = chosen != plans().end() ? *chosen : plans().back();

    StageHeaderWords words{.title = words::healthTitle(snapshot, watch()),
                           .titleColor = titleColor(snapshot, theme),
                           .detail = words::healthDetail(snapshot, watch())};
    addStageNotice(
        words, snapshot,
        {HealthTr::tr("Press Space to start. Then click a node to break it."), HealthTr::tr("Press Space to start")});
    const double headerHeight = stageHeaderHeight(theme, plan.notice);
    m_header = layoutStageHeader(words, theme, QRectF(m_inner.left(), m_inner.top(), m_inner.width(), headerHeight),
                                 plan.notice);
    QRectF area = m_inner.adjusted(0, headerHeight + gapOf(theme), 0, 0);
    if (plan.last) {
        const double height = theme.px(20);
        placeLast(QRectF(area.left(), area.bottom() - height, area.width(), height));
        area.setBottom(area.bottom() - height - gapOf(theme));
    }
    if (plan.track) {
        const double height = healthTrackHeight(theme);
        m_track =
            layoutHealthTrack(snapshot, this->theme(), {area.left(), area.bottom() - height, area.width(), height});
        area.setBottom(area.bottom() - height - 2 * gapOf(theme));
    }
    placeColumns(plan, area);
    if (plan.figure)
        placeFigure(area);
    if (dotsShown())
        placeDots();
    markNext();
    addHits();
}

void HealthPicture::placeColumns(const Plan &plan, const QRectF &area)
{
    const auto count = static_cast<double>(watch().targets.size());
    const double gap = gapOf(theme());
    const HealthNodeStyle style = styleOf(plan);
    QRectF rows = area.adjusted(0, plan.gates ? lineHeight(noteFont(theme())) : 0, 0, 0);
    const double least = healthNodeHeight(theme(), style, m_shapes);
    const double height = std::min((rows.height() - (count - 1) * gap) / count, least * 1.35);
    const double used = count * height + (count - 1) * gap;
    rows = QRectF(rows.left(), rows.top() + (rows.height() - used) / 2, rows.width(), used);

    const double back = backWidth();
    const double width = nodeWidth(plan);
    const double right = area.right() - (back > 0 ? back + theme().px(26) : 0);
    const double clientHeight = std::min(rows.height(), stageBoxHeight(theme(), 0, theme().px(22)));
    m_client = layoutStageBox(boxWords(client()), theme(),
                              QRectF(area.left(), rows.center().y() - clientHeight / 2, clientWidth(), clientHeight));
    const QPointF from(m_client.rect.right(), rows.center().y());
    QRectF gates;
    if (plan.gates) {
        const double left = right - width - (theme().px(50) * std::min(m_shapes, 1.25)) - gateWidth(theme());
        gates = QRectF(left, rows.top(), gateWidth(theme()), rows.height());
    }
    const std::vector<double> shares = recentShares(snapshot(), watch().client);
    for (uint32_t i = 0; i < watch().targets.size(); ++i) {
        const QRectF rect(right - width, rows.top() + i * (height + gap), width, height);
        m_nodes.push_back(layoutHealthNode(snapshot(), watch(), i, theme(), rect, style, m_shapes));
        m_wires.push_back(layoutHealthWire(watch().targets[i], i, shares[watch().targets[i].service], from,
                                           m_nodes.back(), gates, theme(), std::min(m_shapes, height / least)));
    }
    if (plan.gates && !m_wires.empty()) {
        const HealthWire &first = m_wires.front();
        const double lane = m_nodes.front().rect.left() - gates.right() - theme().px(8);
        const auto note = [&](const QString &text, QPointF centre, double room) {
            m_notes.push_back(
                centredAt(fitLabel({text, QString()}, room, noteFont(theme()), theme().quietInk), centre));
        };
        const double line = lineHeight(noteFont(theme())) / 2;
        const double middle = (gates.right() + m_nodes.front().rect.left()) / 2;
        note(HealthTr::tr("traffic"), {gates.center().x(), first.gate.top() - line - theme().px(1)}, gates.width());
        note(HealthTr::tr("calls"), {middle, first.calls.back().y() - line - theme().px(5)}, lane);
        note(HealthTr::tr("probes"), {middle, first.probes.back().y() + line + theme().px(6)}, lane);
    }
    if (back > 0)
        placeBack(QRectF(area.right() - back, rows.top(), back, rows.height()));
}

void HealthPicture::placeBack(const QRectF &area)
{
    m_backServices = behind(snapshot());
    const auto count = static_cast<double>(m_backServices.size());
    const double row = theme().px(14);
    const double height = std::min(stageBoxHeight(theme(), row, theme().px(22)), area.height() / count - theme().px(4));
    for (size_t i = 0; i < m_backServices.size(); ++i) {
        const double middle = area.top() + area.height() * (static_cast<double>(i) + 0.5) / count;
        m_back.push_back(layoutStageBox(boxWords(snapshot().services[m_backServices[i]]), theme(),
                                        QRectF(area.left(), middle - height / 2, area.width(), height), row));
    }
    for (const HealthNode &node : m_nodes)
        for (const StageBox &box : m_back)
            m_backWires.push_back(QPolygonF{
                {QPointF(node.rect.right(), node.rect.center().y()), QPointF(box.rect.left(), box.rect.center().y())}});
}

void HealthPicture::placeFigure(const QRectF &area)
{
    const auto routed =
        std::count_if(watch().targets.begin(), watch().targets.end(), [](const auto &t) { return t.routed; });
    const QString number = HealthTr::tr("%1 of %2").arg(routed).arg(watch().targets.size());
    const bool all = static_cast<size_t>(routed) == watch().targets.size();
    const bool started = paceOf(snapshot()) != Pace::NotStarted;
    const double top = m_client.rect.bottom() + theme().px(18);
    // Beside the lines that fan out to the nodes.
    const double room = std::min(m_client.rect.width() + theme().px(12), theme().px(130));
    if (top + stageFigureHeight(theme()) > area.bottom() || m_wires.empty())
        return;
    uint64_t restarts = 0;
    for (const auto &target : watch().targets)
        restarts += snapshot().services[target.service].counts.restarts;
    if (restarts > 0 && area.top() + stageFigureHeight(theme()) + theme().px(8) <= m_client.rect.top())
        m_restarts = layoutStageFigure({HealthTr::tr("restarts")}, {QString::number(restarts)}, theme().ink, theme(),
                                       area.topLeft(), room);
    const QColor color = !started      ? theme().quietInk
                         : all         ? theme().succeeded.text
                         : routed == 0 ? theme().failed.text
                                       : theme().ink;
    m_figure =
        layoutStageFigure({HealthTr::tr("nodes get traffic"), HealthTr::tr("get traffic"), HealthTr::tr("in use")},
                          {number}, color, theme(), {area.left(), area.bottom() - stageFigureHeight(theme())}, room);
}

void HealthPicture::placeLast(const QRectF &area)
{
    const double radius = theme().px(6);
    const double pitch = 2 * radius + theme().px(6);
    m_lastName = leftAt(fitLabel({HealthTr::tr("last calls"), QString()}, area.width() * 0.2,
                                 theme().font(TextSize::Label), theme().quietInk),
                        area.left(), area.center().y());
    const double left = m_lastName.rect.right() + theme().px(12) + radius;
    const auto fit = static_cast<size_t>(std::max(0.0, (area.right() - left) / pitch));
    std::vector<const RecentEnd *> ends;
    for (const RecentEnd &end : snapshot().recent)
        if (end.client == watch().client)
            ends.push_back(&end);
    const size_t shown = std::min(fit, ends.size());
    double x = left;
    for (size_t i = ends.size() - shown; i < ends.size(); ++i, x += pitch)
        m_last.push_back(stageGlyph(ends[i]->outcome, {x, area.center().y()}, radius, ends[i]->event, 0, theme()));
}

void HealthPicture::placeDots()
{
    const double radius = theme().px(6.5) * std::min(m_shapes, 1.3);
    const auto isServed = [](const resilience::sim::Request &request) {
        return request.leg != resilience::sim::Leg::Outbound && request.leg != resilience::sim::Leg::Inbound;
    };
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        const HealthNode &node = m_nodes[i];
        std::vector<StageDot> served;
        for (const resilience::sim::Request &request : snapshot().requests) {
            StageDot dot = stageDot(request, snapshot(), radius);
            if (!request.caller && request.client == watch().client && request.service == node.service) {
                if (isServed(request)) {
                    served.push_back(dot);
                    continue;
                }
                const double share = legShare(request, snapshot().now);
                dot.at = alongLine(m_wires[i].calls, request.leg == resilience::sim::Leg::Outbound ? share : 1 - share);
                m_dots.push_back(dot);
            } else if (request.caller == resilience::sim::Subject::service(node.service) && !isServed(request)) {
                for (size_t b = 0; b < m_back.size(); ++b)
                    if (m_backServices[b] == request.service) {
                        const QPolygonF &line = m_backWires[i * m_back.size() + b];
                        dot.at = legPlace(request, snapshot().now, line.front(), line.back());
                        m_dots.push_back(dot);
                    }
            }
        }
        m_hidden.push_back(placeServed(served, node.served, radius, theme().px(3), theme()));
        m_dots.insert(m_dots.end(), served.begin(), served.end());
        const auto probes =
            layoutProbeDots(snapshot(), watch().targets[i], m_wires[i], theme().px(5.5) * std::min(m_shapes, 1.3));
        m_probes.insert(m_probes.end(), probes.begin(), probes.end());
    }
    for (size_t b = 0; b < m_back.size(); ++b) {
        std::vector<StageDot> served;
        for (const resilience::sim::Request &request : snapshot().requests)
            if (request.service == m_backServices[b] && isServed(request))
                served.push_back(stageDot(request, snapshot(), radius));
        m_hidden.push_back(placeServed(served, m_back[b].row, radius, theme().px(3), theme()));
        m_dots.insert(m_dots.end(), served.begin(), served.end());
    }
}

void HealthPicture::paint(QPainter &painter, const StagePhase &) const
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    paintStageHeader(painter, m_header, theme());
    painter.setPen(QPen(theme().hairline, theme().px(1.6)));
    for (const QPolygonF &line : m_backWires)
        painter.drawPolyline(line);
    for (const HealthWire &wire : m_wires)
        paintHealthWire(painter, wire, theme());
    paintStageBox(painter, m_client, theme());
    for (const HealthNode &node : m_nodes)
        paintHealthNode(painter, node, theme());
    for (const StageBox &box : m_back)
        paintStageBox(painter, box, theme());
    for (const StageLabel &note : m_notes)
        paintLabel(painter, note);
    paintStageNext(painter, m_next, theme());
    for (const StageDot &dot : m_dots)
        paintStageDot(painter, dot, theme());
    for (const HealthProbeDot &dot : m_probes)
        paintProbeDot(painter, dot, theme());
    for (const HealthWire &wire : m_wires)
        paintHealthGate(painter, wire, theme());
    for (const StageLabel &hidden : m_hidden)
        paintLabel(painter, hidden);
    for (const auto *figure : {&m_figure, &m_restarts})
        if (*figure)
            paintStageFigure(painter, **figure);
    paintHealthTrack(painter, m_track, theme());
    paintLabel(painter, m_lastName);
    for (const StageGlyph &glyph : m_last)
        paintStageGlyph(painter, glyph, theme());
}

} // namespace widgets
