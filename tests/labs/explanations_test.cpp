// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"
#include "tests/labs/sentence_facts.h"
#include "tests/register_test.h"

#include <QRegularExpression>
#include <QtTest>

using namespace resilience;
using namespace resilience::labs;

namespace {

// Plays a scenario to its end and hands each decision, as soon as it is taken, to `visit` with the facts about it.
template <typename Visit> void visitDecisions(const std::shared_ptr<const Scenario> &scenario, Visit visit)
{
    Timeline timeline(scenario);
    Timeline behind(scenario); // by one turn: the world as it was before
    tests::SentenceFacts facts(timeline);
    for (uint64_t seen = 0; timeline.stepEvent(at(scenario->until)); behind.stepEvent()) {
        facts.follow(behind.world());
        while (seen < timeline.lastEvent())
            if (const Event *event = timeline.history().log().numbered(++seen); isDecision(*event) || event->ends)
                visit(*event, sim::explain(timeline, behind.world(), *event), facts);
    }
}

// What is wrong with the form of an explanation; nothing if all is well.
QString shapeProblem(const Event &event, const sim::Explanation &why)
{
    static const QRegularExpression bad(
        QStringLiteral("  |\\.\\.|\\b1 (calls|failures|slots|probes|trial calls)\\b|\\bnan\\b|\\b0 not\\b|\\binf\\b"));
    const QString all = QString::fromStdString(why.title + "\n" + why.text + "\n" + why.rule);
    if (why.title.empty() || why.text.size() < 10 || why.text.back() != '.')
        return QStringLiteral("no sentence");
    if (all.contains(bad))
        return QStringLiteral("bad English");
    if (why.rule.empty()
        && (event.as<sim::Rejected>() || event.as<sim::Transitioned>() || event.as<sim::RetryPlanned>()))
        return QStringLiteral("no rule");
    for (const uint64_t number : why.counted)
        if (number == 0 || number > event.number)
            return QStringLiteral("counts what has not happened");
    return {};
}

} // namespace

// "Why?", for every decision of every scenario of every step.
class ExplanationsTest : public QObject {
    Q_OBJECT
private slots:
    void everySentenceIsTrue_data()
    {
        QTest::addColumn<int>("lab");
        QTest::addColumn<int>("scenario");
        for (size_t lab = 0; lab < catalog().size(); ++lab)
            for (size_t i = 0; i < catalog()[lab].scenarios.size(); ++i)
                QTest::newRow((catalog()[lab].id + "/" + catalog()[lab].scenarios[i]->name).c_str())
                    << int(lab) << int(i);
    }
    void everySentenceIsTrue()
    {
        QFETCH(int, lab);
        QFETCH(int, scenario);
        const auto &run = catalog()[size_t(lab)].scenarios[size_t(scenario)];
        const QStringList names = tests::namesIn(*run);
        int wrong = 0;
        const auto complain = [&wrong](const QString &problem, const Event &event, const sim::Explanation &why) {
            if (!problem.isEmpty() && ++wrong <= 12)
                qWarning("event %llu: %s | %s | %s | %s", static_cast<unsigned long long>(event.number),
                         qPrintable(problem), why.title.c_str(), why.text.c_str(), why.rule.c_str());
        };
        int changed = 0;
        int caught = 0;
        int decisions = 0;
        visitDecisions(run, [&](const Event &event, const sim::Explanation &why, const tests::SentenceFacts &facts) {
            ++decisions;
            complain(shapeProblem(event, why), event, why);
            const auto known = facts.about(event, why);
            for (const std::string &sentence : {why.title, why.text, why.rule})
                for (const tests::Figure &figure : tests::figuresIn(sentence, names)) {
                    if (!known.know(figure))
                        complain(QStringLiteral("no such number: ") + figure.text, event, why);
                    // ... and another number would not have done.
                    if (decisions % 7 == 0) {
                        tests::Figure other = figure;
                        other.value = figure.value * 1.37 + 13 * figure.step;
                        ++changed;
                        caught += !known.know(other);
                    }
                }
        });
        QVERIFY(decisions > 0);
        QCOMPARE(wrong, 0);
        QVERIFY2(caught * 10 >= changed * 8, qPrintable(QStringLiteral("%1 of %2").arg(caught).arg(changed)));
    }
};

REGISTER_TEST(ExplanationsTest)
#include "explanations_test.moc"
