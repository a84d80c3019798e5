// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep/many_book.h"

#include "core/io/sweep/vary_text.h"
#include "core/sim/measure/sides.h"
#include "core/sim/world/knobs.h"

#include <algorithm>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr std::chrono::milliseconds kLookEvery{120};

// The clients of the side that charts are about, where sides are compared.
std::vector<uint32_t> ourSide(const Scenario &scenario)
{
    for (const Side &side : sidesOf(scenario))
        if (side.ours)
            return side.clients;
    return {};
}

bool needsDurations(const labs::Lab &lab)
{
    return std::any_of(lab.charts.begin(), lab.charts.end(),
                       [](const ChartSpec *chart) { return chart->id == "latency-percentiles"; });
}

// The cell whose values the world has.
std::optional<uint64_t> cellLike(const Sweep &sweep, const World &world)
{
    for (uint64_t cell = 0; cell < sweep.cells(); ++cell) {
        const auto turns = sweep.turnsOf(cell);
        if (std::all_of(turns.begin(), turns.end(), [&](const TurnKnob &turn) {
                return knobs()[turn.knob].applies(world, turn.target)
                       && knobs()[turn.knob].isEverywhere(turn.value, world, turn.target);
            }))
            return cell;
    }
    return std::nullopt;
}

} // namespace

ManyBook::ManyBook(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    m_timer.setInterval(kLookEvery);
    connect(&m_timer, &QTimer::timeout, this, &ManyBook::look);
}

void ManyBook::tell()
{
    ++m_changes;
    emit changed();
}

ManyRuns::Request ManyBook::requestOf(const Timeline &run, uint64_t seeds) const
{
    ManyRuns::Request request;
    request.sweep.scenario = run.sharedScenario();
    request.sweep.journal = run.journal();
    request.sweep.until = m_session.horizon().time_since_epoch();
    request.sweep.seeds = seeds;
    request.sweep.metrics = m_metrics;
    return request;
}

void ManyBook::computePlain(const Timeline &run, uint64_t seeds)
{
    ManyRuns::Request request = requestOf(run, seeds);
    request.keepSeries = true;
    request.binWidth = run.history().outcomes().binWidth();
    request.side = ourSide(run.scenario());
    if (needsDurations(m_session.lab()))
        request.durations = OutcomeSeries::Durations::Kept;
    m_band = nullptr;
    m_own = nullptr;
    m_plain = std::make_unique<ManyRuns>(std::move(request), usualThreads());
    m_timer.start();
}

std::optional<io::InputError> ManyBook::compute(std::vector<SweepAxis> axes, uint64_t seeds)
{
    const auto metric = m_metrics.empty() ? std::string_view("goodput") : m_metrics[m_metric]->id();
    const auto metrics = metricsOf(m_session.scenario());
    const Timeline &run = m_session.timeline();
    ManyRuns::Request grid = requestOf(run, seeds);
    grid.sweep.metrics = metrics;
    grid.sweep.axes = std::move(axes);
    if (auto error = io::checkSweep(grid.sweep))
        return error;
    if (grid.sweep.runs() > kMostRuns)
        return io::InputError{"", "", std::to_string(grid.sweep.runs()) + " runs",
                              "at most " + std::to_string(kMostRuns) + " in the window", ""};
    clear();
    m_metrics = metrics;
    const auto same =
        std::find_if(m_metrics.begin(), m_metrics.end(), [&](const MetricSpec *one) { return one->id() == metric; });
    m_metric = same == m_metrics.end() ? 0 : static_cast<size_t>(same - m_metrics.begin());
    if (!grid.sweep.axes.empty()) {
        m_asItComes = cellLike(grid.sweep, run.world());
        m_gridNext = std::move(grid);
    }
    computePlain(run, seeds);
    tell();
    return std::nullopt;
}

void ManyBook::cancel()
{
    m_cancelled = true;
    for (const auto &job : {m_plain.get(), m_grid.get(), m_own.get()})
        if (job)
            job->cancel();
    m_gridNext.reset();
    tell();
}

