// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace app {

struct OutputFile {
    QString name; // within the folder
    QByteArray bytes;
};

// Writes all of the files into the folder, which is made when it is missing, or, failing that, none: nothing is left
// behind, and files of the same names keep their old contents. The result is the reason of the failure.
std::optional<QString> writeAll(const QString &folder, const std::vector<OutputFile> &files);

} // namespace app
