// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/lab_walker.h"

#include "app/panels/controls/slider_scale.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "widgets/stage/stage.h"
#include "widgets/stages/combining/combining_targets.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSlider>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QStyleOptionSpinBox>
#include <QtTest>

#include <algorithm>
#include <cmath>

namespace tests {

using namespace resilience;
using namespace resilience::sim;
using widgets::Stage;

LabWalker::LabWalker(WindowUnderTest &window, Hand hand)
    : m_window(window), m_hand(hand), m_doubleClick(QApplication::doubleClickInterval())
{
    // A popup ignores releases for so long after it has opened, for they may be of the click that opened it.
    QApplication::setDoubleClickInterval(0);
}

LabWalker::~LabWalker() { QApplication::setDoubleClickInterval(m_doubleClick); }

void LabWalker::expect(bool holds, const QString &problem)
{
    if (!holds)
        m_problems << problem;
}

bool LabWalker::tabTo(QWidget *widget)
{
    for (int i = 0; i < 400; ++i) {
        if (m_window.window().focusWidget() == widget)
            return true;
        m_window.key(Qt::Key_Tab);
    }
    expect(false, QStringLiteral("Tab does not lead to ") + widget->objectName());
    return false;
}

void LabWalker::open(const labs::Lab &lab)
{
    const auto place = int(&lab - labs::catalog().data());
    if (byKey())
        m_window.key(Qt::Key(Qt::Key_1 + place), Qt::ControlModifier);
    else
        m_window.click(("step-" + lab.id).c_str());
    expect(&m_window.session().lab() == &lab, QStringLiteral("the step does not open"));
    press(m_window.find<QWidget>("all-parameters"));
}

void LabWalker::chooseScenario(const std::string &name)
{
    const auto &all = m_window.session().lab().scenarios;
    for (size_t i = 0; i < all.size(); ++i)
        if (all[i]->name == name)
            choose(m_window.find<QComboBox>("scenarios"), int(i));
    expect(m_window.session().scenario().name == name, QStringLiteral("the scenario does not open"));
}

void LabWalker::press(QWidget *button)
{
    if (!byKey())
        QTest::mouseClick(button, Qt::LeftButton);
    else if (tabTo(button))
        QTest::keyClick(button, Qt::Key_Space);
}

void LabWalker::choose(QComboBox *box, int index)
{
    if (byKey()) {
        if (!tabTo(box))
            return;
        while (box->currentIndex() > index)
            QTest::keyClick(box, Qt::Key_Up);
        while (box->currentIndex() < index)
            QTest::keyClick(box, Qt::Key_Down);
    } else {
        QTest::mouseClick(box, Qt::LeftButton);
        QCoreApplication::processEvents();
        QAbstractItemView *list = box->view();
        list->scrollTo(box->model()->index(index, 0));
        const QPoint item = list->visualRect(box->model()->index(index, 0)).center();
        QTest::mouseMove(list->viewport(), item);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, item);
        QCoreApplication::processEvents();
    }
    expect(box->currentIndex() == index, box->objectName() + QStringLiteral(" does not take its item"));
}

void LabWalker::slide(QSlider *slider, int position)
{
    if (byKey()) {
        if (!tabTo(slider))
            return;
        while (slider->value() > position)
            QTest::keyClick(slider, Qt::Key_Left);
        while (slider->value() < position)
            QTest::keyClick(slider, Qt::Key_Right);
        return;
    }
    QStyleOptionSlider option;
    option.initFrom(slider);
    option.orientation = Qt::Horizontal;
    option.minimum = slider->minimum();
    option.maximum = slider->maximum();
    option.sliderPosition = option.sliderValue = slider->value();
    option.subControls = QStyle::SC_All;
    const auto part = [&](QStyle::SubControl control) {
        return slider->style()->subControlRect(QStyle::CC_Slider, &option, control, slider);
    };
    const QRect handle = part(QStyle::SC_SliderHandle);
    const int room = part(QStyle::SC_SliderGroove).width() - handle.width();
    const auto at = [&](int value) {
        return QStyle::sliderPositionFromValue(option.minimum, option.maximum, value, room);
    };
    const QPoint from = handle.center();
    const QPoint to = from + QPoint(at(position) - at(slider->value()), 0);
    QTest::mousePress(slider, Qt::LeftButton, {}, from);
    QTest::mouseMove(slider, to);
    QTest::mouseRelease(slider, Qt::LeftButton, {}, to);
    // A pixel may be more than a step.
    const int near = std::max(1, (option.maximum - option.minimum) / std::max(1, room) + 1);
    expect(std::abs(slider->value() - position) <= near,
           slider->objectName() + QStringLiteral(" does not follow the mouse"));
}

