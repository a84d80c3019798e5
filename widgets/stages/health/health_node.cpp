// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/health/health_node.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace widgets {

using resilience::Health;
using resilience::Probe;
using resilience::Time;
using resilience::toSeconds;
using resilience::sim::ProbeResult;
using resilience::sim::ProberView;
using resilience::sim::RequestOutcome;
using resilience::sim::Snapshot;
using words::HealthTarget;

namespace {

constexpr double kLevelReach = 1.5; // of unhealthy_latency
constexpr double kNodeVerdictShare = 0.46; // of a row, at most
constexpr double kLeastResults = 8; // that words leave room for

double glyphRadius(const Theme &theme, double figure) { return theme.px(5.5) * std::min(figure, 1.3); }
QFont nodeNameFont(const Theme &theme) { return theme.font(TextSize::Body, QFont::DemiBold); }
QFont boldFont(const Theme &theme) { return theme.font(TextSize::Label, QFont::Bold); }
QFont rowFont(const Theme &theme) { return theme.font(TextSize::Label); }
double nodeNameWidth(const Theme &theme)
{
    return makeLabel(HealthTr::tr("latency"), rowFont(theme), theme.ink).rect.width();
}

double rowHeight(const Theme &theme, double figure)
{
    return std::max(lineHeight(rowFont(theme)), 2 * glyphRadius(theme, figure) + theme.px(7));
}

RequestOutcome outcomeOf(const ProbeResult &result)
{
    return result.succeeded  ? RequestOutcome::Succeeded
           : result.timedOut ? RequestOutcome::TimedOut
                             : RequestOutcome::Failed;
}

// What the row shows: which results, how many of the last ones count, and when the next probe goes out.
struct RowWords {
    QString name;
    const std::vector<ProbeResult> &results;
    uint64_t counts = 0;
    bool failing = false;
    std::optional<Time> next;
    bool out = false;
    QStringList verdict;
};

bool isOut(const HealthTarget &target, bool readiness)
{
    return std::any_of(target.flights.begin(), target.flights.end(),
                       [&](const auto &flight) { return (flight.kind == Probe::Readiness) == readiness; });
}

RowWords readyWords(const HealthTarget &target, const ProberView &watch)
{
    const resilience::ProbeView &probe = target.health.of(Probe::Readiness);
    const bool unhealthy = target.health.status == Health::Unhealthy;
    const bool failing = !unhealthy && probe.failedInARow > 0;
    const uint64_t counts =
        failing     ? probe.failedInARow
        : unhealthy ? std::max(probe.succeededInARow,
                               std::min<uint64_t>(probe.failedInARow, watch.config.check.failuresToUnhealthy))
                    : 0;
    return {HealthTr::tr("ready"),
            target.readiness,
            counts,
            failing || (unhealthy && probe.failedInARow > 0),
            target.nextReadiness,
            isOut(target, true),
            words::readyVerdict(target, watch.config)};
}

RowWords liveWords(const HealthTarget &target, const ProberView &watch)
{
    const resilience::ProbeView &probe = target.health.of(Probe::Liveness);
    return {HealthTr::tr("live"),
            target.liveness,
            target.restartingUntil ? 0 : probe.failedInARow,
            probe.failedInARow > 0,
            target.nextLiveness,
            isOut(target, false),
            words::liveVerdict(target, watch.config)};
}

HealthProbeRow layoutRow(const RowWords &words, const Snapshot &snapshot, resilience::Duration interval,
                         const Theme &theme, const QRectF &area, bool withName, double figure)
{
    HealthProbeRow row{.failing = words.failing, .out = words.out, .area = area};
    const double middle = area.center().y();
    const double radius = glyphRadius(theme, figure);
    const double pitch = 2 * radius + theme.px(4);
    double left = area.left();
    if (withName) {
        row.name = leftAt(fitLabel({words.name}, nodeNameWidth(theme), rowFont(theme), theme.quietInk), left, middle);
        left += nodeNameWidth(theme) + theme.px(8);
    }
    QStringList verdict = words.verdict;
    verdict << QString();
    const double spare = area.right() - left - (kLeastResults + 1) * pitch - theme.px(12);
    row.verdict = fitLabel(verdict, std::clamp(spare, 0.0, area.width() * kNodeVerdictShare),
                           words.failing ? theme.font(TextSize::Label, QFont::DemiBold) : rowFont(theme),
                           words.failing ? theme.failed.text : theme.quietInk);
    row.verdict = rightAt(row.verdict, area.right(), middle);
    row.ringRadius = radius;
    const double room = area.right() - left - (row.verdict.text.isEmpty() ? 0 : row.verdict.rect.width() + theme.px(8))
                        - pitch - theme.px(4);
    const auto fit = static_cast<size_t>(std::max(0.0, room / pitch));
    const size_t shown = std::min(fit, words.results.size());
    double x = left + radius + theme.px(2);
    for (size_t i = words.results.size() - shown; i < words.results.size(); ++i) {
        const ProbeResult &result = words.results[i];
        StageGlyph glyph = stageGlyph(outcomeOf(result), {x, middle}, radius, result.event, 0, theme);
        glyph.slow = result.slow;
        row.glyphs.push_back(glyph);
        if (words.results.size() - i <= words.counts)
            row.bracket = row.bracket.united(
                QRectF(x - pitch / 2, middle - radius - theme.px(2.5), pitch, 2 * radius + theme.px(5)));
        x += pitch;
    }
    row.ring = {x + theme.px(2), middle};
    if (words.next && interval > resilience::Duration::zero())
        row.waited = std::clamp(1 - toSeconds(*words.next - snapshot.now) / toSeconds(interval), 0.0, 1.0);
    return row;
}

HealthLevelBar layoutLevel(const HealthTarget &target, const ProberView &watch, const Theme &theme, const QRectF &area,
                           bool withName)
{
    HealthLevelBar bar{.area = area};
    const double middle = area.center().y();
    double left = area.left();
    if (withName) {
        bar.name = leftAt(fitLabel({HealthTr::tr("latency")}, nodeNameWidth(theme), rowFont(theme), theme.quietInk),
                          left, middle);
        left += nodeNameWidth(theme) + theme.px(8);
    }
    const double textWidth = makeLabel(QStringLiteral("00.00 s"), rowFont(theme), theme.ink).rect.width();
    const double height = theme.px(7);
    bar.track = QRectF(left, middle - height / 2, std::max(0.0, area.right() - textWidth - theme.px(8) - left), height);
    const double reach = toSeconds(watch.config.check.unhealthyLatency) * kLevelReach;
    const auto xOf = [&](double seconds) {
        return bar.track.left() + bar.track.width() * std::clamp(seconds / reach, 0.0, 1.0);
    };
    bar.degradedAt = xOf(toSeconds(watch.config.check.degradedLatency));
    bar.unhealthyAt = xOf(toSeconds(watch.config.check.unhealthyLatency));
    if (target.readiness.empty())
        return bar;
    const ProbeResult &last = target.readiness.back();
    const bool answered = !last.timedOut;
    // A refusal is quick; how quick says nothing.
    if (answered && !last.succeeded && last.latency <= watch.config.check.unhealthyLatency) {
        bar.text = rightAt(fitLabel({HealthTr::tr("error"), QString()}, textWidth, rowFont(theme), theme.failed.text),
                           area.right(), middle);
        return bar;
    }
    bar.mark = xOf(answered ? toSeconds(last.latency) : reach);
    bar.beyond = !answered || toSeconds(last.latency) > reach;
    const bool bad = !last.succeeded;
    bar.text = fitLabel({answered ? words::duration(last.latency) : HealthTr::tr("none"), QString()}, textWidth,
                        rowFont(theme),
                        bad         ? theme.failed.text
                        : last.slow ? theme.waiting.text
                                    : theme.quietInk);
    bar.text = rightAt(bar.text, area.right(), middle);
    return bar;
}

// Words beside the process: its name, and what is believed of it over what it is.
void layoutNodeWords(HealthNode &node, const Snapshot &snapshot, const HealthTarget &target, int lines,
                     const Theme &theme, const QRectF &area)
{
    const double nameLine = lineHeight(nodeNameFont(theme));
    const double line = lineHeight(rowFont(theme));
    double y = area.center().y() - (nameLine + (lines - 1) * line) / 2;
    node.name = leftAt(fitLabel({words::targetName(snapshot, target)}, area.width(), nodeNameFont(theme), theme.ink),
                       area.left(), y + nameLine / 2);
    const double left = node.name.rect.right() + theme.px(8);
    node.served = QRectF(left, y, std::max(0.0, area.right() - left), nameLine);
    y += nameLine;
    const ProcessTruth &truth = node.process.truth;
    const auto next = [&](const QStringList &variants, const QFont &font, const QColor &color) {
        StageLabel label = leftAt(fitLabel(variants, area.width(), font, color), area.left(), y + line / 2);
        y += line;
        return label;
    };
    const bool well = truth.state == ProcessState::Well;
    if (lines > 2 || (lines == 2 && well))
        node.belief = next(words::beliefText(node.process.believed), rowFont(theme),
                           node.process.believed == Health::Unknown ? theme.quietInk
                                                                    : beliefHue(node.process.believed, theme).text);
    if (lines > 2 || (lines == 2 && !well))
        node.truth =
            next(words::truthText(truth), well ? rowFont(theme) : boldFont(theme),
                 well                                                                         ? theme.quietInk
                 : truth.state == ProcessState::Slow || truth.state == ProcessState::Starting ? theme.waiting.text
                                                                                              : theme.failed.text);
}

void paintProbeRow(QPainter &painter, const HealthProbeRow &row, const Theme &theme)
{
    paintLabel(painter, row.name);
    if (!row.bracket.isEmpty()) {
        painter.setPen(QPen(row.failing ? theme.failed.line : theme.succeeded.line, theme.px(1.2)));
        painter.setBrush(theme.card);
        painter.drawRoundedRect(row.bracket, theme.px(5), theme.px(5));
    }
    for (const StageGlyph &glyph : row.glyphs)
        paintStageGlyph(painter, glyph, theme);
    const double r = row.ringRadius - theme.px(1);
    const QRectF box(row.ring.x() - r, row.ring.y() - r, 2 * r, 2 * r);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.hairline, theme.px(2)));
    painter.drawEllipse(box);
    painter.setPen(QPen(theme.control.line, theme.px(2), Qt::SolidLine, Qt::FlatCap));
    painter.drawArc(box, 90 * 16, -static_cast<int>(row.waited * 360 * 16));
    if (row.out) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.trial.line);
        painter.drawEllipse(row.ring, r * 0.4, r * 0.4);
    }
    paintLabel(painter, row.verdict);
}

