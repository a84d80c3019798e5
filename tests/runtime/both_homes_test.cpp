// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/pipeline.h"
#include "core/runtime/pipeline.h"
#include "tests/register_test.h"
#include "tests/runtime/any_nest.h"
#include "tests/runtime/virtual_time.h"

#include <QtTest>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

using namespace resilience;
using namespace std::chrono_literals;
using tests::Play;

namespace {

std::string text(Time t) { return std::to_string(t.time_since_epoch().count()); }
std::string text(const CallEnding &ending)
{
    std::ostringstream out;
    out << int(ending.outcome) << (ending.by ? name(*ending.by) : "-") << int(ending.rejection)
        << (ending.deadline ? "d" : "") << (ending.fellBack ? "f" : "");
    return out.str();
}

// A line for everything that was decided; nothing for what only one home has to tell.
struct Line {
    std::string operator()(const SendAttempt &send) const
    {
        return "send " + std::to_string(send.attempt) + " " + std::to_string(send.number) + " "
               + (send.deadline.moment() ? text(*send.deadline.moment()) : "");
    }
    std::string operator()(const AttemptOver &over) const
    {
        return "over " + std::to_string(over.attempt) + " " + text(over.how) + " " + std::to_string(over.took.count());
    }
    std::string operator()(const PolicyRejected &back) const
    {
        return std::string("back ") + name(back.by) + std::to_string(int(back.why)) + " "
               + (back.retryAfter ? std::to_string(back.retryAfter->count()) : "");
    }
    std::string operator()(const WaitBegun &wait) const
    {
        return std::string("wait ") + name(wait.at) + (wait.until ? text(*wait.until) : "");
    }
    std::string operator()(const WaitEnded &wait) const
    {
        return std::string("on ") + std::to_string(wait.waited.count());
    }
    std::string operator()(const RetryDecided &retry) const
    {
        return "retry " + std::to_string(int(retry.verdict.kind)) + std::to_string(int(retry.verdict.reason)) + " "
               + std::to_string(retry.verdict.delay.count());
    }
    std::string operator()(const AttemptHedged &hedge) const
    {
        return "hedge " + std::to_string(hedge.hedge) + (hedge.afterFailure ? "!" : "");
    }
    std::string operator()(const FallbackTaken &) const { return "fallback"; }
    std::string operator()(const RanOutOfTime &late) const
    {
        return std::string("late ") + (late.by ? name(*late.by) : "");
    }
    std::string operator()(const BreakerMoved &) const { return {}; }
    std::string operator()(const WakeUp &) const { return {}; }
    std::string operator()(const CallDone &done) const { return "done " + text(done.ending); }
};

// What happened to each call, and where the policies stand afterwards.
struct Told {
    std::vector<std::string> calls; // by call
    std::string policies;
    int lines = 0;

