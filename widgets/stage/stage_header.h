// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_label.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// What the top of a stage says. Lists give the same statement in several lengths, the longest first.
struct StageHeaderWords {
    QStringList title{}; // the state in words: "OPEN · blocking"
    QColor titleColor{}; // of its role: Hue::text, or Theme::ink where no role stands out
    QStringList detail{}; // what decides about the next change: "may try again in 2.4 s"
    QStringList notice{}; // the next event, the first thing to do, or a remark
    bool quietNotice = false; // a remark
    Pace pace = Pace::Playing;
    bool broken = false; // something is broken on purpose
};

// Fills in pace, whether something is broken on purpose, and notice as on every stage: before the start `start` ("Press
// Space to start. Then ..."), while paused the next event, and while playing that dots give way to rates, if `dots` are
// what the stage draws.
// `start`: what can be done once it runs, said before the start of a run in which nothing happens by itself.
void addStageNotice(StageHeaderWords &words, const resilience::sim::Snapshot &snapshot, const QStringList &start,
                    bool dots = true);

// The state in words, the detail beside it, whether the run is paused, and in a second row what comes next.
struct StageHeader {
    StageLabel title;
    StageLabel detail;
    StageLabel notice;
    StageLabel pill; // "PAUSED", with its shape around it
    QRectF pillShape;
    bool pauseBars = false;
    bool pillQuiet = false;
    StageLabel broken; // "BROKEN ON PURPOSE", with its shape around it
    QRectF brokenShape;

    std::vector<StageLabel> labels() const { return {title, detail, notice, pill, broken}; }
};

// `withNotice`: there is a second row. With one row the notice takes the place of the detail.
double stageHeaderHeight(const Theme &theme, bool withNotice);
StageHeader layoutStageHeader(const StageHeaderWords &words, const Theme &theme, const QRectF &area, bool withNotice);
void paintStageHeader(QPainter &painter, const StageHeader &header, const Theme &theme);

} // namespace widgets
