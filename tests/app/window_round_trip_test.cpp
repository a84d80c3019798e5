// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/number_box.h"
#include "app/panels/settings/shown_knob.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSlider>
#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using tests::WindowUnderTest;

namespace {

constexpr auto kActAt = std::chrono::seconds{3};

// One setting that a step offers, at one end of its range.
struct Setting {
    std::shared_ptr<const Scenario> scenario;
    Intervention what;
    std::optional<TurnKnob> first; // the choice or the switch under which it is looked at
};

std::vector<Setting> faultsOf(const labs::Lab &lab)
{
    std::vector<Setting> all;
    for (const FaultKind kind : lab.faults)
        for (const auto &scenario : lab.scenarios)
            if (const auto target = usualTarget(componentsOf(*scenario), kind)) {
                for (const double value : {spec(kind).minimum, spec(kind).maximum})
                    all.push_back({scenario, SetFault{*target, kind, value}});
                break;
            }
    return all;
}

std::vector<uint32_t> knobsIn(const labs::Lab &lab)
{
    std::vector<uint32_t> all;
    for (const auto *ids : {&lab.mainKnobs, &lab.otherKnobs})
        for (const std::string &id : *ids)
            all.push_back(*knobNamed(id));
    return all;
}

// Where a knob is shown: in a scenario as it is, or after another knob of the step, a choice or a switch, was turned.
std::optional<Setting> shownIn(const labs::Lab &lab, const KnobSpec &wanted)
{
    for (const auto &scenario : lab.scenarios)
        if (wanted.matters(World(*scenario, scenario->seed)))
            return Setting{scenario, {}, {}};
    for (const auto &scenario : lab.scenarios)
        for (const uint32_t other : knobsIn(lab)) {
            const KnobSpec &spec = knobs()[other];
            if (spec.kind != KnobSpec::Kind::Choice && spec.kind != KnobSpec::Kind::Toggle)
                continue;
            for (double value = spec.minimum; value <= spec.maximum; ++value) {
                World trial(*scenario, scenario->seed);
                std::vector<Event> unused;
                if (spec.matters(trial) && !trial.apply(TurnKnob{other, value}, unused) && wanted.matters(trial))
                    return Setting{scenario, {}, TurnKnob{other, value}};
            }
        }
    return std::nullopt;
}

std::vector<Setting> knobsOf(const labs::Lab &lab)
{
    std::vector<Setting> all;
    for (const uint32_t knob : knobsIn(lab))
        if (auto setting = shownIn(lab, knobs()[knob]))
            for (const double value : {knobs()[knob].minimum, knobs()[knob].maximum}) {
                setting->what = TurnKnob{knob, value};
                all.push_back(*setting);
            }
    return all;
}

void typeInto(QWidget *box, const QString &text)
{
    box->setFocus();
    box->findChild<QLineEdit *>()->selectAll();
    QTest::keyClicks(box, text);
    QTest::keyClick(box, Qt::Key_Return);
}

void chooseIn(QComboBox *box, int index)
{
    box->setCurrentIndex(index);
    emit box->activated(index);
}

} // namespace

