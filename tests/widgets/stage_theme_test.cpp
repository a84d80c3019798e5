// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/look/tabular_text.h"
#include "widgets/look/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QtTest>

using namespace widgets;

class StageThemeTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void contrastRatioIsThatOfWcag()
    {
        QCOMPARE(contrastRatio(Qt::white, Qt::black), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrastRatio(QColor("#767676"), Qt::white) - 4.54) < 0.01);
        QCOMPARE(contrastRatio(Qt::red, Qt::white), contrastRatio(Qt::white, Qt::red));
    }

    void coloursCanBeTold_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("light") << int(ThemeKind::Light);
        QTest::newRow("dark") << int(ThemeKind::Dark);
        QTest::newRow("lecture") << int(ThemeKind::Lecture);
    }
    void coloursCanBeTold()
    {
        QFETCH(int, kind);
        const Theme theme = Theme::make(ThemeKind(kind), 1);
        for (const QColor &ground : {theme.card, theme.ground, theme.inset}) {
            QVERIFY(contrastRatio(theme.ink, ground) >= 7);
            QVERIFY(contrastRatio(theme.quietInk, ground) >= 4.5);
        }
        QVERIFY(contrastRatio(theme.quietLine, theme.card) >= 3);
        const std::vector<std::pair<const char *, Hue>> hues{
            {"control", theme.control},    {"succeeded", theme.succeeded}, {"failed", theme.failed},
            {"timed out", theme.timedOut}, {"rejected", theme.rejected},   {"short-circuited", theme.shortCircuited},
            {"in flight", theme.inFlight}, {"throttled", theme.throttled}, {"waiting", theme.waiting},
            {"trial", theme.trial},        {"neutral", theme.neutral}};
        for (const auto &[name, hue] : hues) {
            for (const QColor &ground : {theme.card, hue.soft}) {
                QVERIFY2(contrastRatio(hue.text, ground) >= 4.5, name);
                QVERIFY2(contrastRatio(hue.line, ground) >= 3, name);
            }
            QVERIFY2(contrastRatio(hue.onFill, hue.fill) >= 4.5, name);
            // Words on a band that is veiled.
            QVERIFY2(contrastRatio(theme.ink, mixed(theme.card, hue.fill, 0.6)) >= 4.5, name);
        }
        if (theme.kind == ThemeKind::Dark) // what is sent again stands out at least as much as what is sent first
            QVERIFY(contrastRatio(theme.again, theme.card) > contrastRatio(theme.inFlight.fill, theme.card)
                    && contrastRatio(theme.inFlight.fill, theme.card) >= 4);
        QVERIFY(contrastRatio(theme.again, theme.inFlight.fill) > 1.4);
    }

    void paletteFollows()
    {
        const Theme dark = Theme::dark();
        const QPalette palette = dark.palette();
        QCOMPARE(palette.color(QPalette::Window), dark.ground);
        QCOMPARE(palette.color(QPalette::Base), dark.card);
        QCOMPARE(palette.color(QPalette::Highlight), dark.control.fill);
        QVERIFY(contrastRatio(palette.color(QPalette::Text), palette.color(QPalette::Base)) >= 7);
        QVERIFY(contrastRatio(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
    }

    void sizesScaleTogether()
    {
        QCOMPARE(Theme::light().font(TextSize::Body).pixelSize(), 13);
        QCOMPARE(Theme::light(2).font(TextSize::Body).pixelSize(), 26);
        QCOMPARE(Theme::lecture().font(TextSize::State).pixelSize(), 32);
        QCOMPARE(Theme::light(0.2).scale, 1.0);
        QCOMPARE(Theme::light(7).scale, 6.0); // the type of a hall is that large
        QCOMPARE(Theme::light().px(8), 8.0);
        QCOMPARE(Theme::lecture().px(10), 16.0);
    }

    void fontIsOurs() { QCOMPARE(QFontInfo(Theme::light().font(TextSize::Body)).family(), QStringLiteral("Inter")); }

    void digitsDoNotTremble()
    {
        const QFont font = Theme::light().font(TextSize::Body);
        QCOMPARE(tabularWidth(font, u"after 1.1 s"), tabularWidth(font, u"after 8.8 s"));
        QCOMPARE(tabularWidth(font, u""), 0.0);
        QVERIFY(tabularWidth(font, u"12") > tabularWidth(font, u"1") * 1.99);
    }
};

REGISTER_TEST(StageThemeTest)
#include "stage_theme_test.moc"
