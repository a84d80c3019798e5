// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/sim/world/knob_address.h"
#include "core/tell/explainer.h"

// What happened to a call at the service, and what people did to the run.
namespace resilience::sim {

bool Explainer::broken(const Event &answer) const
{
    const EventLog &log = timeline.history().log();
    for (const int step : {-1, 1})
        for (uint64_t number = answer.number;; number += static_cast<uint64_t>(step)) {
            const Event *other = log.numbered(number);
            if (!other || other->at != answer.at)
                break;
            const auto *fault = other->as<FaultSet>();
            if (other->target == answer.target
                && (other->as<Restarting>() || (fault && fault->kind == FaultKind::Crash)))
                return true;
        }
    return false;
}

void Explainer::operator()(const ReachedService &reached)
{
    out.title = call() + " reached " + service() + " at " + now();
    out.text = "It took " + spanText(before.networkLatency()) + " over the network.";
    const Service &target = before.services()[event.target.index];
    if (reached.queued && target.paused())
        out.text += " The process stands still, so it has to wait.";
    else if (reached.queued)
        out.text += " All " + count(target.config().workers, "worker", "workers") + " are busy, and "
                    + count(target.queue().size(), "request waits", "requests wait") + " before it, in a queue for "
                    + std::to_string(target.config().queue) + ".";
}

void Explainer::operator()(const Answered &answered)
{
    const std::string number = named(event);
    if (answered.failed && broken(event)) {
        say("The connection of call " + number + " broke at " + now(),
            service() + " crashed with this call on it. It answers nothing, and what it had done for it is lost.");
        return;
    }
    out.title = service() + " answers call " + number + " at " + now();
    const Service &target = before.services()[event.target.index];
    out.text = answered.refused      ? "It refuses: nobody is there."
               : answered.overloaded ? "It refuses: all " + count(target.config().workers, "worker", "workers")
                                           + " are busy and there is no room to wait."
               : answered.failed ? "With an error."
               : answered.stored ? "With the stored answer: it has carried this request id out before."
               : answered.again ? "With success. It has done this before for the same original: an earlier attempt was "
                                  "carried out, and only its answer came too late. So it is done twice now."
                                : "With success.";
    if (answered.forNobody)
        out.text += " Nobody waits for it any more: whoever it is for has given up.";
}

void Explainer::operator()(const MessageLost &lost)
{
    say(std::string(lost.answer ? "The answer to call " : "Call ") + named(event) + " was lost at " + now(),
        "The network dropped it. Nobody will tell the caller; only its timeout can.");
}

void Explainer::operator()(const NotTaken &full)
{
    const bool call = event.request == 0;
    say((call ? std::string("A new call") : "An attempt of call " + named(event)) + " is left out at " + now(),
        (call ? "It is not among the offered: " : "It is not sent, and fails at once: ") + std::to_string(full.inFlight)
            + (call ? " calls are in flight" : " attempts are on their way")
            + ", which is as many as a run of the lab can hold.");
}

void Explainer::operator()(const Dropped &)
{
    say(service() + " drops call " + named(event) + " at " + now(),
        "Its turn came, but its deadline was over: nobody waits for the answer any more.");
}

void Explainer::operator()(const FaultSet &set)
{
    const FaultSpec &fault = spec(set.kind);
    say(std::string(fault.label) + " at " + service() + " from " + now() + " on",
        fault.hasValue() ? "It is set to "
                               + (fault.isShownInPercent() ? decimal(set.value * 100) + " %"
                                                           : decimal(set.value, 3) + " " + fault.unit())
                               + "."
                         : "It lasts until somebody switches it off.");
}

void Explainer::operator()(const FaultCleared &cleared)
{
    const Event *begun = latest([&](const Event &other) {
        const auto *set = other.as<FaultSet>();
        return set && set->kind == cleared.kind && other.target == event.target;
    });
    say(std::string(spec(cleared.kind).label) + " at " + service() + " ends at " + now(),
        begun ? "It began at " + momentText(begun->at) + " and lasted " + spanText(event.at - begun->at) + "."
              : std::string("It was on from the start."));
}

void Explainer::operator()(const KnobTurned &turned)
{
    const KnobSpec &knob = knobs()[turned.knob];
    const std::string whose = KnobAddresses(before).nameOf(turned.target);
    say((whose.empty() ? "" : whose + ": ") + knob.label + " is " + formatKnobValue(knob, turned.value)
            + (*knob.unit ? std::string(" ") + knob.unit : "") + " from " + now() + " on",
        "Before, it was " + formatKnobValue(knob, knob.get(before, turned.target)) + ".");
}

void Explainer::operator()(const PoliciesSet &set)
{
    std::string text = "From the outside in: ";
    for (const PolicyKind kind : set.order)
        text += std::string(wordsOf(kind).label) + ", ";
    say("The policies of " + before.flow().owners()[set.pipeline].name + " change at " + now(),
        set.order.empty() ? "None is in use: bare calls."
                          : text + "and then the call. Calls under way finish in the old order.");
}

} // namespace resilience::sim
