// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/naive_bulkhead.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace resilience;
using namespace std::chrono_literals;
using tests::pick;

namespace {

struct BulkheadTotals {
    int queued = 0;
    int granted = 0;
    int expired = 0;
    int left = 0;
    int withheld = 0; // slots that came back after shrinking and were not handed on
};

// One life of a bulkhead: random operations against the naive model, and what must hold after each.
class BulkheadLife {
public:
    explicit BulkheadLife(BulkheadTotals &totals) : m_totals(totals) {}

    void run()
    {
        const int steps = pick(0, 80);
        for (int i = 0; i < steps; ++i) {
            m_now += Duration{pick(-3, 6)};
            step(pick(0, 20));
            check();
        }
    }

private:
    static BulkheadConfig anyConfig() { return {pick<uint32_t>(1, 5), pick<uint32_t>(0, 6), Duration{pick(0, 8)}}; }

    void step(int choice)
    {
        m_allowed = std::max(m_config.maxConcurrent, m_bulkhead.inUse());
        if (choice < 10)
            acquire();
        else if (choice < 17)
            release();
        else if (choice < 19) {
            m_bulkhead.onDeadline(m_now);
            m_naive.pass(m_now);
        } else {
            m_config = anyConfig();
            m_allowed = std::max(m_config.maxConcurrent, m_bulkhead.inUse());
            m_bulkhead.reconfigure(m_config, m_now);
            m_naive.reconfigure(m_config, m_now);
        }
    }

    void acquire()
    {
        const auto deadline = pick(0, 3) == 0 ? std::optional{m_now + Duration{pick(-2, 12)}} : std::nullopt;
        const auto caller = int(m_tickets.size());
        const Admission admission = m_bulkhead.tryAcquire(m_now, deadline);
        RC_ASSERT(admission.kind == m_naive.acquire(caller, m_now, deadline));
        m_tickets.push_back(admission.ticket);
        m_totals.queued += admission.queued();
    }

    void release()
    {
        if (m_tickets.empty())
            return;
        const auto caller = pick(0, int(m_tickets.size()));
        const Returned returned = m_bulkhead.release(m_tickets[size_t(caller)], m_now);
        RC_ASSERT(returned == m_naive.release(caller, m_now));
        m_totals.left += returned == Returned::Place;
        m_totals.withheld += returned == Returned::Slot && m_bulkhead.inUse() >= m_config.maxConcurrent
                             && m_bulkhead.granted().empty() && m_bulkhead.queued() > 0;
    }

    std::vector<Ticket> ticketsOf(const std::vector<int> &callers) const
    {
        std::vector<Ticket> tickets;
        for (const int caller : callers)
            tickets.push_back(m_tickets[size_t(caller)]);
        return tickets;
    }

    void check()
    {
        RC_ASSERT(std::ranges::equal(m_bulkhead.granted(), ticketsOf(m_naive.granted)));
        RC_ASSERT(std::ranges::equal(m_bulkhead.expired(), ticketsOf(m_naive.expired)));
        m_totals.granted += int(m_naive.granted.size());
        m_totals.expired += int(m_naive.expired.size());
        const BulkheadView view = m_bulkhead.view(m_now);
        RC_ASSERT(view.inUse == m_naive.holding.size());
        RC_ASSERT(view.queued == m_naive.waiting.size());
        RC_ASSERT(view.next.has_value() == !m_naive.waiting.empty());
        if (view.next)
            RC_ASSERT(*view.next == m_tickets[size_t(m_naive.waiting.front().caller)]);
        RC_ASSERT(view.nextDeadline == m_bulkhead.nextDeadline());
        // Slots never above the limit (or above what was out when it was lowered); nobody waits while one is free.
        RC_ASSERT(view.inUse <= m_allowed);
        if (view.queued > 0)
            RC_ASSERT(view.inUse >= m_config.maxConcurrent);
        // Nobody is lost: whoever was let in or queued holds, waits, or came out again.
        RC_ASSERT(view.permitted + view.rejected + view.expired + view.left + view.queued == m_tickets.size());
        for (size_t i = 0; i < m_tickets.size(); ++i)
            RC_ASSERT(m_bulkhead.expiresAt(m_tickets[i]) == m_naive.expiresAt(int(i)));
        // Looking ahead is what waiting would bring.
        Bulkhead later = m_bulkhead;
        later.onDeadline(m_now + 4ns);
        RC_ASSERT(m_bulkhead.view(m_now + 4ns) == later.view(m_now + 4ns));
    }

    BulkheadTotals &m_totals;
    BulkheadConfig m_config = anyConfig();
    Bulkhead m_bulkhead{m_config};
    tests::NaiveBulkhead m_naive{m_config};
    std::vector<Ticket> m_tickets; // by caller; of those rejected too
    uint32_t m_allowed = 0;
    Time m_now = at(100ns);
};

} // namespace

class BulkheadPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheNaiveModel()
    {
        BulkheadTotals totals;
        QVERIFY(
            rc::check("slots within the limit, first in first out, nobody lost", [&] { BulkheadLife(totals).run(); }));
        QVERIFY(totals.queued > 1000 && totals.granted > 300 && totals.expired > 300);
        QVERIFY2(totals.left > 100 && totals.withheld > 10,
                 qPrintable(QStringLiteral("%1 %2").arg(totals.left).arg(totals.withheld)));
    }
};
REGISTER_TEST(BulkheadPropertiesTest)

#include "bulkhead_properties_test.moc"
