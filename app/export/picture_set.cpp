// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/picture_set.h"

#include "app/export/chart_picture.h"
#include "app/export/stage_picture.h"
#include "app/export/translation.h"
#include "app/stages/panel_factory.h"
#include "core/duration_text.h"
#include "core/io/scenario/session_json.h"
#include "core/sim/run/snapshot.h"
#include "widgets/time/chart_frame.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience;
using sim::Timeline;
using widgets::Theme;

namespace {

QString momentText(const Timeline &run) { return QString::fromStdString(sim::durationText(run.now())); }

// A picture is laid out for 880 x 495 and grows with its size, so that it is as readable at the back of a hall.
Theme themeOf(const ExportOptions &options)
{
    Theme theme = Theme::make(options.theme, std::min(options.size.width() / 880.0, options.size.height() / 495.0));
    theme.still = true;
    return theme;
}

PictureNote noteOf(const Timeline &run, const ExportOptions &options)
{
    io::Session session = io::sessionOf(run, run.frontier().time_since_epoch());
    session.position = run.now().time_since_epoch();
    if (const auto &beside = options.beside; beside && beside->run.scenario().step == run.scenario().step) {
        const bool sameScenario = beside->run.sharedScenario() == run.sharedScenario();
        session.name = beside->ourName.toStdString();
        session.runs.push_back({beside->name.toStdString(),
                                sameScenario ? std::nullopt : std::optional(beside->run.scenario()), beside->run.seed(),
                                beside->run.journal()});
        session.beside = 0;
    }
    const auto file = io::sessionFile(session); // one that could not be opened again is left out
    return {ExportTr::tr("Scenario %1, seed %2, at %3 of simulated time. Made by Resilience Lab.")
                .arg(QString::fromStdString(run.scenario().name), QString::number(run.seed()), momentText(run)),
            file ? QString::fromStdString(*file) : QString()};
}

// The line at the bottom that tells where a picture comes from.
double captionHeight(const Theme &theme) { return std::round(theme.px(30)); }

void paintCaption(QPainter &painter, const QString &caption, QSizeF size, const Theme &theme)
{
    const double margin = theme.px(16);
    const QRectF line(margin, size.height() - captionHeight(theme), size.width() - 2 * margin, captionHeight(theme));
    painter.setFont(theme.font(widgets::TextSize::Axis));
    painter.setPen(theme.quietInk);
    const QString fitting = QFontMetricsF(painter.font()).elidedText(caption, Qt::ElideRight, line.width());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, fitting);
}

// Ground and caption around what `content` paints into the rest.
template <typename Content>
std::function<void(QPainter &)> framed(const ExportOptions &options, const QString &caption, Content content)
{
    const Theme theme = themeOf(options);
    const QSizeF size = options.size;
    return [=, ground = options.ground](QPainter &painter) {
        if (ground)
            painter.fillRect(QRectF(QPointF(), size), theme.card);
        content(painter, QSizeF(size.width(), size.height() - captionHeight(theme)), theme);
        paintCaption(painter, caption, size, theme);
    };
}

QString captionOf(const Timeline &run, const labs::Lab &lab, const ExportOptions &options)
{
    const sim::Scenario &scenario = run.scenario();
    const QString title = QString::fromStdString(scenario.title.empty() ? scenario.name : scenario.title);
    const QString caption =
        ExportTr::tr("%1 · %2 · seed %3 · %4")
            .arg(QString::fromStdString(lab.title), title, QString::number(run.seed()), momentText(run));
    return options.beside ? ExportTr::tr("%1 · %2, against %3 (grey, dashed)")
                                .arg(caption, options.beside->ourName, options.beside->name)
                          : caption;
}