// What can be set in the window can be saved, and what was saved is the same when it is opened again.
class WindowRoundTripTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    static void setInWindow(WindowUnderTest &t, const SetFault &fault)
    {
        const FaultSpec &known = spec(fault.kind);
        const QString component = QString::fromStdString(t.session().snapshot().components.at(fault.target).name);
        auto *targets = t.find<QComboBox>("fault-target");
        chooseIn(targets, targets->findText(component));
        if (known.hasValue())
            typeInto(t.find<app::NumberBox>((std::string("fault-value-") + known.name).c_str()),
                     QLocale().toString(known.isShownInPercent() ? fault.value * 100 : fault.value));
        t.click((std::string("fault-") + known.name).c_str());
        const auto now = t.world().faultsOf(fault.target);
        QVERIFY(now[static_cast<size_t>(fault.kind)]);
        QCOMPARE(*now[static_cast<size_t>(fault.kind)], fault.value);
    }

    static void setInWindow(WindowUnderTest &t, const TurnKnob &turn)
    {
        // A setting of several services is shown for each: it is the first's that is turned.
        const app::ShownKnob shown = app::shownKnobs(t.session(), turn.knob).front();
        const KnobSpec &knob = knobs()[turn.knob];
        const std::string id = shown.key().toStdString();
        std::vector<Event> unused;
        World trial = t.world();
        const bool possible = !trial.apply(shown.at(turn.value), unused);
        if (auto *slider = t.find<QSlider>(("knob-" + id).c_str()))
            slider->setValue(turn.value == knob.minimum ? slider->minimum() : slider->maximum());
        else if (auto *box = t.find<app::NumberBox>(("parameter-" + id).c_str()))
            typeInto(box,
                     QLocale().toString(knob.kind == KnobSpec::Kind::Share ? turn.value * 100 : turn.value, 'g', 12));
        else if (auto *choice = t.find<QComboBox>(("parameter-" + id).c_str()))
            chooseIn(choice, int(turn.value));
        else if (shown.value() != turn.value)
            t.click(("parameter-" + id).c_str());
        if (possible)
            QCOMPARE(shown.value(), turn.value);
    }

    void check(const labs::Lab &lab, const std::vector<Setting> &settings)
    {
        WindowUnderTest t;
        WindowUnderTest other;
        t.session().openLab(lab);
        t.session().setAsking(false);
        t.click("all-parameters");
        for (const Setting &setting : settings) {
            t.session().openScenario(setting.scenario);
            t.session().seek(at(kActAt));
            const QByteArray what = std::visit(
                [](const auto &it) {
                    if constexpr (requires { it.kind; })
                        return QByteArray(spec(it.kind).name);
                    else if constexpr (requires { it.knob; })
                        return QByteArray(knobs()[it.knob].id);
                    else
                        return QByteArray();
                },
                setting.what);
            if (setting.first)
                setInWindow(t, *setting.first);
            if (const auto *fault = std::get_if<SetFault>(&setting.what))
                setInWindow(t, *fault);
            else
                setInWindow(t, std::get<TurnKnob>(setting.what));
            if (QTest::currentTestFailed()) {
                qInfo("%s", what.constData());
                return;
            }

            const QString path = m_folder.filePath(QStringLiteral("saved.json"));
            QVERIFY2(t.window().files().save(path), what.constData());
            QVERIFY2(other.window().files().open(path), what.constData());
            const Timeline &saved = t.session().timeline();
            const Timeline &opened = other.session().timeline();
            QVERIFY2(opened.journal() == saved.journal(), what.constData());
            QVERIFY2(opened.scenario() == saved.scenario(), what.constData());
            QCOMPARE(opened.seed(), saved.seed());
            // What is left to happen at that very instant happens when it is opened.
            Timeline one = saved;
            Timeline two = opened;
            one.runTo(saved.now() + std::chrono::seconds{5});
            two.runTo(saved.now() + std::chrono::seconds{5});
            QVERIFY2(one.world() == two.world(), what.constData());
        }
    }

    static void addSteps()
    {
        QTest::addColumn<QString>("step");
        for (const labs::Lab &lab : labs::catalog())
            QTest::newRow(lab.id.c_str()) << QString::fromStdString(lab.id);
    }

private slots:
    void everyFaultAtBothEndsOfItsRange_data() { addSteps(); }
    void everyFaultAtBothEndsOfItsRange()
    {
        QFETCH(QString, step);
        const labs::Lab &lab = *labs::labWithId(step.toStdString());
        QCOMPARE(faultsOf(lab).size(), 2 * lab.faults.size());
        check(lab, faultsOf(lab));
    }

    void everyKnobAtBothEndsOfItsRange_data() { addSteps(); }
    void everyKnobAtBothEndsOfItsRange()
    {
        QFETCH(QString, step);
        const labs::Lab &lab = *labs::labWithId(step.toStdString());
        for (const uint32_t knob : knobsIn(lab))
            QVERIFY2(shownIn(lab, knobs()[knob]), knobs()[knob].id);
        check(lab, knobsOf(lab));
    }
};

REGISTER_TEST(WindowRoundTripTest)
#include "window_round_trip_test.moc"
