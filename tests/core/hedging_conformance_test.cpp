// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/hedging.h"
#include "tests/register_test.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

using namespace resilience;
using namespace std::chrono_literals;
using Json = nlohmann::json;

namespace {

// Every case about hedging and fallback that was found: played here or left out with a reason.
const std::vector<std::string> kAllHedgingIds{"grpc-hedging-nonfatal-next-now", "grpc-hedging-pushback-delay",
                                              "grpc-hedging-pushback-stop", "grpc-hedging-schedule"};

const Json &file()
{
    static const Json all = [] {
        std::ifstream in(CASES_FOLDER "hedging_conformance_cases.json");
        return Json::parse(in);
    }();
    return all;
}

// Plays one case and collects every difference from what the peer expects.
class HedgingPlayer {
public:
    explicit HedgingPlayer(const Json &conformanceCase)
        : m_case(conformanceCase), m_hedging({m_case.at("ours").at("max_attempts").get<uint32_t>(),
                                              Duration{m_case.at("ours").at("delay").get<int64_t>()}})
    {
    }

    QStringList play()
    {
        for (const Json &step : m_case.at("steps")) {
            const Time now = at(Duration{step.at("t").get<int64_t>()});
            const Json found = attemptBegunBy(step, now);
            if (found != step.at("expect").at("attempt"))
                m_differences << QString::fromStdString(step.dump() + ": attempt is " + found.dump());
        }
        return m_differences;
    }

private:
    Json attemptBegunBy(const Json &step, Time now)
    {
        const std::string op = step.at("op");
        if (op == "start") {
            m_call = m_hedging.begin(now, {.idempotent = true, .hasRequestId = false});
            return m_call.begun;
        }
        // Nothing is begun before its moment.
        if (!m_hedging.onDeadline(m_call, now - 1ns).start.empty())
            m_differences << QString::fromStdString(step.dump() + ": too early");
        HedgingVerdict verdict;
        if (op == "timer") {
            verdict = m_hedging.onDeadline(m_call, now);
        } else if (op == "non_fatal_error") {
            verdict = m_hedging.onResult(m_call, step.at("of"), Outcome::Failure, of(ErrorKind::ServerError), now);
        } else if (op == "pushback") {
            Failure failure = of(ErrorKind::ServerError);
            const int64_t after = step.at("after");
            if (after < 0)
                failure.retryable = false;
            else
                failure.retryAfter = Duration{after};
            verdict = m_hedging.onResult(m_call, m_call.begun, Outcome::Failure, failure, now);
        } else {
            throw std::runtime_error("no such operation: " + op);
        }
        if (verdict.start.count() > 1)
            m_differences << QString::fromStdString(step.dump() + ": more than one attempt");
        return verdict.start.empty() ? Json() : Json(verdict.start.takeFirst());
    }

    static Failure of(ErrorKind kind) { return {kind, std::nullopt, std::nullopt}; }

    const Json &m_case;
    QStringList m_differences;
    Hedging m_hedging;
    HedgedCall m_call;
};

} // namespace

class HedgingConformanceTest : public QObject {
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
        const QStringList differences = HedgingPlayer(one).play();
        QVERIFY2(differences.empty(), qPrintable(differences.join(u'\n')));
    }

    void everyCaseIsPlayed()
    {
        std::vector<std::string> found;
        for (const Json &used : file().at("cases"))
            found.push_back(used.at("id"));
        QVERIFY(found == kAllHedgingIds);
        QVERIFY(file().at("left_out").empty());
    }

    // The player finds differences: each expectation, made wrong, fails.
    void aWrongExpectationIsFound()
    {
        for (const Json &used : file().at("cases"))
            for (size_t i = 0; i < used.at("steps").size(); ++i) {
                Json wrong = used;
                Json &attempt = wrong["steps"][i]["expect"]["attempt"];
                attempt = attempt.is_null() ? Json(2) : Json();
                QVERIFY2(!HedgingPlayer(wrong).play().empty(), used.at("id").get<std::string>().c_str());
            }
    }
};
REGISTER_TEST(HedgingConformanceTest)

#include "hedging_conformance_test.moc"
