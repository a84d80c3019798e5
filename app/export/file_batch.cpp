// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/file_batch.h"

#include "app/export/translation.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <memory>

namespace app {
namespace {

// The folders that have to be made for `folder` to exist, innermost first.
QStringList missingFolders(const QString &folder)
{
    QStringList missing;
    for (QString at = QDir::cleanPath(QDir(folder).absolutePath()); !QFileInfo::exists(at) && !QDir(at).isRoot();
         at = QFileInfo(at).path())
        missing.append(at);
    return missing;
}

std::optional<QString> writeInto(const QString &folder, const std::vector<OutputFile> &files)
{
    std::vector<std::unique_ptr<QSaveFile>> open;
    for (const OutputFile &file : files) {
        auto save = std::make_unique<QSaveFile>(QDir(folder).filePath(file.name));
        if (!save->open(QIODevice::WriteOnly) || save->write(file.bytes) != file.bytes.size() || !save->flush())
            return ExportTr::tr("%1: cannot be written: %2").arg(save->fileName(), save->errorString());
        open.push_back(std::move(save));
    }
    for (const auto &save : open)
        if (!save->commit())
            return ExportTr::tr("%1: cannot be written: %2").arg(save->fileName(), save->errorString());
    return std::nullopt;
}

} // namespace

std::optional<QString> writeAll(const QString &folder, const std::vector<OutputFile> &files)
{
    const QStringList missing = missingFolders(folder);
    std::optional<QString> failure;
    if (QFileInfo(folder).exists() && !QFileInfo(folder).isDir())
        failure = ExportTr::tr("%1: is a file; expected a folder").arg(folder);
    else if (!QDir().mkpath(folder))
        failure = ExportTr::tr("%1: the folder cannot be made").arg(folder);
    else
        failure = writeInto(folder, files);
    if (failure)
        for (const QString &made : missing)
            QDir().rmdir(made); // only what is empty goes
    return failure;
}

} // namespace app
