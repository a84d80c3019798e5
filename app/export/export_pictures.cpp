// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/export_pictures.h"

#include "app/export/file_batch.h"
#include "app/export/picture_pdf.h"
#include "app/export/picture_png.h"
#include "app/export/picture_set.h"
#include "app/export/picture_svg.h"
#include "core/number_text.h"
#include "core/sim/measure/run_figures.h"
#include "widgets/time/chart_csv.h"

#include <QCoreApplication>
#include <QFile>
#include <QMimeData>

#include <algorithm>
#include <array>
#include <iterator>

namespace app {
namespace {

void addTables(std::vector<OutputFile> &files, const widgets::TimeSource &source, const QString &name,
               const QString &suffix, const resilience::labs::Lab &lab)
{
    for (const resilience::sim::ChartSpec *chart : lab.charts)
        files.push_back({name + u'-' + QString::fromStdString(std::string(chart->id)) + suffix,
                         widgets::chartTable(*chart, source).text()});
    files.push_back({name + QStringLiteral("-lanes") + suffix, widgets::lanesTable(source).text()});
}

// The figures of two runs, a row each.
QByteArray figuresTable(const resilience::sim::World &ours, const resilience::sim::World &other)
{
    const auto field = [](std::optional<double> value) {
        return value ? resilience::shortNumber(*value) : std::string();
    };
    widgets::CsvTable table{{"figure", "ours", "other", "difference"}, {}};
    for (const resilience::sim::RunFigure &figure : resilience::sim::runFigures()) {
        const auto mine = figure.read(ours);
        const auto theirs = figure.read(other);
        if (mine || theirs)
            table.rows.push_back({std::string(figure.id), field(mine), field(theirs),
                                  field(mine && theirs ? std::optional(*mine - *theirs) : std::nullopt)});
    }
    return table.text();
}

void addTables(std::vector<OutputFile> &files, const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
               const ExportOptions &options)
{
    const QString name = fileNameOf(run, lab, options);
    const widgets::TimeSource source = timeSourceOf(run, options);
    addTables(files, source, name, QStringLiteral(".csv"), lab);
    if (options.many)
        files.push_back({name + QStringLiteral("-many.csv"), options.many->table});
    if (!options.beside)
        return;
    addTables(files, *source.beside->run, name, QStringLiteral("-other.csv"), lab);
    files.push_back({name + QStringLiteral("-figures.csv"), figuresTable(run.world(), options.beside->run.world())});
}

constexpr std::array kPictureFormats{ExportFormat::Svg, ExportFormat::Pdf, ExportFormat::Png};

QString suffixOf(ExportFormat format)
{
    return format == ExportFormat::Svg   ? QStringLiteral(".svg")
           : format == ExportFormat::Pdf ? QStringLiteral(".pdf")
                                         : QStringLiteral(".png");
}

QByteArray bytesOf(ExportFormat format, const Picture &picture, const PictureNote &note, const ExportOptions &options)
{
    return format == ExportFormat::Svg   ? svgOf(picture, note, options.text)
           : format == ExportFormat::Pdf ? pdfOf(picture, note)
                                         : pngOf(picture, note, options.dpi);
}

QString shown(const QString &name, const std::filesystem::path &folder)
{
    return QFile::decodeName(placeOf({name, {}}, folder).c_str());
}

// Those of the files that are there already.
QStringList existingOf(const std::vector<NotedPicture> &pictures, const std::vector<OutputFile> &tables,
                       const ExportOptions &options, const std::filesystem::path &folder)
{
    QStringList all;
    const auto look = [&](const QString &name) {
        std::error_code ignored;
        if (std::filesystem::exists(placeOf({name, {}}, folder), ignored))
            all.append(shown(name, folder));
    };
    for (const NotedPicture &noted : pictures)
        for (const ExportFormat format : kPictureFormats)
            if (options.makes(format))
                look(noted.picture.name + suffixOf(format));
    for (const OutputFile &table : tables)
        look(table.name);
    return all;
}

std::unique_ptr<QMimeData> forClipboard(const NotedPicture &noted, const ExportOptions &options)
{
    const QImage image = imageOf(noted.picture, options.dpi);
    const QByteArray svg = svgOf(noted.picture, noted.note, options.text);
    if (image.isNull() || svg.isEmpty())
        return nullptr;
    auto data = std::make_unique<QMimeData>();
    data->setImageData(image);
    data->setData(QStringLiteral("image/svg+xml"), svg);
    return data;
}

} // namespace

ExportResult exportPictures(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                            const ExportOptions &options, const std::filesystem::path &folder,
                            const std::function<bool()> &stop)
{
    const std::vector<NotedPicture> pictures = picturesOf(run, lab, options);
    std::vector<OutputFile> tables;
    if (options.makes(ExportFormat::Csv))
        addTables(tables, run, lab, options);
    ExportResult result;
    // Before anything is painted, which takes its time.
    if (!options.overwrite)
        result.existing = existingOf(pictures, tables, options, folder);
    if (!result.existing.isEmpty()) {
        result.error = QCoreApplication::translate("Export", "%1: is there already").arg(result.existing.front());
        return result;
    }
    std::vector<OutputFile> files;
    for (const auto &[picture, note] : pictures) {
        if (stop && stop()) {
            result.stopped = true;
            result.error = QCoreApplication::translate("Export", "stopped; nothing is written");
            return result;
        }
        for (const ExportFormat format : kPictureFormats)
            if (options.makes(format))
                files.push_back({picture.name + suffixOf(format), bytesOf(format, picture, note, options)});
    }
    std::move(tables.begin(), tables.end(), std::back_inserter(files));
    for (const OutputFile &file : files)
        if (file.bytes.isEmpty()) {
            result.error =
                QCoreApplication::translate("Export", "%1 could not be made; is it too large?").arg(file.name);
            return result;
        }
    if (const auto failure = writeAll(folder, files)) {
        result.error = QString::fromStdString(failure->why);
        result.badFolder = failure->badFolder;
        return result;
    }
    for (const OutputFile &file : files)
        result.files.append(shown(file.name, folder));
    return result;
}

std::unique_ptr<QMimeData> stageForClipboard(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                                             const ExportOptions &options)
{
    const auto pictures = picturesOf(run, lab, options);
    return pictures.empty() ? nullptr : forClipboard(pictures.front(), options);
}

std::unique_ptr<QMimeData> chartForClipboard(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                                             const resilience::sim::ChartSpec &chart, const ExportOptions &options)
{
    return forClipboard(chartPicture(run, lab, chart, options), options);
}

QByteArray chartData(const resilience::sim::Timeline &run, const resilience::sim::ChartSpec &chart)
{
    return widgets::chartTable(chart, timeSourceOf(run, {})).text();
}

} // namespace app
