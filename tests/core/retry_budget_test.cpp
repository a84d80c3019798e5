// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/retry/retry_budget.h"
#include "tests/register_test.h"

#include <QtTest>

#include <cmath>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

RetryBudgetConfig budgetWith(double ratio, double minPerSecond, Duration window)
{
    return {Ratio::of(ratio), minPerSecond, window};
}

int permitted(RetryBudget &budget, int asked, Time now)
{
    int count = 0;
    for (int i = 0; i < asked; ++i)
        count += budget.tryAcquire(now).permitted();
    return count;
}

const struct {
    const char *title;
    RetryBudgetConfig config;
    const char *field;
    const char *found;
    const char *expected;
} kRefusedBudgets[] = {
    {"ratio over 1", budgetWith(1.5, 0, 1s), "budget.ratio", "1.5", "0 to 1"},
    {"negative floor", budgetWith(0, -1, 1s), "budget.min_per_second", "-1", "0 to 1000000"},
    {"floor too high", budgetWith(0, 1e6 + 1, 1s), "budget.min_per_second", "1000001", "0 to 1000000"},
    {"no floor known", budgetWith(0, std::nan(""), 1s), "budget.min_per_second", "nan", "0 to 1000000"},
    {"window too short", budgetWith(0, 0, 999ns), "budget.window", "9.99e-07 s", "1e-06 s to 3600 s"},
    {"window too long", budgetWith(0, 0, 1h + 1ns), "budget.window", "3600.000000001 s", "1e-06 s to 3600 s"},
};

} // namespace

