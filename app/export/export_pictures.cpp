// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/export_pictures.h"

#include "app/export/file_batch.h"
#include "app/export/picture_pdf.h"
#include "app/export/picture_png.h"
#include "app/export/picture_set.h"
#include "app/export/picture_svg.h"
#include "widgets/time/chart_csv.h"

#include <QCoreApplication>
#include <QFile>
#include <QMimeData>

namespace app {
namespace {

void addTables(std::vector<OutputFile> &files, const resilience::sim::Timeline &run, const resilience::labs::Lab &lab)
{
    const QString name = fileNameOf(run, lab) + u'-';
    const widgets::TimeSource source = timeSourceOf(run);
    for (const resilience::sim::ChartSpec *chart : lab.charts)
        files.push_back({name + QString::fromStdString(std::string(chart->id)) + QStringLiteral(".csv"),
                         widgets::chartTable(*chart, source).text()});
    files.push_back({name + QStringLiteral("lanes.csv"), widgets::lanesTable(source).text()});
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
    ExportResult result;
    std::vector<OutputFile> files;
    for (const auto &[picture, note] : picturesOf(run, lab, options)) {
        if (stop && stop()) {
            result.stopped = true;
            result.error = QCoreApplication::translate("Export", "stopped; nothing is written");
            return result;
        }
        if (options.makes(ExportFormat::Svg))
            files.push_back({picture.name + QStringLiteral(".svg"), svgOf(picture, note, options.text)});
        if (options.makes(ExportFormat::Pdf))
            files.push_back({picture.name + QStringLiteral(".pdf"), pdfOf(picture, note)});
        if (options.makes(ExportFormat::Png))
            files.push_back({picture.name + QStringLiteral(".png"), pngOf(picture, note, options.dpi)});
    }
    if (options.makes(ExportFormat::Csv))
        addTables(files, run, lab);

    for (const OutputFile &file : files)
        if (file.bytes.isEmpty()) {
            result.error =
                QCoreApplication::translate("Export", "%1 could not be made; is it too large?").arg(file.name);
            return result;
        }
    const auto shown = [&](const OutputFile &file) { return QFile::decodeName(placeOf(file, folder).c_str()); };
    std::error_code ignored;
    for (const OutputFile &file : files)
        if (!options.overwrite && std::filesystem::exists(placeOf(file, folder), ignored))
            result.existing.append(shown(file));
    if (!result.existing.isEmpty()) {
        result.error = QCoreApplication::translate("Export", "%1: is there already").arg(result.existing.front());
        return result;
    }
    if (const auto failure = writeAll(folder, files)) {
        result.error = QString::fromStdString(failure->why);
        result.badFolder = failure->badFolder;
        return result;
    }
    for (const OutputFile &file : files)
        result.files.append(shown(file));
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
    return widgets::chartTable(chart, timeSourceOf(run)).text();
}

} // namespace app
