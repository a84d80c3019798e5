// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/labs/sentence_facts.h"

#include "core/io/event_json.h"
#include "core/sim/knobs.h"

#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace resilience;
using namespace resilience::sim;

namespace tests {

namespace {

double seconds(Duration d) { return toSeconds(d); }
double seconds(Time t) { return toSeconds(t); }

void flatten(const nlohmann::json &value, std::vector<double> &into)
{
    if (value.is_number())
        into.push_back(value.get<double>());
    for (const auto &part : value)
        if (value.is_structured())
            flatten(part, into);
}

// What a rule says in so many words, whatever the run.
const QRegularExpression kConstants(QStringLiteral("a call takes 1\\b|raises it by 1\\b|It takes 1 token|\\+ 1 |/ 2 "
                                                   "\\+ 1|\\b3 x |< 1$|tokens [0-9.]+ < 1|>= 1 ->|begins at 0 "
                                                   "again|four times as long"));

} // namespace

QStringList namesIn(const Scenario &scenario)
{
    QStringList names;
    for (const Component &component : componentsOf(scenario))
        names << QString::fromStdString(component.name);
    for (const ClientConfig &client : scenario.clients)
        names << QString::fromStdString(client.name);
    names.removeIf([](const QString &name) {
        return std::none_of(name.begin(), name.end(), [](QChar c) { return c.isDigit(); });
    });
    // The longer first, for one may begin like another.
    std::sort(names.begin(), names.end(), [](auto &a, auto &b) { return a.size() > b.size(); });
    return names;
}

std::vector<Figure> figuresIn(const std::string &sentence, const QStringList &names)
{
    QString text = QString::fromStdString(sentence);
    for (const QString &name : names)
        text.replace(name, QStringLiteral("N"));
    static const QRegularExpression tokens(QStringLiteral("tokens ([0-9.]+) < 1"));
    text.replace(tokens, QStringLiteral("tokens \\1"));
    text.replace(kConstants, QStringLiteral(" "));

    std::vector<Figure> figures;
    static const QRegularExpression number(QStringLiteral("(\\d+)(?:\\.(\\d+))?(?: (s|ms|us|ns|%)(?![a-z]))?"));
    for (auto match = number.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        const QString unit = found.captured(3);
        const double scale = unit == QStringLiteral("ms")   ? 1e-3
                             : unit == QStringLiteral("us") ? 1e-6
                             : unit == QStringLiteral("ns") ? 1e-9
                                                            : 1;
        Figure figure;
        figure.value = (found.captured(1) + '.' + found.captured(2) + '0').toDouble() * scale;
        // Spans are rounded to three digits: 674 ms, 924 s.
        figure.whole = found.captured(2).isEmpty() && (unit.isEmpty() || (scale == 1 && figure.value < 100));
        figure.step = std::pow(10.0, -double(found.captured(2).size())) * scale;
        figure.percent = unit == QStringLiteral("%");
        figure.text = found.captured(0);
        figures.push_back(figure);
    }
    return figures;
}

SentenceFacts::SentenceFacts(const Timeline &timeline) : m_timeline(timeline) {}

// Which permits the turn took, and what that makes of the levels: from the log and the count of those that passed.
void SentenceFacts::follow(const World &before)
{
    m_before = &before;
    m_limited = m_next;
    const World &after = m_timeline.world();
    for (uint32_t i = 0; i < after.pipelines().size(); ++i) {
        const AnyLimiterConfig config = before.pipelines()[i].config().rateLimiter;
        Limited &limited = m_next[i];
        const double now = seconds(after.now());
        if (const auto *bucket = std::get_if<TokenBucketConfig>(&config);
            bucket && limited.permits.empty() && limited.since == 0)
            limited.level = double(bucket->initial.value_or(bucket->capacity));
        if (const auto *bucket = std::get_if<LeakyBucketConfig>(&config);
            bucket && limited.permits.empty() && limited.since == 0)
            limited.level = double(bucket->capacity - bucket->initial);
        uint64_t passed = after.pipelines()[i].passed(PolicyKind::RateLimiter)
                          - before.pipelines()[i].passed(PolicyKind::RateLimiter);
        const double rate = perSecondOf(config);
        limited.level = std::min(double(burstOf(config)), limited.level + rate * (now - limited.since));
        limited.since = now;
        for (; passed > 0; --passed) {
            limited.permits.push_back(now);
            limited.level -= 1;
        }
    }
    for (uint64_t number = m_done + 1; number <= m_timeline.lastEvent(); ++number) {
        const Event *event = m_timeline.history().log().numbered(number);
        if (event->request != 0)
            m_calls[{event->request, event->caller}].push_back(number);
        if (event->as<Transitioned>())
            m_moves[event->pipeline].push_back(number);
        if (event->pipeline == kNobody)
            continue;
        Limited &limited = m_next[event->pipeline];
        const auto *queued = event->as<Queued>();
        const auto *went = event->as<WentOn>();
        if (queued && queued->at == PolicyKind::RateLimiter) {
            ++limited.waiting;
            limited.turns.push_back(seconds(*queued->until));
        }
        limited.waiting -= went && went->at == PolicyKind::RateLimiter;
        if (event->as<Sent>())
            limited.turns.push_back(seconds(event->at));
    }
    m_done = m_timeline.lastEvent();
}

void SentenceFacts::addEvent(const Event &event, Facts &facts) const
{
    std::vector<double> &own = m_numbers[event.number];
    if (own.empty())
        flatten(nlohmann::json::parse(io::EventLines(m_timeline.scenario()).lineOf(event)), own);
    facts.numbers.insert(facts.numbers.end(), own.begin(), own.end());
}

// What it is about besides: the same call, the same moment, and what brought its breaker to where it was.
void SentenceFacts::addRelated(const Event &event, Facts &facts) const
{
    const EventLog &log = m_timeline.history().log();
    if (const auto call = m_calls.find({event.request, event.caller}); call != m_calls.end()) {
        const auto &numbers = call->second;
        for (size_t i = numbers.size() > 12 ? numbers.size() - 12 : 0; i < numbers.size(); ++i) {
            const Event &other = *log.numbered(numbers[i]);
            addEvent(other, facts);
            facts.numbers.push_back(seconds(event.at - other.at));
            if (const auto *planned = other.as<RetryPlanned>())
                facts.numbers.push_back(seconds(planned->next));
        }
    }
    for (uint64_t number = m_timeline.lastEvent(); number >= log.firstNumber() && number > 0; --number) {
        const Event *other = log.numbered(number);
        if (other->at != event.at)
            break;
        addEvent(*other, facts);
    }
    const auto moves = m_moves.find(event.pipeline);
    if (moves == m_moves.end() || (!event.as<TurnedAway>() && !event.as<Transitioned>()))
        return;
    const auto end = std::upper_bound(moves->second.begin(), moves->second.end(), event.number);
    for (auto move = end; move != moves->second.begin() && end - move < 2;) {
        const Event &other = *log.numbered(*--move);
        addEvent(other, facts);
        facts.numbers.push_back(seconds(other.at + other.as<Transitioned>()->wait));
    }
}

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
    add(seconds(config.totalTimeout), seconds(config.attemptTimeout));
    for (const OpenCall &call : m_before->flow().openCalls())
        if (call.pipeline == index)
            add(seconds(call.startedAt), seconds(call.startedAt + config.totalTimeout));
}

