// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <numeric>

using namespace resilience;
using namespace resilience::labs;
using namespace std::chrono_literals;
using sim::PipelineCounts;
using sim::RequestOutcome;
using sim::Totals;

namespace {

constexpr uint32_t kUsual = 0;
constexpr uint32_t kYours = 1;

// The usual nesting of the policies that the step begins with.
PolicyOrder usualOrder()
{
    PolicyOrder order = PolicyOrder::usual();
    order.remove(PolicyKind::Hedging);
    return order;
}

std::shared_ptr<const Scenario> named(const char *scenario) { return labWithId("combining")->scenario(scenario); }

Timeline playedCombining(const char *scenario, const std::vector<sim::Intervention> &first = {})
{
    const auto chosen = named(scenario);
    sim::Journal journal = chosen->script;
    for (const sim::Intervention &what : first)
        journal.insert({kTimeZero, 0, what});
    Timeline timeline(chosen, chosen->seed, journal);
    timeline.runTo(at(chosen->until));
    return timeline;
}

sim::Intervention turned(const char *knob, double value) { return sim::TurnKnob{*sim::knobNamed(knob), value}; }

const PipelineCounts &counts(const Timeline &run, uint32_t client) { return run.world().flow().countsOf(client); }
const Totals &totals(const Timeline &run, uint32_t client) { return run.world().flow().totalsByClient()[client]; }
uint64_t turnedAway(const Timeline &run, uint32_t client, PolicyKind by)
{
    return counts(run, client).turnedAway[static_cast<size_t>(by)];
}
double meanFailure(const Timeline &run, uint32_t client)
{
    return toSeconds(totals(run, client).unsuccessful) / double(totals(run, client).notSucceeded());
}

// In which 99 % of the successes lie.
double tail(const Timeline &run, uint32_t client)
{
    return toSeconds(run.world().flow().successTimesOf(client).percentile(0.99).value());
}
double sentForEach(const Timeline &run, uint32_t client)
{
    return double(totals(run, client).attempts) / double(totals(run, client).offered);
}

bool conserved(const Totals &totals)
{
    return totals.offered == std::accumulate(totals.ended.begin(), totals.ended.end(), totals.inFlight);
}

QString compared(double mine, double usual) { return QStringLiteral("yours %1, usual %2").arg(mine).arg(usual); }

} // namespace

// The point of each scenario of step 7, as numbers.
class CombiningLabTest : public QObject {
    Q_OBJECT
private slots:
    // The two clients are one client in two orders: the same calls at the same moments, and, in the same order, nearly
    // the same answers.
    void bothClientsGetTheSameTraffic()
    {
        const Timeline run = playedCombining("seven-policies");
        QCOMPARE(totals(run, kYours).offered, totals(run, kUsual).offered);
        QVERIFY(totals(run, kYours).offered >= 100);
        for (const uint32_t client : {kUsual, kYours}) {
            QCOMPARE(totals(run, client).notSucceeded(), uint64_t(0));
            QCOMPARE(counts(run, client).sent, totals(run, client).offered);
        }
        QVERIFY(run.scenario().clients[kUsual].pipeline == run.scenario().clients[kYours].pipeline);
    }

    void allScenariosDifferInTheOrderAlone()
    {
        for (const auto &scenario : labWithId("combining")->scenarios) {
            auto clients = scenario->clients;
            QVERIFY2(scenario->name == "seven-policies"
                         || clients[kUsual].pipeline.order != clients[kYours].pipeline.order,
                     scenario->name.c_str());
            QVERIFY(clients[kUsual].pipeline.order == usualOrder());
            clients[kYours].pipeline.order = clients[kUsual].pipeline.order;
            clients[kYours].pipeline.configured = clients[kUsual].pipeline.configured;
            clients[kYours].name = clients[kUsual].name;
            clients[kYours].role = clients[kUsual].role;
            QVERIFY2(clients[kUsual] == clients[kYours], scenario->name.c_str());
        }
    }

    void aRetryInsideTheBreakerOpensItLater()
    {
        const Timeline run = playedCombining("retry-and-breaker");
        const auto usual = counts(run, kUsual).firstOpened;
        const auto yours = counts(run, kYours).firstOpened;
        QVERIFY(usual && yours);
        QVERIFY2(*yours - *usual >= 1s, qPrintable(compared(toSeconds(*yours), toSeconds(*usual))));
        QVERIFY2(*usual - at(5s) < 2s, qPrintable(QString::number(toSeconds(*usual))));
        // Every one of the calls that had failed in the meantime was sent three times.
        QVERIFY2(counts(run, kYours).sent > counts(run, kUsual).sent,
                 qPrintable(compared(double(counts(run, kYours).sent), double(counts(run, kUsual).sent))));
        // Where the order is the same, so is the moment.
        const Timeline same = playedCombining("retry-and-breaker", {sim::SetPolicies{kYours, usualOrder()}});
        QVERIFY(counts(same, kYours).firstOpened && counts(same, kUsual).firstOpened);
        QVERIFY(*counts(same, kYours).firstOpened - *counts(same, kUsual).firstOpened < 10ms);
    }

