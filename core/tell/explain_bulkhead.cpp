// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/tell/explainer.h"

// Why the bulkhead gave a slot, a seat, or neither.
namespace resilience::sim {

namespace {

std::string slotsTaken(const BulkheadView &view, const BulkheadConfig &config)
{
    const std::string all = std::to_string(config.maxConcurrent);
    return view.inUse >= config.maxConcurrent
               ? (config.maxConcurrent == 1 ? std::string("Its only slot is taken") : "All " + all + " slots are taken")
               : std::to_string(view.inUse) + " of " + all + " slots are taken";
}

std::string useRule(const BulkheadView &view, const BulkheadConfig &config)
{
    return "slots " + std::to_string(view.inUse) + " >= " + std::to_string(config.maxConcurrent);
}

} // namespace

void Explainer::turnedAwayByBulkhead(const Rejected &away)
{
    const Bulkhead &bulkhead = pipeline().bulkhead();
    const BulkheadConfig &config = bulkhead.config();
    if (away.why == Rejection::WaitedInVain) {
        const Event *began = latest([this](const Event &other) { return sameCall(other) && other.as<Queued>(); });
        out.text = began ? "It waited from " + momentText(began->at) + " on, " + spanText(event.at - began->at)
                               + ", and no slot came free for it. Longer it may not wait."
                         : std::string("It waited as long as it may, and no slot came free for it.");
        if (began) {
            out.counted = {began->number};
            out.rule = momentText(began->at) + " + " + spanText(event.at - began->at) + " = " + now();
        }
        return;
    }
    const BulkheadView view = bulkhead.view(event.at);
    if (away.why == Rejection::DeadlinePassed) {
        out.text = "Its time is over: it cannot wait for a slot.";
        return;
    }
    out.text = slotsTaken(view, config)
               + (config.maxQueue == 0 ? std::string(", and nobody may wait.")
                                       : ", and all " + std::to_string(config.maxQueue)
                                             + " seats in the queue as well: " + std::to_string(view.queued) + " wait.")
               + " So it is turned away at once, and holds up nobody else.";
    out.rule = useRule(view, config);
    if (config.maxQueue > 0)
        out.rule += ", queue " + std::to_string(view.queued) + " >= " + std::to_string(config.maxQueue);
}

std::string Explainer::slotGiven() const
{
    if (!asked(PolicyKind::Bulkhead))
        return {};
    const Bulkhead &bulkhead = pipeline().bulkhead();
    return "It takes slot " + std::to_string(bulkhead.view(event.at).inUse + 1) + " of "
           + std::to_string(bulkhead.config().maxConcurrent) + ".";
}

void Explainer::waitsForSlot(const Queued &queued)
{
    const Bulkhead &bulkhead = pipeline().bulkhead();
    const BulkheadView view = bulkhead.view(event.at);
    out.text = slotsTaken(view, bulkhead.config()) + ". It takes seat " + std::to_string(view.queued + 1) + " of "
               + std::to_string(bulkhead.config().maxQueue)
               + " in the queue; each slot that comes free goes to whoever has waited longest.";
    if (queued.until)
        out.text += " If it has none by " + momentText(*queued.until) + ", " + spanText(*queued.until - event.at)
                    + " from now, it gives up.";
    out.rule = useRule(view, bulkhead.config()) + ", queue " + std::to_string(view.queued) + " < "
               + std::to_string(bulkhead.config().maxQueue);
}

void Explainer::operator()(const Admitted &went)
{
    out.title = call() + " goes on at " + now();
    if (went.at != PolicyKind::Bulkhead) {
        out.text = "Its turn has come; it waited " + spanText(went.waited) + ".";
        return;
    }
    const Event *freed = atOnce([this](const Event &other) {
        return other.number < event.number && other.pipeline == event.pipeline && other.request != event.request
               && (other.as<Finished>() || other.as<Cancelled>() || other.as<OutOfTime>());
    });
    out.text = freed ? "The slot of call " + named(*freed) + " came free, and it had waited longest: "
                     : std::string("A slot came free, and it had waited longest: ");
    out.text += spanText(went.waited) + ".";
    if (freed)
        out.counted = {freed->number};
}

} // namespace resilience::sim
