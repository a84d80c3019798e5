// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/time_samples.h"
#include "widgets/time/chart_ends.h"
#include "widgets/time/chart_look.h"

#include <QtTest>

#include <set>

using namespace resilience;
using namespace std::chrono_literals;
using widgets::Theme;
using widgets::TimePicture;

namespace {

// A run played up to `now`, with these curves in place of its own: ours and the others.
TimePicture compared(Duration now, const std::vector<double> &values, double height)
{
    auto run = samples::stormyRun(2, 40s);
    run.runTo(at(now));
    widgets::TimePictureRequest request;
    request.size = QSizeF(1000, height);
    request.charts = sim::chartsNamed({"outcomes"});
    TimePicture picture = widgets::timePictureOf(samples::sourceOf(run), request, Theme::light());
    widgets::ChartData &data = picture.charts.front();
    data.bars.clear();
    data.curves.clear();
    data.top = 6;
    for (size_t i = 0; i < values.size(); ++i)
        data.curves.push_back(
            {i == 0 ? widgets::CurveLook{sim::CurveRole::Ours} : widgets::CurveLook{sim::CurveRole::Other, i - 1},
             QStringLiteral("limiter %1").arg(i),
             {{{0, values[i]}, {toSeconds(now), values[i]}}}});
    return picture;
}

} // namespace

// Where several sides are compared, each curve is named at its end and known without its colour.
class ChartEndsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void eachHasADashOfItsOwn()
    {
        std::set<QList<qreal>> patterns;
        patterns.insert(widgets::curvePen({sim::CurveRole::Ours}, Theme::light()).dashPattern());
        for (size_t i = 0; i + 1 < widgets::kCurveVariants; ++i)
            patterns.insert(widgets::curvePen({sim::CurveRole::Other, i}, Theme::light()).dashPattern());
        QCOMPARE(patterns.size(), widgets::kCurveVariants);
    }

    void namesStandAtTheEndsAndClearOfEachOther_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::addColumn<int>("seconds");
        QTest::newRow("apart") << QList<double>{1, 2, 3, 4, 5} << 20;
        QTest::newRow("all the same") << QList<double>{0, 0, 0, 0, 0} << 20;
        QTest::newRow("all at the top") << QList<double>{6, 6, 6, 6, 6} << 20;
        QTest::newRow("where the plot ends") << QList<double>{5, 0.2, 0.1, 0, 3} << 40;
    }
    void namesStandAtTheEndsAndClearOfEachOther()
    {
        QFETCH(QList<double>, values);
        QFETCH(int, seconds);
        const TimePicture picture = compared(std::chrono::seconds(seconds), {values.begin(), values.end()}, 260);
        const QRectF plot = picture.layout.charts.front().plot;
        const auto ends = widgets::curveEndsOf(picture, 0, Theme::light());
        QCOMPARE(ends.size(), size_t(5));
        for (size_t i = 0; i < ends.size(); ++i) {
            const widgets::CurveEnd &end = ends[i];
            QCOMPARE(end.name.text, picture.charts[0].curves[end.curve].word);
            QVERIFY(std::abs(end.end.x() - picture.axis.x(at(std::chrono::seconds(seconds)))) < 0.01);
            QVERIFY(std::abs(end.end.y() - (plot.bottom() - values[qsizetype(end.curve)] / 6 * plot.height())) < 0.01);
            QVERIFY(end.name.rect.top() >= plot.top() - 0.01 && end.name.rect.bottom() <= plot.bottom() + 0.01);
            QVERIFY(end.name.rect.left() > end.end.x());
            if (i > 0)
                QVERIFY(end.name.rect.top() >= ends[i - 1].name.rect.bottom() - 0.01);
        }
    }

    // The axis ends where the names begin, when the run is over.
    void theNamesHaveRoomBesideTheAxis()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(40s));
        widgets::TimePictureRequest request;
        request.size = QSizeF(1000, 260);
        request.charts = sim::chartsNamed({"outcomes"});
        const auto axisRight = [&](size_t others) {
            widgets::TimeSource source = samples::sourceOf(run);
            source.sides.clear();
            for (size_t i = 0; i <= others; ++i)
                source.sides.push_back({"sliding-counter " + std::to_string(i), {0}, i == 0});
            source.outcomesOf.assign(source.sides.size(), source.outcomes);
            const TimePicture picture = widgets::timePictureOf(source, request, Theme::light());
            for (const widgets::CurveEnd &end : widgets::curveEndsOf(picture, 0, Theme::light()))
                if (end.name.rect.right() > request.size.width())
                    return -1.0;
            return picture.layout.axisRight;
        };
        QCOMPARE(axisRight(1), axisRight(0));
        QVERIFY(axisRight(4) > 0);
        QVERIFY(axisRight(4) < axisRight(1) - 40);
    }

    void theLegendAloneTellsWhereThatIsEnough()
    {
        QVERIFY(widgets::curveEndsOf(compared(20s, {1, 2}, 260), 0, Theme::light()).empty());
        QVERIFY(widgets::curveEndsOf(compared(20s, {1, 2, 3, 4, 5}, 110), 0, Theme::light()).empty()); // too low
    }
};

REGISTER_TEST(ChartEndsTest)
#include "chart_ends_test.moc"
