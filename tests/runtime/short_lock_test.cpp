// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/clock.h"
#include "core/runtime/short_lock.h"
#include "tests/register_test.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <atomic>
#include <mutex>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::ShortLock;

class ShortLockTest : public QObject {
    Q_OBJECT
private slots:
    void oneAtATime()
    {
        ShortLock lock;
        int64_t sum = 0; // no atomic: the lock alone keeps it whole
        tests::onThreads(8, [&](int) {
            for (int i = 0; i < 5000; ++i) {
                const std::lock_guard guard(lock);
                ++sum;
            }
        });
        QCOMPARE(sum, int64_t{40000});
    }

    void triesWithoutWaiting()
    {
        ShortLock lock;
        QVERIFY(lock.try_lock());
        QVERIFY(!lock.try_lock());
        lock.unlock();
        const std::unique_lock again(lock, std::try_to_lock);
        QVERIFY(again.owns_lock());
    }

    // The holder keeps it for so long that those who wait have stopped spinning and yielding, and sleep between tries.
    void outlastsALongHolder()
    {
        ShortLock lock;
        std::atomic<bool> held = false;
        std::atomic<int> waiting = 0;
        int inside = 0;
        tests::onThreads(5, [&](int thread) {
            if (thread == 0) {
                const std::lock_guard guard(lock);
                held = true;
                tests::yieldUntil([&] { return waiting == 4; });
                runtime::steadySleepUntil(saturatingAdd(runtime::steadyNow(), 2ms), {});
                inside = 100;
                return;
            }
            tests::yieldUntil([&] { return held.load(); });
            ++waiting;
            const std::lock_guard guard(lock);
            inside += inside >= 100; // nobody came in before the holder was done
        });
        QCOMPARE(inside, 104);
    }
};
REGISTER_TEST(ShortLockTest)

#include "short_lock_test.moc"
