// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/help_text.h"

#include "core/sim/sweep/metric.h"

namespace app {

namespace {

constexpr const char *kProgram = R"(Resilience Lab: see how resilience patterns work.

  resilience-lab [FILE]                            open the window, with a scenario, a run or an exported picture
  resilience-lab --step STEP [--scenario NAME|FILE] [--present]
  resilience-lab list [--json]                     the steps, their scenarios, knobs, faults and charts
  resilience-lab run STEP|FILE [options]           run headless, on the same engine
  resilience-lab export STEP|FILE --out DIR [options]
  resilience-lab compare A B [options]             two runs on one clock: where they part, and what came of it
  resilience-lab sweep STEP|FILE --vary KNOB=VALUES --seeds 1..200 --out DIR [options]
                                                   many runs, headless: knobs varied, seeds changed
  resilience-lab drive PATTERN [--config JSON]     one pattern over a line protocol
  resilience-lab check FILE...                     validate scenario and session files
  resilience-lab COMMAND --help                    more about a command
  resilience-lab --version

Results go to standard output, messages to standard error. Exit code: 0 done, 1 the run failed, 2 bad input.
)";

constexpr const char *kRunOptionsText =
    R"(  --scenario NAME|FILE    one of the step's scenarios, or a file; default: the step's first
  --seed N                another seed than the scenario's
  --until SECONDS         another length than the scenario's
  --set KNOB=VALUE        a knob, turned at the start for all that have it; for one alone: payment.workers=4,
                          shoppers>gateway.retry.max_attempts=3; repeatable
  --fault T:KIND[:TARGET[:VALUE]]   a fault from T on, in seconds of simulated time; repeatable
  --clear T:KIND[:TARGET]           its end; repeatable. No target = the first one
)";

constexpr const char *kRun = R"(  --transcript            print the human-readable log
  --summary               print one JSON object: seed, fingerprint, totals, counters, goals met
  --events FILE           write every event, one JSON object a line
  --session FILE          write the run, so that `run FILE` and the window open it again
)";

constexpr const char *kExport = R"(  --out DIR               where the files go; made if need be
  --formats LIST          of svg,pdf,png,csv; default: all of them
  --at SECONDS            draw the stage at that moment too
  --theme NAME            light (default), dark or lecture
  --dpi N                 of PNG, 24 to 1200; default 96
  --size WxH              of the pictures, 320 to 8192 either way; default 1280x720
  --text KIND             of SVG: live (default; can be edited and searched) or outlined (looks alike without the font)
  --force                 replace files that are there already; without it nothing is written then
)";

constexpr const char *kCompare =
    R"(A and B are each a step, a scenario's name or a file. Options for one run stand after it; one word in quotes may hold
both: "retry --set jitter=full". B has the seed of A unless it names its own, and both play to the same --until, or as
long as the longer one. Whatever people do to a run is a cause: the first difference is the first event beside that.
  --summary               print one JSON object: both runs, what was changed, the first difference, the figures
  --events                print what happens in the two from the first difference on, one JSON object a line
  --out DIR               pictures of both, and tables; with the options of export: --formats, --theme, --size ...
)";

constexpr const char *kSweep = R"(
       resilience-lab sweep DIR [--jobs N] [--shard I/N]
       resilience-lab sweep merge DIR
       resilience-lab sweep script DIR --slurm|--parallel|--mpi [--jobs N] [--shards N]
Plays a scenario many times, and tells of each run what it came to: DIR/runs.csv has a line for each run, DIR/summary.csv
the median of each cell, the values that 5 % and 95 % of its runs stay below, and between which the median lies with a
confidence of 95 %. What was computed stays in DIR/shards: started again, with the same words or with DIR alone, it goes
on from there.
  --vary KNOB=VALUES      a knob, as in --set, and its values: 1,2,5 or LO..HI:N or LO..HI:N:log; repeatable, then each
                          with each
  --seeds FIRST..LAST     a run of each cell for each of them; default: the scenario's seed alone
  --metrics LIST          what is told of a run; default: the first of these that the scenario has:
)";

constexpr const char *kSweepOut = R"(  --out DIR               where the results go; made if need be
  --jobs N                threads; default: as many as the machine has. With script: how many shards at once
  --shard I/N             every N-th run alone, I from 0 to N-1: on another machine with the same DIR. Then `sweep merge`
  --plan                  write the manifest alone, for `sweep script`
  --shards N              with script: into how many shards; default: such that each takes some minutes, measured now
)";

constexpr const char *kDrive = R"(One JSON object a line in, one a line out. circuit-breaker:
  {"t":0.0,"op":"acquire","id":1}                         also: success, failure, ignore
  {"t":0.2,"op":"call","outcome":"failure","duration":0.1}
  {"t":9.0,"op":"state"}
  {"t":9.0,"op":"force","state":"open"}                   also: closed, half-open, disabled, metrics-only, auto
  --config JSON           the pattern's settings; each has a default
)";

// In lines of the width of the help.
std::string metricsText()
{
    std::string text;
    std::string line;
    for (const auto &metric : resilience::sim::metrics()) {
        line += (line.empty() ? "" : ",") + std::string(metric.id());
        if (line.size() > 76 || &metric == &resilience::sim::metrics().back()) {
            text += "                          " + line + "\n";
            line.clear();
        }
    }
    return text;
}

} // namespace

const std::vector<std::string> &commandNames()
{
    static const std::vector<std::string> names{"list", "run", "export", "compare", "sweep", "drive", "check"};
    return names;
}

std::string helpText(const std::string &command)
{
    const std::string usage = "Usage: resilience-lab " + command;
    if (command == "list")
        return usage
               + " [--json | --schema]\nThe steps, their scenarios, knobs, faults and charts; --schema: the JSON "
                 "Schema of scenario files.\n";
    if (command == "run")
        return usage + " STEP|FILE [options]\nFILE is a scenario, a saved session or an exported picture.\n"
               + kRunOptionsText + kRun;
    if (command == "export")
        return usage + " STEP|FILE --out DIR [options]\n" + kRunOptionsText + kExport;
    if (command == "compare")
        return usage + " A [options] B [options]\n" + kCompare + kRunOptionsText;
    if (command == "sweep")
        return usage + " STEP|FILE --out DIR [options]" + kSweep + metricsText() + kRunOptionsText + kSweepOut;
    if (command == "drive")
        return usage + " PATTERN [--config JSON]\n" + kDrive;
    if (command == "check")
        return usage + " FILE...\nValidates scenario and session files.\n";
    return kProgram;
}

} // namespace app
