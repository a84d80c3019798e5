// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_panel.h"

#include "widgets/time/chart_ends.h"
#include "widgets/time/chart_frame.h"
#include "widgets/time/lanes_scene.h"
#include "widgets/time/time_chart.h"
#include "widgets/time/time_difference.h"
#include "widgets/time/time_readout.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

namespace {

// Brings a pixmap to this size, in pixels of the widget. True when it had another, and so is empty now.
bool prepared(QPixmap &pixmap, const QSizeF &size, double ratio)
{
    const QSize pixels(static_cast<int>(std::ceil(size.width() * ratio)),
                       static_cast<int>(std::ceil(size.height() * ratio)));
    if (pixmap.size() == pixels && pixmap.devicePixelRatio() == ratio)
        return false;
    pixmap = QPixmap(pixels);
    pixmap.setDevicePixelRatio(ratio);
    return true;
}

} // namespace

TimePanel::TimePanel(QWidget *parent) : QWidget(parent), m_chooser(new QToolButton(this)), m_fit(new QToolButton(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Time axis with lanes and charts"));
    m_chooser->setObjectName(QStringLiteral("chartChooser"));
    m_chooser->setAutoRaise(true);
    m_chooser->setPopupMode(QToolButton::InstantPopup);
    m_chooser->setAccessibleName(tr("Chart"));
    m_chooser->setToolTip(tr("Choose the chart"));
    m_chooser->setMenu(new QMenu(m_chooser));
    m_chooser->hide();
    m_fit->setObjectName(QStringLiteral("timeFit"));
    m_fit->setAutoRaise(true);
    m_fit->setText(tr("whole run"));
    m_fit->setToolTip(tr("Show the whole run again (0)"));
    m_fit->setFocusPolicy(Qt::TabFocus);
    m_fit->hide();
    connect(m_fit, &QToolButton::clicked, this, &TimePanel::fit);
    dressChooser();
    setCharts(sim::chartsNamed({"outcomes", "latency"}));
}

TimePanel::~TimePanel() = default;

void TimePanel::setTheme(const Theme &theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    dressChooser();
    markAllStale();
    updateGeometry();
    rebuild();
    update();
}

void TimePanel::setCharts(std::vector<const sim::ChartSpec *> charts)
{
    m_charts = std::move(charts);
    m_firstChart = 0;
    m_clicked = nullptr;
    m_range.reset();
    m_rows.clear();
    m_chooser->menu()->clear();
    for (size_t i = 0; i < m_charts.size(); ++i) {
        m_rows.push_back({std::make_unique<TimeChart>(), {{}, kFromTheStart}});
        connect(m_chooser->menu()->addAction(chartName(*m_charts[i])), &QAction::triggered, this,
                [this, i] { choose(i); });
    }
    updateGeometry();
    rebuild();
    update();
}

void TimePanel::setFrame(const sim::Snapshot &snapshot, const sim::History &history, Time frontier)
{
    setSource(timeSourceOf(snapshot, history, frontier), snapshot.scenario);
}

void TimePanel::setSource(TimeSource source, const std::string &scenario)
{
    const Time before = m_source.now;
    m_source = std::move(source);
    if (m_scenario != scenario)
        m_range.reset();
    m_scenario = scenario;
    followNow(before);
    rebuild();
}

QSize TimePanel::sizeHint() const
{
    const TimeLayoutRequest all{
        {}, std::clamp<size_t>(m_source.states.size(), 1, kMostStateLanes), 1, m_charts.size(), 1, 0};
    return {1024, static_cast<int>(comfortableHeight(all, m_theme))};
}

QSize TimePanel::minimumSizeHint() const
{
    const TimeLayoutRequest one{{}, 1, 1, m_charts.size(), 1, 0};
    return {static_cast<int>(m_theme.px(320)), static_cast<int>(leastHeight(one, m_theme))};
}

void TimePanel::choose(size_t chart)
{
    m_firstChart = chart;
    rebuild();
}

// Works the picture out anew, and paints if it looks different.
void TimePanel::rebuild()
{
    TimePicture next = timePictureOf(
        m_source, {QSizeF(size()), m_charts, m_firstChart, true, false, m_range, devicePixelRatioF()}, m_theme);
    const bool same = next.looksLike(m_picture);
    if (!same)
        markStale(next);
    const bool sameLayout = next.layout == m_picture.layout && next.charts == m_picture.charts;
    m_picture = std::move(next);
    if (same)
        return;
    if (!sameLayout)
        placeChooser();
    setAccessibleDescription(readoutOf(m_picture, m_picture.cursor).sentence());
    update();
}

// A part stays as it was painted unless something that it shows has changed.
void TimePanel::markStale(const TimePicture &next)
{
    m_back.staleFrom = std::min(m_back.staleFrom, lanesDifferFrom(m_picture, next));
    for (size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i].kept.staleFrom = std::min(m_rows[i].kept.staleFrom, chartDiffersFrom(m_picture, next, i));
}

void TimePanel::markAllStale()
{
    m_back.staleFrom = kFromTheStart;
    for (Row &row : m_rows)
        row.kept.staleFrom = kFromTheStart;
}

void TimePanel::dressChooser()
{
    const QFont font = m_theme.font(TextSize::Label);
    for (QToolButton *button : {m_chooser, m_fit}) {
        button->setFont(font);
        // As large as what is painted beside it, whatever the program's own style says; the text has an arrow.
        button->setStyleSheet(
            QStringLiteral("QToolButton { font-size: %1px; } QToolButton::menu-indicator { image: none; }")
                .arg(font.pixelSize()));
        button->setPalette(m_theme.palette());
    }
}

void TimePanel::placeChooser()
{
    m_fit->setVisible(isZoomed());
    const QSize fitSize = m_fit->sizeHint();
    m_fit->setGeometry(static_cast<int>(m_picture.layout.gutterLeft), static_cast<int>(m_picture.layout.ticks.top()),
                       std::min(fitSize.width(), static_cast<int>(m_picture.layout.axisLeft - m_theme.px(24))),
                       static_cast<int>(m_picture.layout.ticks.height()));
    const bool needed = m_picture.charts.size() < m_charts.size() && !m_picture.charts.empty();
    m_chooser->setVisible(needed);
    if (!needed)
        return;
    const QRectF header = m_picture.layout.charts.front().header;
    m_chooser->setText(m_picture.charts.front().title + QStringLiteral(" ▾"));
    const QSize wanted = m_chooser->sizeHint();
    const int height = static_cast<int>(m_theme.px(22));
    const int inset = (wanted.width() - m_chooser->fontMetrics().horizontalAdvance(m_chooser->text())) / 2;
    m_chooser->setGeometry(static_cast<int>(header.left()) - inset, static_cast<int>(header.top()), wanted.width(),
                           height);
}

void TimePanel::paintBack(QPainter &painter)
{
    if (prepared(m_back.pixmap, size(), devicePixelRatioF()))
        m_back.staleFrom = kFromTheStart;
    if (m_back.staleFrom < width()) {
        const double from = std::max(0.0, std::floor(m_back.staleFrom));
        QPainter inside(&m_back.pixmap);
        inside.setClipRect(QRectF(from, 0, width() - from, height()));
        inside.fillRect(rect(), m_theme.card);
        paintLanes(inside, m_picture.lanes, m_picture.layout, m_theme, from);
        paintTicks(inside, m_picture.axis, m_picture.layout, m_theme);
    }
    m_back.staleFrom = kNowhere;
    painter.drawPixmap(0, 0, m_back.pixmap);
}

// Qt Charts replaces our clip by its own, so the part is painted apart and then put in its place. Apart is just as
// large: dashes cut off at the edge of a smaller pixmap go on out of step.
void TimePanel::paintPlotEnd(Kept &kept, TimeChart &chart, size_t index)
{
    constexpr double over = TimeChart::kOverhang;
    const double ratio = devicePixelRatioF();
    const QPointF origin = chartArea(m_picture.layout, index).topLeft();
    QRectF part = m_picture.layout.charts[index].plot.adjusted(0, -over, over, over).translated(-origin);
    part.setLeft(std::floor(kept.staleFrom * ratio) / ratio);
    part.setTop(std::floor(part.top() * ratio) / ratio);
    prepared(m_apart, size(), ratio);
    QPainter apart(&m_apart);
    apart.fillRect(part, m_theme.card);
    apart.translate(-origin);
    paintPlot(apart, chart, m_picture, index, m_theme, part.left());
    apart.end();
    QPainter(&kept.pixmap).drawPixmap(part.topLeft(), m_apart, QRectF(part.topLeft() * ratio, part.size() * ratio));
}

void TimePanel::paintRow(QPainter &painter, size_t index)
{
    Kept &kept = m_rows[index].kept;
    TimeChart &chart = *m_rows[index].chart;
    const QRectF area = chartArea(m_picture.layout, index);
    if (prepared(kept.pixmap, area.size(), devicePixelRatioF()))
        kept.staleFrom = kFromTheStart;
    if (kept.staleFrom <= m_picture.axis.left()) {
        kept.pixmap.fill(m_theme.card);
        QPainter inside(&kept.pixmap);
        inside.translate(-area.topLeft());
        paintChartRow(inside, chart, m_picture, index, index > 0 || m_chooser->isHidden(), m_theme);
    } else if (kept.staleFrom < m_picture.axis.right() + TimeChart::kOverhang) {
        paintPlotEnd(kept, chart, index);
    }
    kept.staleFrom = kNowhere;
    painter.drawPixmap(area.topLeft(), kept.pixmap);
}

void TimePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBack(painter);
    for (size_t i = 0; i < m_picture.charts.size() && i < m_rows.size(); ++i)
        paintRow(painter, i);
    paintChartNotes(painter, m_picture, m_theme);
    paintCursor(painter, m_picture, {.focused = hasFocus()}, m_theme);
    paintDifference(painter, m_picture, m_theme);
    if (m_hover && !m_scrubbed)
        paintReadout(painter, readoutOf(m_picture, *m_hover), m_picture.layout, m_theme);
}

void TimePanel::resizeEvent(QResizeEvent *) { rebuild(); }

} // namespace widgets
