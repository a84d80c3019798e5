// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/time_picture.h"

#include <QPixmap>
#include <QWidget>

#include <limits>
#include <memory>
#include <optional>
#include <string>
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
    void setCharts(std::vector<const sim::ChartSpec *> charts);
    // What to show. Paints again only when a pixel would differ. `frontier`: the furthest moment played, where that is
    // after the last event of the history.
    void setFrame(const sim::Snapshot &snapshot, const sim::History &history, Time frontier = resilience::kTimeZero);
    // The same of a run that is held against another one.
    void setSource(TimeSource source, const std::string &scenario);

    const TimePicture &picture() const { return m_picture; }

    // What is in sight: a matter of looking, never of the run. Ctrl and the wheel make it more or less around the
    // pointer, Up and Down around the middle; Shift with Left or Right, a drag on the numbers of the axis or with the
    // middle button moves it; 0 and fit() show the whole run again.
    void zoom(double factor, double x); // above 1: less time in sight; `x` keeps its moment
    void pan(double pixels); // to the right: earlier times come into sight
    void fit();
    bool isZoomed() const { return m_range.has_value(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    // The user wants to be at this moment: within the axis, so it may lie ahead of what was played.
    void scrubbed(resilience::Time t);
    // The user wants this chart on the clipboard, as a picture or as its numbers.
    void pictureWanted(const resilience::sim::ChartSpec *chart);
    void dataWanted(const resilience::sim::ChartSpec *chart);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
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
    void setRange(Time from, Time to);
    void followNow(Time before);
    TimeRange whole() const;
    const sim::ChartSpec *chartAt(double y) const;
    bool viewKey(QKeyEvent *event);
    void scrubTo(double x);
    void hoverAt(std::optional<double> x);

    Theme m_theme = Theme::light();
    std::vector<const sim::ChartSpec *> m_charts;
    size_t m_firstChart = 0;
    TimeSource m_source;
    TimePicture m_picture;
    std::vector<Row> m_rows;
    QPixmap m_apart;
    Kept m_back; // everything that is no chart and not the cursor
    QToolButton *m_chooser;
    QToolButton *m_fit;
    std::optional<TimeRange> m_range; // in sight; none = the whole run
    std::string m_scenario; // whose run it is
    const sim::ChartSpec *m_clicked = nullptr; // the chart that was clicked last
    std::optional<double> m_dragged; // while the time in sight is dragged: the pointer's last x
    std::optional<double> m_hover;
    std::optional<Time> m_scrubbed; // while the button is down: the last moment asked for
};

} // namespace widgets
