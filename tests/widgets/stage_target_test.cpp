// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "widgets/stage/stage_target.h"

#include <QtTest>

using namespace widgets;
using resilience::BreakerState;
using resilience::PolicyKind;
using resilience::sim::RequestOutcome;

namespace {
enum class Own : uint8_t { First, Second };
enum class Other : uint8_t { First };
} // namespace

// What can be pointed at on a stage: equal when it is the same thing, and never taken for another.
class StageTargetTest : public QObject {
    Q_OBJECT

private slots:
    void eachIsItselfAlone()
    {
        const std::vector<StageTarget> all = different();
        for (size_t i = 0; i < all.size(); ++i)
            for (size_t k = 0; k < all.size(); ++k)
                QCOMPARE(all[i] == all[k], i == k);
        QVERIFY(!StageTarget());
        QVERIFY(all[0] && all.back());
    }

    void whatItIsMadeOfIsReadBack()
    {
        const StageTarget policy = targets::Policy{300, PolicyKind::Retry}; // more than a byte can tell
        QCOMPARE(policy.as<targets::Policy>()->client, 300U);
        QCOMPARE(policy.as<targets::Policy>()->kind, PolicyKind::Retry);
        QVERIFY(!policy.as<targets::PipelinePolicy>() && !policy.is<targets::PolicySwitch>());
        const StageTarget arrow = targets::Arrow{BreakerState::Open, BreakerState::HalfOpen};
        QCOMPARE(arrow.as<targets::Arrow>()->from, BreakerState::Open);
        QCOMPARE(arrow.as<targets::Arrow>()->to, BreakerState::HalfOpen);
    }

    void aPartIsKnownToItsOwnSceneAlone()
    {
        const StageTarget part = targets::part(Own::Second, 5000);
        QCOMPARE(part.part<Own>()->which, Own::Second);
        QCOMPARE(part.part<Own>()->of, 5000U);
        QVERIFY(!part.part<Other>());
        QVERIFY(!StageTarget(targets::Client{1}).part<Own>());
    }

    void eventsAreNamed_data()
    {
        QTest::addColumn<StageTarget>("target");
        QTest::addColumn<uint64_t>("event");
        QTest::newRow("an event") << StageTarget(targets::Event{5}) << uint64_t(5);
        QTest::newRow("an outcome") << StageTarget(targets::RecentOutcome{7}) << uint64_t(7);
        QTest::newRow("a request") << StageTarget(targets::Request{7}) << uint64_t(0);
        QTest::newRow("the end of a fault") << StageTarget(targets::FaultEnd{7}) << uint64_t(0);
        QTest::newRow("a part") << StageTarget(targets::part(Own::First, 7)) << uint64_t(0);
        QTest::newRow("nothing") << StageTarget() << uint64_t(0);
    }
    void eventsAreNamed()
    {
        QFETCH(StageTarget, target);
        QTEST(target.event(), "event");
    }

private:
    static std::vector<StageTarget> different()
    {
        return {targets::Client{1},
                targets::Client{2},
                targets::Service{1},
                targets::BreakerSwitch{1},
                targets::RejectionPile{RequestOutcome::Rejected},
                targets::RejectionPile{RequestOutcome::ShortCircuited},
                targets::StateBubble{BreakerState::Open},
                targets::Arrow{BreakerState::Open, BreakerState::HalfOpen},
                targets::Arrow{BreakerState::HalfOpen, BreakerState::Open},
                targets::RecentOutcome{1},
                targets::Request{1},
                targets::Event{1},
                targets::FaultEnd{1},
                targets::Policy{1, PolicyKind::Retry},
                targets::Policy{1, PolicyKind::Bulkhead},
                targets::Policy{2, PolicyKind::Retry},
                targets::PolicySwitch{{1, PolicyKind::Retry}},
                targets::PipelinePolicy{1, PolicyKind::Retry},
                targets::part(Own::First),
                targets::part(Own::First, 1),
                targets::part(Own::Second),
                targets::part(Other::First)};
    }
};

REGISTER_TEST(StageTargetTest)
#include "stage_target_test.moc"
