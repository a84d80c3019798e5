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

namespace {

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
            m_calls[{event->request, event->caller ? event->caller.index + 1 : 0}].push_back(number);
        if (event->as<Transitioned>())
            m_moves[*event->pipeline].push_back(number);
        if (!event->pipeline)
            continue;
        Limited &limited = m_next[*event->pipeline];
        const auto *queued = event->as<Queued>();
        const auto *went = event->as<Admitted>();
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
    if (own.empty()) {
        flatten(nlohmann::json::parse(io::EventLines(m_timeline.scenario()).lineOf(event)), own);
        own.push_back(double(event.callNumber));
    }
    facts.numbers.insert(facts.numbers.end(), own.begin(), own.end());
}

// What it is about besides: the same call, the same moment, and what brought its breaker to where it was.
void SentenceFacts::addRelated(const Event &event, Facts &facts) const
{
    const EventLog &log = m_timeline.history().log();
    if (const auto call = m_calls.find({event.request, event.caller ? event.caller.index + 1 : 0});
        call != m_calls.end()) {
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
    if (!event.pipeline)
        return;
    const auto moves = m_moves.find(*event.pipeline);
    if (moves == m_moves.end() || (!event.as<Rejected>() && !event.as<Transitioned>()))
        return;
    const auto end = std::upper_bound(moves->second.begin(), moves->second.end(), event.number);
    for (auto move = end; move != moves->second.begin() && end - move < 2;) {
        const Event &other = *log.numbered(*--move);
        addEvent(other, facts);
        facts.numbers.push_back(seconds(other.at + other.as<Transitioned>()->wait));
    }
}

void SentenceFacts::addService(const Event &event, Facts &facts) const
{
    facts.numbers.push_back(seconds(m_before->networkLatency()));
    if (event.target.index >= m_before->services().size())
        return;
    const Service &service = m_before->services()[event.target.index];
    for (const double value : {double(service.config().workers), double(service.queue().size()),
                               double(service.config().queue), seconds(service.config().warmUp)})
        facts.numbers.push_back(value);
    if (const auto *set = event.as<FaultSet>())
        facts.percents.push_back(set->value * 100);
    const EventLog &log = m_timeline.history().log();
    for (uint64_t number = event.number; event.as<FaultCleared>() && number >= log.firstNumber() && number > 0;
         --number) {
        const auto *set = log.numbered(number)->as<FaultSet>();
        if (set && set->kind == event.as<FaultCleared>()->kind && log.numbered(number)->target == event.target) {
            facts.numbers.push_back(seconds(log.numbered(number)->at));
            facts.numbers.push_back(seconds(event.at - log.numbered(number)->at));
            break;
        }
    }
}

void SentenceFacts::addHealth(const Event &event, Facts &facts) const
{
    const ProbingConfig *config = m_before->health().configOf(event.actor.index);
    if (!config)
        return;
    for (const double value : {double(config->check.failuresToUnhealthy), double(config->check.successesToHealthy),
                               seconds(config->interval), seconds(config->check.probeTimeout()),
                               seconds(config->check.degradedLatency), seconds(config->check.unhealthyLatency)})
        facts.numbers.push_back(value);
}

void SentenceFacts::addLock(const Event &event, Facts &facts) const
{
    const LockView room = m_before->lock().view(event.at);
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
        if (other->actor != event.actor)
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
        const LockNodeStateView &node = room.nodes[event.target.index];
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
    if (event.pipeline) {
        addPipeline(*event.pipeline, facts);
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
