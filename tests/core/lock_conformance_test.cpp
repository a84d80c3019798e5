// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/health_check.h"
#include "core/patterns/redlock.h"
#include "tests/core/peer_cases_test.h"
#include "tests/register_test.h"

using namespace resilience;
using Json = nlohmann::json;

namespace {

// Every case about these patterns that was found in other libraries' test suites; all of them can be played.
const std::vector<std::string> kLockCaseIds{"envoy-health-thresholds", "redsync-quorum-mask",
                                            "redsync-reacquire-after-expiry", "redsync-unlock-by-token",
                                            "redsync-validity"};

// Plays the steps of one case.
class LockPlayer {
public:
    explicit LockPlayer(const Json &config) : m_config(config) {}

    Json found(const Json &step, Time now)
    {
        const std::string model = m_config.at("model");
        return model == "hc"           ? healthStep(step, now)
               : model == "lease_lock" ? leaseStep(step, now)
               : model == "quorum"     ? quorumStep(step, now)
                                       : validityStep(step);
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
    Json quorumStep(const Json &step, Time now) const
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
            done = lock.onReply(ask.round, i, nodes[i].answer(ask, now), now);
        if (done.outcome == LockOutcome::Acquired)
            return {{"ok", true}};
        for (LockNode &node : nodes) {
            node.answer(done.send, now);
            if (node.view(now).owner > 1)
                return "a failed attempt left a lease";
        }
        return {{"ok", false}};
    }

    Json validityStep(const Json &step) const
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

    const Json &m_config;
    std::optional<HealthCheck> m_health;
    LockNode m_node;
};

} // namespace

class LockConformanceTest : public tests::PeerCasesTest {
    Q_OBJECT
public:
    LockConformanceTest() : PeerCasesTest(CASES_FOLDER "lock_conformance_cases.json", kLockCaseIds, 0) {}

protected:
    QStringList play(const Json &one, const Json &steps) override
    {
        LockPlayer player(one.at("config"));
        return tests::playSteps(steps, [&](const Json &step, Time now) { return player.found(step, now); });
    }
};
REGISTER_TEST(LockConformanceTest)

#include "lock_conformance_test.moc"
