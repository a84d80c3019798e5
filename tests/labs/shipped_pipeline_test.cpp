// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/pipeline.h"
#include "labs/catalog.h"
#include "tests/register_test.h"
#include "tests/runtime/any_nest.h"
#include "tests/runtime/virtual_time.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

// How the service treated one attempt. One that was given up would have taken for ever.
struct Reply {
    Duration takes = 24h;
    std::optional<ErrorKind> error; // none = a success
};

// What came to pass for one client: everything that its policies decided, in order, and how its calls ended.
struct Story {
    std::vector<std::string> decisions;
    std::vector<std::string> endings;
    std::optional<Time> firstOpened;

    void decide(Time now, const std::string &what) { decisions.push_back(text(now) + what); }
    void end(Time now, size_t call, const CallEnding &ending)
    {
        using enum sim::RequestOutcome;
        const sim::RequestOutcome how = ending.succeeded()                        ? Succeeded
                                        : ending.timedOut()                       ? TimedOut
                                        : ending.by == PolicyKind::RateLimiter    ? Throttled
                                        : ending.by == PolicyKind::CircuitBreaker ? ShortCircuited
                                        : ending.by == PolicyKind::Bulkhead       ? Rejected
                                                                                  : Failed;
        end(now, call, how, ending.fellBack);
    }
    void end(Time now, size_t call, sim::RequestOutcome how, bool fellBack)
    {
        endings.push_back(text(now) + "call " + std::to_string(call) + " " + name(how)
                          + (fellBack ? ", fell back" : ""));
    }
    void turnedAway(Time now, size_t call, PolicyKind by, Rejection why)
    {
        decide(now, "call " + std::to_string(call) + " refused by " + name(by) + " " + std::to_string(int(why)));
    }
    void moved(Time now, BreakerState from, BreakerState to)
    {
        decide(now, std::string("breaker ") + name(from) + " -> " + name(to));
        if (to == BreakerState::Open && !firstOpened)
            firstOpened = now;
    }

private:
    static std::string text(Time now) { return std::to_string(now.time_since_epoch().count()) + " "; }
};

std::string over(size_t call, uint32_t attempt, bool succeeded, std::optional<PolicyKind> timedOutBy, Duration took)
{
    return "call " + std::to_string(call) + " attempt " + std::to_string(attempt) + " "
           + (succeeded    ? "succeeded"
              : timedOutBy ? std::string("cut off by ") + name(*timedOutBy)
                           : "failed")
           + " after " + std::to_string(took.count());
}

// A client of a scenario as it was played: its calls, what the service did to their attempts, and its story.
class Played {
public:
    Played(const char *scenario, uint32_t client) : m_scenario(labs::labWithId("combining")->scenario(scenario))
    {
        sim::Timeline timeline(m_scenario, m_scenario->seed, m_scenario->script);
        timeline.runTo(at(m_scenario->until));
        const sim::EventLog &log = timeline.history().log();
        for (uint64_t number = log.firstNumber(); number <= log.lastNumber(); ++number)
            if (const sim::Event &event = *log.numbered(number); event.actor == sim::Subject::client(client))
                read(event);
        m_client = client;
    }

    Time end() const { return at(m_scenario->until); }
    uint64_t seed() const { return m_scenario->seed; }
    const sim::ClientConfig &client() const { return m_scenario->clients[m_client]; }
    const std::vector<Time> &calls() const { return m_calls; }
    Reply replyTo(size_t call, uint32_t attempt) const
    {
        const auto found = m_replies.find({call, attempt});
        return found == m_replies.end() ? Reply{} : found->second;
    }
    const Story &story() const { return m_story; }

private:
    void read(const sim::Event &event)
    {
        if (event.as<sim::Offered>()) {
            m_callOf[event.request] = m_calls.size();
            m_calls.push_back(event.at);
        }
        const size_t call = m_callOf.contains(event.request) ? m_callOf[event.request] : 0;
        const std::string its = "call " + std::to_string(call);
        if (event.as<sim::Sent>()) {
            m_story.decide(event.at, its + " attempt " + std::to_string(event.attempt));
        } else if (const auto *finished = event.as<sim::Finished>()) {
            const bool succeeded = finished->outcome == sim::RequestOutcome::Succeeded;
            m_story.decide(event.at, over(call, event.attempt, succeeded, finished->timedOutBy, finished->took));
            if (!finished->timedOutBy)
                m_replies[{call, event.attempt}] = {
                    finished->took,
                    succeeded ? std::nullopt
                              : std::optional{finished->refused ? ErrorKind::NotSent : ErrorKind::ServerError}};
        } else if (const auto *back = event.as<sim::Rejected>()) {
            m_story.turnedAway(event.at, call, back->by, back->why);
        } else if (const auto *planned = event.as<sim::RetryPlanned>()) {
            m_story.decide(event.at, its + " again in " + std::to_string(planned->delay.count()));
        } else if (const auto *up = event.as<sim::RetryGivenUp>()) {
            m_story.decide(event.at, its + " gives up: " + name(up->why));
        } else if (const auto *moved = event.as<sim::Transitioned>()) {
            m_story.moved(event.at, moved->move.from, moved->move.to);
        }
        if (event.ends)
            m_story.end(event.at, call, event.ends->outcome, event.ends->fellBack);
    }

