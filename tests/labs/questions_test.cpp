// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"
#include "labs/kit/play.h"
#include "tests/register_test.h"

#include <QtTest>

#include <set>

using namespace resilience;
using namespace resilience::labs;

namespace {

struct Asked {
    const Lab *lab;
    const Question *question;
    const Beat *beat;
    std::shared_ptr<const Scenario> scenario; // of that page
};

std::vector<Asked> everyQuestion()
{
    std::vector<Asked> all;
    for (const Lab &lab : catalog())
        for (const Question &question : lab.questions)
            for (size_t i = 0; i < lab.guide.beats.size(); ++i) {
                const auto &ids = lab.guide.beats[i].questions;
                if (std::find(ids.begin(), ids.end(), question.id) != ids.end())
                    all.push_back({&lab, &question, &lab.guide.beats[i], lab.scenario(scenarioOf(lab.guide, i))});
            }
    return all;
}

// The page's scenario; where everything is done by hand, what the solution does.
Timeline runOf(const Asked &asked, uint64_t seed)
{
    sim::Journal journal = asked.scenario->script;
    for (const Lab::Solution &solution : asked.lab->solutions)
        if (asked.scenario->script.empty() && solution.scenario == asked.scenario->name)
            for (const sim::JournalEntry &entry : solution.steps)
                journal.insert(entry);
    return Timeline(asked.scenario, seed, journal);
}

// Plays to the moments of the question until the run gives an answer to one; none where it never does.
std::optional<Question::Answer> askIn(Timeline &run, const Question &question)
{
    while (run.runUntil([&](const Event &event) { return question.isMoment(run, event); }, at(run.scenario().until)))
        if (const auto answer = question.answer(run))
            return answer;
    return std::nullopt;
}

} // namespace

// Every question of every lab: asked on one page, about one scenario, and decided by a rule instead of luck.
class QuestionsTest : public QObject {
    Q_OBJECT

private slots:
    void eachBelongsToOnePageAndScenario()
    {
        for (const Lab &lab : catalog()) {
            QVERIFY2(lab.questions.size() >= 3, lab.id.c_str());
            std::set<std::string> ids;
            std::multiset<std::string> asked;
            for (const Question &question : lab.questions)
                QVERIFY2(ids.insert(question.id).second, question.id.c_str());
            for (size_t i = 0; i < lab.guide.beats.size(); ++i)
                for (const std::string &id : lab.guide.beats[i].questions) {
                    QVERIFY2(ids.count(id), id.c_str());
                    QVERIFY2(lab.scenario(scenarioOf(lab.guide, i)), id.c_str());
                    asked.insert(id);
                }
            for (const std::string &id : ids)
                QVERIFY2(asked.count(id) == 1, id.c_str());
        }
    }

    void eachSaysWhatToReasonFromAndWhyTheOthersAreWrong()
    {
        for (const Asked &asked : everyQuestion()) {
            const Question &question = *asked.question;
            QVERIFY2(!question.prompt.empty() && !question.hint.empty(), question.id.c_str());
            QCOMPARE(question.by == Question::By::Choice, !question.choices.empty());
            for (const Choice &choice : question.choices)
                QVERIFY2(!choice.text.empty() && !choice.whyNot.empty(), question.id.c_str());
            Timeline run = runOf(asked, asked.scenario->seed);
            const auto answer = askIn(run, question);
            QVERIFY2(answer, question.id.c_str());
            QVERIFY(!answer->because.empty());
            QVERIFY2(question.by == Question::By::Choice || !answer->slips.empty(), question.id.c_str());
            for (const Question::Slip &slip : answer->slips)
                QVERIFY2(!question.isRight(slip.value, *answer), slip.why.c_str());
        }
    }

