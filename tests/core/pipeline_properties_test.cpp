// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/pipeline_loop.h"
#include "tests/register_test.h"
#include "tests/sim/any_scenario.h"

#include <QtTest>
#include <rapidcheck.h>

#include <map>
#include <set>
#include <utility>

using namespace resilience;
using namespace std::chrono_literals;
using tests::anyMilliseconds;
using tests::anyWhole;
using tests::PipelineLoop;

namespace {

// How often the lives of all pipelines came to what is checked, so that no check is idle.
struct SeenByPipeline {
    int retries = 0;
    int budgetSpent = 0;
    int waits = 0;
    int turnedBack = 0;
    int timeouts = 0;
    int fellBack = 0;
    int trials = 0;
    int cancelled = 0;
    int reordered = 0;
    int sideBySide = 0;
    int beaten = 0;
};

// One life of a pipeline: any policies in any order, calls that start, succeed, fail, are late, or are given up, and
// what must hold after every step.
class PipelineLife {
public:
    PipelineLife(uint64_t seed, SeenByPipeline &seen)
        : m_random(seed, "life"), m_loop(tests::anyPolicies(m_random), seed), m_seen(seen)
    {
        m_budgeted = m_loop.pipeline.config().retryBudget.has_value();
    }

    void run()
    {
        for (uint64_t left = anyWhole(m_random, 20, 100); left > 0; --left) {
            act();
            check();
        }
        finish();
    }

private:
    struct Call {
        std::map<uint32_t, std::optional<Time>> out; // attempts by number, and when they will be answered
        uint32_t attempts = 0;
        std::set<uint32_t> numbers;
        Deadline deadline;
    };

    void act()
    {
        const uint64_t choice = anyWhole(m_random, 0, 99);
        if (choice < 45) {
            passTime(anyMilliseconds(m_random, 0, 800));
        } else if (choice < 85) {
            const Deadline deadline =
                m_random.chance(0.2) ? Deadline::in(anyMilliseconds(m_random, 0, 2000), m_loop.now) : Deadline::none();
            const Operation operation{m_random.chance(0.7), m_random.chance(0.3)};
            m_live[m_loop.start(operation, deadline)].deadline = deadline;
            ++m_started;
        } else if (choice < 93) {
            cancelOne();
        } else if (choice < 97) {
            PipelineConfig config = tests::anyPolicies(m_random);
            config.retryBudget = m_loop.pipeline.config().retryBudget; // a new one would forget what it has counted
            m_slots = std::max(config.bulkhead.maxConcurrent, m_loop.pipeline.bulkhead().inUse());
            m_loop.reconfigure(config);
            ++m_seen.reordered;
        } else {
            m_loop.force(m_random.chance(0.5) ? BreakerTrigger::ForceOpen : BreakerTrigger::Release);
        }
        read();
    }

    void cancelOne()
    {
        if (m_live.empty())
            return;
        const auto chosen = std::next(m_live.begin(), std::ptrdiff_t(anyWhole(m_random, 0, m_live.size() - 1)));
        m_beingCancelled = chosen->first;
        m_loop.cancel(chosen->first);
        ++m_cancelled;
        ++m_seen.cancelled;
    }

    // Everything in the order of its time: answers that the target gives, and what the pipeline wants by itself.
    void passTime(Duration duration)
    {
        const Time until = saturatingAdd(m_loop.now, duration);
        while (true) {
            struct Coming {
                Time at;
                uint64_t key;
                uint32_t attempt;
            };
            std::optional<Coming> answer;
            for (const auto &[key, call] : m_live)
                for (const auto &[attempt, at] : call.out)
                    if (at && *at <= until && (!answer || *at < answer->at))
                        answer = {*at, key, attempt};
            const auto own = m_loop.nextTime();
            if (answer && (!own || answer->at <= *own)) {
                m_loop.now = std::max(m_loop.now, answer->at);
                m_live[answer->key].out[answer->attempt].reset();
                const bool inTime = m_loop.answerAttempt(answer->key, answer->attempt,
                                                         m_random.chance(0.5) ? Outcome::Success : Outcome::Failure,
                                                         {.kind = static_cast<ErrorKind>(anyWhole(m_random, 0, 5))});
                RC_ASSERT(inTime);
            } else if (own && *own <= until) {
                m_loop.runTo(*own);
            } else {
                break;
            }
            read();
        }
        m_loop.runTo(until);
    }

    void read()
    {
        for (const PipelineStep &step : m_loop.takeSteps()) {
            if (step.key == 0) {
                RC_ASSERT(step.as<BreakerMoved>() != nullptr);
                continue;
            }
            RC_ASSERT(m_live.contains(step.key));
            readStep(step, m_live[step.key]);
        }
        if (m_beingCancelled != 0)
            m_live.erase(std::exchange(m_beingCancelled, 0));
    }

