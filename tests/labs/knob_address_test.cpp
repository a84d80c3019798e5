// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/scenario/event_json.h"
#include "core/io/scenario/session_json.h"
#include "core/sim/run/faulty_variants.h"
#include "core/sim/world/knob_address.h"
#include "core/tell/explain.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

std::vector<std::shared_ptr<const Scenario>> allScenarios()
{
    std::vector<std::shared_ptr<const Scenario>> all;
    for (const labs::Lab &lab : labs::catalog())
        all.insert(all.end(), lab.scenarios.begin(), lab.scenarios.end());
    return all;
}

// Whoever of that kind has the knob, by index.
std::vector<KnobTarget> ownersOf(const KnobSpec &knob, const World &world)
{
    std::vector<KnobTarget> owners;
    if (const auto kind = targetKindOf(knob.owner))
        for (uint32_t i = 0; i < 100; ++i)
            if (const KnobTarget one{*kind, i}; knob.applies(world, one))
                owners.push_back(one);
    return owners;
}

std::vector<double> valuesOf(const KnobSpec &knob, const World &world, const std::vector<KnobTarget> &owners)
{
    std::vector<double> values;
    for (const KnobTarget &owner : owners)
        values.push_back(knob.get(world, owner));
    return values;
}

// One that it has not now and that is accepted there; none when all are refused.
std::optional<World> turned(const World &world, uint32_t knob, const KnobTarget &target, double &value)
{
    const KnobSpec &spec = knobs()[knob];
    for (const double wanted : {spec.minimum, spec.maximum, spec.minimum + spec.step, spec.maximum - spec.step}) {
        if (spec.isEverywhere(wanted, world, target))
            continue;
        World changed = world;
        std::vector<Event> told;
        if (changed.apply(TurnKnob{knob, wanted, target}, told) || !spec.applies(changed, target))
            continue;
        value = wanted;
        return changed;
    }
    return std::nullopt;
}

// Three services, each with workers, and four pipelines.
std::shared_ptr<const Scenario> shop() { return labs::labWithId("capstone")->scenario("quiet-shop"); }

TurnKnob turnOf(const char *address, double value)
{
    const auto found = KnobAddresses(*shop()).find(address);
    return {found.value().knob, value, found.value().target};
}

} // namespace

class KnobAddressTest : public QObject {
    Q_OBJECT
private slots:
    void everyAddressIsFoundAgain()
    {
        size_t count = 0;
        for (const auto &scenario : allScenarios()) {
            const KnobAddresses addresses(*scenario);
            const KnobAddresses ofWorld{World(*scenario, 1)};
            for (const std::string &text : addresses.all()) {
                const auto found = addresses.find(text);
                QVERIFY2(found, text.c_str());
                QCOMPARE(addresses.textOf(found->knob, found->target), text);
                QCOMPARE(ofWorld.textOf(found->knob, found->target), text);
                QVERIFY(addresses.find(addresses.nameOf(found->target) + '.' + knobs()[found->knob].id) == found);
                ++count;
            }
        }
        QVERIFY(count > 1000);
    }

    // For one, that one's alone; for all, everybody's.
    void aKnobTurnsWhatItNames()
    {
        size_t one = 0;
        size_t all = 0;
        for (const auto &scenario : allScenarios()) {
            const World world(*scenario, scenario->seed);
            for (uint32_t k = 0; k < knobs().size(); ++k) {
                const KnobSpec &knob = knobs()[k];
                const auto owners = ownersOf(knob, world);
                const auto before = valuesOf(knob, world, owners);
                double value = 0;
                for (size_t i = 0; i < owners.size(); ++i) {
                    const auto changed = turned(world, k, owners[i], value);
                    if (!changed)
                        continue;
                    auto expected = before;
                    expected[i] = value;
                    QVERIFY2(valuesOf(knob, *changed, owners) == expected, knob.id);
                    ++one;
                }
                const auto changed = turned(world, k, {}, value);
                if (!changed)
                    continue;
                QCOMPARE(knob.get(*changed), value);
                if (knob.forAll == KnobSpec::ForAll::TheSame)
                    QVERIFY2(knob.isEverywhere(value, *changed), knob.id);
                ++all;
            }
        }
        qInfo("turned %zu knobs of one owner, %zu of all", one, all);
        QVERIFY(one > 3000 && all > 1000);
    }