    void theRightAnswers_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<double>("value");
        const auto row = [](const char *id, double value) { QTest::newRow(id) << QString::fromLatin1(id) << value; };
        row("when-is-it-closed", 18.6); // 11.9 + 5 of waiting, calls at 17, 17.5 and 18, and an answer in about 0.6
        row("how-many-at-once", 8); // one for each client
        row("after-the-pause", 2); // hardly any
        row("how-many-of-the-burst", 5); // the capacity
        row("how-many-of-the-second", 3); // 3.5 s at one a second
        row("how-many-across-the-edge", 10); // twice the limit
        row("how-many-in-the-log", 3); // five, less those of 11 s and 13 s
        row("when-does-the-last-leave", 12); // the fifth, four gaps after 8 s
        row("success-of-the-good-one", 1); // far from all
        row("orders-of-their-own", 0); // nearly all
        row("does-it-keep-its-traffic", 0); // it does
        row("what-the-supervisor-does", 2); // restarts all three
        row("how-many-votes", 0);
        row("who-writes-last", 1); // taken, after B
        row("who-gets-it-now", 0);
        row("which-opens-first", 0); // the usual order
        row("what-the-breaker-hears", 1); // nothing
        row("what-becomes-of-the-beaten", 1); // finished, for nobody
        row("after-the-rush", 2); // fewer than 30 %
        row("how-long-the-rush-lasts", 2);
        row("without-inventory", 0); // more than 90 %
    }

    void theRightAnswers()
    {
        QFETCH(QString, id);
        QFETCH(double, value);
        for (const Asked &asked : everyQuestion())
            if (asked.question->id == id.toStdString()) {
                Timeline run = runOf(asked, asked.scenario->seed);
                const auto answer = askIn(run, *asked.question);
                QVERIFY(answer);
                QVERIFY2(std::abs(answer->value - value) < 0.1, qPrintable(QString::number(answer->value)));
                return;
            }
        QFAIL("There is no such question.");
    }

    // Asking changes nothing, and the run itself comes to what the fork said.
    void askingLeavesTheRunAlone()
    {
        for (const Asked &asked : everyQuestion()) {
            Timeline run = runOf(asked, asked.scenario->seed);
            const auto answer = askIn(run, *asked.question);
            QVERIFY(answer);
            const sim::World before = run.world();
            const auto again = asked.question->answer(run);
            QVERIFY(run.world() == before);
            QVERIFY(again && again->value == answer->value && again->at == answer->at);
            QVERIFY(answer->at >= run.now());
        }
    }

    void eachIsDecidedByTheRule_data()
    {
        QTest::addColumn<size_t>("which");
        const auto all = everyQuestion();
        for (size_t i = 0; i < all.size(); ++i)
            QTest::addRow("%s: %s", all[i].lab->id.c_str(), all[i].question->id.c_str()) << i;
    }

    // On two hundred seeds the answer is among those offered, and a time is as long after the question as on any other.
    void eachIsDecidedByTheRule()
    {
        QFETCH(size_t, which);
        const Asked asked = everyQuestion()[which];
        const Question &question = *asked.question;
        const auto relative = [&](const Question::Answer &answer, Time now) {
            return answer.value - (question.by == Question::By::Time ? secondsOf(now) : 0);
        };
        Timeline shipped = runOf(asked, asked.scenario->seed);
        const auto expected = askIn(shipped, question);
        QVERIFY(expected);
        const double rule = relative(*expected, shipped.now());
        int came = 0;
        std::map<double, int> others;
        for (uint64_t seed = 1; seed <= 200; ++seed) {
            Timeline run = runOf(asked, seed);
            const auto answer = askIn(run, question);
            if (!answer)
                continue;
            ++came;
            if (question.by == Question::By::Choice)
                QVERIFY(answer->value >= 0 && answer->value < double(question.choices.size()));
            if (question.by == Question::By::Number)
                QVERIFY(answer->value >= 0 && answer->value <= question.most);
            const double off = std::abs(relative(*answer, run.now()) - rule);
            if (off > (question.by == Question::By::Choice ? 0 : question.tolerance) + 1e-9)
                ++others[relative(*answer, run.now())];
        }
        QString found;
        for (const auto &[value, times] : others)
            found += QStringLiteral(" %1 (%2 times)").arg(value).arg(times);
        QVERIFY2(others.empty(), qPrintable(QStringLiteral("%1 by the rule, but%2").arg(rule).arg(found)));
        QVERIFY2(came >= 190, qPrintable(QString::number(came)));
    }
};

REGISTER_TEST(QuestionsTest)
#include "questions_test.moc"
