// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/leaky_queue.h"
#include "core/patterns/pipeline/gate.h"
#include "core/patterns/pipeline/policy_list.h"
#include "tests/register_test.h"

#include <QtTest>

#include <set>
#include <string>
#include <vector>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

// Turns every other call away, and hears of the rest.
struct EveryOther {
    Decision tryAcquire(Time)
    {
        if (++asked % 2 == 0)
            return {.permit = {}, .rejection = Rejection::Throttled, .retryAfter = 0s};
        return {.permit = {asked, false}, .rejection = Rejection::None, .retryAfter = {}};
    }
    void onResult(const Permit &permit, Outcome heard, Duration took, Time)
    {
        results.push_back({permit.generation, heard, took});
    }

    struct Result {
        uint64_t permit;
        Outcome heard;
        Duration took;
        bool operator==(const Result &) const = default;
    };
    uint64_t asked = 0;
    std::vector<Result> results;
};
static_assert(GateCore<EveryOther> && HearsResults<EveryOther>);
static_assert(GateCore<AnyLimiter> && !HearsResults<AnyLimiter>);
static_assert(GateCore<CircuitBreaker> && HearsResults<CircuitBreaker>);
static_assert(!GateCore<Bulkhead> && !GateCore<Fallback> && !GateCore<Duration>);

} // namespace

class GateTest : public QObject {
    Q_OBJECT
private slots:
    void aGateIsAskedAndTold()
    {
        EveryOther gate;
        LayerState keeps;
        QCOMPARE(askGate(gate, at(1s), {}, keeps), GateAnswer::passed());
        const GatePassed passed = std::get<GatePassed>(keeps);
        QCOMPARE(passed, (GatePassed{{1, false}, at(1s)}));
        LayerState nothing;
        QCOMPARE(askGate(gate, at(2s), {}, nothing), GateAnswer::turnedAway(Rejection::Throttled, 0s));
        QVERIFY(std::holds_alternative<std::monostate>(nothing));
        tellGate(gate, passed, Outcome::Failure, at(4s));
        QCOMPARE(gate.results, (std::vector<EveryOther::Result>{{1, Outcome::Failure, 3s}}));
    }

    void aTurnIsWaitedForUnlessItComesTooLate()
    {
        LeakyQueue queue(LeakyQueueConfig{.capacity = 3, .leak = {1, 1s}});
        LayerState keeps;
        QCOMPARE(askGate(queue, at(0s), {}, keeps), GateAnswer::passed());
        QCOMPARE(askGate(queue, at(0s), {}, keeps), GateAnswer::waits(at(1s)));
        const GateAnswer late = askGate(queue, at(0s), Deadline::at(at(2s)), keeps);
        QCOMPARE(late.rejection(), Rejection::DeadlinePassed);
        QVERIFY(std::holds_alternative<std::monostate>(keeps));
    }

    void anAnswerSaysWhatItWasMadeOf()
    {
        const GateAnswer forEver = GateAnswer::waits(std::nullopt);
        QCOMPARE(forEver.kind(), GateAnswer::Kind::Waits);
        QVERIFY(!forEver.until());
        const GateAnswer never = GateAnswer::turnedAway(Rejection::ForcedOpen, std::nullopt);
        QCOMPARE(never.kind(), GateAnswer::Kind::TurnedAway);
        QVERIFY(!never.retryAfter());
        QCOMPARE(GateAnswer::waits(at(0s)).until(), std::optional{at(0s)});
        QCOMPARE(GateAnswer::turnedAway(Rejection::Throttled, 0s).retryAfter(), std::optional{Duration{0}});
    }

    void aSlotIsKept()
    {
        LayerState keeps;
        const Ticket ticket{7, 2};
        const Admission queued{
            .kind = Admission::Kind::Queued, .ticket = ticket, .rejection = {}, .waitsUntil = at(3s)};
        QCOMPARE(slotAnswer(queued, at(1s), keeps), GateAnswer::waits(at(3s)));
        QCOMPARE(std::get<SlotTaken>(keeps), (SlotTaken{ticket, at(1s)}));
    }

    void policiesAreToldApart()
    {
        std::set<std::string> labels, briefs, letters, keys;
        forEachPolicy([&]<typename Spec>() {
            labels.insert(Spec::kWords.label);
            briefs.insert(Spec::kWords.brief);
            letters.insert(Spec::kWords.letters);
            keys.insert(Spec::kKey);
            QVERIFY(std::string(Spec::kWords.label).size() >= std::string(Spec::kWords.brief).size());
            QVERIFY(*Spec::kWords.effect != '\0');
        });
        for (const auto &each : {labels, briefs, letters, keys})
            QCOMPARE(each.size(), kPolicyKindCount);
    }
};
REGISTER_TEST(GateTest)

#include "gate_test.moc"
