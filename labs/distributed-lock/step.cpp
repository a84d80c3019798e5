// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/distributed-lock/step.h"

#include "core/sim/duration_text.h"
#include "core/sim/knobs.h"
#include "labs/lab_files.h"
#include "labs/play.h"

#include <algorithm>

namespace resilience::labs {

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

bool granted(const Timeline &t)
{
    const auto &holders = t.world().lock().holders();
    return std::any_of(holders.begin(), holders.end(), [](const LockHolder &holder) { return holder.grants > 0; });
}
bool handedOver(const Timeline &t)
{
    const auto &holders = t.world().lock().holders();
    return std::count_if(holders.begin(), holders.end(), [](const LockHolder &holder) { return holder.grants > 0; })
           >= 2;
}
bool twoBelieve(const Timeline &t) { return t.world().lock().overlaps() > 0; }
bool staleAccepted(const Timeline &t) { return t.world().lock().staleAccepted() > 0; }
bool staleRefused(const Timeline &t) { return t.world().lock().refused() > 0; }

std::string nameOf(const Timeline &timeline, uint32_t holder) { return timeline.scenario().lock.holders[holder].name; }

Question howManyVotes()
{
    return {"how-many-votes",
            "Somebody holds the lease, and another one asks for it. How many nodes say yes?",
            {"none", "some, but fewer than the quorum", "the quorum or more"},
            [](const Timeline &timeline, const Event &event) {
                const auto *asked = event.as<LockAsked>();
                return asked && asked->kind == LockRequest::Kind::Acquire && timeline.world().lock().believers() > 0;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const auto decided = playUntil(fork, 60s, [](const Event &event) { return event.as<LockDecided>(); });
                if (!decided)
                    return std::nullopt;
                const uint32_t votes = decided->as<LockDecided>()->votes;
                const uint32_t quorum = fork.scenario().lock.lock.quorum();
                return Question::Answer{votes == 0       ? size_t(0)
                                        : votes < quorum ? size_t(1)
                                                         : size_t(2),
                                        nameOf(fork, decided->client) + " got " + std::to_string(votes) + " of the "
                                            + std::to_string(quorum) + " votes it needs, and knew at "
                                            + durationText(decided->at) + ".",
                                        decided->at};
            }};
}

Question whoWritesLast()
{
    return {
        "who-writes-last",
        "The lease is over, and its holder stands still. When it wakes up, what becomes of its write?",
        {"it never sends it", "taken, though somebody has written since", "refused",
         "taken, and nobody has written since"},
        [](const Timeline &, const Event &event) { return event.as<LeaseOver>() && !event.as<LeaseOver>()->known; },
        [](Timeline fork) -> std::optional<Question::Answer> {
            const Event *over = fork.history().log().numbered(fork.lastEvent());
            const uint32_t who = over ? over->client : 0;
            const auto end = playUntil(fork, 1000s, [who](const Event &event) {
                return event.client == who && (event.as<WriteTried>() || event.as<WriteHeldBack>());
            });
            if (!end)
                return std::nullopt;
            const std::string name = nameOf(fork, who);
            const auto *tried = end->as<WriteTried>();
            if (!tried)
                return Question::Answer{
                    0, name + " looked at its clock first, at " + durationText(end->at) + ", and did not write.",
                    end->at};
            const std::string token = "Its token " + std::to_string(tried->token);
            if (!tried->accepted)
                return Question::Answer{2, token + " is smaller than the largest that the storage has seen: refused.",
                                        end->at};
            return tried->stale
                       ? Question::
                           Answer{1,
                                  token
                                      + " is older than one that has written already, but nobody compares them: taken.",
                                  end->at}
                       : Question::Answer{3, token + " is the latest that has written: it was lucky.", end->at};
        }};
}

Question whoGetsItNow()
{
    return {"who-gets-it-now",
            "Another node is down. Will anybody get the lock in the next 12 seconds?",
            {"yes", "no"},
            [](const Timeline &, const Event &event) {
                return event.as<FaultSet>() && event.as<FaultSet>()->kind == FaultKind::Crash;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const auto got = playUntil(fork, 12s, [](const Event &event) {
                    return event.as<LockDecided>() && event.as<LockDecided>()->outcome == LockOutcome::Acquired;
                });
                if (!got)
                    return Question::Answer{1, "Fewer than the quorum answer: nobody got it.", fork.now()};
                return Question::Answer{0,
                                        nameOf(fork, got->client) + " got it with "
                                            + std::to_string(got->as<LockDecided>()->votes) + " votes, at "
                                            + durationText(got->at) + ".",
                                        got->at};
            }};
}

} // namespace

Lab distributedLockLab()
{
    Lab lab;
    lab.id = "distributed-lock";
    lab.title = "Distributed lock";
    lab.shortTitle = "Lock";
    lab.guide = parseGuide(labFile("distributed-lock/guide.md"));
    lab.scenarios =
        labScenarios("distributed-lock", {"hand-over", "paused-holder", "nodes-lost", "restarted-empty", "partition",
                                          "drifting-clocks", "952-seconds", "release-without-comparing"});
    lab.mainKnobs = {"lock_ttl", "lock_work", "fencing"};
    lab.otherKnobs = {"checks_before_writing", "extends", "drift_factor", "broken_release_without_compare"};
    lab.faults = {FaultKind::Pause, FaultKind::Crash, FaultKind::Partition, FaultKind::PacketLoss,
                  FaultKind::ClockDrift};
    lab.panels = {PanelKind::LockStage};
    lab.charts = {ChartKind::Levels};
    lab.goals = {{"granted", "A quorum grants the lease", granted},
                 {"handed-over", "The lease passes from one holder to another", handedOver},
                 {"two-believe", "Two believe they hold it", twoBelieve},
                 {"stale-accepted", "The storage takes a stale write", staleAccepted},
                 {"stale-refused", "Fencing refuses a stale write", staleRefused}};
    lab.questions = {howManyVotes(), whoWritesLast(), whoGetsItNow()};
    lab.questions[0].scenario = "hand-over";
    lab.questions[1].scenario = "paused-holder";
    lab.questions[2].scenario = "nodes-lost";
    // A is component 5, after the five nodes. It does not look at its clock, so that a pause at any time of its work
    // does.
    lab.solution = {"hand-over",
                    {turn(1, "checks_before_writing", 0),
                     {at(3s), 0, SetFault{5, FaultKind::Pause, 1}},
                     {at(17s), 0, ClearFault{5, FaultKind::Pause}},
                     turn(18, "fencing", 1),
                     {at(26s), 0, SetFault{5, FaultKind::Pause, 1}},
                     {at(42s), 0, ClearFault{5, FaultKind::Pause}}},
                    55s};
    return lab;
}

} // namespace resilience::labs
