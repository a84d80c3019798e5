// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stages/panel_factory.h"
#include "core/sim/run/snapshot.h"
#include "labs/catalog.h"
#include "labs/kit/play.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/stage/stage_scene.h"

#include <QtTest>

using namespace resilience;

namespace {

// The run of the page that asks, at the moment at which it asks; where all is done by hand, as the solution does it.
std::optional<sim::Timeline> momentOf(const labs::Lab &lab, const labs::Question &question)
{
    for (size_t i = 0; i < lab.guide.beats.size(); ++i) {
        const auto &ids = lab.guide.beats[i].questions;
        if (std::find(ids.begin(), ids.end(), question.id) == ids.end())
            continue;
        const auto scenario = lab.scenario(labs::scenarioOf(lab.guide, i));
        sim::Journal journal = scenario->script;
        for (const labs::Lab::Solution &solution : lab.solutions)
            if (scenario->script.empty() && solution.scenario == scenario->name)
                for (const sim::JournalEntry &entry : solution.steps)
                    journal.insert(entry);
        sim::Timeline run(scenario, scenario->seed, journal);
        if (run.runUntil([&](const sim::Event &event) { return question.isMoment(run, event); }, at(scenario->until)))
            return run;
    }
    return std::nullopt;
}

} // namespace

// What a question covers is there to be covered, and is less than the whole picture.
class QuestionPartsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void eachCoversPartsThatAreThere()
    {
        size_t covering = 0;
        for (const labs::Lab &lab : labs::catalog())
            for (const labs::Question &question : lab.questions) {
                if (question.covers.empty())
                    continue;
                ++covering;
                const auto run = momentOf(lab, question);
                QVERIFY2(run, question.id.c_str());
                for (const QSizeF size : {QSizeF(535, 338), QSizeF(696, 391), QSizeF(1100, 560)}) {
                    const auto picture = app::makeScene(lab.panels.front())
                                             ->layout(sim::snapshotOf(*run), size, widgets::Theme::light());
                    double area = 0;
                    for (const std::string &name : question.covers) {
                        double found = 0;
                        for (const widgets::StageShape &part : picture->parts())
                            if (part.name.toStdString() == name && QRectF(QPointF(), size).contains(part.rect))
                                found += part.rect.width() * part.rect.height();
                        QVERIFY2(found > 0, (question.id + ": " + name).c_str());
                        area += found;
                    }
                    QVERIFY2(area < 0.5 * size.width() * size.height(), question.id.c_str());
                }
            }
        QVERIFY(covering >= 9);
    }
};

REGISTER_TEST(QuestionPartsTest)
#include "question_parts_test.moc"
