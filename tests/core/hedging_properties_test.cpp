// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/hedging.h"
#include "tests/register_test.h"

#include <QtTest>
#include <rapidcheck.h>

#include <map>
#include <optional>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

using HedgeKind = HedgingVerdict::Kind;

// Spread over all of the range from the first life on; rapidcheck alone begins with small numbers.
template <typename T> T pick(T low, T high)
{
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(low, high));
}

struct HedgedTotals {
    int won = 0;
    int failed = 0;
    int cancelled = 0; // attempts
    int late = 0;
    int spent = 0; // calls that the budget kept from hedging
    int parallel = 0; // calls with three or more at once
};

// One call from its start until every attempt has come back, the losers after the end too. Keeps its own books.
class HedgedLife {
public:
    explicit HedgedLife(HedgedTotals &totals) : m_totals(totals) {}

    void run()
    {
        m_running[1] = m_now;
        while (!m_running.empty() || !m_over) {
            const auto due = m_hedging.nextDeadline(m_call);
            if (due)
                RC_ASSERT(*due < m_deadline && m_call.begun < m_config.maxAttempts && !m_over);
            RC_ASSERT(due || m_over || !running().empty());
            if (pick(0, 2) == 0)
                m_now += Duration{pick(-2, 16)};
            if (m_running.empty() && due)
                m_now = std::max(m_now, *due);
            step(pick(0, 6));
        }
        RC_ASSERT(m_ends == 1);
        m_totals.late += m_late;
        m_totals.spent += m_budget.view(m_now).rejected > 0;
        // Conservation: everyone who began has ended, each in one way.
        RC_ASSERT(m_call.running.empty());
        RC_ASSERT(m_call.failed.count() + m_call.cancelled.count() + (m_call.winner != 0) == m_call.begun);
    }

private:
    static HedgingConfig anyConfig()
    {
        HedgingConfig config{pick<uint32_t>(1, 9), std::nullopt};
        if (pick(0, 4) > 0)
            config.delay = Duration{pick(0, 20)};
        return config;
    }

    AttemptSet running() const { return m_call.running; }

    void step(int choice)
    {
        RetryBudget *budget = m_useBudget ? &m_budget : nullptr;
        if (choice < 3 || m_running.empty()) {
            apply(m_hedging.onDeadline(m_call, m_now, budget), 0);
            return;
        }
        auto one = std::next(m_running.begin(), pick<int>(0, int(m_running.size())));
        const uint32_t number = one->first;
        m_running.erase(one);
        if (pick(0, 40) == 0) {
            m_running[number] = m_now; // still under way, while the caller gives up
            apply(m_hedging.giveUp(m_call, m_now), 0);
            return;
        }
        const bool wasCancelled = m_call.cancelled.contains(number);
        const int ending = pick(0, 12);
        const Outcome outcome = ending < 4 ? Outcome::Success : ending < 5 ? Outcome::Ignored : Outcome::Failure;
        Failure failure;
        failure.kind = ending < 6   ? ErrorKind::ClientError
                       : ending < 7 ? ErrorKind::Rejected
                       : ending < 9 ? ErrorKind::Timeout
                                    : ErrorKind::Other;
        if (pick(0, 4) == 0)
            failure.retryAfter = Duration{pick(0, 10)};
        const HedgingVerdict verdict = m_hedging.onResult(m_call, number, outcome, failure, m_now, budget);
        RC_ASSERT((verdict.kind == HedgeKind::Late) == wasCancelled);
        m_late += wasCancelled;
        if (!wasCancelled && outcome == Outcome::Success)
            RC_ASSERT(verdict.kind == HedgeKind::Won && verdict.answer == number);
        apply(verdict, number);
    }

    void apply(HedgingVerdict verdict, uint32_t ended)
    {
        if (verdict.kind == HedgeKind::Late) {
            RC_ASSERT(verdict.start.empty() && verdict.cancel.empty());
            return;
        }
        RC_ASSERT(!m_over);
        while (!verdict.start.empty()) {
            const uint32_t number = verdict.start.takeFirst();
            RC_ASSERT(number == ++m_begun + 1); // in order, each once
            m_running[number] = m_now;
        }
        RC_ASSERT(m_call.begun == m_begun + 1);
        RC_ASSERT(m_call.begun <= m_config.maxAttempts);
        RC_ASSERT(m_call.begun == 1 || m_operation.mayRepeat());
        if (m_useBudget)
            RC_ASSERT(m_budget.view(m_now).permitted == m_begun);
        m_totals.parallel += m_running.size() >= 3;
        m_over = verdict.isOver();
        m_ends += m_over;
        if (!m_over) {
            RC_ASSERT(verdict.cancel.empty());
            RC_ASSERT(m_call.running.count() == m_running.size());
            return;
        }
        // All who still run are cancelled, and nobody else; the winner is the one that has just come back.
        RC_ASSERT(verdict.cancel.count() == m_running.size());
        for (const auto &[number, since] : m_running)
            RC_ASSERT(verdict.cancel.contains(number));
        RC_ASSERT((verdict.kind == HedgeKind::Won) == (m_call.winner != 0));
        if (verdict.kind == HedgeKind::Won)
            RC_ASSERT(m_call.winner == ended && verdict.answer == ended);
        else
            RC_ASSERT(verdict.answer == 0 || m_call.failed.contains(verdict.answer));
        m_totals.won += verdict.kind == HedgeKind::Won;
        m_totals.failed += verdict.kind == HedgeKind::GiveUp;
        m_totals.cancelled += int(verdict.cancel.count());
    }

    HedgedTotals &m_totals;
    Time m_now = at(100ns);
    HedgingConfig m_config = anyConfig();
    Operation m_operation{pick(0, 8) > 0, false};
    Time m_deadline = pick(0, 3) == 0 ? m_now + Duration{pick(1, 60)} : kTimeMax;
    bool m_useBudget = pick(0, 2) == 0;
    RetryBudget m_budget{{Ratio::of(0), double(pick(0, 4)), 1s}};
    const Hedging m_hedging{m_config};
    HedgedCall m_call =
        m_hedging.begin(m_now, m_operation, Deadline::at(m_deadline), m_useBudget ? &m_budget : nullptr);
    std::map<uint32_t, Time> m_running; // attempts that have not come back, cancelled or not
    uint32_t m_begun = 0; // hedges
    bool m_over = false;
    int m_ends = 0;
    int m_late = 0;
};

} // namespace

class HedgingPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void limitsHold()
    {
        HedgedTotals totals;
        QVERIFY(rc::check("at most so many, one winner, every loser cancelled, nobody lost", [&] {
            for (int life = 0; life < 16; ++life) // 8000 lives, of 500 cases
                HedgedLife(totals).run();
        }));
        QVERIFY2(totals.won > 500 && totals.failed > 500 && totals.cancelled > 1000,
                 qPrintable(QStringLiteral("%1 %2 %3").arg(totals.won).arg(totals.failed).arg(totals.cancelled)));
        QVERIFY2(totals.late > 1000 && totals.spent > 300 && totals.parallel > 500,
                 qPrintable(QStringLiteral("%1 %2 %3").arg(totals.late).arg(totals.spent).arg(totals.parallel)));
    }
};
REGISTER_TEST(HedgingPropertiesTest)

#include "hedging_properties_test.moc"
