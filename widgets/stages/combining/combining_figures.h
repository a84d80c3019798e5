// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stages/combining/attempt_budget.h"

#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace resilience::sim {
struct Snapshot;
}

namespace widgets {

// What each order costs, side by side: a line per number, its caption between the columns. What differs is bold.
struct CostTable {
    struct Line {
        StageLabel caption{};
        std::vector<StageLabel> values{};
    };
    std::vector<Line> lines; // the first is the point of the step
    std::vector<QRectF> columns; // the value of each client stands in the middle of its column

    std::vector<StageLabel> labels() const;
};

// `lines` = how many of them, the first one large.
double costTableHeight(const Theme &theme, size_t lines);
// `named`: nothing above says whose column is whose.
CostTable layoutCostTable(const resilience::sim::Snapshot &snapshot, const QRectF &area, size_t lines, bool named,
                          const Theme &theme);
void paintCostTable(QPainter &painter, const CostTable &table);

// The longest a call can take, as a bar of attempts and waits, against the limit around them.
struct BudgetBar {
    struct Piece {
        QRectF rect{};
        bool wait = false;
        bool cut = false; // beyond the limit
    };
    QRectF track{};
    std::vector<Piece> pieces{};
    std::optional<double> limitX{};
    bool fits = true;
    StageLabel name{};
    StageLabel text{};
};

double budgetBarHeight(const Theme &theme);
BudgetBar layoutBudgetBar(const AttemptBudget &budget, const QRectF &area, const Theme &theme);
void paintBudgetBar(QPainter &painter, const BudgetBar &bar, const Theme &theme);

} // namespace widgets
