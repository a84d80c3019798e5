// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/retry/retry_budget.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>

using namespace resilience;
using namespace std::chrono_literals;
using tests::pick;

namespace {

// Every request and retry there ever was; counted anew each time.
struct NaiveBudget {
    RetryBudgetConfig config;
    std::vector<Time> requests;
    std::vector<Time> retries;

    static auto countSince(const std::vector<Time> &all, int64_t after, int64_t step, bool whole)
    {
        return std::count_if(all.begin(), all.end(), [&](Time t) {
            const int64_t first = t.time_since_epoch().count() / step * step;
            return (whole ? first : first + step - 1) > after;
        });
    }
    // By the budget's own rule, in tenths of the window; or over exactly the window before `now`.
    bool allows(Time now, bool tenths) const
    {
        const int64_t window = config.window.count();
        const int64_t step = tenths ? (window + 9) / 10 : 1;
        const int64_t after = now.time_since_epoch().count() - window;
        const auto paid = static_cast<long double>(countSince(requests, after, step, true));
        const auto used = static_cast<long double>(countSince(retries, after, step, false));
        const long double floor =
            static_cast<long double>(config.minPerSecond) * static_cast<long double>(window) / 1e9L;
        return used + 1 <= paid * static_cast<long double>(config.ratio.parts()) / 1e9L + floor + 1e-9L;
    }
};

RetryBudgetConfig anyBudget()
{
    return {Ratio::fromParts(*rc::gen::element<uint64_t>(0, 100'000'000, 250'000'000, 500'000'000, 1'000'000'000)),
            *rc::gen::element(0.0, 500.0, 1000.0, 2500.0),
            Duration{*rc::gen::element<int64_t>(1'000, 1'003, 9'999, 1'000'000, 2'000'000)}};
}

} // namespace

class RetryBudgetPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void neverAboveTheBudget()
    {
        int yes = 0;
        int no = 0;
        int waited = 0;
        QVERIFY(rc::check("as the naive budget says, and never more than the exact window allows", [&] {
            NaiveBudget naive{anyBudget(), {}, {}};
            RetryBudget budget(naive.config);
            Time now = kTimeZero;
            const int steps = pick(0, 120);
            for (int i = 0; i < steps; ++i) {
                now += Duration{pick<int64_t>(0, naive.config.window.count() / 8)};
                if (pick(0, 2)) {
                    budget.onRequest(now);
                    naive.requests.push_back(now);
                    continue;
                }
                const Decision decision = budget.tryAcquire(now);
                RC_ASSERT(decision.permitted() == naive.allows(now, true));
                if (decision) {
                    RC_ASSERT(naive.allows(now, false));
                    naive.retries.push_back(now);
                    ++yes;
                    continue;
                }
                ++no;
                if (!decision.retryAfter)
                    continue;
                ++waited;
                RetryBudget later = budget;
                RC_ASSERT(!later.tryAcquire(now + *decision.retryAfter - 1ns).permitted());
                RC_ASSERT(later.tryAcquire(now + *decision.retryAfter).permitted());
            }
            const RetryBudgetView view = budget.view(now);
            RC_ASSERT(view.permitted == naive.retries.size());
            RC_ASSERT(view.available <= view.allowed);
        }));
        QVERIFY(yes > 1000 && no > 1000 && waited > 300);
    }
};
REGISTER_TEST(RetryBudgetPropertiesTest)

#include "retry_budget_properties_test.moc"
