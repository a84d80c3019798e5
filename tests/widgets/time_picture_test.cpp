// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/time_samples.h"
#include "widgets/time/chart_frame.h"
#include "widgets/time/chart_look.h"
#include "widgets/time/time_chart.h"
#include "widgets/time/time_picture.h"
#include "widgets/time/time_readout.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>
#include <QtTest>

#include <set>

using namespace resilience;
using namespace std::chrono_literals;
using widgets::Theme;
using widgets::TimePicture;

namespace {

const std::vector<const sim::ChartSpec *> kBoth = sim::chartsNamed({"outcomes", "latency"});

struct Size {
    const char *name;
    QSizeF size;
    double scale;
};
const Size kSizes[] = {{"1024x640", {1024, 180}, 1.0}, {"1024x640, text 150 %", {1024, 240}, 1.5},
                       {"1280x800", {1248, 260}, 1.0}, {"1920x1080", {1888, 400}, 1.0},
                       {"lecture", {1888, 480}, 1.6},  {"too small", {320, 90}, 1.0}};

TimePicture pictureOf(const widgets::TimeSource &source, const QSizeF &size, double ratio, const Theme &theme)
{
    widgets::TimePictureRequest request;
    request.size = size;
    request.charts = kBoth;
    request.pixelRatio = ratio;
    return widgets::timePictureOf(source, request, theme);
}

} // namespace

class TimePictureTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    // At any width, though that moment seldom lies on a pixel.
    void aStepIsDrawnOnceItIsOver()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(31s));
        for (int width = 900; width < 960; width += 7) {
            widgets::TimePictureRequest request;
            request.size = QSizeF(width, 260);
            request.charts = sim::chartsNamed({"lost"});
            const TimePicture picture = widgets::timePictureOf(samples::sourceOf(run), request, Theme::light());
            QVERIFY(!picture.charts.empty());
            QCOMPARE(picture.charts[0].curves.at(0).parts.back().back().x(), 31.0);
        }
    }

    void everythingHasItsPlace_data()
    {
        QTest::addColumn<QSizeF>("size");
        QTest::addColumn<double>("scale");
        QTest::addColumn<double>("ratio");
        for (const Size &size : kSizes)
            for (const double ratio : {1.0, 1.25, 1.5, 2.0})
                QTest::addRow("%s at %g", size.name, ratio) << size.size << size.scale << ratio;
    }
    void everythingHasItsPlace()
    {
        QFETCH(QSizeF, size);
        QFETCH(double, scale);
        QFETCH(double, ratio);
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(31s));
        const TimePicture picture = pictureOf(samples::sourceOf(run), size, ratio, Theme::light(scale));
        const widgets::TimeLayout &layout = picture.layout;
        std::vector<QRectF> rows{layout.strip};
        rows.insert(rows.end(), layout.states.begin(), layout.states.end());
        rows.insert(rows.end(), layout.faults.begin(), layout.faults.end());
        for (const auto &chart : layout.charts) {
            rows.push_back(chart.header);
            rows.push_back(chart.plot);
        }
        rows.push_back(layout.ticks);
        for (size_t i = 1; i < rows.size(); ++i)
            QVERIFY2(rows[i].top() >= rows[i - 1].bottom() - 1e-6, qPrintable(QString::number(i)));
        QVERIFY(!layout.charts.empty() && !layout.states.empty() && !layout.faults.empty());
        for (const auto &chart : layout.charts) {
            QCOMPARE(chart.plot.left(), picture.axis.left());
            QCOMPARE(chart.plot.right(), picture.axis.right());
        }
        QVERIFY(picture.cursor >= picture.axis.left() && picture.cursor <= picture.axis.right());
        QCOMPARE(picture.cursor * ratio, std::round(picture.cursor * ratio));
        if (size.height() >= 180) {
            QVERIFY2(layout.ticks.bottom() <= size.height() + 1, "the numbers of the axis are inside");
            QVERIFY2(layout.charts.front().plot.height() >= 47 * scale, "a chart is high enough to read");
        }
        double last = -1e9;
        for (const auto &tick : picture.axis.ticks(layout.tickSpacing)) {
            const double half =
                QFontMetricsF(Theme::light(scale).font(widgets::TextSize::Axis)).horizontalAdvance(tick.label) / 2;
            QVERIFY2(tick.x - half > last + 2, "numbers do not touch");
            QVERIFY2(size.width() < 400 || (tick.x - half >= 0 && tick.x + half <= size.width()),
                     "numbers are not cut off");
            last = tick.x + half;
        }
    }

    void moreHeightShowsMoreCharts()
    {
        const auto run = samples::stormyRun(2, 40s);
        const auto source = samples::sourceOf(run);
        QCOMPARE(pictureOf(source, {1024, 180}, 1, Theme::light()).charts.size(), size_t(1));
        QCOMPARE(pictureOf(source, {1024, 320}, 1, Theme::light()).charts.size(), size_t(1));
        QCOMPARE(pictureOf(source, {1024, 460}, 1, Theme::light()).charts.size(), size_t(2));
    }

    void theFrontierMaySitBehindTheCursor()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(31s));
        run.runTo(at(10s));
        const TimePicture picture = pictureOf(samples::sourceOf(run), {1248, 260}, 1, Theme::light());
        QVERIFY(std::abs(picture.axis.x(at(10s)) - picture.cursor) <= 1);
        QVERIFY(std::abs(picture.axis.x(at(31s)) - picture.frontier) <= 1);
        QVERIFY(picture.lanes.states.front().bands.back().right > picture.cursor);
    }

    void looksTheSameUntilAPixelDiffers()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(10s));
        const TimePicture before = pictureOf(samples::sourceOf(run), {1248, 260}, 1, Theme::light());
        run.runTo(at(10s + 1ms));
        QVERIFY(pictureOf(samples::sourceOf(run), {1248, 260}, 1, Theme::light()).looksLike(before));
        run.runTo(at(10s + 100ms));
        QVERIFY(!pictureOf(samples::sourceOf(run), {1248, 260}, 1, Theme::light()).looksLike(before));
    }

    void theReadoutTellsWhatIsThere()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(31s));
        const TimePicture picture = pictureOf(samples::sourceOf(run), {1248, 400}, 1, Theme::light());
        const QString sentence = widgets::readoutOf(picture, picture.axis.x(at(14s))).sentence();
        QVERIFY2(sentence.startsWith(QLatin1String("14.00 s: open, outage, ")), qPrintable(sentence));
        QVERIFY2(sentence.contains(QLatin1String("short-circuited 2 in 1 s")), qPrintable(sentence));
        QCOMPARE(widgets::readoutOf(picture, picture.axis.x(at(39s))).lines.size(), size_t(0));
    }

    void curvesDifferInMoreThanColour()
    {
        std::set<QList<qreal>> patterns;
        for (const auto outcome : sim::kRequestOutcomes)
            patterns.insert(widgets::curvePen({static_cast<sim::CurveRole>(outcome)}, Theme::light()).dashPattern());
        QCOMPARE(patterns.size(), sim::kOutcomeCount);
    }

    void curvesFollowTheAxis()
    {
        widgets::ChartData data;
        data.top = 4;
        data.curves = {{{sim::CurveRole::Succeeded}, {}, {{{0, 2}, {10, 2}}}}};
        const Theme theme = Theme::light();
        for (const double ratio : {1.0, 1.25, 1.5, 2.0}) {
            QImage image((QSizeF(300, 100) * ratio).toSize(), QImage::Format_RGB32);
            image.setDevicePixelRatio(ratio);
            image.fill(Qt::white);
            QPainter painter(&image);
            widgets::TimeChart().paint(painter, data, widgets::TimeAxis(kTimeZero, at(20s), 40, 240), {40, 10, 200, 80},
                                       theme);
            painter.end();
            const auto pixel = [&](double x, double y) { return image.pixelColor(int(x * ratio), int(y * ratio)); };
            QCOMPARE(pixel(90, 50), theme.succeeded.line);
            QCOMPARE(pixel(30, 50), QColor(Qt::white));
            QCOMPARE(pixel(150, 50), QColor(Qt::white));
            QCOMPARE(pixel(90, 46), QColor(Qt::white));
        }
    }

    void aFileIsSmallHoweverLongTheRun()
    {
        auto run = samples::stormyRun(200, 600s);
        run.runTo(at(600s));
        const auto source = samples::sourceOf(run);
        QByteArray file;
        QBuffer buffer(&file);
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setViewBox(QRectF(0, 0, 1280, 460));
        const Theme theme = Theme::light();
        const TimePicture picture = pictureOf(source, {1280, 460}, 8, theme);
        QCOMPARE(picture.charts.size(), size_t(2));
        QPainter painter(&svg);
        widgets::paintLanes(painter, picture.lanes, picture.layout, theme);
        widgets::paintTicks(painter, picture.axis, picture.layout, theme);
        for (size_t i = 0; i < picture.charts.size(); ++i) {
            widgets::TimeChart curves;
            widgets::paintChartRow(painter, curves, picture, i, true, theme);
        }
        widgets::paintCursor(painter, picture, {}, theme);
        painter.end();
        QVERIFY2(file.size() < 250'000, qPrintable(QString::number(file.size())));
        QVERIFY2(!file.contains("<image"), "all vectors");
    }
};

REGISTER_TEST(TimePictureTest)
#include "time_picture_test.moc"