    void theFirstsRateMovesAllInProportion()
    {
        const World world(*labs::labWithId("rate-limiter")->scenario("burst"), 1);
        const KnobSpec &knob = knobs()[*knobNamed("arrival_rate")];
        World changed = world;
        std::vector<Event> told;
        QVERIFY(!changed.apply(TurnKnob{*knobNamed("arrival_rate"), 3 * knob.get(world)}, told));
        for (uint32_t i = 0; i < world.clients().size(); ++i)
            QCOMPARE(knob.get(changed, KnobTarget::client(i)), 3 * knob.get(world, KnobTarget::client(i)));
    }

    // What is dragged for one leaves one line of it, and the other's stays.
    void theJournalTellsTargetsApart()
    {
        Timeline run(shop(), 1, {});
        for (const double value : {3.0, 4.0, 5.0})
            for (const char *address : {"payment.workers", "inventory.workers"})
                QVERIFY(!run.intervene(turnOf(address, value)));
        for (const double value : {7.0, 8.0, 9.0})
            QVERIFY(!run.intervene(turnOf("payment.workers", value)));
        QCOMPARE(knobs()[*knobNamed("service_workers")].get(run.world(), KnobTarget::service(1)), 9.0);
        QCOMPARE(knobs()[*knobNamed("service_workers")].get(run.world(), KnobTarget::service(2)), 5.0);
        QCOMPARE(knobs()[*knobNamed("service_workers")].get(run.world(), KnobTarget::service(0)), 20.0);
        const size_t entries = run.journal().entries().size();
        QVERIFY(!run.intervene(turnOf("payment.workers", 2)));
        QCOMPARE(run.journal().entries().size(), entries);
        Timeline again(shop(), 1, run.journal());
        again.runTo(at(20s));
        run.runTo(at(20s));
        QVERIFY(again.world() == run.world());
    }

    void sessionsEventsAndSentencesNameIt()
    {
        io::Session session = io::sessionOf(*shop());
        session.journal.insert({at(1s), 0, turnOf("payment.workers", 4)});
        session.journal.insert({at(2s), 0, turnOf("gateway>payment.retry.max_attempts", 5)});
        const std::string text = io::sessionToJson(session);
        QVERIFY(text.find("\"knob\": \"payment.workers\"") != std::string::npos);
        const auto read = io::readSession(text, "file");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QVERIFY(read->journal == session.journal);

        Timeline run(shop(), session.seed, session.journal);
        run.runTo(at(3s));
        QStringList lines;
        QStringList sentences;
        for (uint64_t i = 1; i <= run.lastEvent(); ++i)
            if (const Event *event = run.history().log().numbered(i); event && event->as<KnobTurned>()) {
                lines << QString::fromStdString(io::EventLines(*shop()).lineOf(*event));
                sentences << QString::fromStdString(explain(run, i)->title);
            }
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].contains(QStringLiteral("\"knob\":\"payment.workers\",\"value\":4")));
        QVERIFY(lines[1].contains(QStringLiteral("\"knob\":\"gateway>payment.retry.max_attempts\",\"value\":5")));
        QCOMPARE(sentences[0], QStringLiteral("payment: Workers of the service is 4 from 1.0 s on"));
        QCOMPARE(sentences[1], QStringLiteral("gateway>payment: Attempts at most is 5 from 2.0 s on"));
    }

    // A broken variant in any pipeline counts, not only in the first.
    void aVariantOfOnePipelineIsNoticed()
    {
        Timeline run(shop(), 1, {});
        QVERIFY(brokenVariantsOn(run.world()).empty());
        QVERIFY(!run.intervene(turnOf("gateway>payment.retry.broken_retry_everything", 1)));
        QCOMPARE(brokenVariantsOn(run.world()), std::vector<uint32_t>{*knobNamed("broken_retry_everything")});
        const Journal journal = mended(*shop(), 1, run.journal());
        QVERIFY(journal.empty());
    }

    void rolesSayWhatIsCompared()
    {
        for (const auto &scenario : labs::labWithId("combining")->scenarios) {
            QCOMPARE(withRole(scenario->clients, Role::Control), std::optional<uint32_t>{0});
            QCOMPARE(withRole(scenario->clients, Role::Subject), std::optional<uint32_t>{1});
            // Turned round, it is the other that the step is about.
            Scenario other = *scenario;
            std::swap(other.clients[0].role, other.clients[1].role);
            QVERIFY(sidesOf(*scenario)[1].ours && !sidesOf(*scenario)[0].ours);
            QVERIFY(sidesOf(other)[0].ours && !sidesOf(other)[1].ours);
        }
    }
};

REGISTER_TEST(KnobAddressTest)
#include "knob_address_test.moc"