// The five rules once more, over the permits that the log and the counts tell.
void SentenceFacts::addLimiter(const Event &event, Facts &facts) const
{
    const PipelineConfig &config = m_before->pipelines()[event.pipeline].config();
    if (!config.order.has(PolicyKind::RateLimiter))
        return;
    const auto found = m_limited.find(event.pipeline);
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
    const BackoffConfig &backoff = m_before->pipelines()[event.pipeline].config().retry.backoff;
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
    const auto *away = event.as<TurnedAway>();
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
    const Duration patience = m_before->pipelines()[event.pipeline].config().circuitBreaker.halfOpenPatience();
    for (const double value : {given, succeeded, failed, given - succeeded - failed, seconds(away->since + patience)})
        facts.numbers.push_back(value);
}

void SentenceFacts::addBudget(const Event &event, Facts &facts) const
{
    const auto &budget = m_before->pipelines()[event.pipeline].retryBudget();
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

void SentenceFacts::addService(const Event &event, Facts &facts) const
{
    facts.numbers.push_back(seconds(m_before->networkLatency()));
    if (event.service >= m_before->services().size())
        return;
    const Service &service = m_before->services()[event.service];
    for (const double value : {double(service.config().workers), double(service.queue().size()),
                               double(service.config().queue), seconds(service.config().warmUp)})
        facts.numbers.push_back(value);
    if (const auto *set = event.as<FaultSet>())
        facts.percents.push_back(set->value * 100);
    const EventLog &log = m_timeline.history().log();
    for (uint64_t number = event.number; event.as<FaultCleared>() && number >= log.firstNumber() && number > 0;
         --number) {
        const auto *set = log.numbered(number)->as<FaultSet>();
        if (set && set->kind == event.as<FaultCleared>()->kind && log.numbered(number)->service == event.service) {
            facts.numbers.push_back(seconds(log.numbered(number)->at));
            facts.numbers.push_back(seconds(event.at - log.numbered(number)->at));
            break;
        }
    }
}

void SentenceFacts::addHealth(const Event &event, Facts &facts) const
{
    const ProbingConfig *config = m_before->health().configOf(event.client);
    if (!config)
        return;
    for (const double value : {double(config->check.failuresToUnhealthy), double(config->check.successesToHealthy),
                               seconds(config->interval), seconds(config->check.probeTimeout()),
                               seconds(config->check.degradedLatency), seconds(config->check.unhealthyLatency)})
        facts.numbers.push_back(value);
}

void SentenceFacts::addLock(const Event &event, Facts &facts) const
{
    const LockRoomView room = m_before->lock().view(event.at);
    if (room.holders.empty())
        return;
    const auto add = [&](auto... values) { (facts.numbers.push_back(double(values)), ...); };
    add(room.lock.nodes, room.lock.nodes / 2 + 1, seconds(room.lock.ttl), seconds(room.lock.drift()),
        room.largestToken);
    for (const LockHolderView &holder : room.holders) {
        add(holder.heldAt);
        if (holder.validUntil)
            add(seconds(*holder.validUntil), seconds(event.at - *holder.validUntil));
        if (holder.askedAt)
            add(seconds(*holder.askedAt));
        if (holder.pausedSince)
            add(seconds(*holder.pausedSince));
    }
    const EventLog &log = m_timeline.history().log();
    uint64_t round = 0;
    double granted = 0;
    for (uint64_t number = event.number; number >= log.firstNumber() && number > 0; --number) {
        const Event *other = log.numbered(number);
        if (other->client != event.client)
            continue;
        if (const auto *decided = other->as<LockDecided>(); decided && number != event.number)
            break;
        if (const auto *voted = other->as<LockVoted>()) {
            round = round ? round : voted->round;
            granted += voted->round == round && voted->reply == LockReply::Granted;
        }
        // The lease counts from before the first request: the last that is met going back.
        if (const auto *asked = other->as<LockAsked>(); asked && asked->kind != LockRequest::Kind::Release) {
            const double elapsed = seconds(event.at - other->at);
            add(elapsed, seconds(room.lock.ttl) - elapsed - seconds(room.lock.drift()),
                seconds(event.at) + seconds(room.lock.ttl) - elapsed - seconds(room.lock.drift()));
        }
    }
    add(granted);
    if (event.as<LockVoted>()) {
        const LockStoreView &node = room.nodes[event.service - m_before->lock().componentOfNode(0)];
        if (node.state.expiresAt)
            add(seconds(*node.state.expiresAt - node.state.clock));
    }
}

void SentenceFacts::addKnobs(const Event &event, Facts &facts) const
{
    if (const auto *turned = event.as<KnobTurned>()) {
        facts.numbers.push_back(turned->value);
        facts.numbers.push_back(knobs()[turned->knob].get(*m_before));
    }
}

SentenceFacts::Facts SentenceFacts::about(const Event &event, const Explanation &explanation) const
{
    Facts facts;
    addEvent(event, facts);
    addRelated(event, facts);
    for (const uint64_t number : explanation.counted)
        addEvent(*m_timeline.history().log().numbered(number), facts);
    if (event.pipeline != kNobody) {
        addPipeline(event.pipeline, facts);
        addLimiter(event, facts);
        addBackoff(event, facts);
        addBreaker(event, facts);
        addBudget(event, facts);
    }
    addService(event, facts);
    addHealth(event, facts);
    addLock(event, facts);
    addKnobs(event, facts);
    // Moments and spans that are one step away.
    const double now = seconds(event.at);
    if (const auto *queued = event.as<Queued>(); queued && queued->until)
        facts.numbers.push_back(seconds(*queued->until) - now);
    return facts;
}

bool SentenceFacts::Facts::know(const Figure &figure) const
{
    const double room = figure.whole && !figure.percent ? 1e-9 : 1.0001 * figure.step;
    const auto &among = figure.percent ? percents : numbers;
    return std::any_of(among.begin(), among.end(),
                       [&](double fact) { return std::abs(std::abs(fact) - figure.value) <= room; });
}

} // namespace tests