    const std::shared_ptr<const sim::Scenario> m_scenario;
    uint32_t m_client = 0;
    std::map<uint64_t, size_t> m_callOf; // by request
    std::vector<Time> m_calls; // when each began
    std::map<std::pair<size_t, uint32_t>, Reply> m_replies; // by call, and attempt among those that were sent
    Story m_story;
};

std::vector<PolicySettings> nestOf(const PipelineConfig &config, const RandomStream &random)
{
    std::vector<PolicySettings> nest;
    for (const PolicyKind kind : config.order)
        switch (kind) {
        case PolicyKind::Fallback:
            nest.emplace_back(config.fallback);
            break;
        case PolicyKind::TotalTimeout:
            nest.emplace_back(TimeLimitSettings{config.totalTimeout, kind});
            break;
        case PolicyKind::Retry:
            nest.emplace_back(RetrySettings{config.retry, random});
            break;
        case PolicyKind::RateLimiter:
            nest.emplace_back(config.rateLimiter);
            break;
        case PolicyKind::CircuitBreaker:
            nest.emplace_back(config.circuitBreaker);
            break;
        case PolicyKind::Bulkhead:
            nest.emplace_back(config.bulkhead);
            break;
        case PolicyKind::AttemptTimeout:
            nest.emplace_back(TimeLimitSettings{config.attemptTimeout, kind});
            break;
        case PolicyKind::Hedging:
            nest.emplace_back(config.hedging);
            break;
        }
    return nest;
}

thread_local size_t callOfThisThread = 0;

// What the shipped pipeline decides when the same calls come at the same moments, and the same is done to them.
class OnThreads {
public:
    explicit OnThreads(const Played &played) : m_played(played), m_time(kTimeZero) {}

    Story run()
    {
        const auto &client = m_played.client();
        const RandomStream random(m_played.seed(), "pipeline:" + client.name);
        runtime::PipelineConfig config{
            .policies = tests::policiesOf(nestOf(client.pipeline, random), client.pipeline.retryBudget, clock()),
            .clock = clock(),
            .executor = m_time.executor()};
        config.observer = [this](const runtime::PipelineEvent &event) { hear(event); };
        runtime::Pipeline pipeline(config);
        std::vector<std::function<void()>> callers;
        for (size_t call = 0; call < m_played.calls().size(); ++call)
            callers.emplace_back([&, call] {
                callOfThisThread = call;
                sleepUntil(m_played.calls()[call], kNewCall, {});
                uint32_t sent = 0;
                pipeline.call([&](const runtime::Attempt &attempt) { serve(attempt, call, ++sent); },
                              {.operation = client.operation}, [] {});
            });
        m_time.run(callers);
        return m_story;
    }

private:
    // As in a simulation: of what comes at one moment answers are first, then timers as they were set, then new calls.
    // Of threads that wake together, whoever went to sleep last is last: all but answers sleep once more right before.
    static constexpr Duration kAnswer = 0ns;
    static constexpr Duration kOuterLimit = 3ns; // set before anything inside it was
    static constexpr Duration kTimer = 2ns;
    static constexpr Duration kNewCall = 1ns;

    bool sleepUntil(Time moment, Duration wakesBefore, const std::stop_token &stop)
    {
        m_time.sleepUntil(moment - wakesBefore, stop);
        return m_time.sleepUntil(moment, stop);
    }
    runtime::Clock clock()
    {
        return {[this] { return m_time.now(); },
                [this](Time moment, const std::stop_token &stop) { return sleepUntil(moment, kTimer, stop); }};
    }

