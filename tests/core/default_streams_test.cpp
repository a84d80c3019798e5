// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/pipeline.h"
#include "core/patterns/redlock.h"
#include "core/patterns/retry.h"
#include "tests/register_test.h"

#include <QtTest>

#include <set>
#include <type_traits>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

// A stream that anybody could make without thinking would be the same one everywhere.
static_assert(!std::is_default_constructible_v<RandomStream>);

// Two objects that were told nothing stand for two processes: no draw may depend on what another object drew before.
constexpr int kProcesses = 50;

BackoffConfig jittered()
{
    BackoffConfig config;
    config.jitter = Jitter::Full;
    config.maxDelay = config.baseDelay = 1h;
    return config;
}

Duration firstWait(Retry retry)
{
    RetryCall call = retry.begin(at(1s), {.idempotent = true});
    return retry.onResult(call, Outcome::Failure, {ErrorKind::Timeout}, at(1s)).delay;
}

// One client of a lock over nodes that answer at once.
struct Client {
    Redlock lock;

    LockStep ask(const LockStep &step, std::vector<LockNode> &nodes, Time now)
    {
        LockStep decided = step;
        for (uint32_t i = 0; i < nodes.size() && decided.outcome == LockOutcome::None; ++i)
            decided = lock.onReply(step.send.round, i, nodes[i].acquire(step.send.owner, step.send.ttl, now), now);
        if (decided.send.kind == LockRequest::Kind::Release)
            for (LockNode &node : nodes)
                node.release(decided.send.owner, now);
        return decided;
    }
};

} // namespace

class DefaultStreamsTest : public QObject {
    Q_OBJECT
private slots:
    void streamsOfTheSystemDiffer()
    {
        std::set<uint64_t> first;
        for (int i = 0; i < kProcesses; ++i)
            first.insert(RandomStream::fromSystem().next());
        QCOMPARE(first.size(), size_t{kProcesses});
    }

    void jitterDiffers()
    {
        RetryConfig retry;
        retry.backoff = jittered();
        std::set<Duration> ofBackoff;
        std::set<Duration> ofRetry;
        for (int i = 0; i < kProcesses; ++i) {
            ofBackoff.insert(Backoff(jittered()).draw(1).delay);
            ofRetry.insert(firstWait(Retry(retry)));
        }
        QCOMPARE(ofBackoff.size(), size_t{kProcesses});
        QCOMPARE(ofRetry.size(), size_t{kProcesses});
    }

    void ownersDiffer()
    {
        std::set<uint64_t> owners;
        for (int i = 0; i < kProcesses; ++i) {
            Redlock lock;
            owners.insert(lock.acquire(at(1s)).send.owner);
        }
        QCOMPARE(owners.size(), size_t{kProcesses});
    }

    // What equal tokens would lead to: a try that fails gives back what it was granted, and with it the holder's lease.
    void aFailedTryLeavesTheHolderItsLease()
    {
        std::vector<LockNode> nodes(5);
        Client holder;
        Client other;
        QVERIFY(holder.ask(holder.lock.acquire(at(1s)), nodes, at(1s)).outcome == LockOutcome::Acquired);
        for (const Duration later : {1ms, 300ms, 900ms}) {
            const Time now = at(1s) + later;
            QVERIFY(other.ask(other.lock.acquire(now), nodes, now).outcome == LockOutcome::NotAcquired);
            QVERIFY(holder.lock.isHeld(now) && !other.lock.isHeld(now));
        }
    }

    // And what was handed a stream draws from that alone.
    void handedStreamsRepeat()
    {
        const RandomStream stream(7, "client");
        QVERIFY(Backoff(jittered(), stream) == Backoff(jittered(), stream));
        Redlock one({}, stream);
        Redlock two({}, stream);
        QCOMPARE(one.acquire(at(1s)).send.owner, two.acquire(at(1s)).send.owner);
    }
};
REGISTER_TEST(DefaultStreamsTest)

#include "default_streams_test.moc"
