// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/limiter/limiter_tape.h"

#include "core/sim/measure/limiter_window.h"
#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/limiter/limiter_story.h"
#include "widgets/stages/limiter/limiter_words.h"

#include <algorithm>
#include <cmath>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr double kWindowsBehind = 1.7;
constexpr double kShareAhead = 0.12; // of what is behind
constexpr Duration kLeastBehind = std::chrono::seconds{3};
constexpr int64_t kMostEdges = 20;
constexpr size_t kCrowd = 3; // so many that stand close get a number

class TapeLayout {
public:
    TapeLayout(const Snapshot &snapshot, const QRectF &area, const Theme &theme)
        : m_snapshot(snapshot), m_theme(theme), m_label(theme.font(TextSize::Label)),
          m_strong(theme.font(TextSize::Label, QFont::DemiBold)), m_line(lineHeight(m_label)),
          m_window(windowOf(configOf(0)))
    {
        m_tape.area = area;
        placeColumns();
        placeRows();
        for (uint32_t i = 0; i < snapshot.clients.size(); ++i)
            addRow(i);
        placeFrame();
        placeEdges();
        placeTimes();
        placeRemark();
    }
    LimiterTape take() { return std::move(m_tape); }

private:
    const PipelineView &pipelineOf(uint32_t client) const { return m_snapshot.pipelineOf(client); }
    const AnyLimiterConfig &configOf(uint32_t client) const { return pipelineOf(client).config.rateLimiter; }

    // Names, the axis, and the numbers at the right.
    void placeColumns()
    {
        const QRectF &area = m_tape.area;
        for (uint32_t i = 0; i < m_snapshot.clients.size(); ++i)
            m_nameWidth = std::max(
                m_nameWidth, makeLabel(words::limiterName(kindOf(configOf(i))), m_strong, m_theme.ink).rect.width());
        m_nameWidth = std::min(m_nameWidth + m_theme.px(10), area.width() * 0.32);
        const bool narrow = area.width() < m_theme.px(420);
        m_verdictWidth = std::min(m_theme.px(narrow ? 80 : 108), area.width() * 0.24);
        const bool framed = area.width() >= m_theme.px(300);
        m_framedWidth = framed ? m_theme.px(52) : 0;
        m_right = area.right() - m_verdictWidth - m_framedWidth;
        const Duration behind = tapeBehind(m_window);
        const Time from = m_snapshot.now - std::min(behind, m_snapshot.now - kTimeZero);
        m_tape.axis = TimeAxis(from, from + behind + fromSeconds(toSeconds(behind) * kShareAhead),
                               area.left() + m_nameWidth, m_right - m_theme.px(6));
    }

    void placeRows()
    {
        const QRectF &area = m_tape.area;
        m_tall = area.height() >= m_theme.px(210);
        m_top = area.top() + m_line * (m_tall ? 2.2 : 1.2) + m_theme.px(4);
        m_remarkLines = words::limiterRemark(m_snapshot);
        const double remark = area.height() >= m_theme.px(260) ? m_line * 2.3 + m_theme.px(6) : 0;
        if (remark <= 0)
            m_remarkLines.clear();
        m_rowHeight = std::min(m_theme.px(96), (area.bottom() - m_line * 1.2 - m_theme.px(4) - remark - m_top)
                                                   / double(m_snapshot.clients.size()));
        m_tape.tick = std::clamp(m_rowHeight * 0.26, m_theme.px(4), m_theme.px(20));
        const double small = lineHeight(m_theme.font(TextSize::Axis));
        m_counted = m_rowHeight / 2 - small >= m_theme.px(6);
        if (m_counted)
            m_tape.tick = std::min(m_tape.tick, m_rowHeight / 2 - small - m_theme.px(2)); // and a bracket
        m_bottom = m_top + m_rowHeight * double(m_snapshot.clients.size());
        const double middle = area.top() + m_line / 2;
        m_tape.heading = leftAt(fitLabel({LimiterTr::tr("the same calls through"), LimiterTr::tr("the same calls"), {}},
                                         m_nameWidth - m_theme.px(4), m_label, m_theme.quietInk),
                                area.left(), middle);
        if (m_framedWidth > 0)
            m_tape.columns.push_back(
                centredAt(fitLabel({LimiterTr::tr("in frame"), {}}, m_framedWidth, m_label, m_theme.quietInk),
                          {m_right + m_framedWidth / 2, middle}));
        const QStringList sums = m_verdictWidth < m_theme.px(100)
                                     ? QStringList{LimiterTr::tr("passed"), {}} // which the rows leave out
                                     : QStringList{LimiterTr::tr("since the start"), LimiterTr::tr("so far"), {}};
        m_tape.columns.push_back(leftAt(fitLabel(sums, m_verdictWidth - m_theme.px(8), m_label, m_theme.quietInk),
                                        area.right() - m_verdictWidth + m_theme.px(8), middle));
    }

