// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "widgets/legend/stage_legend.h"

#include <QPainter>
#include <QtTest>

#include <set>

using namespace widgets;

namespace {

QImage signPicture(Sign sign, const Theme &theme)
{
    QImage image(56, 30, QImage::Format_ARGB32_Premultiplied);
    image.fill(theme.card);
    QPainter painter(&image);
    paintSign(painter, sign, QRectF(2, 2, 52, 26), theme);
    return image;
}

} // namespace

class StageLegendTest : public QObject {
    Q_OBJECT
private slots:
    void everyStageTellsItsSigns()
    {
        for (size_t i = 0; i < kLegendStages; ++i) {
            const auto legend = legendOf(static_cast<LegendStage>(i));
            QVERIFY(legend.size() >= 7);
            std::set<Sign> signs;
            std::set<QString> words;
            for (const LegendSign &row : legend) {
                QVERIFY2(signs.insert(row.sign).second, qPrintable(row.words));
                QVERIFY2(words.insert(row.words).second, qPrintable(row.words));
            }
            QCOMPARE(legend.back().sign, Sign::Lit);
        }
    }

    void everySignIsDrawnAndTellsItselfFromTheOthers()
    {
        for (const Theme &theme : {Theme::light(), Theme::dark(), Theme::lecture()})
            for (size_t i = 0; i < kLegendStages; ++i) {
                const auto legend = legendOf(static_cast<LegendStage>(i));
                QImage blank(56, 30, QImage::Format_ARGB32_Premultiplied);
                blank.fill(theme.card);
                for (size_t a = 0; a < legend.size(); ++a) {
                    const QImage picture = signPicture(legend[a].sign, theme);
                    QVERIFY2(picture != blank, qPrintable(legend[a].words));
                    for (size_t b = 0; b < a; ++b)
                        QVERIFY2(picture != signPicture(legend[b].sign, theme), qPrintable(legend[a].words));
                }
            }
    }
};

REGISTER_TEST(StageLegendTest)
#include "stage_legend_test.moc"
