// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/tell/explainer.h"

#include <algorithm>

// Why there is another attempt, when it comes, and why there is none.
namespace resilience::sim {

namespace {

// How the wait v before the n-th retry comes about: "min(8, 0.5 x 2^3) = 4 s".
std::string formulaOf(const BackoffConfig &backoff, uint64_t n)
{
    const std::string base = inSeconds(backoff.baseDelay);
    const std::string cap = inSeconds(backoff.maxDelay);
    const std::string v = " = " + inSeconds(backoff.delay(n)) + " s";
    switch (backoff.strategy) {
    case BackoffStrategy::Fixed:
        return base + " s";
    case BackoffStrategy::Linear:
        return "min(" + cap + ", " + base + " x " + std::to_string(n) + ")" + v;
    case BackoffStrategy::Exponential:
        break;
    }
    return "min(" + cap + ", " + base + " x " + decimal(backoff.multiplier, 3) + "^" + std::to_string(n - 1) + ")" + v;
}

std::string intervalOf(const DelayRange &range) { return inSeconds(range.low) + " to " + inSeconds(range.high) + " s"; }

const char *strategyName(const BackoffConfig &backoff)
{
    return backoff.strategy == BackoffStrategy::Fixed    ? "Every wait is the same"
           : backoff.strategy == BackoffStrategy::Linear ? "Each wait is longer by the same amount"
                                                         : "Each wait is a multiple of the one before";
}

std::string howSpread(const BackoffConfig &backoff, const DelayRange &range)
{
    switch (backoff.jitter) {
    case Jitter::None:
        return " There is no jitter: all that failed together come back together.";
    case Jitter::Full:
        return " Full jitter draws from the whole of it, " + intervalOf(range) + ".";
    case Jitter::Equal:
        return " Equal jitter keeps half of it and draws the other half: " + intervalOf(range) + ".";
    case Jitter::Proportional:
        return " Jitter spreads it by " + percent(backoff.jitterRatio)
               + " to both sides, as far as the longest wait allows: " + intervalOf(range) + ".";
    case Jitter::Decorrelated:
        break;
    }
    return {};
}

} // namespace

void Explainer::operator()(const RetryPlanned &planned)
{
    const RetryConfig &retry = pipeline().config().retry;
    const BackoffConfig &backoff = retry.backoff;
    const uint64_t n = planned.attempt - 1;
    out.title = call() + " will be tried again at " + momentText(planned.next);
    out.text = "It will be attempt " + std::to_string(planned.attempt)
               + (retry.faultyVariant.withoutLimit ? ", and there is no last one (broken on purpose). "
                                                   : " of at most " + std::to_string(retry.maxAttempts) + ". ");
    if (backoff.jitter == Jitter::Decorrelated) {
        const RetryPlanned *previous = plannedBefore();
        const Duration before_ =
            std::max<Duration>(previous ? previous->delay : Duration{backoff.baseDelay}, backoff.baseDelay);
        out.text += std::string("Decorrelated jitter draws from the base wait to three times ")
                    + (previous ? "the wait before, which was " + inSeconds(before_) + " s"
                                : "the base wait, for it has not waited before")
                    + ": " + intervalOf(planned.range) + ".";
        out.rule = "min(" + inSeconds(backoff.maxDelay) + ", 3 x " + inSeconds(before_)
                   + ") = " + inSeconds(planned.range.high) + " s";
    } else {
        out.text += std::string(strategyName(backoff))
                    + (backoff.strategy == BackoffStrategy::Fixed ? ": " : ", up to a longest: ")
                    + formulaOf(backoff, n) + "." + howSpread(backoff, planned.range);
        out.rule = formulaOf(backoff, n);
    }
    if (planned.delay > planned.range.high && !retry.faultyVariant.withoutLimit) {
        const Event *asked_ = atOnce([this](const Event &other) { return sameCall(other) && other.as<Rejected>(); });
        out.text += std::string(" But ")
                    + (asked_ ? std::string("the ") + wordsOf(asked_->as<Rejected>()->by).label : "the answer")
                    + " said not before " + momentText(planned.next) + ", and the later moment holds.";
        out.rule += ", not before " + momentText(planned.next);
        return;
    }
    if (backoff.jitter != Jitter::None) {
        out.text += " Drawn: " + inSeconds(planned.delay) + " s.";
        out.rule += ", drawn " + inSeconds(planned.delay) + " s of " + intervalOf(planned.range);
    }
    out.rule += ": at " + momentText(planned.next);
}

void Explainer::outOfRetryTime()
{
    const PipelineConfig &config = pipeline().config();
    const auto &calls = before.flow().openCalls();
    const auto found = std::find_if(calls.begin(), calls.end(), [this](const OpenCall &call) {
        return call.id == event.request && call.caller == event.caller && call.pipeline == event.pipeline;
    });
    Duration limit = config.retry.maxElapsed.value_or(kDurationMax);
    const auto total = config.order.levelOf(PolicyKind::TotalTimeout);
    if (total && *total < config.order.levelOf(PolicyKind::Retry).value_or(0))
        limit = std::min<Duration>(limit, config.totalTimeout);
    out.text = "The next attempt could only begin when the time for the whole call is over";
    if (limit < kDurationMax && found != calls.end()) {
        const std::string end = momentText(saturatingAdd(found->startedAt, limit));
        out.text +=
            ": it began at " + momentText(found->startedAt) + " and has " + durationText(limit) + ", until " + end;
        out.rule = momentText(found->startedAt) + " + " + durationText(limit) + " = " + end;
    }
    out.text += ". So the error it has is its answer now, rather than later.";
}

void Explainer::budgetSpent()
{
    const auto &budget = pipeline().retryBudget();
    if (!budget)
        return;
    const RetryBudgetView view = budget->view(event.at);
    const RetryBudgetConfig &config = budget->config();
    const std::string floor = decimal(config.minPerSecond, 3) + " x " + inSeconds(config.window);
    out.text = "The retry budget of " + service() + " is spent, for all callers alike. In the last "
               + durationText(config.window) + " there were " + count(view.requests, "request", "requests") + " and "
               + count(view.retries, "retry", "retries") + "; " + percent(config.ratio) + " of the requests and "
               + decimal(config.minPerSecond, 3) + " a second make " + std::to_string(view.allowed) + ".";
    out.rule = "retries " + std::to_string(view.retries) + " + 1 > " + decimal(config.ratio.share(), 3) + " x "
               + std::to_string(view.requests) + " + " + floor;
}

void Explainer::operator()(const RetryGivenUp &given)
{
    const RetryConfig &retry = pipeline().config().retry;
    out.title = call() + " is not tried again";
    const Event *refused = atOnce([this](const Event &other) { return sameCall(other) && other.as<Rejected>(); });
    const RetryPlanned *planned = plannedBefore();
    const uint32_t attempt = planned ? planned->attempt : 1;
    switch (given.why) {
    case RetryVerdict::Reason::NotRetryable:
        out.text = refused
                       ? std::string("It was turned away by our own ") + wordsOf(refused->as<Rejected>()->by).label
                             + ": trying again at once would only add to the load that it guards against."
                       : std::string("What failed may have been carried out, and the call is neither idempotent nor "
                                     "does it carry a request id: trying again could do it twice.");
        out.rule = refused ? "turned away, and rejections are not retried" : "not idempotent, no request id";
        return;
    case RetryVerdict::Reason::MaxAttempts:
        out.text =
            "It was attempt " + std::to_string(attempt) + " of at most " + std::to_string(retry.maxAttempts) + ".";
        out.rule = "attempts " + std::to_string(attempt) + " >= " + std::to_string(retry.maxAttempts);
        return;
    case RetryVerdict::Reason::MaxElapsed:
        return outOfRetryTime();
    case RetryVerdict::Reason::Budget:
        return budgetSpent();
    case RetryVerdict::Reason::RetryAfter:
        out.text = "The server asks for a longer wait than " + durationText(retry.maxRetryAfter.value_or(Duration{}))
                   + ", the longest that is granted. Asking earlier would be against its wish.";
        out.rule = "not before > " + durationText(retry.maxRetryAfter.value_or(Duration{}));
        return;
    case RetryVerdict::Reason::Cancelled:
        out.text = "Its caller has given up.";
        return;
    case RetryVerdict::Reason::None:
        break;
    }
    out.text = "There is no reason to.";
}

} // namespace resilience::sim