    void addRow(uint32_t client)
    {
        TapeRow row{.client = client, .middle = m_top + m_rowHeight * (client + 0.5), .height = m_rowHeight};
        const LimiterStory story = storyOf(m_snapshot, client);
        row.name = leftAt(fitLabel({words::limiterName(kindOf(configOf(client))), {}}, m_nameWidth - m_theme.px(10),
                                   client == 0 ? m_strong : m_label, m_theme.ink),
                          m_tape.area.left(), row.middle);
        addMarks(row, story);
        addQueue(row, story);
        addCrowd(row, story);
        if (m_counted)
            addCounts(row);
        addNumbers(row, story);
        if (kindOf(configOf(client)) == LimiterKind::FixedWindow && !m_tape.fixed)
            m_tape.fixed = client;
        m_tape.rows.push_back(std::move(row));
    }

    // Narrow where they stand close, so that they can be told apart as long as there are pixels.
    void addMarks(TapeRow &row, const LimiterStory &story) const
    {
        const TimeAxis &axis = m_tape.axis;
        const auto gap = [&](size_t a, size_t b) { // to a neighbour at another moment
            const double away =
                b < story.marks.size() ? std::abs(axis.x(story.marks[a].at) - axis.x(story.marks[b].at)) : 0;
            return away > 0.01 ? away : m_theme.px(6);
        };
        for (size_t i = 0; i < story.marks.size(); ++i) {
            const LimiterStory::Mark &mark = story.marks[i];
            if (mark.at < axis.from())
                continue;
            const double width = std::clamp(std::min(gap(i, i - 1), gap(i, i + 1)) * 0.62, 1.0, m_theme.px(3.4));
            row.marks.push_back({mark.at,
                                 mark.passed,
                                 mark.event,
                                 {axis.x(mark.at) - width / 2, mark.passed ? row.middle - m_tape.tick : row.middle,
                                  width, m_tape.tick}});
        }
    }

    void addQueue(TapeRow &row, const LimiterStory &story) const
    {
        uint64_t most = story.waitingBefore;
        for (const auto &step : story.queue)
            most = std::max(most, step.waiting);
        if (most == 0)
            return;
        const TimeAxis &axis = m_tape.axis;
        const double each = std::min(m_theme.px(5), (m_rowHeight / 2 - m_theme.px(2)) / double(most));
        uint64_t waiting = story.waitingBefore;
        const auto point = [&](double x) { return QPointF(x, row.middle + each * double(waiting)); };
        row.queue << QPointF(axis.left(), row.middle);
        for (const auto &step : story.queue) {
            const double x = axis.clampedX(step.at);
            row.queue << point(x);
            const bool joined = step.waiting > waiting;
            waiting = step.waiting;
            row.queue << point(x);
            if (joined && step.at >= axis.from())
                row.queued.push_back({.target = targets::Event{step.event},
                                      .area = QRectF(x - m_theme.px(3), row.middle, m_theme.px(6), m_rowHeight / 2),
                                      .primary = false});
        }
        const double now = axis.clampedX(m_snapshot.now);
        row.queue << point(now) << QPointF(now, row.middle);
    }

    // What breaks the promise "no more than so many in any window's length", where it was last seen.
    void addCrowd(TapeRow &row, const LimiterStory &story) const
    {
        const LimiterCrowd crowd = largestCrowd(story, m_window);
        if (crowd.count <= boundWithin(configOf(row.client)) || crowd.first < m_tape.axis.from())
            return;
        const double left = m_tape.axis.x(crowd.first) - m_theme.px(4);
        const double top = row.middle - m_tape.tick - m_theme.px(2);
        row.crowd = QRectF(left, top, m_tape.axis.x(crowd.last) + m_theme.px(4) - left, row.middle - top);
        if (!m_counted)
            return;
        const StageLabel name =
            fitLabel({LimiterTr::tr("%1 in %2").arg(crowd.count).arg(words::duration(crowd.last - crowd.first)),
                      QString::number(crowd.count)},
                     m_tape.axis.width(), m_theme.font(TextSize::Axis, QFont::DemiBold), m_theme.failed.text);
        const double half = name.rect.width() / 2;
        const double x = std::clamp(row.crowd.center().x(), m_tape.axis.left() + half, m_tape.axis.right() - half);
        row.crowdName = centredAt(name, {x, top - name.rect.height() / 2 + m_theme.px(0.5)});
    }

