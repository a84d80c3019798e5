// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/compare_command.h"

#include "app/command_line/progress_line.h"
#include "app/command_line/stop_signal.h"
#include "app/export/export_pictures.h"
#include "app/run/headless_run.h"
#include "app/run/prepared_run.h"
#include "core/duration_text.h"
#include "core/io/scenario/comparison_json.h"
#include "core/io/scenario/event_json.h"
#include "core/sim/measure/run_figures.h"
#include "core/tell/change_text.h"
#include "core/tell/explain.h"
#include "core/tell/figures.h"
#include "labs/catalog.h"
#include "resources/load_resources.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;

namespace {

int compareFailed(std::ostream &err, const std::string &message, int code)
{
    err << "resilience-lab: " << message << '\n';
    return code;
}

// What happens in both, as lines, from the first difference on: in the order of time, A's before B's of one instant.
class EventMerger {
public:
    EventMerger(const HeadlessRun &a, const HeadlessRun &b)
        : m_lines{io::EventLines(a.timeline().scenario()), io::EventLines(b.timeline().scenario())}
    {
    }
    void add(size_t run, const sim::Event &event) { m_events[run].push_back(event); }
    // Once both have come to the same moment.
    void print(std::ostream &out)
    {
        auto &[a, b] = m_events;
        if (!m_parted)
            dropCommon();
        size_t i = 0;
        size_t j = 0;
        while (m_parted && (i < a.size() || j < b.size())) {
            const bool first = j == b.size() || (i < a.size() && a[i].at <= b[j].at);
            const std::string line = m_lines[first ? 0 : 1].lineOf(first ? a[i++] : b[j++]);
            out << "{\"run\":\"" << (first ? 'a' : 'b') << "\"," << line.substr(1) << '\n';
        }
        if (m_parted)
            m_events = {};
    }

private:
    void dropCommon()
    {
        auto &[a, b] = m_events;
        for (std::vector<sim::Event> *events : {&a, &b})
            std::erase_if(*events, sim::isIntervention);
        const auto [mine, theirs] = std::mismatch(a.begin(), a.end(), b.begin(), b.end(), sim::tellTheSame);
        m_parted = mine != a.end() || theirs != b.end();
        a.erase(a.begin(), mine);
        b.erase(b.begin(), theirs);
    }

