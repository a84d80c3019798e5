// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/health_check.h"
#include "tests/core/hundred_years.h"
#include "tests/register_test.h"

#include <QtTest>

#include <functional>

using namespace resilience;
using namespace std::chrono_literals;
using tests::kHundredYears;

namespace {

HealthCheckConfig healthConfig(Duration degraded, Duration unhealthy, std::optional<Duration> timeout = {},
                               uint32_t down = 3, uint32_t up = 2)
{
    return {degraded, unhealthy, timeout, down, up};
}

const struct {
    const char *title;
    HealthCheckConfig config;
    const char *field;
    const char *found;
    const char *expected;
} kRefusedChecks[] = {
    {"no degraded latency", healthConfig(0s, 1s), "degraded_latency", "0 s", "more than 0 s"},
    {"negative", healthConfig(-1ns, 1s), "degraded_latency", "-1e-09 s", "more than 0 s"},
    {"levels the wrong way round", healthConfig(2s, 1s), "unhealthy_latency", "1 s", "at least degraded_latency, 2 s"},
    {"no time at all", healthConfig(1s, 1s, Duration{0}), "timeout", "0 s", "more than 0 s"},
    {"no failures", healthConfig(1s, 1s, {}, 0), "failures_to_unhealthy", "0", "1 to 1000000"},
    {"too many failures", healthConfig(1s, 1s, {}, 1'000'001), "failures_to_unhealthy", "1000001", "1 to 1000000"},
    {"no successes", healthConfig(1s, 1s, {}, 1, 0), "successes_to_healthy", "0", "1 to 1000000"},
    {"too many successes", healthConfig(1s, 1s, {}, 1, 1'000'001), "successes_to_healthy", "1000001", "1 to 1000000"},
};

// One word a readiness probe: f fails, s succeeds fast, d slowly, u too slowly. And the status after each, by its
// first letter.
const struct {
    const char *title;
    const char *probes;
    const char *statuses;
} kStories[] = {
    {"first success", "s", "h"},
    {"first success, slow", "dss", "ddh"},
    {"first success, too slow", "uuss", "uuuh"},
    {"one success after failures is not enough, though it be the first", "ffffs", "uuuuu"},
    {"two are", "ffffss", "uuuuuh"},
    {"two slow ones are, for as much", "ffdds", "uuudd"},
    {"one lucky success while it starts", "fsfsfss", "uuuuuuh"},
    {"three failures in a row", "sfff", "hhhu"},
    {"a success in between starts the count again", "sffsffsf", "hhhhhhhh"},
    {"two successes in a row", "sfffsss", "hhhuuhh"},
    {"a failure in between starts the count again", "sfffsfsfss", "hhhuuuuuuh"},
    {"slow at once, fast again after two", "sdss", "hddh"},
    {"slow in between", "sdsdss", "hddddh"},
    {"a failure is not fast", "sdsfss", "hddddh"},
    {"degraded goes down as healthy does", "sdfff", "hdddu"},
    {"up by slow ones: degraded, then two fast ones", "sfffddss", "hhhuuddh"},
    {"up by one slow and one fast", "sfffdsss", "hhhuudhh"},
    {"too slow is slow at once and a failure", "suuu", "hddu"},
    {"too slow and failed count together", "sufu", "hddu"},
};

char letter(Health status) { return "?hdu"[int(status)]; }

Recorded probe(HealthCheck &check, Outcome outcome, Duration latency, Time now = at(1s), Probe kind = Probe::Readiness)
{
    return check.onResult(kind, check.tryAcquire(kind, now).permit, outcome, latency, now);
}

} // namespace

