// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random_stream.h"
#include "core/sim/measure/chart.h"
#include "labs/catalog.h"
#include "tests/register_test.h"
#include "widgets/time/chart_csv.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/chart_levels.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace resilience;
using namespace resilience::sim;

namespace {

Timeline played(const std::shared_ptr<const Scenario> &scenario)
{
    Timeline run(scenario);
    run.runTo(at(scenario->until));
    return run;
}

widgets::TimeSource sourceOf(const Timeline &run)
{
    return widgets::timeSourceOf(snapshotOf(run), run.history(), run.frontier());
}

// As the stage shows it.
double onStage(const Gauge &gauge, const Snapshot &snapshot)
{
    const std::string_view id = spec(gauge).id;
    if (id == "permits")
        return snapshot.pipelines[gauge.index].permits;
    if (id == "slots_in_use")
        return snapshot.pipelines[gauge.index].bulkhead.inUse;
    if (id == "slots_queued")
        return snapshot.pipelines[gauge.index].bulkhead.queued;
    if (id == "workers_busy")
        return snapshot.services[gauge.index].busy;
    if (id == "queue")
        return snapshot.services[gauge.index].queued;
    if (id == "lock_believers")
        return snapshot.lock.believers();
    if (id == "lease_left_s") {
        const auto until = snapshot.lock.holders[gauge.index].validUntil;
        return until ? std::max(0.0, toSeconds(*until - snapshot.now)) : 0.0;
    }
    return -1;
}

std::vector<Time> randomMoments(const Scenario &scenario, size_t count)
{
    RandomStream random(scenario.seed, "moments of a chart");
    std::vector<Time> moments;
    for (size_t i = 0; i < count; ++i)
        moments.push_back(at(fromSeconds(random.unit() * toSeconds(scenario.until))));
    std::sort(moments.begin(), moments.end());
    return moments;
}

// Whether an event comes after the beginning of a cell, in the order of the log.
bool reaches(const Event &event, const ChartCell &cell)
{
    if (event.at != cell.from)
        return event.at > cell.from;
    return cell.cutBy == 0 || event.number >= cell.cutBy;
}

// The counts of each cell, taken from the log alone. A cell that begins at an edge where the next one is cut has only
// what came before the cut.
std::vector<OutcomeCounts> recounted(const std::vector<ChartCell> &cells, const EventLog &log,
                                     const std::vector<uint32_t> &clients)
{
    std::vector<OutcomeCounts> counts(cells.size());
    size_t cell = 0;
    for (uint64_t number = log.firstNumber(); number <= log.lastNumber(); ++number) {
        const Event &event = *log.numbered(number);
        while (cell + 1 < cells.size() && reaches(event, cells[cell + 1]))
            ++cell;
        if (!cells.empty() && event.at >= cells.back().to)
            break; // of the bar after the last one: each has its beginning and not its end
        const bool theirs =
            clients.empty() || std::find(clients.begin(), clients.end(), event.actor.index) != clients.end();
        if (theirs && !cells.empty())
            counts[cell].add(event);
    }
    return counts;
}

bool sameCounts(OutcomeCounts a, OutcomeCounts b)
{
    a.durationMax = b.durationMax = 0; // cannot be divided
    return a == b;
}

QString describe(const Scenario &scenario, std::string_view what, double t)
{
    return QStringLiteral("%1/%2 %3 at %4 s")
        .arg(QString::fromStdString(scenario.step), QString::fromStdString(scenario.name),
             QString::fromStdString(std::string(what)))
        .arg(t, 0, 'f', 9);
}

template <typename Check> void forEveryScenario(Check check)
{
    for (const labs::Lab &lab : labs::catalog())
        for (const auto &scenario : lab.scenarios)
            check(lab, scenario);
}

} // namespace