    void readStep(const PipelineStep &step, Call &call)
    {
        if (const auto *send = step.as<SendAttempt>()) {
            RC_ASSERT(send->attempt == ++call.attempts);
            RC_ASSERT(call.numbers.insert(send->number).second);
            RC_ASSERT(!send->deadline.isOver(m_loop.now));
            call.out[send->attempt];
            if (m_random.chance(0.85))
                call.out[send->attempt] = m_loop.now + anyMilliseconds(m_random, 0, 1500);
            m_seen.sideBySide += call.out.size() > 1;
            m_seen.trials += send->trial > 0;
        } else if (const auto *over = step.as<AttemptOver>()) {
            RC_ASSERT(call.out.erase(over->attempt) == 1U);
            m_seen.timeouts += over->how.timedOut();
            m_seen.beaten += over->how.by == PolicyKind::Hedging;
            RC_ASSERT(!over->abandoned || over->how.timedOut() || over->how.by == PolicyKind::Hedging
                      || step.key == m_beingCancelled);
        } else if (const auto *retry = step.as<RetryDecided>()) {
            RC_ASSERT(!retry->verdict.again() || !call.deadline.isOver(retry->next));
            m_retries += retry->verdict.again();
            m_seen.retries += retry->verdict.again();
            m_refused += retry->verdict.reason == RetryVerdict::Reason::Budget;
            m_seen.budgetSpent += retry->verdict.reason == RetryVerdict::Reason::Budget;
        } else if (step.as<AttemptHedged>()) {
            ++m_retries; // to the budget
        } else if (const auto *done = step.as<CallDone>()) {
            RC_ASSERT(step.key != m_beingCancelled);
            RC_ASSERT(call.out.empty());
            m_seen.fellBack += done->ending.fellBack;
            ++m_done;
            m_live.erase(step.key);
        }
        m_seen.waits += step.as<WaitBegun>() != nullptr;
        m_seen.turnedBack += step.as<PolicyRejected>() != nullptr;
    }

    void check()
    {
        const Pipeline &pipeline = m_loop.pipeline;
        RC_ASSERT(pipeline.underWay() == m_live.size());
        RC_ASSERT(m_started == m_done + m_cancelled + m_live.size());
        uint32_t inside = 0;
        uint32_t waiting = 0;
        for (const auto &[key, call] : m_live) {
            const CallHandle handle = m_loop.handleOf(key);
            for (const Pipeline::Occupant &occupant : pipeline.occupants(handle))
                ++(occupant.waits ? waiting : inside);
            // Each is somewhere: at the target, or waiting for something; side by side, at both.
            RC_ASSERT(!call.out.empty() || pipeline.waitsAt(handle));
        }
        RC_ASSERT(inside == pipeline.bulkhead().inUse());
        RC_ASSERT(waiting == pipeline.bulkhead().queued());
        m_slots = std::max(std::min(m_slots, inside), pipeline.config().bulkhead.maxConcurrent);
        RC_ASSERT(inside <= m_slots);
        if (m_budgeted) {
            const RetryBudgetView budget = pipeline.retryBudget()->view(m_loop.now);
            RC_ASSERT(budget.permitted == m_retries);
            RC_ASSERT(budget.rejected >= m_refused); // a hedge that is refused says nothing
        }
    }

    // Whoever has not been answered is, and all that was taken has been given back.
    void finish()
    {
        m_loop.force(BreakerTrigger::Release);
        read();
        for (int i = 0; i < 3000 && !m_live.empty(); ++i) {
            for (auto &[key, call] : m_live)
                for (auto &[attempt, at] : call.out)
                    if (!at)
                        at = m_loop.now;
            passTime(1s);
            check();
        }
        RC_ASSERT(m_live.empty());
        const Pipeline &pipeline = m_loop.pipeline;
        RC_ASSERT(pipeline.underWay() == 0U);
        RC_ASSERT(pipeline.bulkhead().inUse() == 0U);
        RC_ASSERT(pipeline.bulkhead().queued() == 0U);
        const BreakerView breaker = pipeline.breaker().view(m_loop.now);
        if (breaker.state == BreakerState::HalfOpen)
            RC_ASSERT(breaker.trialsGiven == breaker.trialsSucceeded + breaker.trialsFailed);
    }

    RandomStream m_random;
    PipelineLoop m_loop;
    SeenByPipeline &m_seen;
    std::map<uint64_t, Call> m_live; // by key
    uint64_t m_beingCancelled = 0;
    uint64_t m_started = 0;
    uint64_t m_done = 0;
    uint64_t m_cancelled = 0;
    uint64_t m_retries = 0;
    uint64_t m_refused = 0;
    uint32_t m_slots = 0; // that may be taken: more than the bulkhead has only after it shrank
    bool m_budgeted = false;
};

} // namespace

class PipelinePropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void everyCallEndsOnceAndGivesEverythingBack()
    {
        SeenByPipeline seen;
        QVERIFY(rc::check("1,000 lives", [&seen] {
            // Each case of rapidcheck is two lives, whose seeds it draws.
            for (int i = 0; i < 2; ++i)
                PipelineLife(*rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<uint64_t>()), seen).run();
        }));
        for (const int often :
             {seen.retries, seen.budgetSpent, seen.waits, seen.turnedBack, seen.timeouts, seen.fellBack, seen.trials,
              seen.cancelled, seen.reordered, seen.sideBySide, seen.beaten})
            QVERIFY2(often > 100, QByteArray::number(often).constData());
    }
};
REGISTER_TEST(PipelinePropertiesTest)

#include "pipeline_properties_test.moc"
