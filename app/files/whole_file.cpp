// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/whole_file.h"

#include "app/files/new_file.h"

#include <array>
#include <cerrno>
#include <filesystem>
#include <streambuf>
#include <system_error>
#include <utility>

namespace app {

namespace fs = std::filesystem;
using resilience::io::InputError;
using resilience::io::OrError;

// Keeps the first reason why something could not be written.
class WholeFile::Buffer : public std::streambuf {
public:
    Buffer() { setp(m_text.data(), m_text.data() + m_text.size()); }

    NewFile file;
    int failure = 0; // errno

protected:
    int_type overflow(int_type character) override
    {
        if (sync() != 0)
            return traits_type::eof();
        if (!traits_type::eq_int_type(character, traits_type::eof()))
            sputc(traits_type::to_char_type(character));
        return traits_type::not_eof(character);
    }
    int sync() override
    {
        if (failure == 0)
            failure = file.write({pbase(), static_cast<size_t>(pptr() - pbase())});
        setp(m_text.data(), m_text.data() + m_text.size());
        return failure == 0 ? 0 : -1;
    }

private:
    std::array<char, 65536> m_text;
};

namespace {

InputError unwritable(const std::string &path, const std::string &why)
{
    return {path, "", why, "a place that can be written to", ""};
}
InputError unwritable(const std::string &path, int why)
{
    return unwritable(path, std::generic_category().message(why));
}

// Where the path leads to, when its last part is a link; what that names need not be there.
fs::path withoutLink(fs::path path)
{
    constexpr int kMostLinks = 40;
    std::error_code failure;
    for (int i = 0; i < kMostLinks && fs::is_symlink(fs::symlink_status(path, failure)); ++i)
        path = path.parent_path() / fs::read_symlink(path, failure);
    return path;
}

} // namespace

OrError<WholeFile> WholeFile::create(const std::string &path)
{
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (fs::is_directory(status))
        return unwritable(path, "a directory");
    if (!fs::path(path).has_filename())
        return unwritable(path, "no file name");
    auto buffer = std::make_unique<Buffer>();
    const bool device = fs::exists(status) && !fs::is_regular_file(status);
    if (const int why = device ? buffer->file.openDevice(path) : buffer->file.make(withoutLink(path)); why != 0)
        return unwritable(path, why);
    return WholeFile(path, std::move(buffer));
}

WholeFile::WholeFile(std::string path, std::unique_ptr<Buffer> buffer)
    : m_path(std::move(path)), m_buffer(std::move(buffer)), m_stream(std::make_unique<std::ostream>(m_buffer.get()))
{
}

WholeFile::WholeFile(WholeFile &&) noexcept = default;
WholeFile::~WholeFile() = default;

std::optional<InputError> WholeFile::flush()
{
    m_stream->flush();
    if (m_buffer->failure != 0)
        return unwritable(m_path, m_buffer->failure);
    return *m_stream ? std::nullopt : std::optional(unwritable(m_path, "a write error"));
}

std::optional<InputError> WholeFile::commit()
{
    if (auto error = flush())
        return error;
    const int why = m_buffer->file.put();
    return why == 0 ? std::nullopt : std::optional(unwritable(m_path, why));
}

std::optional<InputError> WholeFile::write(const std::string &path, const std::string &text)
{
    auto file = create(path);
    if (!file)
        return file.error();
    file->stream() << text;
    return file->commit();
}

} // namespace app
