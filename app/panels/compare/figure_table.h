// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/measure/run_figures.h"
#include "widgets/look/theme.h"

#include <QWidget>

#include <vector>

namespace app {

// One figure of both runs, as texts.
struct FigureRow {
    QString word;
    QString ours;
    QString other;
    QString difference;
    bool operator==(const FigureRow &) const = default;
};

// Those figures that there are in at least one of them, in the order of runFigures(); counts that are 0 in both are
// left out.
std::vector<FigureRow> figureRows(const resilience::sim::World &ours, const resilience::sim::World &other);
// The same with tabs between, for spreadsheets; the names of the runs in the first line.
QString figureText(const std::vector<FigureRow> &rows, const QString &ours, const QString &other);

// Paints them, each as a line. The row that differs most is not picked out: what matters is the reader's business.
class FigureTable : public QWidget {
public:
    explicit FigureTable(QWidget *parent);
    void setRows(std::vector<FigureRow> rows);
    const std::vector<FigureRow> &rows() const { return m_rows; }
    void setTheme(const widgets::Theme &theme);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double rowHeight() const;

    std::vector<FigureRow> m_rows;
    widgets::Theme m_theme;
};

} // namespace app