    void add(const Play &play, size_t call, Time now, const decltype(PipelineStep::what) &what)
    {
        // A simulated call that is given up says nothing more; on threads its caller still gets an answer.
        const auto &cancelled = play.calls[call].cancelled;
        const std::string line = std::visit(Line{}, what);
        if (line.empty() || (cancelled && now >= *cancelled))
            return;
        calls[call] += text(now) + " " + line + "\n";
        ++lines;
    }
};

void addView(std::ostringstream &out, const BreakerView &view)
{
    out << "breaker " << int(view.state) << ' ' << text(view.since) << ' ' << view.generation << ' '
        << view.window.calls << ' ' << view.window.failures << ' ' << view.window.slow << ' '
        << view.window.consecutiveFailures << ' ' << view.trialsGiven << ' ' << view.trialsSucceeded << ' '
        << view.trialsFailed << ' ' << view.late << '\n';
}
void addView(std::ostringstream &out, const BulkheadView &view)
{
    out << "bulkhead " << view.inUse << ' ' << view.queued << ' ' << view.permitted << ' ' << view.rejected << ' '
        << view.expired + view.left << '\n';
}
void addBudget(std::ostringstream &out, const RetryBudgetView &view)
{
    out << "budget " << view.requests << ' ' << view.retries << ' ' << view.permitted << ' ' << view.rejected << '\n';
}

constexpr Time kEnd = at(10'000h);

// The simulated home: the pipeline, and the loop that it needs.
class Simulated {
public:
    explicit Simulated(const Play &play) : m_play(play), m_pipeline(play.nest, play.budget)
    {
        m_told.calls.resize(play.calls.size());
        for (size_t i = 0; i < play.calls.size(); ++i) {
            m_todo.emplace(play.calls[i].begins, Todo{Todo::Begin, i, {}, {}});
            if (play.calls[i].cancelled)
                m_todo.emplace(*play.calls[i].cancelled, Todo{Todo::Cancel, i, {}, {}});
        }
    }

    Told run()
    {
        while (!m_todo.empty()) {
            const auto [at, todo] = *m_todo.begin();
            m_todo.erase(m_todo.begin());
            m_now = at;
            PipelineSteps steps;
            act(todo, steps);
            for (const PipelineStep &step : steps)
                if (step.key != 0)
                    read(step);
        }
        std::ostringstream out;
        for (size_t i = 0; i < m_play.nest.size(); ++i) {
            if (const auto *breaker = m_pipeline.policyAt<CircuitBreaker>(i))
                addView(out, breaker->view(kEnd));
            else if (const auto *bulkhead = m_pipeline.policyAt<Bulkhead>(i))
                addView(out, bulkhead->view(kEnd));
        }
        if (m_pipeline.retryBudget())
            addBudget(out, m_pipeline.retryBudget()->view(kEnd));
        m_told.policies = out.str();
        return m_told;
    }

private:
    struct Todo {
        enum What { Begin, Cancel, Answer, Wake } what;
        size_t call;
        WakeUp wake;
        std::pair<uint32_t, Play::Reply> answer; // attempt
    };

    void act(const Todo &todo, PipelineSteps &steps)
    {
        const Play::Call &call = m_play.calls[todo.call];
        switch (todo.what) {
        case Todo::Begin:
            m_handles[todo.call] = m_pipeline.start(todo.call + 1, call.operation, call.deadline, m_now, steps);
            break;
        case Todo::Cancel:
            if (m_handles.contains(todo.call))
                m_pipeline.cancel(m_handles[todo.call], m_now, steps);
            break;
        case Todo::Answer:
            m_pipeline.onAnswer(m_handles[todo.call], todo.answer.first, todo.answer.second.outcome,
                                todo.answer.second.failure, m_now, steps);
            break;
        case Todo::Wake:
            m_pipeline.wake(todo.wake, m_now, steps);
            break;
        }
    }

    void read(const PipelineStep &step)
    {
        const size_t call = step.key - 1;
        m_handles[call] = step.call;
        m_told.add(m_play, call, m_now, step.what);
        if (const auto *wake = step.as<WakeUp>()) {
            m_todo.emplace(wake->at, Todo{Todo::Wake, call, *wake, {}});
        } else if (const auto *send = step.as<SendAttempt>()) {
            const Play::Reply reply = m_play.replyTo(call, send->number);
            m_todo.emplace(m_now + reply.takes, Todo{Todo::Answer, call, {}, {send->attempt, reply}});
        }
    }

    const Play &m_play;
    Pipeline m_pipeline;
    Time m_now{};
    std::multimap<Time, Todo> m_todo;
    std::map<size_t, CallHandle> m_handles;
    Told m_told;
};

bool sideBySide(const Play &play)
{
    return std::ranges::any_of(play.nest, [](const PolicySettings &settings) {
        const auto *hedging = std::get_if<HedgingConfig>(&settings);
        return hedging && hedging->maxAttempts > 1;
    });
}

thread_local size_t callOfThisThread = 0;

// The same on threads.
Told onThreads(const Play &play)
{
    Told told;
    told.calls.resize(play.calls.size());
    tests::VirtualTime time(kTimeZero);
    const runtime::Clock clock = time.clock();
    const auto policies = tests::policiesOf(play.nest, play.budget, clock);
    runtime::PipelineConfig config{.policies = policies, .clock = clock, .executor = time.executor()};
    config.observer = [&](const runtime::PipelineEvent &event) { told.add(play, callOfThisThread, time.now(), event); };
    {
        runtime::Pipeline pipeline(config);
        std::vector<std::stop_source> stops(play.calls.size());
        std::vector<std::function<void()>> tasks;
        for (size_t i = 0; i < play.calls.size(); ++i) {
            tasks.emplace_back([&, i] {
                callOfThisThread = i;
                const Play::Call &call = play.calls[i];
                time.sleepUntil(call.begins, {});
                // Who is asked to stop stops, and so does who has no time left. (The token of an attempt that runs on
                // the call's own thread would begin a thread that is not of this time.)
                const auto stop = [side = sideBySide(play) && call.operation.mayRepeat(),
                                   callers = stops[i].get_token()](const runtime::Attempt &attempt) {
                    return side ? std::stop_token(attempt.stop) : callers;
                };
                const auto target = [&time, &play, i, stop](const runtime::Attempt &attempt) {
                    const Play::Reply reply = play.replyTo(i, attempt.number);
                    const Time answers = time.now() + reply.takes;
                    const Time ends = std::min(answers, attempt.deadline.moment().value_or(answers));
                    if (!time.sleepUntil(ends, stop(attempt)) || ends < answers)
                        throw runtime::CallError({ErrorKind::Other}, "stopped");
                    if (reply.outcome == Outcome::Failure)
                        throw runtime::CallError(reply.failure, "failed");
                    return attempt.number;
                };
                const runtime::CallOptions options{call.deadline, stops[i].get_token(), call.operation};
                pipeline.call(target, options, [] { return 0U; });
            });
            if (play.calls[i].cancelled)
                tasks.emplace_back([&, i] {
                    time.sleepUntil(*play.calls[i].cancelled, {});
                    stops[i].request_stop();
                });
        }
        time.run(tasks);
    }
    std::ostringstream out;
    std::shared_ptr<runtime::SharedRetryBudget> budget;
    const tests::VirtualTime after(kEnd);
    for (const runtime::AnyPolicy &policy : policies) {
        if (const auto *breaker = std::get_if<std::shared_ptr<runtime::SharedCircuitBreaker>>(&policy))
            addView(out, (*breaker)->checkpoint().view(kEnd));
        else if (const auto *bulkhead = std::get_if<std::shared_ptr<runtime::SharedBulkhead>>(&policy))
            addView(out, (*bulkhead)->checkpoint().view(kEnd));
        else if (const auto *retry = std::get_if<runtime::RetryPolicy>(&policy))
            budget = retry->budget;
        else if (const auto *hedging = std::get_if<runtime::HedgingPolicy>(&policy))
            budget = hedging->budget;
    }
    if (budget)
        addBudget(out, budget->checkpoint().view(kEnd));
    else if (play.budget)
        addBudget(out, RetryBudget(*play.budget).view(kEnd));
    told.policies = out.str();
    return told;
}

std::string nestText(const Play &play)
{
    std::string text;
    for (const PolicySettings &settings : play.nest)
        text += std::to_string(settings.index());
    return text;
}

// What differs first, or nothing.
std::string difference(const Play &play, const Told &simulated, const Told &threads)
{
    for (size_t i = 0; i < play.calls.size(); ++i)
        if (simulated.calls[i] != threads.calls[i])
            return "seed " + std::to_string(play.seed) + ", nest " + nestText(play) + ", call " + std::to_string(i)
                   + "\nsimulated:\n" + simulated.calls[i] + "on threads:\n" + threads.calls[i];
    if (simulated.policies != threads.policies)
        return "seed " + std::to_string(play.seed) + ", nest " + nestText(play) + "\nsimulated:\n" + simulated.policies
               + "on threads:\n" + threads.policies;
    return {};
}

} // namespace

// One composition, two homes: whatever the nest and whatever happens to its calls, a simulation and a program decide
// the same, at the same moments and in the same order.
class BothHomesTest : public QObject {
    Q_OBJECT
private slots:
    void decideTheSame()
    {
#ifdef __SANITIZE_THREAD__ // every play begins threads, which takes long there
        constexpr int kPlays = 5'000;
#else
        constexpr int kPlays = 10'000;
#endif
        std::map<std::string, int> seen;
        for (int i = 0; i < kPlays; ++i) {
            const Play play(static_cast<uint64_t>(i) + 1);
            const Told simulated = Simulated(play).run();
            const Told threads = onThreads(play);
            const std::string differs = difference(play, simulated, threads);
            QVERIFY2(differs.empty(), differs.c_str());
            for (const std::string &call : simulated.calls)
                for (const char *word :
                     {"send", "over", "back", "wait", "on ", "retry 1", "hedge", "fallback", "late", "done"})
                    seen[word] += call.find(word) != std::string::npos;
        }
        for (const auto &[word, count] : seen)
            QVERIFY2(count > 30, qPrintable(QString::fromStdString(word) + QStringLiteral(": %1").arg(count)));
    }
};
REGISTER_TEST(BothHomesTest)

#include "both_homes_test.moc"