class RetryBudgetTest : public QObject {
    Q_OBJECT
private slots:
    void refused_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kRefusedBudgets); ++i)
            QTest::newRow(kRefusedBudgets[i].title) << int(i);
    }
    void refused()
    {
        QFETCH(int, index);
        const auto &row = kRefusedBudgets[index];
        const auto error = row.config.validate();
        QVERIFY(error && *error == (ConfigError{row.field, row.found, row.expected}));
        QVERIFY_EXCEPTION_THROWN(RetryBudget{row.config}, InvalidConfig);
        RetryBudget budget;
        QVERIFY_EXCEPTION_THROWN(budget.reconfigure(row.config, at(1s)), InvalidConfig);
        QVERIFY(budget == RetryBudget{});
    }

    void limitsAreAccepted()
    {
        for (const auto &config :
             {RetryBudgetConfig{}, budgetWith(0, 0, 1us), budgetWith(1, 1e6, 1h), budgetWith(1e-9, 1e-9, 1h)})
            QVERIFY(!config.validate());
    }

    // The floor alone, the ratio alone, both: exactly so many, not one more.
    void howManyThereAre()
    {
        RetryBudget floor(budgetWith(0, 10, 2s));
        QCOMPARE(permitted(floor, 100, at(0s)), 20);
        RetryBudget ratio(budgetWith(0.3, 0, 10s));
        for (int i = 0; i < 10; ++i)
            ratio.onRequest(at(0s));
        QCOMPARE(permitted(ratio, 100, at(0s)), 3); // 0.3 x 10 is 3, whatever binary numbers say
        RetryBudget both(budgetWith(0.25, 0.5, 4s));
        for (int i = 0; i < 7; ++i)
            both.onRequest(at(0s));
        QCOMPARE(both.view(at(0s)).allowed, 3U); // 1.75 + 2
        QCOMPARE(permitted(both, 100, at(0s)), 3);
        both.onRequest(at(0s));
        QCOMPARE(permitted(both, 100, at(0s)), 1);
        QVERIFY(both.view(at(0s)) == (RetryBudgetView{8, 4, 4, 0, 4, 196}));
        RetryBudget nothing(budgetWith(0, 0, 1s));
        QVERIFY(nothing.tryAcquire(at(0s)) == (Decision{{}, Rejection::BudgetSpent, std::nullopt}));
    }

    // A tenth is 1 s: a retry at 0.5 s counts until all of the first second is 10 s old.
    void retriesLeave()
    {
        RetryBudget budget(budgetWith(0, 0.1, 10s));
        QVERIFY(budget.tryAcquire(at(500ms)));
        const Decision no = budget.tryAcquire(at(2s));
        QVERIFY(no.rejection == Rejection::BudgetSpent && no.retryAfter == Duration{9s - 1ns});
        QVERIFY(!budget.tryAcquire(at(11s - 2ns)));
        QVERIFY(budget.tryAcquire(at(11s - 1ns)));
        QVERIFY(!budget.tryAcquire(at(11s)));
    }

    // A request at 0.5 s pays until the first moment of its second is 10 s old.
    void requestsLeave()
    {
        for (const Duration later : {10s - 1ns, Duration{10s}, 10s + 1ns, Duration{std::chrono::hours{24 * 36525}}}) {
            RetryBudget budget(budgetWith(1, 0, 10s));
            budget.onRequest(at(500ms));
            QCOMPARE(budget.tryAcquire(at(later)).permitted(), later < 10s);
        }
    }

    void timeGoingBack()
    {
        RetryBudget there(budgetWith(0.5, 1, 10s));
        for (int i = 0; i < 30; ++i) {
            there.onRequest(at(1s * i));
            there.tryAcquire(at(1s * i));
        }
        RetryBudget requested = there;
        RetryBudget retried = there;
        requested.onRequest(at(29s));
        const Decision decision = retried.tryAcquire(at(29s));
        for (const Time back : {at(29s - 1ns), at(5s), kTimeZero, at(-5s), Time::min()}) {
            RetryBudget a = there;
            RetryBudget b = there;
            QVERIFY(a.view(back) == there.view(at(29s)));
            a.onRequest(back);
            QVERIFY(a == requested);
            QVERIFY(b.tryAcquire(back) == decision);
            QVERIFY(b == retried);
        }
    }

    void twoAtOneInstant()
    {
        RetryBudget before(budgetWith(1, 0, 10s));
        QVERIFY(!before.tryAcquire(at(1s)));
        before.onRequest(at(1s));
        QVERIFY(before.tryAcquire(at(1s)));
        QVERIFY(!before.tryAcquire(at(1s)));
    }

    void reconfigured()
    {
        RetryBudget budget(budgetWith(0, 1, 10s));
        QCOMPARE(permitted(budget, 20, at(1s)), 10);
        budget.reconfigure(budgetWith(0, 2, 10s), at(1s));
        QCOMPARE(permitted(budget, 20, at(1s)), 10); // what was counted stays
        budget.reconfigure(budgetWith(0, 2, 5s), at(1s));
        QCOMPARE(permitted(budget, 20, at(1s)), 0); // in another window too
        budget.reconfigure(budgetWith(0, 2, 10s), at(1s));
        QCOMPARE(permitted(budget, 20, at(1s)), 0);
        QCOMPARE(permitted(budget, 30, at(13s)), 20);
        QCOMPARE(budget.view(at(13s)).permitted, 40U);
    }

    // The ratio of what the old window held is the ratio that the new one begins with.
    void anotherWindowKeepsTheRatio()
    {
        RetryBudget budget(budgetWith(0.5, 0, 10s));
        for (int i = 0; i < 10; ++i)
            budget.onRequest(at(2s));
        QCOMPARE(permitted(budget, 3, at(2s)), 3);
        budget.reconfigure(budgetWith(0.5, 0, 1s), at(3s));
        QCOMPARE(budget.view(at(3s)).requests, 10U);
        QCOMPARE(permitted(budget, 9, at(3s)), 2);
        budget.reconfigure(budgetWith(0.5, 0, 10s), at(3s));
        QCOMPARE(permitted(budget, 9, at(3s)), 0);
    }

    void endOfTime()
    {
        RetryBudget budget(budgetWith(0, 1.0 / 3600, 1h));
        QVERIFY(budget.tryAcquire(kTimeMax - 1ns));
        QVERIFY(!budget.tryAcquire(kTimeMax));
        QCOMPARE(budget.view(kTimeMax).retries, 1U);
    }
};
REGISTER_TEST(RetryBudgetTest)

#include "retry_budget_test.moc"
