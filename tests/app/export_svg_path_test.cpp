// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/svg_path.h"
#include "tests/register_test.h"

#include <QtTest>

class ExportSvgPathTest : public QObject {
    Q_OBJECT
private slots:
    void writesShortAndRelative_data()
    {
        QTest::addColumn<QString>("absolute");
        QTest::addColumn<QString>("written");
        QTest::newRow("line") << "M1,2 L4.5,6.25"
                              << "m1 2l3.5 4.25";
        QTest::newRow("across") << "M1,2 L4.5,2"
                                << "m1 2h3.5";
        QTest::newRow("up") << "M1,2 L1,-3"
                            << "m1 2v-5";
        QTest::newRow("curve") << "M0,0 C1,2 3,4 5,6"
                               << "m0 0c1 2 3 4 5 6";
        QTest::newRow("two parts") << "M0,0 L1,1 M10,10 L9,11"
                                   << "m0 0l1 1m9 9l-1 1";
        QTest::newRow("less than one") << "M0,0 L0.5,-0.25"
                                       << "m0 0l.5-.25";
        QTest::newRow("ends in a nought") << "M0,0 L0.1,10"
                                          << "m0 0l.1 10";
        QTest::newRow("hundredths") << "M0.05,100.01 L1,2"
                                    << "m.05 100.01l.95-98.01";
        QTest::newRow("empty") << ""
                               << "";
    }
    void writesShortAndRelative()
    {
        QFETCH(QString, absolute);
        QTEST(app::svgPathData(app::pathFromSvg(absolute)), "written");
    }

    // Ten thousand steps of a third of a pixel, of which none can be written exactly.
    void errorsDoNotAddUp()
    {
        QPainterPath path(QPointF(0, 0));
        for (int i = 1; i <= 10000; ++i)
            path.lineTo(i / 3.0, (i % 2) / 3.0);
        double x = 0;
        static const QRegularExpression step(QStringLiteral("l(-?[0-9]*\\.?[0-9]+)"));
        for (auto all = step.globalMatch(app::svgPathData(path)); all.hasNext();)
            x += all.next().captured(1).toDouble();
        QVERIFY2(std::abs(x - 10000 / 3.0) < 0.01, qPrintable(QString::number(x)));
    }
};
REGISTER_TEST(ExportSvgPathTest)

#include "export_svg_path_test.moc"
