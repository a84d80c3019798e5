// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/measure/goodput.h"
#include "core/sim/world/knobs.h"
#include "labs/capstone/goals.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

#include <cmath>
#include <set>
#include <tuple>

using namespace resilience;
using namespace resilience::labs;
using namespace std::chrono_literals;
using resilience::sim::Goodput;
using resilience::sim::RequestOutcome;

namespace {

struct Turn {
    Duration when;
    const char *knob;
    double value;
};

// The scenario, with knobs turned besides what it turns by itself, up to `until`.
Timeline playedShop(const char *scenario, Duration until, const std::vector<Turn> &turns = {})
{
    const auto chosen = labWithId("capstone")->scenario(scenario);
    sim::Journal journal = chosen->script;
    for (const Turn &turn : turns)
        journal.insert({at(turn.when), 0, sim::TurnKnob{sim::knobNamed(turn.knob).value(), turn.value}});
    Timeline timeline(chosen, chosen->seed, journal);
    timeline.runTo(at(until));
    return timeline;
}

Goodput goodput(const Timeline &timeline, Duration when)
{
    return sim::goodputAt(timeline.history(), timeline.scenario(), at(when));
}

double shareOfTheDay(const Timeline &timeline)
{
    const sim::Totals &totals = timeline.world().totals();
    return static_cast<double>(totals.of(RequestOutcome::Succeeded)) / static_cast<double>(totals.offered);
}

// Succeeded of offered, in [from, to).
double shareBetween(const Timeline &timeline, Duration from, Duration to)
{
    const sim::OutcomeSeries &series = timeline.history().outcomes();
    uint64_t offered = 0;
    uint64_t succeeded = 0;
    for (auto i = static_cast<size_t>(from / series.binWidth()); i < static_cast<size_t>(to / series.binWidth()); ++i) {
        offered += series.bins()[i].offered;
        succeeded += series.bins()[i].ended[static_cast<size_t>(RequestOutcome::Succeeded)];
    }
    return static_cast<double>(succeeded) / static_cast<double>(offered);
}

constexpr Duration kRushIsOver = 18s; // in rush-and-trap; in slow-payment-trap payment is well again then
constexpr Duration kHelp = 40s; // when somebody does something about it

} // namespace

// The point of the capstone, as numbers.
class CapstoneLabTest : public QObject {
    Q_OBJECT
private slots:
    // Read from the log again: an answer is for nobody from the end of the attempt it belongs to on, and so is all that
    // was called for it.
    void whatIsDoneForNobody()
    {
        const Timeline run = playedShop("rush-and-trap", 40s);
        std::set<std::pair<uint64_t, uint32_t>> over;
        uint64_t nobody = 0;
        uint64_t inTheTrap = 0;
        uint64_t downstream = 0;
        const auto &log = run.history().log();
        for (uint64_t number = log.firstNumber(); number <= log.lastNumber(); ++number) {
            const sim::Event &event = *log.numbered(number);
            const auto *answered = event.as<sim::Answered>();
            if (!event.caller && event.as<sim::Finished>())
                over.insert({event.request, event.attempt});
            if (!answered || event.at < at(25s)) {
                if (answered && !event.caller)
                    QCOMPARE(answered->forNobody, over.contains({event.request, event.attempt}));
                continue;
            }
            if (event.caller) {
                downstream += answered->forNobody;
                continue;
            }
            QCOMPARE(answered->forNobody, over.contains({event.request, event.attempt}));
            if (answered->overloaded) // turned away at once: no work
                continue;
            ++inTheTrap;
            nobody += answered->forNobody;
        }
        // In the trap hardly anything else is done, at the gateway and behind it.
        QVERIFY(inTheTrap > 400);
        QVERIFY(double(nobody) > 0.95 * double(inTheTrap));
        QVERIFY(double(downstream) > 2.5 * double(nobody));
        const Timeline quiet = playedShop("quiet-shop", 20s);
        for (const sim::OutcomeCounts &bin : quiet.history().outcomes().bins())
            QCOMPARE(bin.forNobody, 0U);
    }