    // How many there are where they stand close.
    void addCounts(TapeRow &row) const
    {
        const double close = m_theme.px(7);
        for (size_t begin = 0, end = 0; begin < row.marks.size(); begin = end) {
            end = begin + 1;
            while (end < row.marks.size() && row.marks[end].passed == row.marks[begin].passed
                   && row.marks[end].bar.left() - row.marks[end - 1].bar.left() < close)
                ++end;
            if (end - begin < kCrowd)
                continue;
            const bool passed = row.marks[begin].passed;
            const QRectF around = row.marks[begin].bar.united(row.marks[end - 1].bar);
            StageLabel label = makeLabel(QString::number(end - begin), m_theme.font(TextSize::Axis),
                                         passed ? m_theme.succeeded.text : m_theme.throttled.text);
            const double half = label.rect.height() / 2;
            label = centredAt(label, {around.center().x(), passed ? around.top() - half : around.bottom() + half});
            const auto meets = [&label](const StageLabel &other) { return other.rect.intersects(label.rect); };
            const bool bracketed = passed && around.right() > row.crowd.left() && around.left() < row.crowd.right();
            if (!bracketed && !meets(row.crowdName) && std::none_of(row.counts.begin(), row.counts.end(), meets)
                && label.rect.left() >= m_tape.axis.left() && label.rect.right() <= m_right)
                row.counts.push_back(label);
        }
    }

    void addNumbers(TapeRow &row, const LimiterStory &story) const
    {
        const PipelineView &pipeline = pipelineOf(row.client);
        const uint64_t bound = boundWithin(pipeline.config.rateLimiter);
        const Time from = m_snapshot.now - std::min(m_window, m_snapshot.now - kTimeZero + Duration{1});
        if (m_framedWidth > 0 && from >= toldSince(m_snapshot) - Duration{1}) {
            const uint64_t count = story.passedWithin(from, m_snapshot.now);
            row.framed = centredAt(makeLabel(QString::number(count), m_theme.font(TextSize::Heading, QFont::DemiBold),
                                             count > bound ? m_theme.failed.text : m_theme.ink),
                                   {m_right + m_framedWidth / 2, row.middle});
        }
        const double left = m_tape.area.right() - m_verdictWidth + m_theme.px(8);
        const double width = m_verdictWidth - m_theme.px(8);
        const bool twoLines = m_rowHeight >= m_line * 2 + m_theme.px(2);
        row.verdict =
            leftAt(fitLabel(words::limiterPassed(m_snapshot, row.client) << QString(), width, m_label, m_theme.ink),
                   left, row.middle - (twoLines ? m_line / 2 : 0));
        if (!twoLines)
            return;
        const uint64_t most = pipeline.mostInAWindow;
        row.most = leftAt(fitLabel({LimiterTr::tr("most in %1: %2").arg(words::duration(m_window)).arg(most),
                                    LimiterTr::tr("most %1").arg(most),
                                    {}},
                                   width, most > bound ? m_strong : m_label,
                                   most > bound ? m_theme.failed.text : m_theme.quietInk),
                          left, row.middle + m_line / 2);
    }

    void placeFrame()
    {
        const TimeAxis &axis = m_tape.axis;
        m_tape.frameBegins = m_snapshot.now - kTimeZero >= m_window && m_snapshot.now - m_window >= axis.from();
        const double left = m_tape.frameBegins ? axis.x(m_snapshot.now - m_window) : axis.left();
        const double now = axis.x(m_snapshot.now);
        m_tape.frame = QRectF(left, m_top - m_theme.px(2), now - left, m_bottom - m_top + m_theme.px(4));
        const StageLabel name = fitLabel(
            {LimiterTr::tr("the last %1").arg(words::duration(m_window)), words::duration(m_window), {}},
            std::min(axis.width(), std::max(now - axis.left(), m_theme.px(90))), m_strong, m_theme.control.text);
        m_tape.frameName = leftAt(name, std::max(axis.left(), now - name.rect.width()), m_tape.area.top() + m_line / 2);
    }

