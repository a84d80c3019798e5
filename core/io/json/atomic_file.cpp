// SPDX-License-Identifier: MIT
#include "core/io/json/atomic_file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace resilience::io {

namespace {

std::string reason(int number) { return std::generic_category().message(number); }

InputError unwritable(const std::string &path, const std::string &why)
{
    return {path, "", why, "a place that can be written to", ""};
}

// 0 when the file could be opened, else the reason.
int tryToOpen(const std::string &path, const char *mode)
{
    errno = 0;
    std::FILE *file = std::fopen(path.c_str(), mode);
    const int why = errno;
    return file ? std::fclose(file) : why;
}

// A new, empty file beside the target; "x" makes sure that it is nobody else's.
OrError<std::string> temporaryBeside(const std::string &target)
{
    const std::filesystem::path place(target);
    int why = 0;
    for (int attempt = 0; attempt < 1000; ++attempt) {
        const std::string name =
            '.' + place.filename().string().substr(0, 200) + '.' + std::to_string(attempt) + ".tmp";
        const std::string path = (place.parent_path() / name).string();
        why = tryToOpen(path, "wbx");
        if (why == 0)
            return path;
        if (why != EEXIST)
            break;
    }
    return unwritable("", reason(why));
}

} // namespace

OrError<AtomicFile> AtomicFile::create(const std::string &path)
{
    namespace fs = std::filesystem;
    std::error_code failure;
    std::string target = path;
    if (fs::is_symlink(fs::symlink_status(path, failure))) {
        const fs::path real = fs::weakly_canonical(path, failure);
        target = failure ? path : real.string();
    }
    const fs::file_status status = fs::status(target, failure);
    if (fs::is_directory(status))
        return unwritable(path, "a directory");
    if (fs::path(target).filename().empty())
        return unwritable(path, "no file name");
    std::string temporary;
    if (!fs::exists(status) || fs::is_regular_file(status)) {
        if (fs::exists(status))
            if (const int why = tryToOpen(target, "r+b"); why != 0)
                return unwritable(path, reason(why));
        auto made = temporaryBeside(target);
        if (!made)
            return unwritable(path, made.error().found);
        temporary = std::move(*made);
    }
    AtomicFile file(path, std::move(target), std::move(temporary));
    if (!file.m_stream)
        return unwritable(path, reason(errno));
    return file;
}

AtomicFile::AtomicFile(std::string path, std::string target, std::string temporary)
    : m_path(std::move(path)), m_target(std::move(target)), m_temporary(std::move(temporary)),
      m_stream(m_temporary.empty() ? m_target : m_temporary, std::ios::binary)
{
}

AtomicFile::AtomicFile(AtomicFile &&other) noexcept
    : m_path(std::move(other.m_path)), m_target(std::move(other.m_target)),
      m_temporary(std::exchange(other.m_temporary, {})), m_stream(std::move(other.m_stream))
{
}

AtomicFile::~AtomicFile()
{
    m_stream.close();
    if (!m_temporary.empty())
        std::remove(m_temporary.c_str());
}

std::optional<InputError> AtomicFile::commit()
{
    m_stream.close();
    if (!m_stream)
        return unwritable(m_path, "a write error");
    if (m_temporary.empty())
        return std::nullopt;
    if (std::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        return unwritable(m_path, reason(errno));
    m_temporary.clear();
    return std::nullopt;
}

std::optional<InputError> AtomicFile::write(const std::string &path, const std::string &text)
{
    auto file = create(path);
    if (!file)
        return file.error();
    file->stream() << text;
    return file->commit();
}

} // namespace resilience::io
