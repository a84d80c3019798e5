// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/file_batch.h"

#include "app/files/whole_file.h"

#include <QFile>

#include <string_view>

namespace app {

namespace fs = std::filesystem;
using resilience::io::InputError;

namespace {

// Makes the folder, and takes what it made away again when nothing came into it.
class NewFolder {
public:
    explicit NewFolder(const fs::path &folder)
    {
        std::error_code ignored;
        for (fs::path at = fs::absolute(folder, ignored); !fs::exists(at, ignored) && at.has_relative_path();
             at = at.parent_path())
            if (at.has_filename())
                m_missing.push_back(at);
        fs::create_directories(folder, failure);
        if (!failure && !fs::is_directory(folder))
            failure = std::make_error_code(std::errc::not_a_directory);
    }
    ~NewFolder()
    {
        std::error_code ignored;
        for (const fs::path &made : m_missing)
            fs::remove(made, ignored); // only what is empty goes
    }
    NewFolder(const NewFolder &) = delete;
    NewFolder &operator=(const NewFolder &) = delete;

    std::error_code failure;

private:
    std::vector<fs::path> m_missing; // innermost first
};

BatchFailure failed(const InputError &error, bool badFolder) { return {error.message(), badFolder}; }

} // namespace

fs::path placeOf(const OutputFile &file, const fs::path &folder)
{
    return folder / QFile::encodeName(file.name).toStdString();
}

std::optional<BatchFailure> writeAll(const fs::path &folder, const std::vector<OutputFile> &files)
{
    const NewFolder made(folder);
    if (made.failure)
        return failed({folder.string(), "", made.failure.message(), "a folder, or a place for a new one", ""}, true);
    std::vector<WholeFile> open;
    for (const OutputFile &file : files) {
        auto whole = WholeFile::create(placeOf(file, folder).string());
        if (!whole)
            return failed(whole.error(), true);
        whole->stream() << std::string_view(file.bytes.constData(), static_cast<size_t>(file.bytes.size()));
        if (const auto error = whole->flush())
            return failed(*error, false);
        open.push_back(std::move(*whole));
    }
    for (WholeFile &file : open)
        if (const auto error = file.commit())
            return failed(*error, false);
    return std::nullopt;
}

} // namespace app
