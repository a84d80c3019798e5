// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_actions.h"
#include "tests/core/naive_breaker.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <map>

using namespace resilience;
using namespace std::chrono_literals;
using tests::Moment;
using tests::Plan;

// What holds in every life of a breaker.
class BreakerPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheNaiveModel()
    {
        std::map<BreakerTrigger, int> seen;
        QVERIFY(rc::check("engine and naive model agree", [&seen](const Plan &plan) {
            tests::NaiveBreaker naive(plan.config);
            play(plan, [&](const Moment &m) {
                RC_ASSERT(m.answer == naive.apply(m.step));
                RC_ASSERT(m.after.view(m.latest) == naive.view());
                RC_ASSERT(m.after.state() == naive.view().state);
                if (m.after.generation() != m.before.generation())
                    ++seen[*m.after.view(m.latest).lastTrigger];
            });
        }));
        // The plans really go everywhere.
        for (const BreakerTrigger trigger : kBreakerTriggers)
            QVERIFY2(seen[trigger] >= 20, qPrintable(QStringLiteral("%1: %2").arg(name(trigger)).arg(seen[trigger])));
    }

    void neverMoreTrialsThanAllowed()
    {
        int full = 0;
        QVERIFY(rc::check("at most half_open_max_calls trials are out", [&full](Plan plan) {
            plan.config.faultyVariant.unlimitedTrials = false;
            for (auto &action : plan.actions)
                action.config.faultyVariant.unlimitedTrials = false;
            uint32_t allowed = plan.config.halfOpenMaxCalls;
            play(plan, [&](const Moment &m) {
                const uint32_t now = m.after.config().halfOpenMaxCalls;
                // Trials already out when the setting is lowered are not called back.
                allowed = m.after.generation() == m.before.generation() ? std::max(allowed, now) : now;
                const auto out = std::ranges::count_if(m.out, [&](const Permit &permit) {
                    return permit.trial && permit.generation == m.after.generation();
                });
                RC_ASSERT(out <= int64_t(allowed));
                const BreakerView view = m.after.view(m.latest);
                RC_ASSERT(view.trialsGiven <= allowed);
                RC_ASSERT(view.state != BreakerState::HalfOpen
                          || view.trialsGiven == out + view.trialsSucceeded + view.trialsFailed);
                full += m.answer.decision.rejection == Rejection::TrialsTaken;
            });
        }));
        QVERIFY(full >= 100);
    }

    void movesOnlyAlongTheTable()
    {
        QVERIFY(rc::check("every move is in the table and makes a new generation", [](const Plan &plan) {
            play(plan, [](const Moment &m) {
                const uint64_t moves = m.after.generation() - m.before.generation();
                if (moves == 0) {
                    RC_ASSERT(m.after.state() == m.before.state());
                    return;
                }
                RC_ASSERT(moves <= 2U);
                BreakerState from = m.before.state();
                if (moves == 2) { // its patience had run out unseen
                    RC_ASSERT(from == BreakerState::HalfOpen);
                    from = BreakerState::Open;
                }
                RC_ASSERT(nextState(from, *m.after.view(m.latest).lastTrigger) == std::optional{m.after.state()});
            });
        }));
    }

    void retryAfterIsExact()
    {
        int promises = 0;
        QVERIFY(rc::check("permitted at now + retry_after, rejected 1 ns earlier", [&promises](const Plan &plan) {
            play(plan, [&](const Moment &m) {
                const auto &retryAfter = m.answer.decision.retryAfter;
                if (!retryAfter)
                    return;
                ++promises;
                RC_ASSERT(!m.answer.decision.permitted());
                RC_ASSERT(*retryAfter > 0ns);
                CircuitBreaker early = m.after;
                RC_ASSERT(!early.tryAcquire(m.latest + *retryAfter - 1ns).permitted());
                CircuitBreaker patient = m.after;
                RC_ASSERT(patient.tryAcquire(m.latest + *retryAfter).permitted());
            });
        }));
        QVERIFY(promises >= 1000);
    }

    void readingChangesNothing()
    {
        QVERIFY(rc::check("looking, at any time, leaves the breaker equal", [](const Plan &plan) {
            play(plan, [](const Moment &m) {
                const CircuitBreaker kept = m.after;
                for (const Time t : {m.latest - 7ns, m.latest, m.latest + 1ns, m.latest + 50ns, kTimeMax}) {
                    const BreakerView view = m.after.view(t);
                    RC_ASSERT(m.after.view(t) == view);
                }
                RC_ASSERT(m.after == kept);
            });
        }));
    }

    // The picture at t is what a wake-up at t would make true.
    void theViewTellsTheTruth()
    {
        QVERIFY(rc::check("view(t) = view after waking at t", [](const Plan &plan) {
            play(plan, [](const Moment &m) {
                for (const Duration later : {0ns, 1ns, 13ns, 50ns}) {
                    CircuitBreaker woken = m.after;
                    woken.onDeadline(m.latest + later);
                    RC_ASSERT(m.after.view(m.latest + later) == woken.view(m.latest + later));
                }
            });
        }));
    }

    void equalInputsEqualStates()
    {
        QVERIFY(rc::check("a copy that goes through the same steps stays equal", [](const Plan &plan) {
            CircuitBreaker copy(plan.config);
            play(plan, [&](const Moment &m) {
                RC_ASSERT(copy == m.before);
                RC_ASSERT(apply(copy, m.step) == m.answer);
                RC_ASSERT(copy == m.after);
            });
        }));
    }

    void timeNeverRunsBackwards()
    {
        QVERIFY(rc::check("a smaller now counts as the latest, and no state begins before its predecessor",
                          [](const Plan &plan) {
                              play(plan, [](const Moment &m) {
                                  tests::Step clamped = m.step;
                                  clamped.now = m.latest;
                                  CircuitBreaker same = m.before;
                                  RC_ASSERT(apply(same, clamped) == m.answer);
                                  RC_ASSERT(same == m.after);
                                  RC_ASSERT(m.after.view(m.latest).since >= m.before.view(kTimeZero).since);
                                  RC_ASSERT(m.after.view(m.latest).since <= m.latest);
                                  RC_ASSERT(m.after.generation() >= m.before.generation());
                              });
                          }));
    }

    void countsStayWithinTheWindow()
    {
        QVERIFY(rc::check("no count is larger than what it is a part of", [](const Plan &plan) {
            play(plan, [](const Moment &m) {
                const BreakerView view = m.after.view(m.latest);
                const auto &window = m.after.config().window;
                RC_ASSERT(view.window.failures <= view.window.calls);
                RC_ASSERT(view.window.slow <= view.window.calls);
                RC_ASSERT(window.kind != OutcomeWindowConfig::Kind::Count || view.window.calls <= window.calls);
                RC_ASSERT(view.trialsSucceeded + view.trialsFailed <= view.trialsGiven);
                RC_ASSERT(view.trialsSlow <= view.trialsSucceeded + view.trialsFailed);
                const bool records = view.state == BreakerState::Closed || view.state == BreakerState::MetricsOnly;
                RC_ASSERT(records || view.window == WindowCounts{});
                RC_ASSERT(view.state == BreakerState::HalfOpen || view.trialsGiven == 0U);
                RC_ASSERT((view.state == BreakerState::Open) == view.openUntil.has_value());
            });
        }));
    }

    // Except for ever on purpose, half-open ends by itself while a trial is out or none has come: nobody need report,
    // ask or look. With every trial back it has no deadline, and the next call gets through.
    void halfOpenCannotHang()
    {
        QVERIFY(
            rc::check("a half-open breaker with a patience has a deadline, and is open after it", [](const Plan &plan) {
                play(plan, [](const Moment &m) {
                    const auto deadline = m.after.nextDeadline();
                    const bool halfOpen = m.after.state() == BreakerState::HalfOpen;
                    const bool patient = m.after.config().halfOpenPatience() == 0ns;
                    const bool out = std::ranges::any_of(
                        m.out, [&](const Permit &permit) { return permit.generation == m.after.generation(); });
                    RC_ASSERT(!deadline || (halfOpen && !patient));
                    RC_ASSERT(deadline || !halfOpen || patient || !out);
                    if (halfOpen && !out)
                        RC_ASSERT(CircuitBreaker(m.after).tryAcquire(m.latest).permitted());
                    if (!deadline)
                        return;
                    RC_ASSERT(*deadline > m.latest);
                    CircuitBreaker woken = m.after;
                    woken.onDeadline(*deadline);
                    RC_ASSERT(woken.state() == BreakerState::Open);
                });
            }));
    }
};
REGISTER_TEST(BreakerPropertiesTest)

#include "breaker_properties_test.moc"
