// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/labs/sentence_facts.h"

#include "core/io/scenario/event_json.h"
#include "core/sim/world/knobs.h"

#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace resilience;
using namespace resilience::sim;

namespace tests {

void SentenceFacts::addPipeline(uint32_t index, Facts &facts) const
{
    const Pipeline &pipeline = m_before->pipelines()[index];
    const PipelineConfig &config = pipeline.config();
    const auto add = [&](auto... values) { (facts.numbers.push_back(double(values)), ...); };
    const auto share = [&](Ratio ratio) {
        facts.numbers.push_back(ratio.share());
        facts.percents.push_back(ratio.share() * 100);
    };
    const CircuitBreakerConfig &breaker = config.circuitBreaker;
    if (config.order.has(PolicyKind::CircuitBreaker)) {
        add(breaker.failureThreshold, breaker.minimumCalls, breaker.halfOpenMaxCalls, breaker.window.calls,
            seconds(breaker.window.duration), seconds(breaker.openDuration), seconds(breaker.slowCallDuration),
            seconds(breaker.halfOpenPatience()), breaker.openDurationMultiplier);
        if (breaker.maxOpenDuration)
            add(seconds(*breaker.maxOpenDuration));
        share(breaker.failureRateThreshold);
        share(breaker.slowCallRateThreshold);
    }
    if (config.order.has(PolicyKind::Bulkhead)) {
        const BulkheadView view = pipeline.bulkhead().view(m_timeline.now());
        add(config.bulkhead.maxConcurrent, config.bulkhead.maxQueue, view.inUse, view.inUse + 1, view.queued,
            view.queued + 1);
    }
    if (config.order.has(PolicyKind::Retry)) {
        const BackoffConfig &backoff = config.retry.backoff;
        add(config.retry.maxAttempts, seconds(backoff.baseDelay), seconds(backoff.maxDelay), backoff.multiplier);
        share(backoff.jitterRatio);
    }
    if (config.order.has(PolicyKind::Hedging)) {
        add(config.hedging.maxAttempts);
        if (config.hedging.delay)
            add(seconds(*config.hedging.delay));
    }
    add(seconds(config.totalTimeout), seconds(config.attemptTimeout));
    for (const OpenCall &call : m_before->flow().openCalls())
        if (call.pipeline == index)
            add(seconds(call.startedAt), seconds(call.startedAt + config.totalTimeout));
}

// The five rules once more, over the permits that the log and the counts tell.
void SentenceFacts::addLimiter(const Event &event, Facts &facts) const
{
    const PipelineConfig &config = m_before->pipelines()[*event.pipeline].config();
    if (!config.order.has(PolicyKind::RateLimiter))
        return;
    const auto found = m_limited.find(*event.pipeline);
    const Limited limited = found == m_limited.end() ? Limited{} : found->second;
    const double now = seconds(event.at);
    const double rate = perSecondOf(config.rateLimiter);
    const double burst = double(burstOf(config.rateLimiter));
    const auto add = [&](auto... values) { (facts.numbers.push_back(double(values)), ...); };
    const auto within = [&](double from, double to) {
        return double(std::count_if(limited.permits.begin(), limited.permits.end(),
                                    [&](double t) { return t >= from - 1e-9 && t < to - 1e-9; }));
    };
    add(burst, rate, 1 / rate);
    switch (kindOf(config.rateLimiter)) {
    case LimiterKind::TokenBucket:
    case LimiterKind::LeakyBucket: {
        const bool first = found == m_limited.end() || (limited.permits.empty() && limited.since == 0);
        const double level = first ? burst : std::min(burst, limited.level + rate * (now - limited.since));
        add(level, burst - level, burst - level + 1, now + (1 - level) / rate);
        break;
    }
    case LimiterKind::LeakyQueue: {
        add(burst - 1, limited.waiting);
        for (const double turn : limited.turns)
            if (turn > now - 2 * burst / rate)
                add(turn, turn - (burst - 1) / rate);
        break;
    }
    case LimiterKind::FixedWindow: {
        const double window = burst / rate;
        const double start = std::floor((now + 1e-9) / window) * window;
        add(window, start, start + window, within(start, now + 1), within(start, now + 1) + 1);
        break;
    }
    case LimiterKind::SlidingWindowLog: {
        const double window = burst / rate;
        const double used = within(now - window + 2e-9, now + 1);
        add(window, used, used + 1);
        for (const double permit : limited.permits)
            if (permit > now - window)
                add(permit, permit + window);
        break;
    }
    case LimiterKind::SlidingWindowCounter: {
        const double window = burst / rate;
        const double start = std::floor((now + 1e-9) / window) * window;
        const double past = within(start - window, start);
        const double present = within(start, now + 1);
        const double share = (window - (now - start)) / window;
        add(window, start, start + window, past, present, share, share * past + present + 1);
        facts.percents.push_back(share * 100);
        // When the estimate with one more call is down to the limit: in this window, or in the next.
        if (past > 0)
            add(start + window * (1 - (burst - 1 - present) / past));
        if (present > 0)
            add(start + window + window * (1 - (burst - 1) / present));
        break;
    }
    }
}

void SentenceFacts::addBackoff(const Event &event, Facts &facts) const
{
    const auto *planned = event.as<RetryPlanned>();
    if (!planned)
        return;
    const BackoffConfig &backoff = m_before->pipelines()[*event.pipeline].config().retry.backoff;
    const double n = planned->attempt - 1.0;
    const double base = seconds(backoff.baseDelay);
    double v = base;
    if (backoff.strategy == BackoffStrategy::Linear)
        v = base * n;
    if (backoff.strategy == BackoffStrategy::Exponential)
        v = base * std::pow(backoff.multiplier, n - 1);
    v = std::min(v, seconds(backoff.maxDelay));
    const double ratio = backoff.jitterRatio.share();
    const double cap = seconds(backoff.maxDelay);
    for (const double value : {n, n - 1, v, v / 2, v * (1 - ratio), std::min(cap, v * (1 + ratio)), 0.0})
        facts.numbers.push_back(value);
    double previous = base; // of this call's wait before
    const EventLog &log = m_timeline.history().log();
    for (uint64_t number = event.number - 1; number >= log.firstNumber() && number > 0; --number) {
        const Event *other = log.numbered(number);
        if (other->request == event.request && other->caller == event.caller && other->as<RetryPlanned>()) {
            previous = seconds(other->as<RetryPlanned>()->delay);
            break;
        }
    }
    facts.numbers.push_back(previous);
    facts.numbers.push_back(std::min(cap, 3 * std::max(previous, base)));
}

void SentenceFacts::addBreaker(const Event &event, Facts &facts) const
{
    const auto *away = event.as<Rejected>();
    if (const auto *moved = event.as<Transitioned>()) {
        for (const auto &[some, all] : {std::pair{moved->window.failures, moved->window.calls},
                                        std::pair{moved->window.slow, moved->window.calls},
                                        std::pair{moved->trialsFailed, moved->trialsFailed + moved->trialsSucceeded},
                                        std::pair{moved->trialsSlow, moved->trialsFailed + moved->trialsSucceeded}})
            if (all > 0)
                facts.percents.push_back(100.0 * some / all);
        facts.numbers.push_back(seconds(event.at + moved->wait));
        uint32_t openings = 0; // in a row
        const EventLog &log = m_timeline.history().log();
        for (uint64_t number = event.number; number >= log.firstNumber() && number > 0; --number) {
            const Event *other = log.numbered(number);
            const auto *move = other->as<Transitioned>();
            if (!move || other->pipeline != event.pipeline)
                continue;
            if (move->move.to == BreakerState::Closed)
                break;
            openings += move->move.to == BreakerState::Open;
        }
        facts.numbers.push_back(openings);
        facts.numbers.push_back(openings - 1.0);
    }
    if (const auto *sent = event.as<Sent>(); sent && sent->trial > 0)
        facts.numbers.push_back(sent->trial - 1.0);
    if (!away || away->by != PolicyKind::CircuitBreaker)
        return;
    if (away->retryAfter)
        facts.numbers.push_back(seconds(event.at + *away->retryAfter));
    facts.numbers.push_back(seconds(away->since));
    double given = 0;
    double succeeded = 0;
    double failed = 0;
    const EventLog &log = m_timeline.history().log();
    for (uint64_t number = event.number; number >= log.firstNumber() && number > 0; --number) {
        const Event *other = log.numbered(number);
        if (other->pipeline != event.pipeline)
            continue;
        if (const auto *moved = other->as<Transitioned>()) {
            for (const auto &[some, all] : {std::pair{moved->window.failures, moved->window.calls},
                                            std::pair{moved->window.slow, moved->window.calls}})
                if (all > 0)
                    facts.percents.push_back(100.0 * some / all);
            break;
        }
        const auto *sent = other->as<Sent>();
        const auto *finished = other->as<Finished>();
        given += sent && sent->permit.trial && sent->permit.generation == away->generation;
        if (finished && finished->trial && finished->generation == away->generation
            && finished->recorded == Recorded::Counted)
            (finished->outcome == RequestOutcome::Succeeded ? succeeded : failed) += 1;
        // A trial that says nothing gives its permit back.
        given -= finished && finished->trial && finished->generation == away->generation
                 && finished->recorded == Recorded::Neutral;
    }
    const Duration patience = m_before->pipelines()[*event.pipeline].config().circuitBreaker.halfOpenPatience();
    for (const double value : {given, succeeded, failed, given - succeeded - failed, seconds(away->since + patience)})
        facts.numbers.push_back(value);
}

void SentenceFacts::addBudget(const Event &event, Facts &facts) const
{
    const auto &budget = m_before->pipelines()[*event.pipeline].retryBudget();
    if (!budget || !event.as<RetryGivenUp>())
        return;
    const RetryBudgetView view = budget->view(event.at);
    const RetryBudgetConfig &config = budget->config();
    const double window = seconds(config.window);
    for (const double value : {double(view.requests), double(view.retries),
                               std::floor(config.ratio.share() * view.requests + config.minPerSecond * window + 1e-9),
                               config.minPerSecond, window, config.ratio.share()})
        facts.numbers.push_back(value);
    facts.percents.push_back(config.ratio.share() * 100);
}

} // namespace tests
