// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random_stream.h"
#include "core/runtime/shared_bulkhead.h"
#include "tests/register_test.h"
#include "tests/runtime/manual_clock.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::BulkheadPermit;
using runtime::SharedBulkhead;

namespace {

// One who wants a slot, on a thread of its own. Leaves the queue when destroyed.
struct Caller {
    Caller(SharedBulkhead &bulkhead, const Deadline &deadline)
        : thread([this, &bulkhead, deadline](const std::stop_token &stop) {
              permit = bulkhead.acquire(deadline, stop);
              done = true;
          })
    {
    }
    Rejection answer()
    {
        tests::yieldUntil([this] { return done.load(); });
        return permit.rejection();
    }

    Ticket ticket; // as the plain bulkhead gave it
    BulkheadPermit permit;
    std::atomic<bool> done = false;
    std::jthread thread;
};

struct PermitTotals {
    int granted = 0;
    int expired = 0;
    int left = 0;
};

// One life of a shared bulkhead beside a plain one. Times are whole hours, so that no waiter wakes by itself.
class Life {
public:
    Life(uint64_t seed, PermitTotals &totals) : m_random(seed, "operations"), m_totals(totals) {}

    bool run()
    {
        // The shared one asks for the time only where it matters; from here on each knows it.
        m_shared.onDeadline();
        m_plain.onDeadline(m_clock.now());
        for (int i = 0; i < 30; ++i) {
            if (!step() || m_shared.checkpoint() != m_plain)
                return false;
        }
        return true;
    }

private:
    uint32_t below(uint32_t end) { return uint32_t(m_random.next() % end); }
    BulkheadConfig anyConfig() { return {1 + below(3), below(4), std::chrono::hours{below(5)}}; }

    bool step()
    {
        switch (below(8)) {
        case 0:
            m_clock.advance(std::chrono::hours{below(3)});
            m_shared.onDeadline();
            m_plain.onDeadline(m_clock.now());
            return settled();
        case 1:
            return below(4) != 0 || reconfigure();
        case 2:
        case 3:
        case 4:
            return giveBack();
        default:
            return acquire();
        }
    }

    bool acquire()
    {
        const Deadline deadline =
            below(3) == 0 ? Deadline::in(std::chrono::hours{below(4)}, m_clock.now()) : Deadline::none();
        const Admission admission = m_plain.tryAcquire(m_clock.now(), deadline.moment());
        auto caller = std::make_unique<Caller>(m_shared, deadline);
        caller->ticket = admission.ticket;
        Caller &added = *m_callers.emplace_back(std::move(caller));
        if (admission.queued())
            tests::yieldUntil([this] { return m_shared.checkpoint().queued() == m_plain.queued(); });
        const bool same = admission.queued() || added.answer() == admission.rejection;
        if (admission.kind == Admission::Kind::Rejected)
            m_callers.pop_back();
        return same && settled();
    }

    bool reconfigure()
    {
        const BulkheadConfig config = anyConfig();
        m_shared.reconfigure(config);
        m_plain.reconfigure(config, m_clock.now());
        return settled();
    }

    // Of a slot, or of a place in the queue.
    bool giveBack()
    {
        if (m_callers.empty())
            return true;
        const auto chosen = m_callers.begin() + below(uint32_t(m_callers.size()));
        const std::unique_ptr<Caller> caller = std::move(*chosen);
        m_callers.erase(chosen);
        const Returned returned = m_plain.release(caller->ticket, m_clock.now());
        if (returned == Returned::Slot) {
            if (caller->answer() != Rejection::None)
                return false;
            caller->permit.release();
        } else {
            ++m_totals.left;
            caller->thread.request_stop();
            if (caller->answer() != Rejection::Cancelled)
                return false;
        }
        return settled();
    }

    // Those whom the plain bulkhead settled get the same answer from the shared one, and nobody else gets any.
    bool settled()
    {
        const auto callerOf = [this](const Ticket &ticket) {
            return std::ranges::find_if(m_callers, [&](const auto &caller) { return caller->ticket == ticket; });
        };
        for (const Ticket &ticket : m_plain.granted()) {
            ++m_totals.granted;
            if ((*callerOf(ticket))->answer() != Rejection::None)
                return false;
        }
        for (const Ticket &ticket : m_plain.expired()) {
            ++m_totals.expired;
            const auto found = callerOf(ticket);
            const Rejection answer = (*found)->answer();
            m_callers.erase(found);
            if (answer != Rejection::WaitedInVain && answer != Rejection::DeadlinePassed)
                return false;
        }
        return std::ranges::count_if(m_callers, [](const auto &caller) { return !caller->done; }) <= m_plain.queued();
    }

    RandomStream m_random;
    PermitTotals &m_totals;
    tests::ManualClock m_clock;
    const BulkheadConfig m_config = anyConfig();
    Bulkhead m_plain{m_config};
    SharedBulkhead m_shared{m_config, m_clock.clock()};
    std::vector<std::unique_ptr<Caller>> m_callers; // who hold a slot or wait
};

} // namespace

