// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/export_pictures.h"

#include "app/export/file_batch.h"
#include "app/export/picture_pdf.h"
#include "app/export/picture_png.h"
#include "app/export/picture_set.h"
#include "app/export/picture_svg.h"
#include "widgets/time/chart_csv.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
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
                            const ExportOptions &options, const QString &folder)
{
    std::vector<OutputFile> files;
    for (const auto &[picture, note] : picturesOf(run, lab, options)) {
        if (options.makes(ExportFormat::Svg))
            files.push_back({picture.name + QStringLiteral(".svg"), svgOf(picture, note, options.text)});
        if (options.makes(ExportFormat::Pdf))
            files.push_back({picture.name + QStringLiteral(".pdf"), pdfOf(picture, note)});
        if (options.makes(ExportFormat::Png))
            files.push_back({picture.name + QStringLiteral(".png"), pngOf(picture, note, options.dpi)});
    }
    if (options.makes(ExportFormat::Csv))
        addTables(files, run, lab);

    ExportResult result;
    for (const OutputFile &file : files)
        if (file.bytes.isEmpty()) {
            result.error =
                QCoreApplication::translate("Export", "%1 could not be made; is it too large?").arg(file.name);
            return result;
        }
    for (const OutputFile &file : files)
        if (const QString path = QDir(folder).filePath(file.name); !options.overwrite && QFileInfo::exists(path))
            result.existing.append(path);
    if (!result.existing.isEmpty()) {
        result.error = QCoreApplication::translate("Export", "%1: is there already").arg(result.existing.front());
        return result;
    }
    result.error = writeAll(folder, files);
    result.badFolder = result.error.has_value();
    if (!result.error)
        for (const OutputFile &file : files)
            result.files.append(QDir(folder).filePath(file.name));
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