// What a slide needs to say by itself: step and scenario.
QString headingOf(const Timeline &run, const labs::Lab &lab, const ExportOptions &options)
{
    if (options.beside)
        return ExportTr::tr("%1: %2, against %3")
            .arg(QString::fromStdString(lab.title), options.beside->ourName, options.beside->name);
    const sim::Scenario &scenario = run.scenario();
    return ExportTr::tr("%1: %2").arg(QString::fromStdString(lab.title),
                                      QString::fromStdString(scenario.title.empty() ? scenario.name : scenario.title));
}

// Returns its height. A long one becomes smaller rather than cut.
double paintHeading(QPainter &painter, const QString &heading, QSizeF size, const Theme &theme)
{
    const double margin = theme.px(16);
    const QRectF line(margin, theme.px(10), size.width() - 2 * margin, theme.px(30));
    QFont font = theme.font(widgets::TextSize::State, QFont::Bold);
    const double width = QFontMetricsF(font).horizontalAdvance(heading);
    if (width > line.width())
        font.setPixelSize(std::max(1, static_cast<int>(font.pixelSize() * line.width() / width)));
    painter.setFont(font);
    painter.setPen(theme.ink);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, heading);
    return std::round(line.bottom() + theme.px(6));
}

// Both runs side by side at that moment, each under its name.
std::function<void(QPainter &, QSizeF, const Theme &)> twoStages(const Timeline &run, labs::PanelKind kind,
                                                                 sim::Snapshot ours, const ExportOptions &options)
{
    Timeline other = options.beside->run;
    other.runTo(run.now());
    sim::Snapshot theirs = sim::snapshotOf(other);
    theirs.beside = sim::CorrectRun().beside(other);
    return [kind, ours = std::move(ours), theirs = std::move(theirs), ourName = options.beside->ourName,
            otherName = options.beside->name](QPainter &painter, QSizeF size, const Theme &theme) {
        Theme half = Theme::make(theme.kind, theme.scale * 0.8);
        half.still = true;
        const double top = std::round(half.px(34));
        const double width = std::floor(size.width() / 2);
        const auto side = [&](const sim::Snapshot &snapshot, const QString &name, bool isOurs, double left) {
            painter.save();
            painter.translate(left, 0);
            QPen pen(isOurs ? half.inFlight.line : half.quietInk, half.px(3));
            pen.setCapStyle(Qt::FlatCap);
            if (!isOurs)
                pen.setDashPattern({2.4, 1.4});
            painter.setPen(pen);
            const double middle = top / 2 + half.px(3);
            painter.drawLine(QPointF(half.px(16), middle), QPointF(half.px(44), middle));
            painter.setPen(half.ink);
            painter.setFont(half.font(widgets::TextSize::Body, QFont::DemiBold));
            const QString fitting = QFontMetricsF(painter.font()).elidedText(name, Qt::ElideRight, width - half.px(70));
            painter.drawText(QRectF(half.px(52), half.px(3), width - half.px(60), top), Qt::AlignVCenter, fitting);
            painter.translate(0, top);
            paintStage(painter, kind, snapshot, QSizeF(width, size.height() - top), half);
            painter.restore();
        };
        side(ours, ourName, true, 0);
        side(theirs, otherName, false, width);
    };
}

NotedPicture stageOf(const Timeline &run, const labs::Lab &lab, labs::PanelKind kind, const QString &name,
                     const ExportOptions &options)
{
    const QString title = ExportTr::tr("%1: stage at %2").arg(QString::fromStdString(lab.title), momentText(run));
    sim::Snapshot snapshot = sim::snapshotOf(run);
    snapshot.beside = sim::CorrectRun().beside(run);
    if (options.beside)
        return {{name, title, options.size,
                 framed(options, captionOf(run, lab, options), twoStages(run, kind, std::move(snapshot), options))},
                noteOf(run, options)};
    const auto content = [kind, snapshot](QPainter &painter, QSizeF size, const Theme &theme) {
        paintStage(painter, kind, snapshot, size, theme);
    };
    return {{name, title, options.size, framed(options, captionOf(run, lab, options), content)}, noteOf(run, options)};
}

} // namespace