void paintLevel(QPainter &painter, const HealthLevelBar &bar, const Theme &theme)
{
    paintLabel(painter, bar.name);
    QPainterPath track;
    track.addRoundedRect(bar.track, bar.track.height() / 2, bar.track.height() / 2);
    const auto zone = [&](double from, double to, const QColor &color) {
        QPainterPath cut;
        cut.addRect(QRectF(from, bar.track.top(), std::max(0.0, to - from), bar.track.height()));
        painter.fillPath(track.intersected(cut), color);
    };
    painter.setPen(Qt::NoPen);
    zone(bar.track.left(), bar.degradedAt, mixed(theme.succeeded.fill, theme.card, 0.45));
    zone(bar.degradedAt, bar.unhealthyAt, mixed(theme.waiting.fill, theme.card, 0.55));
    zone(bar.unhealthyAt, bar.track.right(), mixed(theme.failed.fill, theme.card, 0.5));
    if (bar.mark) {
        painter.setPen(QPen(theme.ink, theme.px(2.4), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(*bar.mark, bar.track.top() - theme.px(3)),
                         QPointF(*bar.mark, bar.track.bottom() + theme.px(3)));
    }
    paintLabel(painter, bar.text);
}

} // namespace

std::vector<StageLabel> HealthNode::labels() const
{
    std::vector<StageLabel> all{name, belief, truth};
    for (const auto *row : {&ready, &live})
        if (*row)
            all.insert(all.end(), {(*row)->name, (*row)->verdict});
    if (level)
        all.insert(all.end(), {level->name, level->text});
    return all;
}