    void theTotalTimeoutCutsRetriesOff()
    {
        const Timeline run = playedCombining("attempts-and-deadline");
        QVERIFY(turnedAway(run, kUsual, PolicyKind::TotalTimeout) >= 10);
        QCOMPARE(turnedAway(run, kYours, PolicyKind::TotalTimeout),
                 uint64_t(0)); // it never runs for longer than an attempt
        QCOMPARE(meanFailure(run, kUsual), 3.5);
        QCOMPARE(meanFailure(run, kYours), 4.2);
        // What fits is not cut off.
        const Timeline fits = playedCombining("attempts-and-deadline", {turned("max_attempts", 2)});
        QCOMPARE(turnedAway(fits, kUsual, PolicyKind::TotalTimeout), uint64_t(0));
    }

    void aLimiterInsideTheRetryTakesMorePermits()
    {
        const Timeline run = playedCombining("retry-and-limiter");
        const uint64_t usual = turnedAway(run, kUsual, PolicyKind::RateLimiter);
        const uint64_t yours = turnedAway(run, kYours, PolicyKind::RateLimiter);
        QVERIFY2(usual >= 5, qPrintable(compared(double(yours), double(usual))));
        QCOMPARE(yours, uint64_t(0)); // two calls a second, 2.5 permits
        // Each attempt asked for a permit here; there each call asked for one.
        QVERIFY(counts(run, kUsual).sent + usual > totals(run, kUsual).offered);
        QVERIFY(counts(run, kYours).sent > counts(run, kUsual).sent);
    }

    void aBreakerInsideTheTimeoutIsDeaf()
    {
        const Timeline run = playedCombining("timeout-and-breaker");
        QVERIFY(counts(run, kUsual).firstOpened.has_value());
        QCOMPARE(counts(run, kYours).openings, uint64_t(0));
        QVERIFY(turnedAway(run, kYours, PolicyKind::AttemptTimeout) >= 30);
        QVERIFY(turnedAway(run, kYours, PolicyKind::AttemptTimeout)
                > 3 * turnedAway(run, kUsual, PolicyKind::AttemptTimeout));
    }

    // The same as a switch among the parameters.
    void theBrokenVariantMakesItDeaf()
    {
        const sim::Intervention back = sim::SetPolicies{kYours, usualOrder()};
        const Timeline good = playedCombining("timeout-and-breaker", {back});
        QVERIFY(counts(good, kYours).firstOpened.has_value());
        const Timeline bad =
            playedCombining("timeout-and-breaker", {back, turned("broken_timeout_outside_breaker", 1)});
        QCOMPARE(counts(bad, kYours).openings, uint64_t(0));
        QVERIFY(counts(bad, kUsual).firstOpened.has_value()); // only the one that is tried out
        const Timeline again = playedCombining("timeout-and-breaker", {turned("broken_timeout_outside_breaker", 0)});
        QVERIFY(again.world().pipelines()[kYours].config().order == usualOrder());
    }

    void aFallbackInsideTheBreakerMissesTheRejected()
    {
        const Timeline run = playedCombining("fallback-and-breaker");
        QCOMPARE(totals(run, kUsual).fellBack, totals(run, kUsual).notSucceeded());
        const uint64_t missed = totals(run, kYours).notSucceeded() - totals(run, kYours).fellBack;
        QCOMPARE(missed, totals(run, kYours).of(RequestOutcome::ShortCircuited));
        QVERIFY(missed >= 8);
    }

    // Half the tail for a quarter more attempts: on the seed that is shown, and on fifty others.
    void hedgingSavesTheTailForAQuarterMore()
    {
        const Timeline shown = playedCombining("hedging");
        QVERIFY2(tail(shown, kYours) <= tail(shown, kUsual) / 2,
                 qPrintable(compared(tail(shown, kYours), tail(shown, kUsual))));
        QCOMPARE(totals(shown, kYours).offered, totals(shown, kUsual).offered);
        QCOMPARE(totals(shown, kUsual).attempts, totals(shown, kUsual).offered);
        for (const uint32_t client : {kUsual, kYours}) {
            QVERIFY(totals(shown, client).of(RequestOutcome::Succeeded) >= 150);
            QCOMPARE(totals(shown, client).notSucceeded(), uint64_t(0));
        }

        const auto chosen = named("hedging");
        sim::DurationHistogram there;
        sim::DurationHistogram here;
        for (uint64_t seed = 1; seed <= 50; ++seed) {
            Timeline run(chosen, seed, chosen->script);
            run.runTo(at(chosen->until));
            there.merge(run.world().flow().successTimesOf(kUsual));
            here.merge(run.world().flow().successTimesOf(kYours));
            QVERIFY2(tail(run, kYours) <= tail(run, kUsual) * 2 / 3, qPrintable(QString::number(seed)));
            const double more = sentForEach(run, kYours);
            QVERIFY2(more >= 1.1 && more <= 1.36, qPrintable(QStringLiteral("%1: %2").arg(seed).arg(more)));
            // All but what is still on its way.
            const auto &counted = counts(run, kYours);
            QVERIFY(counted.beaten <= counted.hedges && counted.hedges - counted.beaten <= 8);
            QCOMPARE(counted.retries, uint64_t(0));
        }
        const double mine = toSeconds(here.percentile(0.99).value());
        const double usual = toSeconds(there.percentile(0.99).value());
        QVERIFY2(mine <= usual / 2, qPrintable(compared(mine, usual)));
    }

