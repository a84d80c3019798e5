// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/backoff_json.h"
#include "core/patterns/bulkhead.h"
#include "core/patterns/retry_budget.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

using namespace resilience;
using Json = nlohmann::json;

namespace {

// Every case about these patterns that was found in other libraries' test suites: played here or left out with a
// reason.
const std::vector<std::string> kAllIds{"aws-decorrelated-jitter",
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

constexpr size_t kMostLeftOut = 9;

const Json &file()
{
    static const Json all = [] {
        std::ifstream in(RETRY_CASES_FILE);
        return Json::parse(in);
    }();
    return all;
}

// Plays one case and collects every difference from what the peer expects.
class Player {
public:
    explicit Player(const Json &conformanceCase) : m_case(conformanceCase) {}

    QStringList play()
    {
        const std::string pattern = m_case.at("pattern");
        const auto step = pattern == "bulkhead"       ? &Player::bulkheadStep
                          : pattern == "retry_budget" ? &Player::budgetStep
                                                      : &Player::backoffStep;
        for (const Json &one : m_case.at("steps")) {
            m_place = one.dump();
            (this->*step)(one, at(Duration{one.at("t").get<int64_t>()}));
        }
        return m_differences;
    }

private:
    void compare(const Json &expected, const std::string &key, const Json &found)
    {
        if (expected != found)
            m_differences << QString::fromStdString(m_place + ": " + key + " is " + found.dump());
    }

    void bulkheadStep(const Json &step, Time now)
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
                m_differences << QString::fromStdString(m_place + ": it was something else that came back");
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
        for (const auto &[key, value] : step.at("expect").items())
            compare(value, key,
                    key == "run"           ? Json(ran)
                    : key == "started"     ? Json(started)
                    : key == "used"        ? Json(view.inUse)
                    : key == "waiters"     ? Json(view.queued)
                    : key == "exec_slots"  ? Json(config.maxConcurrent - view.inUse)
                    : key == "queue_slots" ? Json(config.maxQueue - view.queued)
                                           : Json());
    }

    void budgetStep(const Json &step, Time now)
    {
        const Json &ours = m_case.at("ours");
        if (!m_budget)
            m_budget.emplace(RetryBudgetConfig{Ratio::of(ours.at("ratio")), ours.at("min_per_second"),
                                               fromSeconds(ours.at("window").get<double>())});
        const Json &expected = step.at("expect");
        if (step.at("op") == "balance") {
            compare(expected.at("balance"), "balance", m_budget->view(now).available);
            return;
        }
        if (step.at("op") != "deposit_then_withdraw")
            throw std::runtime_error("no such operation");
        int retried = 0;
        for (int i = 0; i < step.at("repeat"); ++i) {
            m_budget->onRequest(now);
            retried += m_budget->tryAcquire(now).permitted();
        }
        if (!expected.at("retried").is_number()
            || std::abs(retried - expected.at("retried").get<int>()) > expected.at("tolerance"))
            compare(expected.at("retried"), "retried", retried);
    }

    // Where the peer's random number is given, the place in the range that it stands for.
    void backoffStep(const Json &step, Time)
    {
        if (!m_backoff)
            m_backoff.emplace(*io::backoffFromJson(m_case.at("ours")));
        const bool next = step.at("op") == "next";
        const DelayRange range =
            m_backoff->range(step.value("retry", uint64_t{1}), next ? m_previous : Duration::zero());
        const auto span = static_cast<double>((range.high - range.low).count());
        const Duration delay = std::min(range.low + Duration{std::llround(step.value("rand", 0.0) * span)}, range.cut);
        m_previous = delay;
        compare(step.at("expect").at("delay"), "delay", delay.count());
    }

    const Json &m_case;
    std::string m_place;
    QStringList m_differences;
    std::optional<Bulkhead> m_bulkhead;
    std::map<std::string, Ticket> m_tickets;
    std::optional<RetryBudget> m_budget;
    std::optional<Backoff> m_backoff;
    Duration m_previous{0};
};

} // namespace

class RetryConformanceTest : public QObject {
    Q_OBJECT
private slots:
    void caseHolds_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < file().at("cases").size(); ++i)
            QTest::newRow(file()["cases"][i].at("id").get<std::string>().c_str()) << int(i);
    }
    void caseHolds()
    {
        QFETCH(int, index);
        const Json &one = file()["cases"][size_t(index)];
        QCOMPARE(one.at("our_spec").get<std::string>(), std::string("agrees"));
        const QStringList differences = Player(one).play();
        QVERIFY2(differences.empty(), qPrintable(differences.join(u'\n')));
    }

    void everyCaseIsPlayedOrLeftOutWithAReason()
    {
        std::vector<std::string> found;
        for (const Json &used : file().at("cases"))
            found.push_back(used.at("id"));
        for (const Json &leftOut : file().at("left_out")) {
            QVERIFY(leftOut.at("reason").get<std::string>().size() >= 20);
            found.push_back(leftOut.at("id"));
        }
        std::ranges::sort(found);
        QVERIFY(std::ranges::is_sorted(kAllIds));
        QVERIFY(found == kAllIds);
        QVERIFY(file().at("left_out").size() <= kMostLeftOut);
    }

    // The player finds differences: a case with one wrong expectation fails.
    void aWrongExpectationIsFound()
    {
        for (const Json &used : file().at("cases")) {
            Json wrong = used;
            for (auto step = wrong["steps"].rbegin(); step != wrong["steps"].rend(); ++step)
                if (!(*step)["expect"].empty()) {
                    (*step)["expect"].begin().value() = "something else";
                    break;
                }
            QVERIFY2(!Player(wrong).play().empty(), used.at("id").get<std::string>().c_str());
        }
    }
};
REGISTER_TEST(RetryConformanceTest)

#include "retry_conformance_test.moc"