double healthNodeHeight(const Theme &theme, const HealthNodeStyle &style, double figure)
{
    const int rows = 1 + style.live + style.level;
    const double words = lineHeight(nodeNameFont(theme)) + (style.lines - 1) * lineHeight(rowFont(theme));
    return std::max(words, rows * rowHeight(theme, figure)) + theme.px(2);
}

HealthNode layoutHealthNode(const Snapshot &snapshot, const ProberView &watch, uint32_t place, const Theme &theme,
                            const QRectF &rect, const HealthNodeStyle &style, double figure)
{
    const HealthTarget &target = watch.targets[place];
    HealthNode node{.place = place, .service = target.service, .rect = rect};
    const double gap = theme.px(10);
    const double ring = std::min({rect.height() / 2, rect.width() * 0.13, theme.px(44)});
    node.process = {.centre = {rect.left() + ring, rect.center().y()},
                    .ring = ring,
                    .truth = truthOf(snapshot, target.service),
                    .believed = target.health.status};
    const double left = rect.left() + 2 * ring + gap;
    const double wordsWidth = std::min((rect.right() - left) * 0.42, theme.px(142) * std::min(figure, 1.3));
    layoutNodeWords(node, snapshot, target, style.lines, theme, {left, rect.top(), wordsWidth, rect.height()});

    const int rows = 1 + style.live + style.level;
    const double height = rowHeight(theme, figure);
    const double between = std::clamp((rect.height() - rows * height) / (rows + 1), 0.0, theme.px(6));
    double y = rect.center().y() - (rows * height + (rows - 1) * between) / 2;
    const double from = left + wordsWidth + gap;
    const auto take = [&] {
        const QRectF area(from, y, std::max(0.0, rect.right() - from), height);
        y += height + between;
        return area;
    };
    node.ready =
        layoutRow(readyWords(target, watch), snapshot, watch.config.interval, theme, take(), style.rowNames, figure);
    if (style.live)
        node.live =
            layoutRow(liveWords(target, watch), snapshot, watch.config.interval, theme, take(), style.rowNames, figure);
    if (style.level)
        node.level = layoutLevel(target, watch, theme, take(), style.rowNames);
    return node;
}

void paintHealthNode(QPainter &painter, const HealthNode &node, const Theme &theme)
{
    paintProcess(painter, node.process, theme);
    for (const StageLabel *label : {&node.name, &node.belief, &node.truth})
        paintLabel(painter, *label);
    if (node.ready)
        paintProbeRow(painter, *node.ready, theme);
    if (node.live)
        paintProbeRow(painter, *node.live, theme);
    if (node.level)
        paintLevel(painter, *node.level, theme);
}

} // namespace widgets
