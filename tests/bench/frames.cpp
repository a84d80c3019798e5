// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a frame costs: the real window at 1280x800, drawn by the raster engine, 200 calls a second, all charts on.
// Prints a table; the aim is 99 % of the frames within 16 ms, and no painting at all while paused and untouched.
#include "app/window/main_window.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "resources/load_resources.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

using namespace resilience;

namespace {

constexpr double kFrameBudgetMs = 16.0;
constexpr int kFrames = 1200;
constexpr double kCallsPerSecond = 200;

class PaintCounter : public QObject {
public:
    int paints = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        paints += event->type() == QEvent::Paint;
        return false;
    }
};

double milliseconds(const QElapsedTimer &timer) { return double(timer.nsecsElapsed()) / 1e6; }

struct Bench {
    Duration screen{};
    app::MainWindow window{labs::catalog().front(), [this] { return screen; }};
    PaintCounter counter;

    Bench()
    {
        window.resize(1280, 800);
        window.show();
        window.session().setAsking(false);
        load();
        QCoreApplication::processEvents();
        qApp->installEventFilter(&counter);
    }

    // All clients together call that often. Those of a lock do not call.
    void load()
    {
        const auto knob = *sim::knobNamed("arrival_rate");
        const auto &world = window.session().timeline().world();
        if (sim::knobs()[knob].applies(world))
            window.session().intervene(sim::TurnKnob{knob, kCallsPerSecond / double(world.clients().size())});
    }

    // The usual fault of the step comes and goes.
    void disturb()
    {
        app::Session &session = window.session();
        const auto kind = session.lab().faults.front();
        if (const auto target = usualTarget(session.snapshot().components, kind))
            session.toggleFault(*target, kind);
    }

    double frame()
    {
        screen += std::chrono::nanoseconds{16'666'667};
        QElapsedTimer timer;
        timer.start();
        window.clock().fire();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        return milliseconds(timer);
    }
};

// The first scenario whose clients call at a rate, rather than by a script; else the first.
std::shared_ptr<const sim::Scenario> withARate(const labs::Lab &lab)
{
    const auto found = std::find_if(lab.scenarios.begin(), lab.scenarios.end(), [](const auto &scenario) {
        return std::any_of(scenario->clients.begin(), scenario->clients.end(), [](const auto &client) {
            return client.arrivals.kind <= sim::ArrivalConfig::Kind::Poisson;
        });
    });
    return found == lab.scenarios.end() ? lab.scenarios.front() : *found;
}

void row(const char *what, std::vector<double> times, double callsPerSecond)
{
    std::sort(times.begin(), times.end());
    const auto within = std::upper_bound(times.begin(), times.end(), kFrameBudgetMs) - times.begin();
    double sum = 0;
    for (const double t : times)
        sum += t;
    std::printf("%-34s %7zu %8.2f %8.2f %8.2f %8.2f %9.2f %% %9.0f\n", what, times.size(), sum / double(times.size()),
                times[times.size() / 2], times[times.size() * 99 / 100], times.back(),
                100.0 * double(within) / double(times.size()), callsPerSecond);
}

void playing(Bench &bench, const char *what, double speed)
{
    bench.window.session().setSpeed(speed);
    bench.window.session().setPlaying(true);
    bench.counter.paints = 0;
    const uint64_t before = bench.window.session().snapshot().totals.offered;
    const Time begun = bench.window.session().now();
    std::vector<double> times;
    for (int i = 0; i < kFrames; ++i) {
        if (i % 300 == 150)
            bench.disturb();
        times.push_back(bench.frame());
    }
    bench.window.session().setPlaying(false);
    const double span = toSeconds(bench.window.session().now() - begun);
    row(what, std::move(times), double(bench.window.session().snapshot().totals.offered - before) / span);
    if (bench.counter.paints < kFrames)
        std::printf("  (only %d paint events: the window was not drawn every frame)\n", bench.counter.paints);
}

void pausedAndUntouched(Bench &bench)
{
    for (int i = 0; i < 60; ++i)
        bench.frame(); // let animations end
    bench.counter.paints = 0;
    for (int i = 0; i < 120; ++i) {
        bench.screen += std::chrono::milliseconds{17};
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    std::printf("paint events in 120 frames, paused and untouched: %d\n", bench.counter.paints);
}

void costOverLength(Bench &bench)
{
    std::printf("\n%-34s %12s %12s\n", "length of the run", "events", "one frame, ms");
    for (const int seconds : {60, 600, 3600}) {
        app::Session &session = bench.window.session();
        while (session.now() < at(std::chrono::seconds{seconds}))
            session.seek(
                std::min(at(std::chrono::seconds{seconds}), saturatingAdd(session.now(), std::chrono::seconds{60})));
        session.setPlaying(true);
        session.setSpeed(0.5);
        double best = 1e9;
        for (int i = 0; i < 40; ++i)
            best = std::min(best, bench.frame());
        session.setPlaying(false);
        std::printf("%-34d %12llu %12.2f\n", seconds, static_cast<unsigned long long>(session.timeline().lastEvent()),
                    best);
    }
}

// What asking whether any goal is met costs, which every frame does: no more in a long run than in a short one.
void goalsOverLength(const labs::Lab &lab)
{
    sim::Timeline run(withARate(lab));
    const auto knob = *sim::knobNamed("arrival_rate");
    if (sim::knobs()[knob].applies(run.world()))
        run.intervene(sim::TurnKnob{knob, kCallsPerSecond / double(run.world().clients().size())});
    std::printf("%-34s", ("goals of " + lab.id).c_str());
    for (const int seconds : {60, 600}) {
        run.runTo(at(std::chrono::seconds{seconds}));
        double best = 1e9;
        for (int i = 0; i < 20; ++i) {
            QElapsedTimer timer;
            timer.start();
            for (const labs::Goal &goal : lab.goals)
                goal.met(run);
            best = std::min(best, milliseconds(timer) * 1000);
        }
        std::printf(" %12llu %10.2f", static_cast<unsigned long long>(run.lastEvent()), best);
    }
    std::printf("\n");
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    loadResources();

    Bench bench;
    std::printf("%-34s %7s %8s %8s %8s %8s %11s %9s\n", "1280x800, raster, all charts", "frames", "mean ms", "median",
                "99 %", "worst", "in 16 ms", "calls/s");
    playing(bench, "dots: 1 s shows 50 ms", 0.05);
    playing(bench, "dots: 1 s shows 0.5 s", 0.5);
    playing(bench, "rates: 1 s shows 4 s", 4.0);
    bench.window.resize(1920, 1080); // where both charts have room
    QCoreApplication::processEvents();
    playing(bench, "1920x1080: 1 s shows 0.5 s", 0.5);
    bench.window.resize(1280, 800);
    pausedAndUntouched(bench);
    costOverLength(bench);

    std::printf("\n%-34s %12s %10s %12s %10s\n", "60 s and 600 s of a run", "events", "us", "events", "us");
    for (const labs::Lab &lab : labs::catalog())
        goalsOverLength(lab);

    std::printf("\n%-34s %7s %8s %8s %8s %8s %11s %9s\n", "each step at its own speed", "frames", "mean ms", "median",
                "99 %", "worst", "in 16 ms", "calls/s");
    for (const labs::Lab &lab : labs::catalog()) {
        bench.window.session().openLab(lab);
        bench.window.session().openScenario(withARate(lab));
        bench.load();
        playing(bench, lab.id.c_str(), bench.window.session().speed());
        pausedAndUntouched(bench);
    }
    return 0;
}
