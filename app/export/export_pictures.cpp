// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/export_pictures.h"

#include "app/export/file_batch.h"
#include "app/export/picture_pdf.h"
#include "app/export/picture_png.h"
#include "app/export/picture_set.h"
#include "app/export/picture_svg.h"
#include "app/panel_factory.h"
#include "widgets/chart_csv.h"

#include <QCoreApplication>
#include <QDir>
#include <QMimeData>

namespace app {
namespace {

void addTables(std::vector<OutputFile> &files, const resilience::sim::Timeline &run, const resilience::labs::Lab &lab)
{
    const QString step = QString::fromStdString(lab.id) + u'-';
    const widgets::TimeSource source = timeSourceOf(run);
    for (const resilience::labs::ChartKind kind : lab.charts)
        files.push_back(
            {step + fileNameOf(kind) + QStringLiteral(".csv"), widgets::chartTable(chartOf(kind), source).text()});
    files.push_back({step + QStringLiteral("lanes.csv"), widgets::lanesTable(source).text()});
}

} // namespace

ExportResult exportPictures(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                            const ExportOptions &options, const QString &folder)
{
    std::vector<OutputFile> files;
    for (const auto &[picture, note] : picturesOf(run, lab, options)) {
        if (options.makes(ExportFormat::Svg))
            files.push_back({picture.name + QStringLiteral(".svg"), svgOf(picture, note)});
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
    if (pictures.empty())
        return nullptr;
    const auto &[picture, note] = pictures.front();
    const QImage image = imageOf(picture, options.dpi);
    const QByteArray svg = svgOf(picture, note);
    if (image.isNull() || svg.isEmpty())
        return nullptr;
    auto data = std::make_unique<QMimeData>();
    data->setImageData(image);
    data->setData(QStringLiteral("image/svg+xml"), svg);
    return data;
}

} // namespace app