class HealthCheckTest : public QObject {
    Q_OBJECT
private slots:
    void refused_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kRefusedChecks); ++i)
            QTest::newRow(kRefusedChecks[i].title) << int(i);
    }
    void refused()
    {
        QFETCH(int, index);
        const auto &row = kRefusedChecks[index];
        const auto error = row.config.validate();
        QVERIFY(error && *error == (ConfigError{row.field, row.found, row.expected}));
        QVERIFY_EXCEPTION_THROWN(HealthCheck{row.config}, InvalidConfig);
        HealthCheck check;
        check.tryAcquire(Probe::Readiness, at(1s));
        const HealthCheck before = check;
        QVERIFY_EXCEPTION_THROWN(check.reconfigure(row.config, at(99s)), InvalidConfig);
        QVERIFY(check == before);
    }

    void accepted()
    {
        for (const auto &good : {HealthCheckConfig{}, healthConfig(1ns, 1ns, 1ns, 1, 1),
                                 healthConfig(kDurationMax, kDurationMax, kDurationMax, 1'000'000, 1'000'000)})
            QVERIFY(!good.validate());
        QCOMPARE(HealthCheckConfig{}.probeTimeout(), Duration{5s});
        QCOMPARE(healthConfig(1s, 3s).probeTimeout(), Duration{6s});
        QCOMPARE(healthConfig(1s, kDurationMax).probeTimeout(), kDurationMax);
    }

    void stories_data()
    {
        QTest::addColumn<QByteArray>("probes");
        QTest::addColumn<QByteArray>("statuses");
        for (const auto &story : kStories)
            QTest::newRow(story.title) << QByteArray(story.probes) << QByteArray(story.statuses);
    }
    void stories()
    {
        QFETCH(QByteArray, probes);
        QFETCH(QByteArray, statuses);
        HealthCheck check(healthConfig(1s, 2s));
        QVERIFY(check.status() == Health::Unknown && !check.view(at(0s)).ready);
        QByteArray found;
        for (const char one : probes) {
            const Duration latency = one == 'u' ? 2s + 1ns : one == 'd' ? 1s + 1ns : Duration{0};
            QVERIFY(probe(check, one == 'f' ? Outcome::Failure : Outcome::Success, latency) == Recorded::Counted);
            found += letter(check.status());
            const HealthView view = check.view(at(1s));
            QCOMPARE(view.ready, view.status == Health::Healthy || view.status == Health::Degraded);
            QVERIFY(view.live); // whatever readiness says
        }
        QCOMPARE(found, statuses);
    }

    // Strictly longer than the limit is slow, as everywhere; at exactly the timeout the probe has failed.
    void limitsOfLatency()
    {
        const struct {
            Duration latency;
            char status;
        } rows[] = {{-1s, 'h'}, {0s, 'h'},       {1s - 1ns, 'h'}, {1s, 'h'}, {1s + 1ns, 'd'}, {2s - 1ns, 'd'},
                    {2s, 'd'},  {2s + 1ns, 'u'}, {4s - 1ns, 'u'}, {4s, 'u'}, {4s + 1ns, 'u'}, {kDurationMax, 'u'}};
        for (const auto &row : rows) {
            HealthCheck check(healthConfig(1s, 2s, 4s, 1));
            probe(check, Outcome::Success, row.latency);
            QCOMPARE(letter(check.status()), row.status);
            QCOMPARE(check.view(at(1s)).of(Probe::Readiness).timedOut, row.latency >= 4s ? 1U : 0U);
        }
        HealthCheck noLevel(healthConfig(1s, 1s));
        for (const Duration latency : {Duration{1s}, 1s + 1ns}) {
            probe(noLevel, Outcome::Success, latency);
            QVERIFY(noLevel.status() == Health::Healthy);
        }
    }

    // Refused while one is out; asking again exactly retryAfter later is permitted, 1 ns earlier it is not.
    void neverOverlapsItself()
    {
        HealthCheck check(healthConfig(1s, 2s, 4s));
        QVERIFY(check.tryAcquire(Probe::Readiness, at(1s)));
        for (const Time now : {at(1s), at(2s), at(5s - 1ns)}) {
            const Decision decision = check.tryAcquire(Probe::Readiness, now);
            QVERIFY(decision.rejection == Rejection::ProbeRunning && decision.retryAfter == at(5s) - now);
        }
        QVERIFY(check.tryAcquire(Probe::Liveness, at(2s))); // another kind has its own
        QVERIFY(check.nextDeadline() == at(5s));
        QVERIFY(check.view(at(5s)).of(Probe::Readiness).timedOut == 1);
        QVERIFY(check.view(at(5s)).status == Health::Unhealthy && check.status() == Health::Unknown);
        const Decision second = check.tryAcquire(Probe::Readiness, at(5s));
        QVERIFY(second);
        QVERIFY(check.nextDeadline() == at(9s - 1ns)); // of liveness: it began at the latest time known
        check.onDeadline(at(kHundredYears));
        QVERIFY(!check.nextDeadline());
        QCOMPARE(check.view(at(0s)).of(Probe::Liveness).timedOut, 1U);
        HealthCheck endless(healthConfig(1s, 2s, kDurationMax));
        endless.tryAcquire(Probe::Readiness, at(1s));
        QVERIFY(!endless.nextDeadline());
        QVERIFY(!endless.tryAcquire(Probe::Readiness, kTimeMax).retryAfter);
    }

    // 1 ns before the timeout, at it and after it, and the probe after it has its own permit.
    void lateResults()
    {
        for (const Duration after : {4s - 1ns, Duration{4s}, 4s + 1ns, kHundredYears}) {
            HealthCheck check(healthConfig(1s, 2s, 4s, 1));
            const Permit permit = check.tryAcquire(Probe::Readiness, at(1s)).permit;
            const Recorded recorded = check.onResult(Probe::Readiness, permit, Outcome::Success, 0s, at(1s + after));
            QVERIFY(recorded == (after < 4s ? Recorded::Counted : Recorded::Late));
            QVERIFY(check.status() == (after < 4s ? Health::Healthy : Health::Unhealthy));
        }
        HealthCheck check(healthConfig(1s, 2s, 4s, 1));
        const Permit old = check.tryAcquire(Probe::Readiness, at(1s)).permit;
        const Permit next = check.tryAcquire(Probe::Readiness, at(5s)).permit;
        QVERIFY(check.onResult(Probe::Readiness, old, Outcome::Success, 0s, at(5s)) == Recorded::Late);
        QVERIFY(check.onResult(Probe::Readiness, next, Outcome::Success, 0s, at(5s)) == Recorded::Counted);
        QVERIFY(check.onResult(Probe::Readiness, next, Outcome::Failure, 0s, at(5s)) == Recorded::Late); // twice
        QVERIFY(check.onResult(Probe::Startup, {}, Outcome::Success, 0s, at(5s)) == Recorded::Late); // never begun
        QVERIFY(check.status() == Health::Unhealthy); // the first result was a timeout
        QCOMPARE(check.view(at(5s)).of(Probe::Readiness).late, 2U);
        QCOMPARE(check.view(at(5s)).of(Probe::Readiness).succeededInARow, 1U);
    }

    // Two things at one instant: the timeout comes first, in whichever order the rest is said.
    void timeoutComesFirst()
    {
        HealthCheck a(healthConfig(1s, 2s, 4s, 1));
        const Permit permit = a.tryAcquire(Probe::Readiness, at(0s)).permit;
        HealthCheck b = a;
        a.onResult(Probe::Readiness, permit, Outcome::Success, 0s, at(4s));
        a.onDeadline(at(4s));
        b.onDeadline(at(4s));
        b.onResult(Probe::Readiness, permit, Outcome::Success, 0s, at(4s));
        QVERIFY(a == b && a.status() == Health::Unhealthy);
    }

    void neutralProbesFreeTheirPlace()
    {
        HealthCheck check;
        for (const Outcome outcome : {Outcome::Ignored, Outcome::Cancelled}) {
            QVERIFY(probe(check, outcome, 9s) == Recorded::Neutral);
            QVERIFY(check.status() == Health::Unknown && !check.view(at(1s)).of(Probe::Readiness).running);
        }
    }

    // A word as above, of any kind: l and L are liveness that fails and succeeds, s and S start-up, r and R readiness.
    // And whether it is live after each.
    void whetherItIsLive_data()
    {
        QTest::addColumn<QByteArray>("probes");
        QTest::addColumn<QByteArray>("live");
        const auto row = [](const char *title, const char *probes, const char *live) {
            QTest::newRow(title) << QByteArray(probes) << QByteArray(live);
        };
        row("by its own probes alone, from the start", "lllL", "++-+");
        row("down after three in a row, up after one", "LllLlllLl", "++++++-++");
        row("start-up fails: it does not count", "slllllllS", "+++++++++");
        row("start-up has succeeded: it counts, from zero", "sllSlll", "++++++-");
        row("failures before start-up was asked are forgotten with its success", "llsSlll", "++++++-");
        row("its own success shows as well that it has started", "slLlll", "+++++-");
        row("readiness does so too", "slRlll", "+++++-");
        row("readiness fails: nothing to do with it", "rrrrl", "+++++");
        row("readiness succeeds: nothing to do with it", "llRl", "+++-");
        row("readiness while it is not live", "lllRRR", "++----");
        row("start-up asked again after the start", "Slls", "++++");
        row("start-up asked again, and failing", "Sllsl", "++++-");
    }
    void whetherItIsLive()
    {
        QFETCH(QByteArray, probes);
        QFETCH(QByteArray, live);
        HealthCheck check(healthConfig(1s, 2s));
        QByteArray found;
        for (const char one : probes) {
            const char small = char(one | 0x20);
            const Probe kind = small == 'l' ? Probe::Liveness : small == 's' ? Probe::Startup : Probe::Readiness;
            probe(check, one == small ? Outcome::Failure : Outcome::Success, 0s, at(1s), kind);
            found += check.view(at(1s)).live ? '+' : '-';
        }
        QCOMPARE(found, live);
    }

    // While the first start-up probe is out, it counts no more either.
    void startupUnderWayHoldsLivenessBack()
    {
        HealthCheck check(healthConfig(1s, 2s, 4s, 1));
        const Permit startup = check.tryAcquire(Probe::Startup, at(1s)).permit;
        probe(check, Outcome::Failure, 0s, at(2s), Probe::Liveness);
        QVERIFY(check.view(at(2s)).live && check.view(at(2s)).awaitsStart);
        check.onResult(Probe::Startup, startup, Outcome::Success, 0s, at(3s));
        QVERIFY(!check.view(at(3s)).awaitsStart);
        probe(check, Outcome::Failure, 0s, at(3s), Probe::Liveness);
        QVERIFY(!check.view(at(3s)).live);
    }

    void startup()
    {
        HealthCheck check;
        for (int i = 0; i < 99; ++i)
            probe(check, Outcome::Failure, 0s, at(1s), Probe::Startup);
        QVERIFY(!check.view(at(1s)).started && check.view(at(1s)).live);
        HealthCheck byReadiness = check;
        probe(byReadiness, Outcome::Success, 0s);
        probe(check, Outcome::Success, 0s, at(1s), Probe::Startup);
        probe(check, Outcome::Failure, 0s, at(1s), Probe::Startup);
        QVERIFY(check.view(at(1s)).started && byReadiness.view(at(1s)).started); // once is for ever
    }

    void timeGoingBack()
    {
        using Operation = std::function<void(HealthCheck &, Time)>;
        const Operation operations[] = {
            [](HealthCheck &c, Time now) { c.tryAcquire(Probe::Readiness, now); },
            [](HealthCheck &c, Time now) { c.tryAcquire(Probe::Liveness, now); },
            [](HealthCheck &c, Time now) {
                c.onResult(Probe::Readiness, {1, false}, Outcome::Failure, 1s, now);
            },
            [](HealthCheck &c, Time now) { c.onDeadline(now); },
            [](HealthCheck &c, Time now) { c.reconfigure(healthConfig(1s, 2s, 3s), now); },
        };
        for (const Operation &operation : operations)
            for (const Time back : {at(100s - 1ns), at(0s), at(-kHundredYears), Time::min()}) {
                HealthCheck check;
                check.tryAcquire(Probe::Readiness, at(98s));
                check.onDeadline(at(100s));
                HealthCheck other = check;
                operation(check, back);
                operation(other, at(100s));
                QVERIFY(check == other && check.view(back) == other.view(at(100s)));
            }
    }

    void lookingChangesNothing()
    {
        HealthCheck check;
        check.tryAcquire(Probe::Readiness, at(1s));
        const HealthCheck before = check;
        for (const Time now : {at(0s), at(1s), at(6s), kTimeMax})
            (void)check.view(now);
        QVERIFY(check == before);
    }

    void reconfiguring()
    {
        HealthCheck check(healthConfig(1s, 2s, 4s));
        probe(check, Outcome::Success, 0s);
        probe(check, Outcome::Failure, 0s);
        check.tryAcquire(Probe::Readiness, at(1s));
        check.reconfigure(healthConfig(1s, 2s, 9s, 2), at(1s));
        QVERIFY(check.nextDeadline() == at(5s)); // the time it was given
        QVERIFY(check.status() == Health::Healthy);
        check.onDeadline(at(5s));
        QVERIFY(check.status() == Health::Unhealthy); // counts were kept
    }
};
REGISTER_TEST(HealthCheckTest)

#include "health_check_test.moc"
