// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/health_check.h"
#include "core/patterns/redlock.h"
#include "tests/register_test.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <vector>

using namespace resilience;
using Json = nlohmann::json;

namespace {

// Every case about these patterns that was found in other libraries' test suites; all of them can be played.
const std::vector<std::string> kAllIds{"envoy-health-thresholds", "redsync-quorum-mask",
                                       "redsync-reacquire-after-expiry", "redsync-unlock-by-token", "redsync-validity"};

const Json &file()
{
    static const Json all = [] {
        std::ifstream in(LOCK_CASES_FILE);
        return Json::parse(in);
    }();
    return all;
}

// Plays one case and collects every difference from what the peer expects.
class Player {
public:
    explicit Player(const Json &conformanceCase) : m_case(conformanceCase), m_config(conformanceCase.at("config")) {}

    QStringList play()
    {
        const std::string model = m_config.at("model");
        const auto step = model == "hc"           ? &Player::healthStep
                          : model == "lease_lock" ? &Player::leaseStep
                          : model == "quorum"     ? &Player::quorumStep
                                                  : &Player::validityStep;
        for (const Json &one : m_case.at("steps")) {
            const Json found = (this->*step)(one, at(Duration{one.at("t").get<int64_t>()}));
            if (found != one.at("expect"))
                m_differences << QString::fromStdString(one.dump() + ": found " + found.dump());
        }
        return m_differences;
    }

private:
    Json healthStep(const Json &step, Time now)
    {
        if (!m_health) {
            HealthCheckConfig config;
            config.failuresToUnhealthy = m_config.at("unhealthy_threshold");
            config.successesToHealthy = m_config.at("healthy_threshold");
            m_health.emplace(config);
        }
        const Permit permit = m_health->tryAcquire(Probe::Readiness, now).permit;
        const bool ok = step.at("ok");
        m_health->onResult(Probe::Readiness, permit, ok ? Outcome::Success : Outcome::Failure, {}, now);
        return {{"healthy", m_health->status() == Health::Healthy}};
    }

    Json leaseStep(const Json &step, Time now)
    {
        const auto owner = uint64_t(step.at("owner").get<std::string>()[0]);
        const Duration ttl{m_config.at("ttl").get<int64_t>()};
        const std::string op = step.at("op");
        const LockReply reply = op == "lock"     ? m_node.acquire(owner, ttl, now)
                                : op == "extend" ? m_node.extend(owner, ttl, now)
                                                 : m_node.release(owner, now);
        return {{"ok", reply == LockReply::Granted}};
    }

    // Each attempt on nodes of which those in the mask are another's. A failed one gives back what it got.
    Json quorumStep(const Json &step, Time now)
    {
        RedlockConfig config;
        config.nodes = m_config.at("nodes");
        Redlock lock(config);
        std::vector<LockNode> nodes(config.nodes);
        for (uint32_t i = 0; i < config.nodes; ++i)
            if (step.at("taken_mask").get<uint32_t>() >> i & 1U)
                nodes[i].acquire(1, config.ttl, now);
        const LockRequest ask = lock.acquire(now).send;
        LockStep done;
        for (uint32_t i = 0; i < config.nodes; ++i)
            done = lock.onReply(ask.round, i, nodes[i].acquire(ask.owner, ask.ttl, now), now);
        const bool ok = done.outcome == LockOutcome::Acquired;
        if (!ok)
            for (LockNode &node : nodes) {
                node.release(done.send.owner, now);
                if (node.view(now).owner > 1)
                    m_differences << QStringLiteral("a failed attempt left a lease");
            }
        return {{"ok", ok}};
    }

    Json validityStep(const Json &step, Time)
    {
        RedlockConfig config;
        config.nodes = m_config.at("nodes");
        config.ttl = Duration{m_config.at("expiry").get<int64_t>()};
        config.driftFactor = Ratio::of(m_config.at("drift_factor"));
        config.driftConstant = Duration::zero();
        config.requestTimeout = kDurationMax;
        Redlock lock(config);
        const Time end = at(Duration{step.at("end").get<int64_t>()});
        const uint64_t round = lock.acquire(at(Duration{step.at("start").get<int64_t>()})).send.round;
        LockStep done;
        for (uint32_t i = 0; i < config.nodes; ++i)
            done = lock.onReply(round, i, i < step.at("granted") ? LockReply::Granted : LockReply::Taken, end);
        if (done.outcome != LockOutcome::Acquired)
            return {{"ok", false}};
        return {{"ok", true}, {"valid_until", (end + *done.validity).time_since_epoch().count()}};
    }

    const Json &m_case;
    const Json &m_config;
    QStringList m_differences;
    std::optional<HealthCheck> m_health;
    LockNode m_node;
};

} // namespace

class LockConformanceTest : public QObject {
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

    void everyCaseIsPlayed()
    {
        std::vector<std::string> found;
        for (const Json &used : file().at("cases"))
            found.push_back(used.at("id"));
        std::ranges::sort(found);
        QVERIFY(found == kAllIds);
        QCOMPARE(file().at("left_out").size(), size_t(0));
    }

    // The player finds differences: a case with one wrong expectation fails.
    void aWrongExpectationIsFound()
    {
        for (const Json &used : file().at("cases"))
            for (size_t i = 0; i < used.at("steps").size(); ++i) {
                Json wrong = used;
                wrong["steps"][i]["expect"].begin().value() = "something else";
                QVERIFY2(Player(wrong).play().size() == 1, used.at("id").get<std::string>().c_str());
            }
    }
};
REGISTER_TEST(LockConformanceTest)

#include "lock_conformance_test.moc"