void ManyBook::clear()
{
    m_timer.stop();
    m_cancelled = false;
    m_gridNext.reset();
    m_asItComes.reset();
    m_band = nullptr;
    m_own = nullptr;
    m_grid = nullptr;
    m_plain = nullptr;
    tell();
}

bool ManyBook::running() const
{
    return (m_plain && m_plain->running()) || (m_grid && m_grid->running()) || m_gridNext.has_value();
}

uint64_t ManyBook::done() const { return (m_plain ? m_plain->done() : 0) + (m_grid ? m_grid->done() : 0); }

uint64_t ManyBook::all() const
{
    const uint64_t grid = m_grid ? m_grid->all() : m_gridNext ? m_gridNext->sweep.runs() : 0;
    return (m_plain ? m_plain->all() : 0) + grid;
}

bool ManyBook::fits() const
{
    if (!m_plain)
        return false;
    const Timeline &run = m_session.timeline();
    return m_plain->sweep().scenario == run.sharedScenario() && m_plain->sweep().journal == run.journal();
}

std::optional<uint64_t> ManyBook::openCell() const
{
    if (!m_grid || m_grid->sweep().scenario != m_session.timeline().sharedScenario())
        return std::nullopt;
    for (uint64_t cell = 0; cell < m_grid->sweep().cells(); ++cell)
        if (m_grid->sweep().journalOf(cell) == m_session.timeline().journal())
            return cell;
    return m_grid->sweep().journal == m_session.timeline().journal() ? m_asItComes : std::nullopt;
}

std::optional<uint64_t> ManyBook::cellAsItComes() const { return m_grid ? m_asItComes : std::nullopt; }

void ManyBook::setMetric(size_t metric)
{
    m_metric = std::min(metric, m_metrics.empty() ? 0 : m_metrics.size() - 1);
    tell();
}

std::optional<double> ManyBook::own() const
{
    if (!fits())
        return std::nullopt;
    const Sweep &sweep = m_plain->sweep();
    const uint64_t seed = m_session.timeline().seed();
    if (seed >= sweep.firstSeed && seed - sweep.firstSeed < sweep.seeds)
        return m_plain->value(seed - sweep.firstSeed, m_metric);
    return m_own && m_own->sweep().firstSeed == seed ? m_own->value(0, m_metric) : std::nullopt;
}

// The run that is open may have a seed that is none of those.
void ManyBook::follow()
{
    const Timeline &run = m_session.timeline();
    if (!fits() || m_cancelled || run.seed() - 1 < m_plain->sweep().seeds
        || (m_own && m_own->sweep().firstSeed == run.seed()))
        return;
    ManyRuns::Request request = requestOf(run, 1);
    request.sweep.firstSeed = run.seed();
    request.sweep.until = m_plain->sweep().until;
    m_own = std::make_unique<ManyRuns>(std::move(request), 1);
}

void ManyBook::look()
{
    follow();
    if (!m_band && m_plain)
        m_band = m_plain->band();
    if (m_gridNext && m_plain && !m_plain->running()) {
        m_grid = std::make_unique<ManyRuns>(std::move(*m_gridNext), usualThreads());
        m_gridNext.reset();
    }
    const bool ownRuns = m_own && m_own->running();
    if (!running() && !ownRuns)
        m_timer.stop();
    tell();
}

void ManyBook::open(const ManyRuns &of, uint64_t run)
{
    Timeline chosen = of.timeline(run);
    const Time moment = m_session.now();
    const bool other = chosen.journal() != m_session.timeline().journal() || !fits();
    const uint64_t seeds = of.sweep().seeds;
    m_session.openRun(m_session.lab(), std::move(chosen));
    m_session.goOnTo(moment);
    if (other && !m_gridNext)
        computePlain(m_session.timeline(), seeds);
    m_timer.start();
    tell();
}

} // namespace app