// What charts draw is what the stage shows and what the log holds: in every scenario of every step.
class ChartsTruthTest : public QObject {
    Q_OBJECT
private slots:
    void levelsAreWhatTheStageShows()
    {
        forEveryScenario([](const labs::Lab &, const std::shared_ptr<const Scenario> &scenario) {
            const widgets::TimeSource source = sourceOf(played(scenario));
            const widgets::TimeAxis axis(kTimeZero, source.frontier, 0, 1e6);
            std::vector<std::pair<size_t, widgets::Curve>> drawn; // gauge, curve
            for (const char *id : {"levels", "leases"}) {
                const ChartSpec &spec = *chartNamed(id);
                const auto shown = widgets::levelsShown(source, spec);
                widgets::ChartData data = widgets::chartDataOf(source, {&spec, axis, source.frontier});
                const double scale = data.unit == QLatin1String("ms") ? 1e-3 : 1;
                for (size_t i = 0; i < shown.size(); ++i) {
                    for (QPointF &point : data.curves[i].parts[0])
                        point.ry() *= scale;
                    drawn.emplace_back(shown[i], data.curves[i]);
                }
            }
            Timeline again(scenario);
            for (const Time t : randomMoments(*scenario, 100)) {
                again.runTo(t);
                const Snapshot snapshot = snapshotOf(again);
                for (size_t gauge = 0; gauge < source.levels.gauges().size(); ++gauge) {
                    const auto &path = source.levels.path(gauge);
                    QVERIFY2(path.grain() == Duration{0}, "no point of a scenario is dropped");
                    const double wanted = onStage(source.levels.gauges()[gauge], snapshot);
                    QVERIFY2(std::abs(path.valueAt(t).value() - wanted) < 1e-5,
                             qPrintable(describe(*scenario, spec(source.levels.gauges()[gauge]).id, toSeconds(t))));
                }
                for (const auto &[gauge, curve] : drawn)
                    QVERIFY2(
                        std::abs(curve.valueAt(toSeconds(t)).value() - onStage(source.levels.gauges()[gauge], snapshot))
                            < 1e-4,
                        qPrintable(describe(*scenario, "drawn level", toSeconds(t))));
            }
        });
    }

    // Also where the run was played in frames, stepped and gone back.
    void levelsDoNotDependOnHowOneGotThere()
    {
        forEveryScenario([](const labs::Lab &, const std::shared_ptr<const Scenario> &scenario) {
            Timeline frames(scenario);
            const Duration until = scenario->until / 4;
            for (int i = 1; i <= 57; ++i) {
                frames.runTo(at(until * i / 57));
                if (i % 10 == 0) {
                    frames.runTo(at(until * i / 100));
                    frames.stepEvent(at(until));
                }
            }
            frames.runTo(at(until));
            Timeline once(scenario);
            once.runTo(at(until));
            QVERIFY2(frames.history() == once.history(), qPrintable(describe(*scenario, "history", toSeconds(until))));
            for (size_t gauge = 0; gauge < once.history().levels().gauges().size(); ++gauge)
                QVERIFY(frames.history().levels().path(gauge) == once.history().levels().path(gauge));
        });
    }

    void everyBarIsTheCountInTheLog()
    {
        forEveryScenario([](const labs::Lab &lab, const std::shared_ptr<const Scenario> &scenario) {
            const Timeline run = played(scenario);
            const History &history = run.history();
            QVERIFY2(history.log().firstNumber() == 1, "the log has everything");
            for (const ChartSpec *spec : lab.charts) {
                if (spec->form == ChartForm::Levels || spec->unit != ChartUnit::Count)
                    continue;
                for (const size_t most : {40, 160, 1000}) {
                    const auto check = [&](const OutcomeSeries &series, const std::vector<uint32_t> &clients) {
                        const auto cells = chartCells(*spec, series, kTimeZero, run.frontier(), most, !clients.empty());
                        const auto counts = recounted(cells, history.log(), clients);
                        for (size_t i = 0; i < cells.size(); ++i)
                            QVERIFY2(sameCounts(cells[i].counts, counts[i]),
                                     qPrintable(describe(*scenario, spec->id, toSeconds(cells[i].from))));
                    };
                    check(history.outcomes(), {});
                    for (size_t side = 0; side < history.sides().size(); ++side)
                        check(history.outcomesOf(side), history.sides()[side].clients);
                }
            }
        });
    }

    // The bars of a picture are those cells, and no failure lies in a state that lets nothing through.
    void nothingFailsWhileTheBreakerIsOpen()
    {
        forEveryScenario([](const labs::Lab &lab, const std::shared_ptr<const Scenario> &scenario) {
            const Timeline run = played(scenario);
            const widgets::TimeSource source = sourceOf(run);
            if (lab.id != "circuit-breaker")
                return;
            const widgets::ChartData data =
                widgets::chartDataOf(source, {chartNamed("outcomes"),
                                              widgets::TimeAxis(kTimeZero, source.frontier, 0, 1000), source.frontier});
            const auto &spans = source.states.at(0);
            for (const widgets::Bar &bar : data.bars) {
                const auto inside = [&](const StateSpan &span) {
                    return toSeconds(span.from) > bar.from + 1e-9 && toSeconds(span.from) < bar.to - 1e-9;
                };
                QVERIFY2(std::none_of(spans.begin(), spans.end(), inside),
                         qPrintable(describe(*scenario, "a bar in two states", bar.from)));
            }
        });
    }
};

REGISTER_TEST(ChartsTruthTest)
#include "charts_truth_test.moc"
