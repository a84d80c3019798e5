// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/slider_scale.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;

// Every number that could become a slider.
class SliderScaleTest : public QObject {
    Q_OBJECT
private slots:
    void scales_data()
    {
        QTest::addColumn<uint32_t>("knob");
        for (uint32_t i = 0; i < sim::knobs().size(); ++i) {
            const auto kind = sim::knobs()[i].kind;
            if (kind != sim::KnobSpec::Kind::Choice && kind != sim::KnobSpec::Kind::Toggle)
                QTest::newRow(sim::knobs()[i].id) << i;
        }
    }
    void scales()
    {
        QFETCH(uint32_t, knob);
        const sim::KnobSpec &spec = sim::knobs()[knob];
        const std::vector<double> values = app::sliderValues(spec);
        QVERIFY(values.size() > 1);
        QCOMPARE(values.front(), spec.minimum);
        QCOMPARE(values.back(), spec.maximum);
        for (size_t i = 0; i < values.size(); ++i) {
            QVERIFY(std::isfinite(values[i]));
            QVERIFY(i == 0 || values[i] > values[i - 1]);
            QCOMPARE(app::sliderPosition(values, values[i]), int(i));
        }
        QCOMPARE(app::sliderPosition(values, spec.minimum - 1), 0);
        QCOMPARE(app::sliderPosition(values, spec.maximum + 1), int(values.size()) - 1);
    }

    void aLogarithmicScaleHasItsStepsWhereTheyMatter()
    {
        const std::vector<double> seats = app::sliderValues(sim::knobs()[*sim::knobNamed("max_queue")]);
        QCOMPARE(app::sliderPosition(seats, 6), 6); // each of the small numbers is there
        QVERIFY(app::sliderPosition(seats, 100) > int(seats.size()) / 3);
    }
};

REGISTER_TEST(SliderScaleTest)
#include "slider_scale_test.moc"