    void serve(const runtime::Attempt &attempt, size_t call, uint32_t number)
    {
        const Reply reply = m_played.replyTo(call, number);
        const Time answers = m_time.now() + reply.takes;
        const Time ends = std::min(answers, attempt.deadline.end());
        const bool byOuter = attempt.deadline.end() - m_time.now() < m_played.client().pipeline.attemptTimeout;
        sleepUntil(ends, ends == answers ? kAnswer : byOuter ? kOuterLimit : kTimer, {});
        if (ends < answers || reply.error)
            throw runtime::CallError({.kind = reply.error.value_or(ErrorKind::Timeout)}, "no answer");
    }

    void hear(const runtime::PipelineEvent &event)
    {
        const Time now = m_time.now();
        if (now > m_played.end())
            return; // nobody has seen what came then
        const size_t call = callOfThisThread;
        const std::string its = "call " + std::to_string(call);
        if (const auto *send = std::get_if<SendAttempt>(&event))
            m_story.decide(now, its + " attempt " + std::to_string(send->attempt));
        else if (const auto *ended = std::get_if<AttemptOver>(&event))
            m_story.decide(now, over(call, ended->attempt, ended->how.succeeded(),
                                     ended->how.timedOut() ? ended->how.by : std::nullopt, ended->took));
        else if (const auto *back = std::get_if<PolicyRejected>(&event))
            m_story.turnedAway(now, call, back->by, back->why);
        else if (const auto *retry = std::get_if<RetryDecided>(&event))
            m_story.decide(now,
                           its
                               + (retry->verdict.again() ? " again in " + std::to_string(retry->verdict.delay.count())
                                                         : std::string(" gives up: ") + name(retry->verdict.reason)));
        else if (const auto *moved = std::get_if<BreakerMoved>(&event))
            m_story.moved(now, moved->from, moved->now.state);
        else if (const auto *done = std::get_if<CallDone>(&event))
            m_story.end(now, call, done->ending);
    }

    const Played &m_played;
    tests::VirtualTime m_time;
    Story m_story;
};

// The first line that differs, or nothing.
QString difference(const std::vector<std::string> &shown, const std::vector<std::string> &shipped)
{
    for (size_t i = 0; i < std::max(shown.size(), shipped.size()); ++i) {
        const std::string there = i < shown.size() ? shown[i] : "nothing";
        const std::string here = i < shipped.size() ? shipped[i] : "nothing";
        if (there != here)
            return QStringLiteral("line %1: shown \"%2\", on threads \"%3\"")
                .arg(i)
                .arg(QString::fromStdString(there), QString::fromStdString(here));
    }
    return {};
}

} // namespace

// What a step shows is true of the library that programs use: a scenario is played, and the shipped pipeline gets the
// same calls at the same moments, on threads in simulated time.
class ShippedPipelineTest : public QObject {
    Q_OBJECT
private slots:
    void decidesWhatWasShown_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::addColumn<uint>("client");
        for (const auto &scenario : labs::labWithId("combining")->scenarios)
            for (uint client = 0; client < scenario->clients.size(); ++client)
                if (!scenario->clients[client].pipeline.order.has(PolicyKind::Hedging))
                    QTest::addRow("%s, %s", scenario->name.c_str(), scenario->clients[client].name.c_str())
                        << QString::fromStdString(scenario->name) << client;
    }
    void decidesWhatWasShown()
    {
        QFETCH(QString, scenario);
        QFETCH(uint, client);
        const Played played(qPrintable(scenario), client);
        const Story shipped = OnThreads(played).run();
        QVERIFY(played.story().decisions.size() > 50 && played.story().endings.size() > 20);
        QCOMPARE(difference(played.story().decisions, shipped.decisions), QString());
        QCOMPARE(difference(played.story().endings, shipped.endings), QString());
    }

    // The guide's claim, in the seconds that it tells.
    void aRetryInsideTheBreakerOpensItLater()
    {
        const auto opens = [](uint32_t client) {
            const Story shipped = OnThreads(Played("retry-and-breaker", client)).run();
            const double moment = shipped.firstOpened ? toSeconds(*shipped.firstOpened - kTimeZero) : 0;
            return std::round(moment * 10) / 10;
        };
        QCOMPARE(opens(0), 6.5);
        QCOMPARE(opens(1), 9.1);
    }
};
REGISTER_TEST(ShippedPipelineTest)

#include "shipped_pipeline_test.moc"
