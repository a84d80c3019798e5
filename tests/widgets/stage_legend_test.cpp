// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "widgets/legend/stage_legend.h"
#include "widgets/stages/breaker/breaker_scene.h"
#include "widgets/stages/bulkhead/bulkhead_scene.h"
#include "widgets/stages/capstone/capstone_scene.h"
#include "widgets/stages/combining/combining_scene.h"
#include "widgets/stages/health/health_scene.h"
#include "widgets/stages/limiter/limiter_scene.h"
#include "widgets/stages/lock/lock_scene.h"
#include "widgets/stages/retry/retry_scene.h"

#include <QPainter>
#include <QtTest>

#include <set>

using namespace widgets;

namespace {

QImage signPicture(const LegendSign &sign, const Theme &theme)
{
    QImage image(56, 30, QImage::Format_ARGB32_Premultiplied);
    image.fill(theme.card);
    QPainter painter(&image);
    paintSign(painter, sign, QRectF(2, 2, 52, 26), theme);
    return image;
}

std::vector<std::vector<LegendSign>> legends()
{
    return {legendOf(BreakerScene()), legendOf(RetryScene()), legendOf(LimiterScene()),   legendOf(BulkheadScene()),
            legendOf(HealthScene()),  legendOf(LockScene()),  legendOf(CombiningScene()), legendOf(CapstoneScene())};
}

} // namespace

class StageLegendTest : public QObject {
    Q_OBJECT
private slots:
    void everyStageTellsItsSigns()
    {
        for (const auto &legend : legends()) {
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

    void commonWordsAreThoseOfCommonSigns()
    {
        QCOMPARE(commonWords(Sign::TimedOut), QStringLiteral("timed out: no answer in time"));
        QVERIFY_THROWS_EXCEPTION(std::logic_error, commonWords(Sign::Lever)); // something else on each stage
    }

    void aStagePaintsSignsOfItsOwn()
    {
        const LegendSign own{
            Sign::Own, QStringLiteral("a red box"),
            [](QPainter &painter, const QRectF &box, const Theme &) { painter.fillRect(box, Qt::red); }};
        QCOMPARE(signPicture(own, Theme::light()).pixelColor(28, 15), QColor(Qt::red));
    }

    void everySignIsDrawnAndTellsItselfFromTheOthers()
    {
        for (const Theme &theme : {Theme::light(), Theme::dark(), Theme::lecture()})
            for (const auto &legend : legends()) {
                QImage blank(56, 30, QImage::Format_ARGB32_Premultiplied);
                blank.fill(theme.card);
                for (size_t a = 0; a < legend.size(); ++a) {
                    const QImage picture = signPicture(legend[a], theme);
                    QVERIFY2(picture != blank, qPrintable(legend[a].words));
                    for (size_t b = 0; b < a; ++b)
                        QVERIFY2(picture != signPicture(legend[b], theme), qPrintable(legend[a].words));
                }
            }
    }
};

REGISTER_TEST(StageLegendTest)
#include "stage_legend_test.moc"
