// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/engine/bounds.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"

#include <QtTest>

#include <ctime>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using tests::WindowUnderTest;

namespace {

// What a call has cost this thread; other programs do not count.
double milliseconds(const std::function<void()> &call)
{
    timespec before{};
    timespec after{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
    call();
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
    return double(after.tv_sec - before.tv_sec) * 1e3 + double(after.tv_nsec - before.tv_nsec) / 1e6;
}

// The scenario with as many calls in flight as a run can hold, in a few seconds: nobody answers and nobody gives up.
std::shared_ptr<const Scenario> full(const Scenario &scenario)
{
    auto changed = std::make_shared<Scenario>(scenario);
    changed->script = {};
    for (ClientConfig &client : changed->clients) {
        client.arrivals = {.kind = ArrivalConfig::Kind::Steady, .rate = 50'000.0 / double(changed->clients.size())};
        client.sharesPipelineOf.reset();
        client.pipeline = {};
        client.probing.reset();
    }
    for (uint32_t i = 0; i < changed->services.size(); ++i) {
        changed->services[i].workers = 0;
        changed->script.insert({kTimeZero, 0, SetFault{i, FaultKind::Hang, 1}});
    }
    return changed;
}

} // namespace

// A run that is as full as it can be is shown, and the window still answers.
class WindowBoundsTest : public QObject {
    Q_OBJECT
private slots:
    void aFullRunIsShown_data()
    {
        QTest::addColumn<QString>("step");
        for (const labs::Lab &lab : labs::catalog())
            if (!lab.scenarios.front()->clients.empty())
                QTest::newRow(lab.id.c_str()) << QString::fromStdString(lab.id);
    }
    void aFullRunIsShown()
    {
        QFETCH(QString, step);
        const labs::Lab &lab = *labs::labWithId(step.toStdString());
        WindowUnderTest t;
        t.session().openLab(lab);
        t.session().setAsking(false);
        t.session().openScenario(full(*lab.scenarios.front()));
        const double seek = milliseconds([&] { t.session().seek(at(3s)); });
        for (int i = 0; i < 100 && t.session().waiting(); ++i)
            t.play(17);
        QCOMPARE(t.world().totals().inFlight, uint64_t(kMostCallsInFlight));
        t.key(Qt::Key_Space);
        double worst = 0;
        for (int i = 0; i < 10; ++i)
            worst = std::max(worst, milliseconds([&] { t.play(17); }));
        QVERIFY(t.world().totals().notTaken > 0);
        t.key(Qt::Key_Space);
        const double back = milliseconds([&] { t.key(Qt::Key_Left); });
        qInfo("seek %.0f, frame %.0f, back %.0f ms", seek, worst, back);
        // Four times what is meant: a busy machine makes everything slower.
        QVERIFY(seek < 4 * 400 && worst < 4 * 50 && back < 4 * 200);
    }

    // A moment that is far away is played on to while the window answers.
    void aLongWayIsGoneInTicks()
    {
        auto scenario = std::make_shared<Scenario>(*labs::catalog().front().scenarios.front());
        scenario->clients[0].arrivals = {.kind = ArrivalConfig::Kind::Steady, .rate = 500};
        scenario->until = 1h;
        WindowUnderTest t;
        t.session().setAsking(false);
        t.session().openScenario(scenario);
        double worst = milliseconds([&] { t.session().seek(at(400s)); });
        QVERIFY(t.session().waiting() && t.session().now() < at(400s));
        QVERIFY(t.session().notice().contains(QStringLiteral("400 s")));
        for (int i = 0; i < 2000 && t.session().waiting(); ++i)
            worst = std::max(worst, milliseconds([&] { t.play(17); }));
        QCOMPARE(t.session().now(), at(400s));
        QVERIFY(t.session().notice().isEmpty());
        QVERIFY2(worst < 4 * 400, qPrintable(QString::number(worst)));

        // Whatever is done halts it.
        t.session().seek(at(3000s));
        QVERIFY(t.session().waiting());
        t.key(Qt::Key_Space);
        QVERIFY(!t.session().waiting());
        t.session().seek(at(400s));

        // Saved there, with a change; opened again it comes to the same moment.
        QVERIFY(!t.session().intervene(TurnKnob{*knobNamed("failure_threshold"), 4}));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("long.json"));
        QVERIFY(t.window().files().save(path));
        WindowUnderTest other;
        QVERIFY(other.window().files().open(path));
        QVERIFY(other.session().waiting());
        for (int i = 0; i < 2000 && other.session().waiting(); ++i)
            other.play(17);
        QCOMPARE(other.world().fingerprint().text(), t.world().fingerprint().text());
    }
};

REGISTER_TEST(WindowBoundsTest)
#include "window_bounds_test.moc"
