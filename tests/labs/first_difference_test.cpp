// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/compare/first_difference.h"
#include "core/sim/compare/journal_difference.h"
#include "core/sim/world/knobs.h"
#include "core/tell/change_text.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

// All that happened in the run up to there, without what was done to it: played afresh.
std::vector<Event> happenings(const Timeline &run, Time until)
{
    std::vector<Event> events;
    Timeline fresh(run.sharedScenario(), run.seed(), run.journal(), History::Keeps::Events);
    fresh.runUntil(
        [&](const Event &event) {
            const bool done =
                event.as<FaultSet>() || event.as<FaultCleared>() || event.as<KnobTurned>() || event.as<PoliciesSet>();
            if (!done) {
                events.push_back(event);
                events.back().number = 0;
            }
            return false;
        },
        until);
    return events;
}

Intervention anyOf(const World &world, QRandomGenerator &random)
{
    for (;;) {
        const auto knob = random.bounded(static_cast<quint32>(knobs().size()));
        const KnobSpec &spec = knobs()[knob];
        if (random.bounded(2) == 0 && spec.applies(world)) {
            const double share = random.bounded(1.0);
            double value = spec.minimum + share * (spec.maximum - spec.minimum);
            if (spec.kind != KnobSpec::Kind::Real && spec.kind != KnobSpec::Kind::Share)
                value = std::floor(value);
            return TurnKnob{knob, value, {}};
        }
        const auto target = random.bounded(static_cast<quint32>(world.components().size()));
        const auto kind = static_cast<FaultKind>(random.bounded(static_cast<quint32>(kFaultKindCount)));
        if (canHave(world.components()[target], kind))
            return SetFault{target, kind, resilience::sim::spec(kind).defaultValue};
    }
}

std::vector<std::shared_ptr<const Scenario>> everyScenario()
{
    std::vector<std::shared_ptr<const Scenario>> all;
    for (const labs::Lab &lab : labs::catalog())
        all.insert(all.end(), lab.scenarios.begin(), lab.scenarios.end());
    return all;
}

} // namespace

// Where two runs part is found, and nowhere else.
class FirstDifferenceTest : public QObject {
    Q_OBJECT
private slots:
    void copiesStayEqual()
    {
        for (const auto &scenario : everyScenario()) {
            Timeline ours(scenario);
            ours.runTo(at(scenario->until / 3));
            Timeline other = ours;
            DifferenceFinder finder;
            for (int i = 1; i <= 10; ++i) {
                ours.runTo(at(scenario->until / 3 + scenario->until * i / 20));
                other.runTo(ours.now());
                QVERIFY(!finder.find(ours, other));
                QVERIFY(finder.done());
            }
            QVERIFY(ours.world() == other.world());
        }
    }

    // 200 forks with one thing done to the copy, over all steps, compared with the logs of both, played afresh.
    void itIsTheTrueOne()
    {
        QRandomGenerator random(5);
        const auto scenarios = everyScenario();
        int differ = 0;
        for (int fork = 0; fork < 200; ++fork) {
            const auto &scenario = scenarios[static_cast<size_t>(fork) % scenarios.size()];
            const auto until = Duration{std::min<int64_t>(scenario->until.count(), Duration(60s).count())};
            Timeline ours(scenario, random.bounded(1u, 999u), scenario->script);
            ours.runTo(at(Duration{static_cast<int64_t>(random.bounded(1.0) * double(until.count()))}));
            for (int steps = static_cast<int>(random.bounded(3)); steps > 0; --steps)
                ours.stepEvent();
            Timeline other = ours;
            if (other.intervene(anyOf(other.world(), random)))
                continue; // refused
            DifferenceFinder finder;
            std::optional<FirstDifference> found;
            for (int part = 1; part <= 4; ++part) { // as they play on
                const Time t = std::max(ours.now(), at(until * part / 4));
                ours.runTo(t);
                other.runTo(t);
                do
                    found = finder.find(ours, other, 1000);
                while (!finder.done());
            }
            const auto a = happenings(ours, ours.now());
            const auto b = happenings(other, other.now());
            const auto [mine, theirs] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
            const bool isMine = mine != a.end();
            const bool isTheirs = theirs != b.end();
            if (isMine && isTheirs) {
                QVERIFY(found && found->ours && found->other);
                found->ours->number = found->other->number = 0;
                QVERIFY(*found->ours == *mine && *found->other == *theirs);
                QCOMPARE(found->at, std::min(mine->at, theirs->at));
                ++differ;
            } else if (isMine != isTheirs) { // at the very end the other's next event may still come
                const Time last = isMine ? mine->at : theirs->at;
                QCOMPARE(found.has_value(), last < ours.now());
            } else {
                QVERIFY(!found);
            }
        }
        QVERIFY2(differ > 100, qPrintable(QString::number(differ)));
    }

    // Also where the log has forgotten its beginning.
    void longRunsTakePart()
    {
        const auto scenario = labs::labWithId("combining")->scenarios.front();
        Timeline ours(scenario);
        Timeline other = ours;
        other.runTo(at(3s));
        const auto rate = knobNamed("arrival_rate");
        QVERIFY(!other.intervene(TurnKnob{*rate, 3.0, {}}));
        const auto far = [](Timeline &run) {
            while (run.history().log().firstNumber() == 1)
                run.runTo(run.now() + 600s);
        };
        DifferenceFinder inTime;
        ours.runTo(at(60s));
        other.runTo(at(60s));
        const auto found = inTime.find(ours, other);
        QVERIFY(found);
        far(ours);
        other.runTo(ours.now());
        DifferenceFinder late;
        QVERIFY(late.find(ours, other) == found);
    }

    void whatWasChanged()
    {
        const auto scenario = labs::labWithId("retry")->scenario("herd");
        Timeline ours(scenario);
        Timeline other = ours;
        ours.runTo(at(3200ms));
        const auto jitter = knobNamed("jitter");
        QVERIFY(jitter.has_value());
        QVERIFY(!ours.intervene(TurnKnob{*jitter, 1, {}}));
        QVERIFY(!ours.intervene(SetFault{0, FaultKind::Outage, 1.0}));
        auto changes = journalDifference(ours.journal(), other.journal());
        QCOMPARE(changes.size(), size_t{2});
        const auto texts = [&] {
            std::vector<std::string> all;
            for (const JournalChange &change : changes)
                all.push_back(changeText(change, ours, other));
            std::sort(all.begin(), all.end());
            return all;
        };
        const std::vector<std::string> expected{"jitter: none -> full at 3.2 s", "outage of payment-service at 3.2 s"};
        QVERIFY2(texts() == expected, (texts().front() + "; " + texts().back()).c_str());
        // Taken back one by one until nothing is left.
        const Journal once = takenBack(ours.journal(), changes.front());
        QCOMPARE(journalDifference(once, other.journal()), std::vector{changes.back()});
        QVERIFY(takenBack(once, changes.back()) == other.journal());
        // The other way round it is the other that has more.
        QCOMPARE(journalDifference(other.journal(), ours.journal()).size(), size_t{2});
        QVERIFY(takenBack(takenBack(other.journal(), journalDifference(other.journal(), ours.journal()).front()),
                          journalDifference(other.journal(), ours.journal()).back())
                == ours.journal());
        QVERIFY(startDifferences(ours, other).empty());
    }
};
REGISTER_TEST(FirstDifferenceTest)

#include "first_difference_test.moc"