    void aQuietShopServesEverybody()
    {
        const Timeline run = playedShop("quiet-shop", 60s);
        QVERIFY(shareBetween(run, 2s, 60s) > 0.99);
        QVERIFY(std::abs(goodput(run, 60s).amplification() - 1.0) < 0.02);
    }

    // The load is back, no fault is on, and 20 s later, and to the end, hardly anybody is served.
    void thePushIsGoneAndItStaysDown_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::newRow("a rush") << QStringLiteral("rush-and-trap");
        QTest::newRow("a slow payment") << QStringLiteral("slow-payment-trap");
    }
    void thePushIsGoneAndItStaysDown()
    {
        QFETCH(QString, scenario);
        const Timeline run = playedShop(scenario.toUtf8().constData(), 90s);
        QVERIFY(goodput(run, 9s).share() > 0.95);
        for (const Duration when : {kRushIsOver + 20s, kRushIsOver + 50s, Duration{90s}}) {
            const Goodput now = goodput(run, when);
            QVERIFY(now.metastable());
            QVERIFY(now.share() < 0.3 && !now.faulty && !now.crowded());
            QVERIFY(now.amplification() > 2.5); // its own retries
        }
        QVERIFY(capstone::gotStuck(run));
        QVERIFY(!capstone::gotOut(run));
    }

    // 20 requests a second is half of what the shop can do: it is not too small.
    void theSameLoadIsServedWithoutThePush()
    {
        const auto quiet = playedShop("rush-and-trap", 9s, {{0s, "arrival_rate", 30}});
        QVERIFY(goodput(quiet, 9s).share() > 0.95);
    }

    void eachWayOutLeadsOut_data()
    {
        QTest::addColumn<QString>("knob");
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("later"); // the value that it gets back after 20 s; negative = stays
        QTest::newRow("shed load") << QStringLiteral("arrival_rate") << 5.0 << 20.0;
        QTest::newRow("retry budget") << QStringLiteral("retry_budget") << 1.0 << -1.0;
        QTest::newRow("breaker") << QStringLiteral("use_circuit_breaker") << 1.0 << -1.0;
        QTest::newRow("limiter") << QStringLiteral("use_rate_limiter") << 1.0 << -1.0;
        QTest::newRow("smaller queue") << QStringLiteral("service_queue") << 40.0 << -1.0;
        QTest::newRow("one attempt") << QStringLiteral("max_attempts") << 1.0 << -1.0;
        QTest::newRow("no retries") << QStringLiteral("use_retry") << 0.0 << -1.0;
    }
    void eachWayOutLeadsOut()
    {
        QFETCH(QString, knob);
        QFETCH(double, value);
        QFETCH(double, later);
        const QByteArray id = knob.toUtf8();
        std::vector<Turn> turns{{kHelp, id.constData(), value}};
        if (later >= 0)
            turns.push_back({kHelp + 20s, id.constData(), later});
        const Timeline run = playedShop("rush-and-trap", 90s, turns);
        QVERIFY(goodput(run, kHelp).metastable());
        for (const Duration when : {kHelp + 35s, kHelp + 45s, Duration{90s}})
            QVERIFY2(goodput(run, when).share() > 0.9, qPrintable(QString::number(goodput(run, when).share())));
        QVERIFY(capstone::gotOut(run));
    }

    // First come, first served: what is left in the queue is just about to give up. It takes fewer attempts as well.
    void droppingWhatIsLateIsNoWayOutByItself()
    {
        const Timeline alone = playedShop("rush-and-trap", 90s, {{kHelp, "drop_expired", 1}});
        QVERIFY(goodput(alone, 90s).metastable());
        QVERIFY(alone.world().services().front().counts.dropped > 0);
        const Timeline both =
            playedShop("rush-and-trap", 90s, {{kHelp, "drop_expired", 1}, {kHelp, "retry_budget", 1}});
        const Timeline budget = playedShop("rush-and-trap", 90s, {{kHelp, "retry_budget", 1}});
        QVERIFY(goodput(both, 90s).share() > 0.9);
        // Together they are out sooner.
        QVERIFY(shareBetween(both, kHelp, kHelp + 20s) > shareBetween(budget, kHelp, kHelp + 20s));
    }

    void moreAttemptsOrBulkheadsDoNotHelp()
    {
        for (const Turn &turn : {Turn{kHelp, "max_attempts", 6}, Turn{kHelp, "use_bulkhead", 1}})
            QVERIFY(goodput(playedShop("rush-and-trap", 90s, {turn}), 90s).metastable());
    }

    // With what would have led out in use from the start, there is no trap.
    void whatLeadsOutKeepsOut()
    {
        for (const char *knob : {"use_circuit_breaker", "use_rate_limiter"})
            QVERIFY(!capstone::gotStuck(playedShop("rush-and-trap", 90s, {{0s, knob, 1}})));
    }

    // The broken variant: nobody ever gives up trying. What helps with a limit does not help without one.
    void retriesWithoutLimitDefeatShedding()
    {
        const std::vector<Turn> shed{{kHelp, "arrival_rate", 5}, {kHelp + 20s, "arrival_rate", 20}};
        std::vector<Turn> broken = shed;
        broken.push_back({0s, "broken_no_limit", 1});
        QVERIFY(goodput(playedShop("rush-and-trap", 90s, shed), 85s).up());
        QVERIFY(!goodput(playedShop("rush-and-trap", 90s, broken), 85s).up());
    }

    void theBadDay()
    {
        const Timeline with = playedShop("bad-day-protected", 120s);
        const Timeline without = playedShop("bad-day-unprotected", 120s);
        // The same shoppers on both days.
        QCOMPARE(with.world().totals().offered, without.world().totals().offered);
        QVERIFY2(shareOfTheDay(with) >= 3 * shareOfTheDay(without),
                 qPrintable(QStringLiteral("%1 against %2").arg(shareOfTheDay(with)).arg(shareOfTheDay(without))));
        QVERIFY(shareBetween(with, 80s, 120s) >= 3 * shareBetween(without, 80s, 120s));
        QVERIFY(shareOfTheDay(with) > 0.7);
        QVERIFY(capstone::survived(with) && !capstone::gotStuck(with));
        QVERIFY(!capstone::survived(without) && capstone::gotStuck(without));
    }

    // What each trouble costs where everything is in use.
    void eachTroubleIsAsShortAsItsCause()
    {
        const Timeline run = playedShop("bad-day-protected", 120s);
        QVERIFY(shareBetween(run, 16s, 25s) > 0.35); // the rush: what can be served is
        QVERIFY(shareBetween(run, 30s, 45s) > 0.9);
        QVERIFY(shareBetween(run, 46s, 57s) < 0.2); // nobody else takes money
        QVERIFY(shareBetween(run, 65s, 75s) > 0.9);
        QVERIFY(shareBetween(run, 75s, 87s) > 0.9); // the fallback answers for inventory
        QVERIFY(shareBetween(run, 90s, 118s) > 0.9);
    }

    void thePoliciesCanBeSwitchedByTheirChips()
    {
        const auto scenario = labWithId("capstone")->scenario("quiet-shop");
        Timeline timeline(scenario);
        timeline.runTo(at(3s));
        PolicyOrder order = timeline.world().pipelines()[1].config().order;
        const PolicyOrder all = order;
        QVERIFY(order.remove(PolicyKind::Retry));
        QVERIFY(!timeline.intervene(sim::SetPolicies{1, order}));
        timeline.runTo(at(5s));
        QVERIFY(!capstone::switchedOffAndOn(timeline));
        QVERIFY(!timeline.intervene(sim::SetPolicies{1, all}));
        QVERIFY(capstone::switchedOffAndOn(timeline));
    }

    void everyPolicyCanBeSwitched()
    {
        for (const auto &scenario : labWithId("capstone")->scenarios)
            for (const sim::ServiceConfig &service : scenario->services)
                for (const sim::DependencyConfig &dependency : service.dependencies)
                    for (const PolicyKind kind :
                         {PolicyKind::TotalTimeout, PolicyKind::Retry, PolicyKind::RateLimiter,
                          PolicyKind::CircuitBreaker, PolicyKind::Bulkhead, PolicyKind::AttemptTimeout})
                        QVERIFY(dependency.pipeline.configured.has(kind));
    }
};

REGISTER_TEST(CapstoneLabTest)
#include "capstone_test.moc"
