// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/sweep/sweep.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QRegularExpression>
#include <QtTest>

#include <algorithm>
#include <functional>

using namespace resilience;
using namespace resilience::sim;

// What guides say of many runs ("in 93 of 100 runs"), computed again.
class GuideFiguresTest : public QObject {
    Q_OBJECT

    struct Claim {
        const char *lab;
        const char *scenario;
        std::vector<std::pair<const char *, double>> turns;
        const char *metric;
        std::function<bool(double)> holds;
        const char *words; // after the number
    };
    static const std::vector<Claim> &claims()
    {
        const auto down = [](double goodput) { return goodput < 0.3; };
        const auto up = [](double goodput) { return goodput >= 0.9; };
        static const std::vector<Claim> all{
            {"retry", "storm", {}, "goodput_at_end", down, "of 100 runs the service is still down"},
            {"retry", "storm", {{"arrival_rate", 1.2}, {"max_attempts", 3}}, "goodput_at_end", down, "of 100 runs."},
            {"combining",
             "retry-and-limiter",
             {},
             "throttled",
             [](double count) { return count >= 12; },
             "of 100 runs twelve calls or more are throttled"},
            {"capstone", "bad-day-unprotected", {}, "goodput_at_end", down, "of 100 runs it is still down"},
            {"capstone", "bad-day-unprotected", {}, "goodput_at_end", up, "of 100 runs it is up again"},
            {"capstone", "bad-day-protected", {}, "goodput_at_end", up, "of 100 runs nine of ten shoppers are served"},
        };
        return all;
    }
    static QString guideOf(const labs::Lab &lab)
    {
        std::string text;
        for (const labs::Beat &beat : lab.guide.beats)
            for (const auto *part : {&beat.text, &beat.watchFor, &beat.action, &beat.expected, &beat.question,
                                     &beat.answer, &beat.takeaway})
                text += *part + "\n";
        return QString::fromStdString(text);
    }

private slots:
    void everyFigureIsTrue_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(claims().size()); ++i)
            QTest::addRow("%s, %s", claims()[size_t(i)].scenario, claims()[size_t(i)].words) << i;
    }
    void everyFigureIsTrue()
    {
        QFETCH(int, index);
        const Claim &claim = claims()[size_t(index)];
        const labs::Lab *lab = labs::labWithId(claim.lab);
        const auto scenario = lab->scenario(claim.scenario);
        Sweep sweep{scenario, scenario->script, scenario->until, {}, 1, 100, {metricNamed(claim.metric)}};
        for (const auto &[knob, value] : claim.turns)
            sweep.axes.push_back({*knobNamed(knob), {}, {value}});
        int count = 0;
        for (uint64_t run = 0; run < sweep.runs(); ++run)
            count += claim.holds(playSwept(sweep, run, {})->values.front().value_or(-1));
        const QString words = QString("%1 %2").arg(count).arg(claim.words);
        QVERIFY2(guideOf(*lab).contains(words), qPrintable("the guide does not say: " + words));
    }

    void noFigureIsLeftOut()
    {
        static const QRegularExpression figure("\\b[0-9]+ of 100 runs");
        for (const labs::Lab &lab : labs::catalog()) {
            const auto known = std::count_if(claims().begin(), claims().end(),
                                             [&](const Claim &claim) { return lab.id == claim.lab; });
            QCOMPARE(qsizetype(guideOf(lab).count(figure)), qsizetype(known));
        }
    }
};
REGISTER_TEST(GuideFiguresTest)

#include "guide_figures_test.moc"