    // A hedge that begins before an answer can be there doubles what is sent, or worse, and saves hardly more.
    void hedgingTooEarlyCostsMuchAndSavesLittle()
    {
        const Timeline usual = playedCombining("hedging");
        const Timeline early = playedCombining("hedging", {turned("hedge_delay", 0.3)});
        QVERIFY2(sentForEach(early, kYours) >= 2, qPrintable(QString::number(sentForEach(early, kYours))));
        QVERIFY2(tail(early, kYours) >= tail(usual, kYours) / 2,
                 qPrintable(compared(tail(early, kYours), tail(usual, kYours))));
    }

    // What may not be done twice is not hedged.
    void onlyWhatMayBeRepeatedIsHedged()
    {
        const Timeline run = playedCombining("hedging", {turned("idempotent", 0)});
        QCOMPARE(counts(run, kYours).hedges, uint64_t(0));
        QCOMPARE(totals(run, kYours).attempts, totals(run, kYours).offered);
    }

    // Outside, the limiter hands out a permit a call, and the hedges pass for free.
    void aLimiterOutsideTheHedgingLetsThemPass()
    {
        using enum PolicyKind;
        PolicyOrder outside = PolicyOrder::usual();
        outside.move(Hedging, *outside.levelOf(RateLimiter));
        const auto scarce = [](std::vector<sim::Intervention> more) {
            more.push_back(turned("burst", 3));
            more.push_back(turned("limit_rate", 3.2));
            return playedCombining("hedging", more);
        };
        const Timeline inside = scarce({});
        QVERIFY(turnedAway(inside, kYours, RateLimiter) >= 10);
        const Timeline free = scarce({sim::SetPolicies{kYours, outside}});
        QCOMPARE(turnedAway(free, kYours, RateLimiter), uint64_t(0));
        QVERIFY(counts(free, kYours).sent > counts(inside, kYours).sent);
    }

    // Whatever the order, no call gets lost and none ends twice.
    void everyOrderConservesCalls()
    {
        const auto chosen = std::make_shared<Scenario>(*named("retry-and-limiter"));
        // Short and crowded, so that each policy has something to say: its seven policies have 5040 orders.
        chosen->until = 7s;
        for (auto &client : chosen->clients) {
            client.arrivals.rate = 4;
            client.pipeline.bulkhead.maxConcurrent = 3;
            client.pipeline.bulkhead.maxQueue = 2;
            client.pipeline.circuitBreaker.failureThreshold = 4;
            client.pipeline.circuitBreaker.openDuration = 1s;
            client.pipeline.totalTimeout = 2s;
        }
        sim::Journal script;
        script.insert({at(1s), 0, sim::SetFault{0, FaultKind::ErrorRate, 0.7}});
        script.insert({at(3s), 0, sim::SetFault{0, FaultKind::Hang, 1}});
        script.insert({at(5s), 0, sim::ClearFault{0, FaultKind::Hang}});
        const PolicyOrder usual = usualOrder();
        std::vector<PolicyKind> kinds(usual.begin(), usual.end());
        std::ranges::sort(kinds);
        size_t orders = 0;
        do {
            PolicyOrder order;
            for (const PolicyKind kind : kinds)
                order.append(kind);
            chosen->clients[kYours].pipeline.order = order;
            sim::World world(*chosen, chosen->seed);
            std::vector<sim::Event> events;
            size_t done = 0;
            const auto &entries = script.entries();
            while (const auto next = world.next()) {
                if (next->at > at(chosen->until))
                    break;
                if (done < entries.size() && entries[done].at <= next->at) {
                    world.idleTo(entries[done].at);
                    QVERIFY(!world.apply(entries[done++].what, events));
                    continue;
                }
                world.step(events);
                events.clear();
                QVERIFY2(conserved(world.totals()) && conserved(world.flow().totalsByClient()[kYours]),
                         qPrintable(QString::number(orders)));
            }
            ++orders;
        } while (std::next_permutation(kinds.begin(), kinds.end()));
        QCOMPARE(orders, size_t(5040));
    }
};

REGISTER_TEST(CombiningLabTest)
#include "combining_test.moc"