void LabWalker::type(QAbstractSpinBox *box, double value)
{
    auto *number = static_cast<QDoubleSpinBox *>(box);
    if (byKey()) {
        if (!tabTo(box))
            return;
        box->selectAll();
        QTest::keyClicks(box, box->locale().toString(value, 'g', 6));
        QTest::keyClick(box, Qt::Key_Return);
    } else if (box->buttonSymbols() == QAbstractSpinBox::NoButtons) {
        QTest::mouseClick(box, Qt::LeftButton);
        for (int i = 0; i < 400 && std::abs(number->value() - value) > number->singleStep() / 2; ++i) {
            QWheelEvent turn(QPointF(box->rect().center()), box->mapToGlobal(QPointF(box->rect().center())), {},
                             QPoint(0, number->value() < value ? 120 : -120), Qt::NoButton, Qt::NoModifier,
                             Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(box, &turn);
        }
    } else {
        QStyleOptionSpinBox option;
        option.initFrom(box);
        option.subControls = QStyle::SC_All;
        option.frame = box->hasFrame();
        for (int i = 0; i < 400 && std::abs(number->value() - value) > number->singleStep() / 2; ++i) {
            const auto arrow = number->value() < value ? QStyle::SC_SpinBoxUp : QStyle::SC_SpinBoxDown;
            QTest::mouseClick(box, Qt::LeftButton, {},
                              box->style()->subControlRect(QStyle::CC_SpinBox, &option, arrow, box).center());
        }
    }
    expect(std::abs(number->value() - value) <= number->singleStep() / 2 + 1e-9,
           box->objectName() + QStringLiteral(" is %1 instead of %2").arg(number->value()).arg(value));
}

void LabWalker::turn(const TurnKnob &what)
{
    const KnobSpec &spec = knobs()[what.knob];
    const double now = spec.get(m_window.world());
    if (now == what.value)
        return;
    const std::string id = spec.id;
    if (auto *slider = m_window.find<QSlider>(("knob-" + id).c_str()))
        return slide(slider, app::sliderPosition(app::sliderValues(spec), what.value));
    auto *editor = m_window.find<QWidget>(("parameter-" + id).c_str());
    expect(editor, QStringLiteral("no editor for ") + spec.id);
    if (auto *box = qobject_cast<QAbstractSpinBox *>(editor))
        type(box, what.value * (spec.kind == KnobSpec::Kind::Share ? 100 : 1));
    else if (auto *choice = qobject_cast<QComboBox *>(editor))
        choose(choice, int(what.value));
    else if (editor)
        press(editor);
    expect(std::abs(spec.get(m_window.world()) - what.value) <= spec.step / 2 + 1e-9,
           QStringLiteral("%1 is not turned").arg(QLatin1String(spec.id)));
}

void LabWalker::fault(uint32_t target, FaultKind kind, bool on, double value)
{
    const std::string name = spec(kind).name;
    auto *targets = m_window.find<QComboBox>("fault-target");
    const QString component = QString::fromStdString(m_window.session().snapshot().components.at(target).name);
    if (targets->isVisibleTo(&m_window.window()))
        choose(targets, targets->findText(component));
    if (on && spec(kind).hasValue() && value != spec(kind).defaultValue)
        type(m_window.find<QAbstractSpinBox>(("fault-value-" + name).c_str()),
             value * (spec(kind).isShownInPercent() ? 100 : 1));
    press(m_window.find<QWidget>(("fault-" + name).c_str()));
    const auto now = m_window.world().faultsOf(target);
    expect(now[size_t(kind)].has_value() == on,
           QStringLiteral("%1 of %2 does not change").arg(QString::fromStdString(name), component));
}

void LabWalker::reorder(const SetPolicies &what)
{
    const auto order = [&] { return m_window.world().pipelines()[what.pipeline].config().order; };
    const Snapshot snapshot = m_window.session().snapshot();
    uint32_t client = 0;
    while (client + 1 < snapshot.clients.size() && snapshot.clients[client].pipeline != what.pipeline)
        ++client;
    for (size_t place = 0; place < what.order.size(); ++place) {
        const PolicyKind wanted = what.order.begin()[place];
        for (size_t from = place; from < order().size(); ++from)
            if (order().begin()[from] == wanted && from != place) {
                movePolicy(client, wanted, from, place);
                break;
            }
    }
    expect(order() == what.order, QStringLiteral("the shells are in another order"));
}

void LabWalker::movePolicy(uint32_t client, PolicyKind kind, size_t from, size_t to)
{
    auto *stage = m_window.find<Stage>("stage");
    const widgets::StageTarget target = widgets::targets::Policy{client, kind};
    const auto areaOf = [&](const widgets::StageTarget &one) {
        const widgets::StageHit *hit = widgets::findHit(stage->picture()->hits(), one);
        return hit ? hit->area : QRectF();
    };
    if (byKey()) {
        if (!tabTo(stage))
            return;
        for (int i = 0; i < 100 && !(stage->focusTarget() == target); ++i)
            QTest::keyClick(stage, Qt::Key_Down);
        for (size_t i = to; i < from; ++i)
            QTest::keyClick(stage, Qt::Key_Up, Qt::AltModifier);
        return;
    }
    const auto &config = m_window.world().pipelines()[stage->frame()->clients[client].pipeline].config();
    const QRectF strip = areaOf(target);
    const QRectF place = areaOf(widgets::targets::Policy{client, config.order.begin()[to]});
    const QPoint start = QPointF(strip.right() - 30, strip.center().y()).toPoint();
    const QPoint end(start.x(), int(place.center().y()));
    QTest::mousePress(stage, Qt::LeftButton, {}, start);
    QTest::mouseMove(stage, (start + end) / 2);
    QTest::mouseMove(stage, end);
    QTest::mouseRelease(stage, Qt::LeftButton, {}, end);
}

void LabWalker::doAs(const Intervention &what)
{
    if (const auto *knob = std::get_if<TurnKnob>(&what))
        turn(*knob);
    else if (const auto *set = std::get_if<SetFault>(&what))
        fault(set->target, set->kind, true, set->value);
    else if (const auto *clear = std::get_if<ClearFault>(&what))
        fault(clear->target, clear->kind, false, 0);
    else if (const auto *policies = std::get_if<SetPolicies>(&what))
        reorder(*policies);
    QCoreApplication::processEvents();
}

void LabWalker::answer()
{
    m_window.play(1000); // it has been read
    QCoreApplication::processEvents();
    const app::Prediction &asked = m_window.session().prediction();
    const auto by = asked.question()->by;
    // Any answer will do: the first second after it was asked, or one.
    const int answer = by == labs::Question::By::Time ? int(std::ceil(toSeconds(asked.askedAt() - kTimeZero))) : 1;
    if (by != labs::Question::By::Choice)
        QTest::keyClicks(m_window.find<QWidget>("prediction-number"), QString::number(answer));
    press(m_window.find<QWidget>(by == labs::Question::By::Choice ? "choice-0" : "prediction-answer"));
    m_window.play(50);
}

// Ctrl+Space, since Space alone belongs to a button that has the focus.
void LabWalker::togglePlaying()
{
    if (byKey())
        m_window.key(Qt::Key_Space, Qt::ControlModifier);
    else
        m_window.click("play");
}

void LabWalker::playTo(Time moment)
{
    app::Session &session = m_window.session();
    while (session.speed() < 4)
        byKey() ? m_window.key(Qt::Key_Plus) : m_window.window().action("faster")->trigger();
    for (int i = 0; i < 1000 && session.now() < moment; ++i) {
        if (session.prediction().stage() == app::Prediction::Stage::Asked)
            answer();
        if (!session.playing())
            togglePlaying();
        const double left = toSeconds(moment - session.now()) / session.speed();
        m_window.play(std::clamp(int(std::ceil(left * 1000)), 1, 50));
    }
    expect(session.now() >= moment, QStringLiteral("does not get to %1 s").arg(toSeconds(moment)));
    if (session.playing())
        togglePlaying();
}

} // namespace tests
