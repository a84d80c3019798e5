// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/distributed-lock/step.h"

#include "core/duration_text.h"
#include "core/sim/world/knobs.h"
#include "labs/kit/lab_files.h"
#include "labs/kit/play.h"

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

Question howManyVotes()
{
    Question question;
    question.id = "how-many-votes";
    question.by = Question::By::Number;
    question.prompt = "A holds the lease, and B asks all five nodes for it. How many say yes?";
    question.hint = "Each node grants to one holder only.";
    question.most = 5;
    question.covers = {"votes"};
    question.isMoment = [](const Timeline &timeline, const Event &event) {
        const auto *asked = event.as<LockAsked>();
        return asked && asked->kind == LockRequest::Kind::Acquire && timeline.world().lock().believers() > 0;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const auto decided = playUntil(fork, 60s, [](const Event &event) { return event.as<LockDecided>(); });
        if (!decided)
            return std::nullopt;
        const uint32_t votes = decided->as<LockDecided>()->votes;
        return Question::Answer{
            double(votes),
            nameOf(decided->actor, fork.scenario()) + " got " + std::to_string(votes)
                + " votes: all five have granted to A and keep that until it releases, or its time is "
                  "over.",
            decided->at,
            {{2, "A does not need only three nodes: it asked all five, and all of them said yes."},
             {3, "Then two would hold the lock at once."},
             {5, "Then two would hold the lock at once."}}};
    };
    return question;
}

Question whoWritesLast()
{
    Question question;
    question.id = "who-writes-last";
    question.prompt = "A's lease is over, and A still stands still. What becomes of its write when it goes on?";
    question.hint = "A had looked at its clock before it was paused. There are no fencing tokens.";
    question.choices = {{"it never sends it", "It looked before the pause, and goes on where it was."},
                        {"it is taken, after B has written", "Nobody at the storage compares anything."},
                        {"it is refused", "The storage would have to know of a newer token, and does not ask."},
                        {"it is taken; B has not written yet", "B has had the lock for long enough to write."}};
    question.about = {Spot::Kind::Nothing, 0, {}};
    question.isMoment = [](const Timeline &t, const Event &event) {
        return event.as<LeaseOver>() && !event.as<LeaseOver>()->known && !t.world().lock().settings().fencing;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const Event *over = lastEvent(fork, [](const Event &event) { return event.as<LeaseOver>() != nullptr; });
        const Subject who = over ? over->actor : Subject::lockHolder(0);
        const auto end = playUntil(fork, 1000s, [who](const Event &event) {
            return event.actor == who && (event.as<WriteTried>() || event.as<WriteHeldBack>());
        });
        if (!end)
            return std::nullopt;
        const auto *tried = end->as<WriteTried>();
        if (!tried)
            return Question::Answer{0, "It looked at its clock first and did not write.", end->at};
        const std::string token = "Its token " + std::to_string(tried->token);
        if (!tried->accepted)
            return Question::Answer{2, token + " is smaller than the largest that the storage has seen.", end->at};
        return tried->stale ? Question::Answer{1,
                                               token
                                                   + " is older than one that has written already, but nobody compares "
                                                     "them: what B wrote is gone.",
                                               end->at}
                            : Question::Answer{3, token + " is the latest that has written: it was lucky.", end->at};
    };
    return question;
}

Question whoGetsItNow()
{
    Question question;
    question.id = "who-gets-it-now";
    question.prompt = "A third node has crashed. How often will A or B win a vote that begins now or in the next 12 s?";
    question.by = Question::By::Number;
    question.most = 4;
    question.hint = "Three of five have to say yes.";
    question.isMoment = [](const Timeline &t, const Event &event) {
        if (!setsFault(event, FaultKind::Crash))
            return false;
        const auto &nodes = t.world().lock().stores();
        return std::count_if(nodes.begin(), nodes.end(),
                             [](const auto &node) { return node.fault(FaultKind::Crash).has_value(); })
               == 3;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        double count = 0;
        // A vote that is on its way has had its answers already.
        fork.runTo(fork.now() + 1500ms);
        playUntil(fork, 10500ms, [&](const Event &event) {
            const auto *decided = event.as<LockDecided>();
            count += decided && decided->outcome == LockOutcome::Acquired ? 1 : 0;
            return false;
        });
        return Question::Answer{count,
                                "Two votes are no quorum, whoever asks. Nobody works, and nothing is damaged.",
                                fork.now(),
                                {{1, "Not even once: two of five are fewer than three."},
                                 {4, "It cannot go on as before: two of five are fewer than three."}}};
    };
    return question;
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
    lab.words = {
        {"fencing token",
         "A number that grows with every grant of a lock. The storage refuses a write whose token is smaller than one "
         "that it has seen."},
        {"lease", "A lock that ends by itself after its ttl, so that a dead holder blocks nobody for ever."},
        {"quorum", "More than half of the nodes: of five, three. Two quorums always share a node."},
        {"ttl", "Time to live: how long a lease is good for, counted from when it was asked for."},
        {"validity",
         "How long a holder may rely on its lease: ttl, less the time that the vote took, less a part for clocks that "
         "drift apart."}};
    lab.charts = sim::chartsNamed({"levels", "leases"});
    lab.goals = {{"granted", "A quorum grants the lease", granted},
                 {"handed-over", "The lease passes from one holder to another", handedOver},
                 {"two-believe", "Two believe they hold it", twoBelieve},
                 {"stale-accepted", "The storage takes a stale write", staleAccepted},
                 {"stale-refused", "Fencing refuses a stale write", staleRefused}};
    lab.comparisons = {{"fencing",
                        "Without fencing tokens, and with them",
                        {"No fencing", "paused-holder"},
                        {"Fencing", "paused-holder", {turned("fencing", 1)}},
                        "The same pause in the same place. Without tokens the storage takes 1 stale write, with them "
                        "0: it compares, and "
                        "refuses it.",
                        {{"stale_accepted", "1", "0"}}}};
    lab.questions = {howManyVotes(), whoWritesLast(), whoGetsItNow()};
    // A is component 5, after the five nodes. It does not look at its clock, so that a pause at any time of its work
    // does.
    lab.solutions.push_back({"hand-over",
                             {turn(1, "checks_before_writing", 0),
                              {at(3s), 0, SetFault{5, FaultKind::Pause, 1}},
                              {at(17s), 0, ClearFault{5, FaultKind::Pause}},
                              turn(18, "fencing", 1),
                              {at(26s), 0, SetFault{5, FaultKind::Pause, 1}},
                              {at(42s), 0, ClearFault{5, FaultKind::Pause}}},
                             55s});
    return lab;
}

} // namespace resilience::labs