class SharedBulkheadTest : public QObject {
    Q_OBJECT
private slots:
    void answersAsThePlainOne()
    {
        PermitTotals totals;
        for (uint64_t seed = 0; seed < 1000; ++seed)
            QVERIFY2(Life(seed, totals).run(), qPrintable(QStringLiteral("seed %1").arg(seed)));
        QVERIFY2(totals.granted > 100 && totals.expired > 100 && totals.left > 100,
                 qPrintable(QStringLiteral("%1 %2 %3").arg(totals.granted).arg(totals.expired).arg(totals.left)));
    }

    void neverMoreAtOnceThanSlots()
    {
        SharedBulkhead bulkhead({.maxConcurrent = 3, .maxQueue = 100, .maxWait = 0ns});
        std::atomic<int> inside = 0;
        std::atomic<int> most = 0;
        std::atomic<int> served = 0;
        tests::onThreads(8, [&](int) {
            for (int i = 0; i < 200; ++i) {
                const BulkheadPermit permit = bulkhead.acquire();
                const int now = ++inside;
                for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
                }
                served += bool(permit);
                --inside;
            }
        });
        QVERIFY2(most <= 3, qPrintable(QString::number(most)));
        QCOMPARE(served.load(), 1600);
        QCOMPARE(bulkhead.view().inUse, 0u);
        QCOMPARE(bulkhead.view().queued, 0u);
    }

    // Slots, stop requests and ends of waits meet at random, on the real clock; nobody is lost.
    void conservesCallersInAHurry()
    {
        SharedBulkhead bulkhead({.maxConcurrent = 2, .maxQueue = 3, .maxWait = 20us});
        std::atomic<uint64_t> served = 0;
        std::atomic<uint64_t> refused = 0;
        tests::onThreads(8, [&](int thread) {
            for (int i = 0; i < 200; ++i) {
                std::stop_source stop;
                if ((i + thread) % 3 == 0)
                    stop.request_stop();
                const BulkheadPermit permit = bulkhead.acquire({}, stop.get_token());
                ++(permit ? served : refused);
                std::this_thread::yield();
            }
        });
        const BulkheadView view = bulkhead.view();
        QCOMPARE(served + refused, uint64_t{1600});
        QCOMPARE(view.permitted, served.load());
        QCOMPARE(view.rejected + view.expired + view.left, refused.load());
        QCOMPARE(view.inUse + view.queued, 0u);
    }

    void readsTheClockOnlyWhereItMatters()
    {
        std::atomic<int> reads = 0;
        runtime::Clock clock;
        clock.now = [&] {
            ++reads;
            return at(1h);
        };
        SharedBulkhead bulkhead({.maxConcurrent = 2, .maxQueue = 1, .maxWait = 0ns}, clock);
        {
            const BulkheadPermit one = bulkhead.acquire();
            const BulkheadPermit other = bulkhead.acquire();
            QVERIFY(one && other);
        }
        QCOMPARE(reads.load(), 0);
        QCOMPARE(bulkhead.acquire(Deadline::at(at(1h))).rejection(), Rejection::DeadlinePassed);
        QCOMPARE(reads.load(), 1);
        QVERIFY(bulkhead.acquire(Deadline::at(at(1h + 1ns))));
        QCOMPARE(reads.load(), 2);
        BulkheadPermit slot = bulkhead.acquire();
        const BulkheadPermit kept = bulkhead.acquire();
        Caller waiting(bulkhead, {});
        tests::yieldUntil([&] { return bulkhead.view().queued == 1; });
        const int before = reads;
        slot.release();
        QCOMPARE(waiting.answer(), Rejection::None);
        QVERIFY(reads > before);
    }

    void tellsWhyTheWaitEnded()
    {
        tests::ManualClock clock;
        SharedBulkhead bulkhead({.maxConcurrent = 1, .maxQueue = 3, .maxWait = 5h}, clock.clock());
        BulkheadPermit slot = bulkhead.acquire();
        Caller patient(bulkhead, {});
        Caller hurried(bulkhead, Deadline::in(2h, clock.now()));
        Caller leaving(bulkhead, {});
        tests::yieldUntil([&] { return bulkhead.view().queued == 3; });
        QCOMPARE(bulkhead.acquire().rejection(), Rejection::QueueFull);
        QCOMPARE(bulkhead.acquire(Deadline::at(clock.now())).rejection(), Rejection::DeadlinePassed);
        leaving.thread.request_stop();
        QCOMPARE(leaving.answer(), Rejection::Cancelled);
        clock.advance(2h);
        bulkhead.onDeadline();
        QCOMPARE(hurried.answer(), Rejection::DeadlinePassed);
        QVERIFY(!patient.done);
        clock.advance(3h);
        bulkhead.onDeadline();
        QCOMPARE(patient.answer(), Rejection::WaitedInVain);
        slot.release();
        QCOMPARE(bulkhead.view().inUse, 0u);
    }
};
REGISTER_TEST(SharedBulkheadTest)

#include "shared_bulkhead_test.moc"
