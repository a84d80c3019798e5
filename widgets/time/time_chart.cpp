// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_chart.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace widgets {

using resilience::toSeconds;

namespace {

struct Piece {
    std::vector<QPointF> points;
    QPen pen;
};

// A path across the whole chart takes the rasterizer a time that grows with the square of its width; pieces of it do
// not. Each goes on in the dash pattern where the one before left off.
std::vector<Piece> pieces(const std::vector<QPointF> &run, QPointF scale, QPen pen)
{
    constexpr size_t kPiece = 16; // measured: 8 to 32 cost the same, the whole three times as much
    std::vector<Piece> found;
    double length = 0;
    for (size_t begin = 0; begin < run.size(); begin += kPiece) {
        const size_t end = std::min(run.size(), begin + kPiece + 1); // the last point is the next piece's first
        if (begin > 0 && end - begin < 2)
            break;
        pen.setDashOffset(length / pen.widthF());
        found.push_back(
            {{run.begin() + static_cast<std::ptrdiff_t>(begin), run.begin() + static_cast<std::ptrdiff_t>(end)}, pen});
        for (size_t i = begin + 1; i < end; ++i)
            length += std::hypot((run[i].x() - run[i - 1].x()) * scale.x(), (run[i].y() - run[i - 1].y()) * scale.y());
    }
    return found;
}

} // namespace

struct TimeChart::Scene {
    QGraphicsScene scene;
    QChart *chart = new QChart;
    QValueAxis *time = new QValueAxis;
    QValueAxis *value = new QValueAxis;
    QList<QLineSeries *> lines; // those not needed are hidden
    QSizeF size;

    Scene()
    {
        scene.setItemIndexMethod(QGraphicsScene::NoIndex);
        chart->setAnimationOptions(QChart::NoAnimation);
        chart->setBackgroundVisible(false);
        chart->setPlotAreaBackgroundVisible(false);
        chart->setDropShadowEnabled(false);
        chart->legend()->hide();
        chart->setMargins({});
        chart->layout()->setContentsMargins(0, 0, 0, 0);
        for (QValueAxis *axis : {time, value})
            axis->setVisible(false);
        chart->addAxis(time, Qt::AlignBottom);
        chart->addAxis(value, Qt::AlignLeft);
        scene.addItem(chart);
    }

    void resize(const QSizeF &wanted)
    {
        if (wanted == size)
            return;
        size = wanted;
        scene.setSceneRect(QRectF(QPointF(), size));
        chart->setGeometry(QRectF(QPointF(), size));
        chart->setPlotArea(QRectF(QPointF(), size));
        chart->layout()->activate();
    }

    // Without points the line is hidden, and kept for a later time.
    void setLine(qsizetype index, const std::vector<QPointF> &points, const QPen &pen)
    {
        if (index == lines.size()) {
            auto *line = new QLineSeries;
            chart->addSeries(line);
            line->attachAxis(time);
            line->attachAxis(value);
            lines.append(line);
        }
        QLineSeries *line = lines[index];
        line->setVisible(!points.empty());
        if (points.empty())
            return;
        if (line->pen() != pen)
            line->setPen(pen);
        QList<QPointF> wanted(points.begin(), points.end());
        if (line->points() != wanted)
            line->replace(wanted);
    }
};

TimeChart::TimeChart() : m_scene(std::make_unique<Scene>()) {}
TimeChart::~TimeChart() = default;

void TimeChart::paint(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot,
                      const Theme &theme, double from)
{
    // The chart is laid a little over the plot, for it cuts off the half of a stroke that lies beyond its edge.
    const QRectF target = plot.adjusted(-kOverhang, -kOverhang, kOverhang, kOverhang);
    m_scene->resize(target.size());
    const double seconds = toSeconds(axis.span()) / plot.width() * kOverhang;
    m_scene->time->setRange(toSeconds(axis.from()) - seconds, toSeconds(axis.to()) + seconds);
    const double value = data.top / plot.height() * kOverhang;
    m_scene->value->setRange(-value, data.top + value);

    static const std::vector<QPointF> nothing;
    qsizetype used = 0;
    const QPointF scale(plot.width() / toSeconds(axis.span()), plot.height() / data.top);
    // The first of the legend comes last, on top.
    for (auto entry = data.curves.rbegin(); entry != data.curves.rend(); ++entry) {
        const Curve &curve = *entry;
        const QPen pen = curvePen(curve.look, theme);
        for (const auto &part : curve.parts)
            for (const Piece &piece : pieces(part, scale, pen)) {
                const double right = plot.left() + (piece.points.back().x() - toSeconds(axis.from())) * scale.x();
                m_scene->setLine(used++, right + 4 * pen.widthF() < from ? nothing : piece.points, piece.pen);
            }
    }
    for (qsizetype i = used; i < m_scene->lines.size(); ++i)
        m_scene->setLine(i, nothing, {});

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF part = target;
    part.setLeft(std::clamp(std::floor(from), target.left(), target.right() - 1));
    m_scene->scene.render(&painter, part, part.translated(-target.topLeft()), Qt::IgnoreAspectRatio);
    painter.restore();
}

} // namespace widgets
