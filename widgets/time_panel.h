// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chart_data.h"
#include "widgets/theme.h"
#include "widgets/time_picture.h"

#include <QPixmap>
#include <QWidget>

#include <limits>
#include <memory>
#include <optional>
#include <vector>

class QToolButton;

namespace widgets {

class TimeChart;

// Lanes and charts on one time axis, with one cursor through all. Put it edge to edge into its card: it keeps the
// padding itself and paints the card's ground. Charts that do not fit are reached through a menu on the first one's
// name.
class TimePanel : public QWidget {
    Q_OBJECT

public:
    explicit TimePanel(QWidget *parent = nullptr);
    ~TimePanel() override;

    void setTheme(const Theme &theme);
    void setCharts(std::vector<ChartKind> charts);
    // What to show. Paints again only when a pixel would differ. `frontier`: the furthest moment played, where that is
    // after the last event of the history.
    void setFrame(const sim::Snapshot &snapshot, const sim::History &history, Time frontier = resilience::kTimeZero);

    const TimePicture &picture() const { return m_picture; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    // The user wants to be at this moment: within the axis, so it may lie ahead of what was played.
    void scrubbed(resilience::Time t);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    // Painted once, and again only from where it changed: -infinity for all of it, infinity for nothing.
    struct Kept {
        QPixmap pixmap;
        double staleFrom = -std::numeric_limits<double>::infinity();
    };
    struct Row {
        std::unique_ptr<TimeChart> chart;
        Kept kept;
    };

    void rebuild();
    void markStale(const TimePicture &next);
    void markAllStale();
    void paintBack(QPainter &painter);
    void paintPlotEnd(Kept &kept, TimeChart &chart, size_t index);
    void paintRow(QPainter &painter, size_t index);
    void dressChooser();
    void placeChooser();
    void choose(size_t chart);
    void scrubTo(double x);
    void hoverAt(std::optional<double> x);

    Theme m_theme = Theme::light();
    std::vector<ChartKind> m_charts;
    size_t m_firstChart = 0;
    TimeSource m_source;
    TimePicture m_picture;
    std::vector<Row> m_rows;
    QPixmap m_apart;
    Kept m_back; // everything that is no chart and not the cursor
    QToolButton *m_chooser;
    std::optional<double> m_hover;
    std::optional<Time> m_scrubbed; // while the button is down: the last moment asked for
};

} // namespace widgets
