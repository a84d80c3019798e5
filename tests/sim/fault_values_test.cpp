// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/world/world.h"
#include "tests/register_test.h"
#include "tests/sim/lock_samples.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace resilience;
using namespace resilience::sim;

namespace {

// A world in which the fault can happen to the component with that index.
World worldFor(const FaultSpec &fault)
{
    if (canHave(Subject::Kind::Service, fault.kind))
        return World(tests::calmScenario(), 1);
    return World(tests::lockScenario(), 1);
}

} // namespace

// The table of faults says which values there are, and the world keeps to it.
class FaultValuesTest : public QObject {
    Q_OBJECT
private slots:
    void everyDefaultIsInItsRange()
    {
        for (const FaultSpec &fault : kFaultSpecs) {
            QVERIFY2(fault.minimum <= fault.defaultValue && fault.defaultValue <= fault.maximum, fault.name);
            QVERIFY2(!checkFaultValue(fault, fault.defaultValue), fault.name);
            QVERIFY2(&spec(fault.kind) == &fault, fault.name);
        }
    }

    // Who has several has one that is told first.
    void noTwoAreEquallySevere()
    {
        for (size_t i = 1; i < kFaultKindCount; ++i)
            QVERIFY2(spec(kFaultsWorstFirst[i - 1]).severity > spec(kFaultsWorstFirst[i]).severity,
                     spec(kFaultsWorstFirst[i]).name);
    }

    void theWorstEffectCounts()
    {
        ActiveFaults faults{};
        QCOMPARE(effectOf(faults), FaultEffect::None);
        for (const auto &[kind, effect] :
             {std::pair{FaultKind::ClockDrift, FaultEffect::None}, std::pair{FaultKind::Latency, FaultEffect::Slow},
              std::pair{FaultKind::PacketLoss, FaultEffect::Failing}, std::pair{FaultKind::Hang, FaultEffect::Stuck},
              std::pair{FaultKind::ErrorRate, FaultEffect::Stuck},
              std::pair{FaultKind::Partition, FaultEffect::Down}}) {
            faults[static_cast<size_t>(kind)] = spec(kind).defaultValue;
            QCOMPARE(effectOf(faults), effect);
        }
        QVERIFY(stopsAnswers(FaultKind::Pause) && !stopsAnswers(FaultKind::ErrorRate));
    }

    void theWorldTakesTheRangeAndNothingElse_data()
    {
        QTest::addColumn<size_t>("kind");
        for (size_t i = 0; i < kFaultKindCount; ++i)
            QTest::newRow(kFaultSpecs[i].name) << i;
    }
    void theWorldTakesTheRangeAndNothingElse()
    {
        QFETCH(size_t, kind);
        const FaultSpec &fault = kFaultSpecs[kind];
        for (const double value : {fault.minimum, fault.maximum, fault.defaultValue}) {
            World world = worldFor(fault);
            std::vector<Event> events;
            QVERIFY(!world.apply(SetFault{0, fault.kind, value}, events));
            QCOMPARE(events.size(), size_t(1));
            QCOMPARE(events.front().as<FaultSet>()->value, value);
        }
        const double infinity = std::numeric_limits<double>::infinity();
        for (const double value : {std::nextafter(fault.minimum, -infinity), std::nextafter(fault.maximum, infinity),
                                   -infinity, infinity, std::nan("")}) {
            World world = worldFor(fault);
            const World before = world;
            std::vector<Event> events;
            const auto error = world.apply(SetFault{0, fault.kind, value}, events);
            QVERIFY(error);
            QCOMPARE(error->field, std::string(fault.name));
            QVERIFY(world == before);
            QVERIFY(events.empty());
        }
    }

    void refusalsNameTheRange()
    {
        const auto expected = [](FaultKind kind, double value) { return checkFaultValue(spec(kind), value)->expected; };
        QCOMPARE(expected(FaultKind::ErrorRate, 1.5), std::string("a share, 0 to 1"));
        QCOMPARE(expected(FaultKind::Latency, -1), std::string("seconds, 0 to 3600"));
        QCOMPARE(expected(FaultKind::ClockDrift, 15), std::string("a relative change, -0.9 to 10"));
        QCOMPARE(expected(FaultKind::Crash, 2), std::string("no value"));
        QCOMPARE(checkFaultValue(spec(FaultKind::ClockDrift), 15)->found, std::string("15"));
        QCOMPARE(rangeText(spec(FaultKind::ClockDrift)), std::string("-0.9 to 10"));
        QCOMPARE(rangeText(spec(FaultKind::LatencySpikes)), std::string("0 to 3600 s"));
        QCOMPARE(rangeText(spec(FaultKind::Pause)), std::string());
    }
};

REGISTER_TEST(FaultValuesTest)
#include "fault_values_test.moc"
