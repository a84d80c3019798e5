// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <filesystem>
#include <optional>
#include <vector>

namespace app {

struct OutputFile {
    QString name; // within the folder
    QByteArray bytes;
};

// Where that file goes.
std::filesystem::path placeOf(const OutputFile &file, const std::filesystem::path &folder);

struct BatchFailure {
    std::string why; // in the command line's words
    bool badFolder = false; // another one may do; else it is the machine that failed
};

// Writes all of the files into the folder, which is made when it is missing, or, failing that, none: nothing is left
// behind, and files of the same names keep their old contents.
std::optional<BatchFailure> writeAll(const std::filesystem::path &folder, const std::vector<OutputFile> &files);

} // namespace app