QString fileNameOf(const Timeline &run, const labs::Lab &lab, const ExportOptions &options)
{
    QString name = QString::fromStdString(lab.id + '-' + run.scenario().name);
    for (QChar &letter : name) // a scenario's name may be anything
        if (!letter.isLetterOrNumber() && letter != u'-' && letter != u'_')
            letter = u'-';
    return options.beside ? name + QStringLiteral("-compared") : name;
}

widgets::TimeSource timeSourceOf(const Timeline &run, const ExportOptions &options)
{
    widgets::TimeSource source = widgets::timeSourceOf(sim::snapshotOf(run), run.history(), run.frontier());
    if (const auto &beside = options.beside)
        source.beside = {std::make_shared<const widgets::TimeSource>(widgets::timeSourceOf(
                             sim::snapshotOf(beside->run), beside->run.history(), beside->run.frontier())),
                         beside->name, beside->firstDifference};
    if (options.many)
        source.many = options.many->band;
    return source;
}

NotedPicture chartPicture(const Timeline &run, const labs::Lab &lab, const sim::ChartSpec &chart,
                          const ExportOptions &options)
{
    const QString title = ExportTr::tr("%1: %2 up to %3")
                              .arg(QString::fromStdString(lab.title), widgets::chartName(chart),
                                   QString::fromStdString(sim::durationText(run.frontier())));
    const auto content = [&chart, source = timeSourceOf(run, options),
                          heading = headingOf(run, lab, options)](QPainter &painter, QSizeF size, const Theme &theme) {
        const double top = paintHeading(painter, heading, size, theme);
        painter.save();
        painter.translate(0, top);
        paintChart(painter, chart, source, QSizeF(size.width(), size.height() - top), theme);
        painter.restore();
    };
    const QString name = fileNameOf(run, lab, options) + u'-' + QString::fromStdString(std::string(chart.id));
    return {{name, title, options.size, framed(options, captionOf(run, lab, options), content)}, noteOf(run, options)};
}

NotedPicture manyRunsPicture(const Timeline &run, const labs::Lab &lab, const ExportOptions &options)
{
    const auto content = [many = options.many, heading = headingOf(run, lab, options)](QPainter &painter, QSizeF size,
                                                                                       const Theme &theme) {
        const double top = paintHeading(painter, heading, size, theme);
        painter.save();
        painter.translate(0, top);
        const QSizeF room(size.width(), size.height() - top);
        widgets::paintMany(painter, many->picture, widgets::layoutMany(many->picture, room, theme), theme);
        painter.restore();
    };
    const QString title = ExportTr::tr("%1: many runs").arg(QString::fromStdString(lab.title));
    return {{fileNameOf(run, lab, options) + QStringLiteral("-many"), title, options.size,
             framed(options, captionOf(run, lab, options), content)},
            noteOf(run, options)};
}

std::vector<NotedPicture> picturesOf(const Timeline &run, const labs::Lab &lab, const ExportOptions &options)
{
    std::vector<NotedPicture> pictures;
    for (size_t i = 0; i < lab.panels.size(); ++i) {
        const QString name =
            fileNameOf(run, lab, options) + QStringLiteral("-stage") + (i == 0 ? QString() : QString::number(i + 1));
        pictures.push_back(stageOf(run, lab, lab.panels[i], name, options));
        if (!options.at)
            continue;
        Timeline then = run;
        then.runTo(*options.at);
        const QString moment = QString::number(toSeconds(*options.at), 'g', 12);
        pictures.push_back(stageOf(then, lab, lab.panels[i], name + QStringLiteral("-at-%1s").arg(moment), options));
    }
    for (const sim::ChartSpec *chart : lab.charts)
        pictures.push_back(chartPicture(run, lab, *chart, options));
    if (options.many)
        pictures.push_back(manyRunsPicture(run, lab, options));
    return pictures;
}

} // namespace app
