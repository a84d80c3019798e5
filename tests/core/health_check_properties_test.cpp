// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/naive_health.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>

#include <map>

using namespace resilience;
using namespace std::chrono_literals;
using tests::NaiveHealth;
using tests::pick;

namespace {

constexpr Duration kProbeTimeout{20};

// One life: probes that answer in time, late or never, against the naive model.
class HealthLife {
public:
    explicit HealthLife(std::map<Health, int> &seen) : m_seen(seen) {}

    void run()
    {
        const int steps = pick(0, 120);
        for (int i = 0; i < steps; ++i) {
            m_now = std::max(m_now, m_now + Duration{pick(-2, 12)});
            if (m_running && m_now >= m_running->second + kProbeTimeout) {
                m_naive.add(NaiveHealth::Result::Failed);
                m_running.reset();
            }
            step();
            const HealthView view = m_check.view(m_now);
            RC_ASSERT(view.status == m_naive.status);
            RC_ASSERT(view.ready == (view.status == Health::Healthy || view.status == Health::Degraded));
            RC_ASSERT(view.live);
            RC_ASSERT(view.of(Probe::Readiness).running == m_running.has_value());
            ++m_seen[view.status];
        }
    }

private:
    void step()
    {
        if (!m_running) {
            const Decision decision = m_check.tryAcquire(Probe::Readiness, m_now);
            RC_ASSERT(decision.permitted());
            m_running = {decision.permit, m_now};
            return;
        }
        const Decision decision = m_check.tryAcquire(Probe::Readiness, m_now);
        RC_ASSERT(decision.rejection == Rejection::ProbeRunning);
        HealthCheck later = m_check;
        RC_ASSERT(!later.tryAcquire(Probe::Readiness, m_now + *decision.retryAfter - 1ns));
        RC_ASSERT(later.tryAcquire(Probe::Readiness, m_now + *decision.retryAfter).permitted());
        if (pick(0, 4) == 0)
            return;
        const bool success = pick(0, 3) > 0;
        const Duration took = m_now - m_running->second;
        m_check.onResult(Probe::Readiness, m_running->first, success ? Outcome::Success : Outcome::Failure, took,
                         m_now);
        m_running.reset();
        using Result = NaiveHealth::Result;
        const HealthCheckConfig &config = m_naive.config;
        m_naive.add(!success                         ? Result::Failed
                    : took > config.unhealthyLatency ? Result::TooSlow
                    : took > config.degradedLatency  ? Result::Slow
                                                     : Result::Fast);
    }

    std::map<Health, int> &m_seen;
    NaiveHealth m_naive{{Duration{pick(5, 8)}, Duration{pick(9, 14)}, kProbeTimeout, pick(1U, 4U), pick(1U, 4U)}, {}};
    HealthCheck m_check{m_naive.config};
    std::optional<std::pair<Permit, Time>> m_running;
    Time m_now = kTimeZero;
};

} // namespace

class HealthCheckPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void asTheNaiveModel()
    {
        std::map<Health, int> seen;
        QVERIFY(rc::check([&] { HealthLife(seen).run(); }));
        for (const Health status : {Health::Unknown, Health::Healthy, Health::Degraded, Health::Unhealthy})
            QVERIFY(seen[status] > 100);
    }
};
REGISTER_TEST(HealthCheckPropertiesTest)

#include "health_check_properties_test.moc"
