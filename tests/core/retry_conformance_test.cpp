// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/config/backoff_json.h"
#include "core/patterns/bulkhead.h"
#include "core/patterns/retry/retry_budget.h"
#include "tests/core/peer_cases_test.h"
#include "tests/register_test.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace resilience;
using Json = nlohmann::json;

namespace {

// Every case about these patterns that was found in other libraries' test suites: played here or left out with a
// reason.
const std::vector<std::string> kRetryCaseIds{"aws-decorrelated-jitter",
                                             "aws-equal-jitter",
                                             "cl-lifo-order",
                                             "cl-partition-shares",
                                             "cockatiel-backoff-no-jitter",
                                             "cockatiel-bulkhead-cancelled-waiter-skipped",
                                             "cockatiel-bulkhead-slots",
                                             "envoy-retry-budget-percent",
                                             "finagle-budget-0.01",
                                             "finagle-budget-0.1",
                                             "finagle-budget-0.25",
                                             "finagle-budget-0.75",
                                             "finagle-budget-floor",
                                             "fsgo-backoff-capped",
                                             "fsgo-budget-min-concurrency-floor",
                                             "fsgo-budget-rate",
                                             "fsgo-semaphore-handoff",
                                             "fsgo-semaphore-shrink",
                                             "grpc-retry-throttle-basic",
                                             "grpc-retry-throttle-reconfigure",
                                             "polly-backoff-overflow-with-cap",
                                             "polly-constant-jitter",
                                             "polly-linear-jitter",
                                             "polly-zero-base-delay",
                                             "r4j-bulkhead-zero",
                                             "userver-retry-budget-replenish"};

constexpr size_t kRetriesLeftOut = 9;

// Plays the steps of one case.
class RetryPlayer {
public:
    explicit RetryPlayer(const Json &conformanceCase) : m_case(conformanceCase) {}

    Json found(const Json &step, Time now)
    {
        const std::string pattern = m_case.at("pattern");
        return pattern == "bulkhead"       ? bulkheadStep(step, now)
               : pattern == "retry_budget" ? budgetStep(step, now)
                                           : backoffStep(step);
    }

private:
    Json bulkheadStep(const Json &step, Time now)
    {
        const Json &ours = m_case.at("ours");
        if (!m_bulkhead)
            m_bulkhead.emplace(BulkheadConfig{ours.at("max_concurrent"), ours.at("max_queue"), Duration::zero()});
        const std::string op = step.at("op");
        const std::string id = step.value("id", "");
        std::string started;
        bool ran = false;
        if (op == "submit") {
            const Admission admission = m_bulkhead->tryAcquire(now);
            ran = admission.permitted();
            if (ran || admission.queued())
                m_tickets[id] = admission.ticket;
        } else if (op == "finish" || op == "cancel") {
            const Returned wanted = op == "finish" ? Returned::Slot : Returned::Place;
            if (m_bulkhead->release(m_tickets.at(id), now) != wanted)
                return "it was something else that came back";
            for (const auto &[name, ticket] : m_tickets)
                if (std::ranges::find(m_bulkhead->granted(), ticket) != m_bulkhead->granted().end())
                    started += name;
        } else if (op == "set_max") {
            m_bulkhead->reconfigure({step.at("max"), m_bulkhead->config().maxQueue, Duration::zero()}, now);
        } else {
            throw std::runtime_error("no such operation: " + op);
        }
        const BulkheadView view = m_bulkhead->view(now);
        const BulkheadConfig &config = m_bulkhead->config();
        const Json all{{"run", ran},
                       {"started", started},
                       {"used", view.inUse},
                       {"waiters", view.queued},
                       {"exec_slots", config.maxConcurrent - view.inUse},
                       {"queue_slots", config.maxQueue - view.queued}};
        Json asked = Json::object();
        for (const auto &[key, value] : step.at("expect").items())
            asked[key] = all.at(key);
        return asked;
    }

    Json budgetStep(const Json &step, Time now)
    {
        const Json &ours = m_case.at("ours");
        if (!m_budget)
            m_budget.emplace(RetryBudgetConfig{Ratio::of(ours.at("ratio")), ours.at("min_per_second"),
                                               fromSeconds(ours.at("window").get<double>())});
        if (step.at("op") == "balance")
            return {{"balance", m_budget->view(now).available}};
        if (step.at("op") != "deposit_then_withdraw")
            throw std::runtime_error("no such operation");
        int retried = 0;
        for (int i = 0; i < step.at("repeat"); ++i) {
            m_budget->onRequest(now);
            retried += m_budget->tryAcquire(now).permitted();
        }
        // The peers themselves leave a tolerance.
        Json result = step.at("expect");
        Json &about = result.at("retried");
        if (!about.is_number() || std::abs(retried - about.get<int>()) > result.at("tolerance").get<int>())
            about = retried;
        return result;
    }

    // Where the peer's random number is given, the place in the range that it stands for.
    Json backoffStep(const Json &step)
    {
        if (!m_backoff)
            m_backoff = *io::backoffFromJson(m_case.at("ours"));
        const bool next = step.at("op") == "next";
        const DelayRange range =
            m_backoff->range(step.value("retry", uint64_t{1}), next ? m_previous : Duration::zero());
        const auto span = static_cast<double>((range.high - range.low).count());
        const Duration delay = range.low + Duration{std::llround(step.value("rand", 0.0) * span)};
        m_previous = delay;
        return {{"delay", delay.count()}};
    }

    const Json &m_case;
    std::optional<Bulkhead> m_bulkhead;
    std::map<std::string, Ticket> m_tickets;
    std::optional<RetryBudget> m_budget;
    std::optional<BackoffConfig> m_backoff;
    Duration m_previous{0};
};

} // namespace

class RetryConformanceTest : public tests::PeerCasesTest {
    Q_OBJECT
public:
    RetryConformanceTest() : PeerCasesTest(CASES_FOLDER "retry_conformance_cases.json", kRetryCaseIds, kRetriesLeftOut)
    {
    }

protected:
    QStringList play(const Json &one, const Json &steps) override
    {
        RetryPlayer player(one);
        return tests::playSteps(steps, [&](const Json &step, Time now) { return player.found(step, now); });
    }
};
REGISTER_TEST(RetryConformanceTest)

#include "retry_conformance_test.moc"