    // They stand where they are; only the frame goes on.
    void placeEdges()
    {
        if (!m_tape.fixed)
            return;
        const TimeAxis &axis = m_tape.axis;
        const Duration window = windowOf(configOf(*m_tape.fixed));
        if (axis.span() / window > kMostEdges)
            return; // nobody could tell them apart
        const auto first = axis.from().time_since_epoch() / window + 1;
        for (auto i = first; at(window * i) < axis.to(); ++i)
            m_tape.edges.push_back(axis.x(at(window * i)));
        if (!m_tall)
            return;
        for (const double x : m_tape.edges) {
            const StageLabel name =
                centredAt(fitLabel({LimiterTr::tr("window edge"), {}}, m_theme.px(120), m_label, m_theme.quietInk),
                          {x, m_tape.area.top() + m_line * 1.6});
            if (name.rect.left() >= axis.left() && name.rect.right() <= m_right && x <= axis.x(m_snapshot.now))
                m_tape.edgeName = name;
        }
    }

    void placeTimes()
    {
        const double y = m_bottom + m_line * 0.6 + m_theme.px(4);
        for (const TimeTick &tick : m_tape.axis.ticks(m_theme.px(54))) {
            const StageLabel label =
                centredAt(makeLabel(tick.label, m_theme.font(TextSize::Axis), m_theme.quietInk), {tick.x, y});
            if (label.rect.left() >= m_tape.area.left() && label.rect.right() <= m_tape.area.right())
                m_tape.times.push_back(label);
        }
    }

    void placeRemark()
    {
        double y = m_bottom + m_line * 1.2 + m_theme.px(9) + m_line / 2;
        for (const QStringList &line : m_remarkLines) {
            m_tape.remark.push_back(
                leftAt(fitLabel(line, m_tape.area.width(), m_tape.remark.empty() ? m_strong : m_label,
                                m_tape.remark.empty() ? m_theme.ink : m_theme.quietInk),
                       m_tape.area.left(), y));
            y += m_line * 1.1;
        }
    }

    const Snapshot &m_snapshot;
    const Theme &m_theme;
    QFont m_label;
    QFont m_strong;
    double m_line;
    Duration m_window; // of the first limiter; that of all of them
    LimiterTape m_tape;
    double m_nameWidth = 0;
    double m_framedWidth = 0;
    double m_verdictWidth = 0;
    double m_right = 0; // of the axis
    double m_top = 0; // of the rows
    double m_bottom = 0;
    double m_rowHeight = 0;
    bool m_tall = false; // there is room for a second line above
    bool m_counted = false; // there is room for numbers above and below the marks
    std::vector<QStringList> m_remarkLines;
};

} // namespace

Duration tapeBehind(Duration window)
{
    return std::clamp(fromSeconds(toSeconds(window) * kWindowsBehind), kLeastBehind, Snapshot::kEventsFor);
}

LimiterTape layoutTape(const Snapshot &snapshot, const QRectF &area, const Theme &theme)
{
    return TapeLayout(snapshot, area, theme).take();
}

std::vector<StageLabel> LimiterTape::labels() const
{
    std::vector<StageLabel> all{heading, frameName, edgeName};
    for (const TapeRow &row : rows) {
        all.insert(all.end(), {row.name, row.framed, row.verdict, row.most, row.crowdName});
        all.insert(all.end(), row.counts.begin(), row.counts.end());
    }
    for (const auto *some : {&columns, &times, &remark})
        all.insert(all.end(), some->begin(), some->end());
    return all;
}

StageHits LimiterTape::hits(const Theme &theme) const
{
    StageHits all;
    const double slack = theme.px(1.5);
    for (const TapeRow &row : rows) {
        all.push_back({.target = targets::part(LimiterPart::Row, row.client), .area = row.name.rect});
        all.insert(all.end(), row.queued.begin(), row.queued.end());
        for (const TapeMark &mark : row.marks)
            all.push_back({.target = targets::Event{mark.event},
                           .area = mark.bar.adjusted(-slack, 0, slack, 0),
                           .primary = false});
    }
    return all;
}

} // namespace widgets
