// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/bulkhead.h"
#include "tests/register_test.h"

#include <QtTest>

#include <functional>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

using AdmissionKind = Admission::Kind;
constexpr Duration kAnAge = std::chrono::hours{24 * 36525};

std::vector<Ticket> list(std::span<const Ticket> tickets) { return {tickets.begin(), tickets.end()}; }

const struct {
    const char *title;
    BulkheadConfig config;
    const char *field;
    const char *found;
    const char *expected;
} kRefusedBulkheads[] = {
    {"no slots", {0, 0, 0s}, "max_concurrent", "0", "1 to 1000000"},
    {"too many slots", {1'000'001, 0, 0s}, "max_concurrent", "1000001", "1 to 1000000"},
    {"too long a queue", {1, 1'000'001, 0s}, "max_queue", "1000001", "0 to 1000000"},
    {"negative wait", {1, 0, -1ns}, "max_wait", "-1e-09 s", "0 s (for ever) or more"},
};

} // namespace

class BulkheadTest : public QObject {
    Q_OBJECT
private slots:
    void refused_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kRefusedBulkheads); ++i)
            QTest::newRow(kRefusedBulkheads[i].title) << int(i);
    }
    void refused()
    {
        QFETCH(int, index);
        const auto &row = kRefusedBulkheads[index];
        const auto error = row.config.validate();
        QVERIFY(error && *error == (ConfigError{row.field, row.found, row.expected}));
        QVERIFY_EXCEPTION_THROWN(Bulkhead{row.config}, InvalidConfig);
        Bulkhead bulkhead({2, 2, 1s});
        bulkhead.tryAcquire(at(1s));
        const Bulkhead before = bulkhead;
        QVERIFY_EXCEPTION_THROWN(bulkhead.reconfigure(row.config, at(2s)), InvalidConfig);
        QVERIFY(bulkhead == before);
    }

    void accepted()
    {
        for (const BulkheadConfig &config :
             {BulkheadConfig{}, {1, 0, 0s}, {1'000'000, 0, 1ns}, {1, 1'000'000, kDurationMax}})
            QVERIFY(!config.validate());
    }

    // Without a queue: as many as there are slots, the next is refused, and a slot given back is a slot.
    void slotsOnly()
    {
        Bulkhead bulkhead({2, 0, 0s});
        const Admission first = bulkhead.tryAcquire(at(0s));
        QVERIFY(first && bulkhead.tryAcquire(at(0s)));
        const Admission third = bulkhead.tryAcquire(at(0s));
        QVERIFY(third == (Admission{AdmissionKind::Rejected, {}, Rejection::QueueFull, std::nullopt}));
        QVERIFY(bulkhead.release(first.ticket, at(0s)) == Returned::Slot);
        QVERIFY(bulkhead.release(first.ticket, at(0s)) == Returned::Nothing); // twice is once
        QCOMPARE(bulkhead.inUse(), 1U);
        QVERIFY(bulkhead.tryAcquire(at(0s)));
        QVERIFY(!bulkhead.tryAcquire(at(0s)));
    }

    void firstInFirstOut()
    {
        Bulkhead bulkhead({1, 3, 0s});
        const Ticket running = bulkhead.tryAcquire(at(0s)).ticket;
        std::vector<Ticket> waiting;
        for (int i = 0; i < 3; ++i) {
            const Admission admission = bulkhead.tryAcquire(at(1s));
            QVERIFY(admission.queued() && !admission.waitsUntil);
            waiting.push_back(admission.ticket);
        }
        QVERIFY(bulkhead.tryAcquire(at(1s)).rejection == Rejection::QueueFull);
        Ticket holder = running;
        for (const Ticket &next : waiting) {
            QVERIFY(bulkhead.release(holder, at(2s)) == Returned::Slot);
            QVERIFY(list(bulkhead.granted()) == std::vector{next});
            QCOMPARE(bulkhead.inUse(), 1U); // handed over, never free in between
            holder = next;
        }
        QVERIFY(bulkhead.release(holder, at(2s)) == Returned::Slot);
        QVERIFY(bulkhead.granted().empty());
        QCOMPARE(bulkhead.inUse(), 0U);
    }

    // The oldest, one in the middle, the youngest: whoever leaves, the others keep their order, and its place is free.
    void whoLeavesMakesNoHole()
    {
        for (const size_t leaver : {0U, 1U, 2U}) {
            Bulkhead bulkhead({1, 3, 0s});
            Ticket holder = bulkhead.tryAcquire(at(0s)).ticket;
            std::vector<Ticket> waiting;
            for (int i = 0; i < 3; ++i)
                waiting.push_back(bulkhead.tryAcquire(at(0s)).ticket);
            QVERIFY(bulkhead.release(waiting[leaver], at(0s)) == Returned::Place);
            QVERIFY(bulkhead.granted().empty());
            QVERIFY(bulkhead.release(waiting[leaver], at(0s)) == Returned::Nothing);
            const Ticket late = bulkhead.tryAcquire(at(0s)).ticket;
            QVERIFY(!bulkhead.tryAcquire(at(0s)).queued());
            waiting.erase(waiting.begin() + std::ptrdiff_t(leaver));
            waiting.push_back(late);
            for (const Ticket &next : waiting) {
                bulkhead.release(holder, at(0s));
                QVERIFY(list(bulkhead.granted()) == std::vector{next});
                holder = next;
            }
        }
    }

    // Expired at exactly max_wait, not 1 ns before.
    void expiry()
    {
        for (const Duration after : {5s - 1ns, Duration{5s}, 5s + 1ns, kAnAge}) {
            Bulkhead bulkhead({1, 1, 5s});
            const Ticket running = bulkhead.tryAcquire(at(0s)).ticket;
            const Admission waiter = bulkhead.tryAcquire(at(1s));
            QVERIFY(waiter.waitsUntil == at(6s) && bulkhead.nextDeadline() == at(6s));
            const bool over = after >= 5s;
            QCOMPARE(bulkhead.view(at(1s + after)).queued, over ? 0U : 1U);
            QCOMPARE(bulkhead.view(at(1s + after)).expired, over ? 1U : 0U);
            QCOMPARE(bulkhead.queued(), 1U); // looking changed nothing
            bulkhead.release(running, at(1s + after));
            QVERIFY(list(bulkhead.expired()) == (over ? std::vector{waiter.ticket} : std::vector<Ticket>{}));
            QVERIFY(list(bulkhead.granted()) == (over ? std::vector<Ticket>{} : std::vector{waiter.ticket}));
            QCOMPARE(bulkhead.inUse(), over ? 0U : 1U);
            QVERIFY(!bulkhead.nextDeadline());
            QVERIFY(bulkhead.release(waiter.ticket, at(1s + after)) == (over ? Returned::Nothing : Returned::Slot));
        }
    }

    // Two things at one instant: expiry comes first, in whichever order the rest is said.
    void expiryComesFirst()
    {
        const Bulkhead start = [] {
            Bulkhead bulkhead({1, 1, 5s});
            bulkhead.tryAcquire(at(0s));
            bulkhead.tryAcquire(at(0s));
            return bulkhead;
        }();
        const Ticket running{1, start.view(at(0s)).next->place == 0 ? 1U : 0U};
        Bulkhead acquireFirst = start;
        QVERIFY(acquireFirst.tryAcquire(at(5s)).queued()); // the place is free again
        QCOMPARE(acquireFirst.expired().size(), 1U);
        QVERIFY(acquireFirst.release(running, at(5s)) == Returned::Slot);
        QCOMPARE(acquireFirst.granted().size(), 1U);
        QCOMPARE(acquireFirst.inUse(), 1U);
        Bulkhead releaseFirst = start;
        QVERIFY(releaseFirst.release(running, at(5s)) == Returned::Slot);
        QVERIFY(releaseFirst.granted().empty());
        QVERIFY(releaseFirst.tryAcquire(at(5s)).permitted());
        QCOMPARE(releaseFirst.inUse(), 1U);
    }

    // A caller's own deadline may be nearer than max_wait, and the order of expiry is not that of arrival.
    void deadlines()
    {
        Bulkhead bulkhead({1, 4, 5s});
        bulkhead.tryAcquire(at(0s));
        const Ticket a = bulkhead.tryAcquire(at(0s)).ticket;
        const Admission b = bulkhead.tryAcquire(at(0s), at(2s));
        const Admission c = bulkhead.tryAcquire(at(0s), at(1s));
        const Admission d = bulkhead.tryAcquire(at(0s), at(9s));
        QVERIFY(b.waitsUntil == at(2s) && c.waitsUntil == at(1s) && d.waitsUntil == at(5s));
        QVERIFY(bulkhead.nextDeadline() == at(1s));
        QVERIFY(bulkhead.view(at(2s)).nextDeadline == at(5s));
        QVERIFY(bulkhead.view(at(2s)).next == a);
        bulkhead.onDeadline(at(5s));
        QVERIFY(list(bulkhead.expired()) == (std::vector{c.ticket, b.ticket, a, d.ticket}));
        bulkhead.onDeadline(at(5s));
        QVERIFY(bulkhead.expired().empty());
        for (const Time over : {at(4s), at(5s), kTimeZero, Time::min()})
            QVERIFY(bulkhead.tryAcquire(at(5s), over).rejection == Rejection::DeadlinePassed);
        QVERIFY(bulkhead.tryAcquire(at(5s), at(5s + 1ns)).queued());
        QCOMPARE(bulkhead.view(at(5s)).rejected, 4U);
        Bulkhead patient({1, 1, 0s}); // max_wait for ever: only the deadline holds
        patient.tryAcquire(at(0s));
        QVERIFY(patient.tryAcquire(at(0s), at(3s)).waitsUntil == at(3s));
    }

    void shrinkingTakesSlotsBackAsTheyComeFree()
    {
        Bulkhead bulkhead({3, 2, 0s});
        std::vector<Ticket> tickets;
        for (int i = 0; i < 5; ++i)
            tickets.push_back(bulkhead.tryAcquire(at(0s)).ticket);
        bulkhead.reconfigure({1, 1, 0s}, at(1s));
        QCOMPARE(bulkhead.inUse(), 3U);
        QCOMPARE(bulkhead.queued(), 2U); // nobody is thrown out
        QVERIFY(!bulkhead.tryAcquire(at(1s)).queued());
        for (const size_t i : {0U, 1U}) {
            bulkhead.release(tickets[i], at(1s));
            QVERIFY(bulkhead.granted().empty());
        }
        bulkhead.release(tickets[2], at(1s));
        QVERIFY(list(bulkhead.granted()) == std::vector{tickets[3]});
        QCOMPARE(bulkhead.inUse(), 1U);
    }

    void growingLetsWaitersInAtOnce()
    {
        Bulkhead bulkhead({1, 3, 9s});
        std::vector<Ticket> tickets;
        for (int i = 0; i < 4; ++i)
            tickets.push_back(bulkhead.tryAcquire(at(0s)).ticket);
        bulkhead.reconfigure({3, 5, 1s}, at(2s));
        QVERIFY(list(bulkhead.granted()) == (std::vector{tickets[1], tickets[2]}));
        QVERIFY(bulkhead.nextDeadline() == at(9s)); // as it was promised
        for (int i = 0; i < 4; ++i)
            QVERIFY(bulkhead.tryAcquire(at(2s)).waitsUntil == at(3s));
        QCOMPARE(bulkhead.queued(), 5U);
        bulkhead.reconfigure({3, 5, 1s}, at(9s));
        QCOMPARE(bulkhead.expired().size(), 5U);
    }

    void timeGoingBack()
    {
        using Operation = std::function<void(Bulkhead &, Time)>;
        const Operation operations[] = {
            [](Bulkhead &b, Time now) { b.tryAcquire(now); },
            [](Bulkhead &b, Time now) { b.tryAcquire(now, at(1001s)); },
            [](Bulkhead &b, Time now) {
                b.release({1, 3}, now);
            },
            [](Bulkhead &b, Time now) { b.onDeadline(now); },
            [](Bulkhead &b, Time now) {
                b.reconfigure({3, 1, 1s}, now);
            },
        };
        Bulkhead there({1, 3, 5s});
        for (int i = 0; i < 3; ++i)
            there.tryAcquire(at(1000s));
        for (const Operation &operation : operations) {
            Bulkhead straight = there;
            operation(straight, at(1000s));
            for (const Time back : {at(1000s - 1ns), at(995s), kTimeZero, at(-5s), Time::min()}) {
                Bulkhead bulkhead = there;
                QVERIFY(bulkhead.view(back) == there.view(at(1000s)));
                operation(bulkhead, back);
                QVERIFY(bulkhead == straight);
            }
        }
    }

    void largestDurations()
    {
        Bulkhead bulkhead({1, 2, kDurationMax});
        bulkhead.tryAcquire(at(5s));
        QVERIFY(bulkhead.tryAcquire(at(5s)).waitsUntil == kTimeMax);
        bulkhead.onDeadline(kTimeMax - 1ns);
        QCOMPARE(bulkhead.queued(), 1U);
        bulkhead.onDeadline(kTimeMax);
        QCOMPARE(bulkhead.queued(), 0U);
    }

    void ticketsOfNobody()
    {
        Bulkhead bulkhead({1, 1, 0s});
        const Ticket running = bulkhead.tryAcquire(at(0s)).ticket;
        for (const Ticket wrong : {Ticket{}, Ticket{0, 1}, Ticket{running.serial + 1, running.place},
                                   Ticket{running.serial, running.place + 1}, Ticket{1, UINT32_MAX}})
            QVERIFY(bulkhead.release(wrong, at(0s)) == Returned::Nothing);
        QCOMPARE(bulkhead.inUse(), 1U);
        QVERIFY(bulkhead.view(at(0s)).permitted == 1U);
    }
};
REGISTER_TEST(BulkheadTest)

#include "bulkhead_test.moc"