    std::array<io::EventLines, 2> m_lines;
    std::array<std::vector<sim::Event>, 2> m_events;
    bool m_parted = false;
};

struct Pair {
    HeadlessRun a;
    HeadlessRun b;
    sim::DifferenceFinder finder;
    std::optional<sim::FirstDifference> difference;
};

// On one clock, so that neither log has forgotten what the other is held against. False when it was stopped.
bool play(Pair &pair, EventMerger *events, std::ostream &out, std::ostream &err)
{
    const StopSignal stop;
    ProgressLine progress(err);
    const Time end = at(pair.a.until());
    constexpr Duration slice = std::chrono::milliseconds{500};
    for (Time t = kTimeZero; t < end;) {
        t = std::min(t + slice, end);
        pair.a.playTo(t, events ? [&](const sim::Event &event) { events->add(0, event); } : HeadlessRun::Listener());
        pair.b.playTo(t, events ? [&](const sim::Event &event) { events->add(1, event); } : HeadlessRun::Listener());
        pair.difference = pair.finder.find(pair.a.timeline(), pair.b.timeline());
        if (events)
            events->print(out);
        if (stop.raised()) {
            progress.clear();
            err << "resilience-lab: stopped at " << sim::durationText(t) << " of simulated time\n";
            return false;
        }
        if (!out) // it takes no more
            return true;
        progress.show(t, pair.a.until());
    }
    return true;
}

std::vector<std::string> changesOf(const Pair &pair)
{
    // Told of B, in which something was changed.
    const sim::Timeline &a = pair.a.timeline();
    const sim::Timeline &b = pair.b.timeline();
    std::vector<std::string> all = sim::startDifferences(b, a);
    for (const sim::JournalChange &change : sim::changesThatMatter(b, a))
        all.push_back(sim::changeText(change, b, a));
    return all;
}

std::string padded(std::string text, size_t width, bool right)
{
    const std::string blanks(text.size() < width ? width - text.size() : 0, ' ');
    return right ? blanks + text : text + blanks;
}

void report(const Pair &pair, const std::vector<std::string> &changes, std::ostream &out)
{
    const auto name = [](const HeadlessRun &run) {
        return run.lab().title + ", " + run.timeline().scenario().name + ", seed "
               + std::to_string(run.timeline().seed());
    };
    out << "A: " << name(pair.a) << "\nB: " << name(pair.b) << "\n\nWhat is other in B:\n";
    for (const std::string &change : changes)
        out << "  " << change << '\n';
    if (changes.empty())
        out << "  nothing\n";
    if (pair.difference)
        out << "\nFirst difference: " << sim::momentText(pair.difference->at)
            << "\n  A: " << sim::eventTitle(pair.a.timeline(), pair.difference->ours)
            << "\n  B: " << sim::eventTitle(pair.b.timeline(), pair.difference->other) << '\n';
    else
        out << "\nNo difference.\n";
    out << "\nAfter " << padded(sim::durationText(pair.a.until()), 20, false) << padded("A", 12, true)
        << padded("B", 12, true) << padded("A - B", 16, true) << '\n';
    for (const sim::RunFigure &figure : sim::runFigures()) {
        const auto a = figure.read(pair.a.timeline().world());
        const auto b = figure.read(pair.b.timeline().world());
        if (a.value_or(0) != 0 || b.value_or(0) != 0)
            out << padded(figure.word, 26, false) << padded(sim::figureText(figure, a), 12, true)
                << padded(sim::figureText(figure, b), 12, true) << padded(sim::figureDifference(figure, a, b), 16, true)
                << '\n';
    }
}

int draw(const Pair &pair, const CompareRequest &request, std::ostream &out, std::ostream &err)
{
    loadResources();
    const StopSignal stop;
    ExportOptions options = request.options;
    const auto nameOf = [](const HeadlessRun &run, const char *fallback) {
        const sim::Scenario &scenario = run.timeline().scenario();
        return QString::fromStdString((scenario.title.empty() ? scenario.name : scenario.title) + fallback);
    };
    const bool alike = pair.a.timeline().scenario().name == pair.b.timeline().scenario().name;
    options.beside = std::make_shared<const RunBeside>(
        RunBeside{pair.b.timeline(), nameOf(pair.b, alike ? " (B)" : ""), nameOf(pair.a, alike ? " (A)" : ""),
                  pair.difference ? std::optional(pair.difference->at) : std::nullopt});
    const ExportResult result =
        exportPictures(pair.a.timeline(), pair.a.lab(), options, *request.folder, [&] { return stop.raised(); });
    if (!result.existing.isEmpty())
        return compareFailed(err,
                             InputError{result.existing.front().toStdString(), "",
                                        std::to_string(result.existing.size()) + " files of these names",
                                        "none, or --force to replace what is there", ""}
                                 .message(),
                             2);
    if (result.error)
        return compareFailed(err, result.error->toStdString(), result.badFolder ? 2 : 1);
    for (const QString &file : result.files)
        out << (std::filesystem::path(*request.folder) / QFileInfo(file).fileName().toStdString()).string() << '\n';
    return 0;
}

// A seed that nobody named is that of A, for both are to have the same luck; both play as long as the longer one.
std::optional<InputError> prepare(const CompareRequest &request, std::optional<PreparedRun> &a,
                                  std::optional<PreparedRun> &b)
{
    for (const auto &[run, into] : {std::pair{&request.a, &a}, std::pair{&request.b, &b}}) {
        auto prepared = prepareRun(*run);
        if (!prepared)
            return prepared.error();
        into->emplace(std::move(*prepared));
    }
    const bool isScenario = b->session.journal == b->session.scenario.script || labs::labWithId(request.b.source);
    if (!request.b.seed && isScenario)
        b->session.seed = a->session.seed;
    const Duration until = std::max(a->session.until, b->session.until);
    if (request.options.at > at(until))
        return InputError{"", "--at", sim::durationText(*request.options.at),
                          "0 to " + sim::durationText(until) + ", where the runs end", ""};
    a->session.until = b->session.until = until;
    return std::nullopt;
}

} // namespace

int runCompare(const CompareRequest &request, std::ostream &out, std::ostream &err)
{
    std::optional<PreparedRun> a;
    std::optional<PreparedRun> b;
    if (const auto error = prepare(request, a, b))
        return compareFailed(err, error->message(), 2);
    const auto keeps = request.folder ? sim::History::Keeps::All : sim::History::Keeps::Events;
    Pair pair{HeadlessRun(*a, keeps), HeadlessRun(*b, keeps), {}, {}};
    EventMerger merger(pair.a, pair.b);
    if (!play(pair, request.events ? &merger : nullptr, out, err))
        return 1;
    const std::vector<std::string> changes = changesOf(pair);
    if (request.summary)
        out << io::comparisonToJson(
            {pair.a.timeline(), pair.b.timeline(), pair.a.summary(), pair.b.summary(), changes, pair.difference});
    else if (!request.events && !request.folder)
        report(pair, changes, out);
    return request.folder ? draw(pair, request, out, err) : 0;
}

} // namespace app
