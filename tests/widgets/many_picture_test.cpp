// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "widgets/many/many_picture.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

#include <cmath>

using namespace widgets;

// The pictures of many runs.
class ManyPictureTest : public QObject {
    Q_OBJECT

    static HeatMap someMap()
    {
        HeatMap map;
        map.columns = QStringList{"0.5", "1", "2"};
        map.rows = QStringList{"1", "5"};
        map.values = {0.99, 0.95, 0.9, 0.89, std::nullopt, 0.13};
        map.texts = QStringList{"0.99", "0.95", "0.90", "0.89", "", "0.13"};
        map.contour = 0.9;
        return map;
    }
    static ManyPicture somePicture()
    {
        ManyPicture picture;
        picture.title = "This run is luckier than 91 % of 200 runs";
        picture.map = someMap();
        for (int i = 0; i < 200; ++i)
            picture.dots.values.push_back(i % 50 == 7 ? std::nullopt : std::optional(std::fmod(i * 0.37, 1.0)));
        picture.dots.own = 0.5;
        return picture;
    }

private slots:
    void everyPlaceOfACellIsThatCell()
    {
        const HeatMap map = someMap();
        const auto layout = layoutHeatMap(map, QRectF(10, 20, 600, 300), Theme::light());
        QVERIFY(layout.withTexts);
        for (size_t i = 0; i < map.cells(); ++i) {
            const QRectF cell = layout.cellAt(map, i);
            QVERIFY(layout.area.adjusted(-0.01, -0.01, 0.01, 0.01).contains(cell));
            for (const QPointF place :
                 {cell.center(), cell.topLeft() + QPointF(1, 1), cell.bottomRight() - QPointF(1, 1)})
                QCOMPARE(layout.indexAt(map, place), std::optional(i));
        }
        QVERIFY(layout.cellAt(map, 3).bottom() <= layout.cellAt(map, 0).top() + 0.01); // the second row is above
        QVERIFY(!layout.indexAt(map, layout.area.topLeft() - QPointF(2, 2)));
        QVERIFY(layout.legend >= layout.area.right());
    }

    // By lightness alone: each step towards the best is lighter, and words on it can be read.
    void lightnessTellsTheValue()
    {
        for (const bool moreIsBetter : {true, false}) {
            HeatMap map;
            map.worstValue = moreIsBetter ? 0 : 10;
            map.bestValue = moreIsBetter ? 10 : 0;
            double before = -1;
            for (int i = 0; i <= 10; ++i) {
                const QColor color = heatColor(map, moreIsBetter ? i : 10 - i);
                const double lightness = contrastRatio(color, Qt::black);
                QVERIFY(lightness > before);
                before = lightness;
                QVERIFY(std::max(contrastRatio(color, Qt::white), contrastRatio(color, QColor(0x1b, 0x24, 0x36)))
                        >= 3.9);
            }
        }
    }

    void everyRunHasItsDotAndNoTwoTheSamePlace()
    {
        const ManyPicture picture = somePicture();
        for (const QSizeF size : {QSizeF(640, 400), QSizeF(1200, 700)}) {
            const auto layout = layoutMany(picture, size, Theme::light()).dots;
            for (size_t i = 0; i < picture.dots.values.size(); ++i) {
                QCOMPARE(layout.dots[i].has_value(), picture.dots.values[i].has_value());
                if (!layout.dots[i])
                    continue;
                QVERIFY(layout.plot.adjusted(-1, -1, 1, 1).contains(*layout.dots[i]));
                QCOMPARE(layout.indexAt(*layout.dots[i]), std::optional(i));
            }
        }
    }

    void nothingLiesOverAnythingElse()
    {
        const ManyPicture picture = somePicture();
        for (const Theme &theme : {Theme::light(), Theme::dark(1.5), Theme::lecture()})
            for (const QSizeF size : {QSizeF(560, 380), QSizeF(1100, 640)}) {
                const auto layout = layoutMany(picture, size, theme);
                QVERIFY(layout.title.bottom() <= layout.sentence.top() + 1);
                QVERIFY(layout.sentence.bottom() <= layout.dots.plot.top());
                QVERIFY(layout.dots.plot.bottom() < layout.mapTitle.top());
                QVERIFY(layout.mapTitle.bottom() <= layout.map.area.top());
                QVERIFY(layout.map.area.bottom() <= size.height());
                QImage image(size.toSize(), QImage::Format_RGB32);
                image.fill(theme.card);
                QPainter painter(&image);
                paintMany(painter, picture, layout, theme);
                QVERIFY(image.pixelColor(layout.map.cellAt(picture.map, 5).topLeft().toPoint() + QPoint(6, 6))
                        == heatColor(picture.map, 0.13));
            }
    }
};
REGISTER_TEST(ManyPictureTest)

#include "many_picture_test.moc"
