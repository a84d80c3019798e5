// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tell/figures.h"
#include "tests/register_test.h"
#include "widgets/stage/stage_words.h"
#include "widgets/time/time_axis.h"

#include <QtTest>

#include <random>

using namespace resilience;
using namespace std::chrono_literals;
using widgets::words::hundredths;
using widgets::words::moment;

// A moment in words is never later than the moment itself: the clock has not come so far.
class MomentWordsTest : public QObject {
    Q_OBJECT

private slots:
    void aMomentIsCutAndALengthIsRounded_data()
    {
        QTest::addColumn<qint64>("ns");
        QTest::addColumn<QString>("cut");
        QTest::addColumn<QString>("rounded");
        const auto row = [](const char *name, Duration span, const char *cut, const char *rounded) {
            QTest::newRow(name) << qint64(span.count()) << QString::fromLatin1(cut) << QString::fromLatin1(rounded);
        };
        row("start", 0s, "0.00 s", "0.00 s");
        row("a little before", 10'899'999'999ns, "10.89 s", "10.90 s");
        row("just there", 10'900ms, "10.90 s", "10.90 s");
        row("half", 12'345ms, "12.34 s", "12.35 s");
        row("first", 9ms, "0.00 s", "0.01 s");
        row("long", 952'299'999us, "952.29 s", "952.30 s");
    }
    void aMomentIsCutAndALengthIsRounded()
    {
        QFETCH(qint64, ns);
        QFETCH(QString, cut);
        QFETCH(QString, rounded);
        QCOMPARE(moment(at(Duration{ns})), cut);
        QCOMPARE(hundredths(Duration{ns}), rounded);
    }

    void nobodySaysALaterMoment()
    {
        std::mt19937_64 random(7); // NOLINT: the same each time
        for (int i = 0; i < 2000; ++i) {
            const Duration since{int64_t(random() % 100'000'000'000ULL)};
            const double now = toSeconds(since);
            const auto checked = [&](const QString &text, double grain) {
                const double told = text.section(QLatin1Char(' '), 0, 0).toDouble();
                const bool right = told <= now + 1e-12 && told > now - grain - 1e-9;
                if (!right)
                    qWarning() << text << now;
                return right;
            };
            QVERIFY(checked(moment(at(since)), 0.01));
            QVERIFY(checked(QString::fromStdString(sim::momentText(at(since))), 0.01));
            QVERIFY(checked(widgets::timeText(at(since), 40s, 100ms), 0.1));
            QVERIFY(checked(widgets::timeText(at(since), 40s, 1ms), 0.001));
        }
    }
};

REGISTER_TEST(MomentWordsTest)
#include "moment_words_test.moc"
