// SPDX-License-Identifier: MIT
#include "core/io/json/text_file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

namespace resilience::io {

OrError<std::string> readWholeFile(const std::string &path, size_t most, const std::string &expected)
{
    namespace fs = std::filesystem;
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (!fs::exists(status))
        return InputError{path, "", status.type() == fs::file_type::not_found ? "no such file" : failure.message(),
                          expected, ""};
    if (!fs::is_regular_file(status))
        return InputError{path, "", fs::is_directory(status) ? "a directory" : "a device or pipe", expected, ""};
    const auto size = fs::file_size(path, failure);
    if (!failure && size > most)
        return InputError{path, "", std::to_string(size) + " bytes", expected, ""};

    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return InputError{path, "", std::generic_category().message(errno), expected, ""};
    // To the end, not to its size: it may have grown since.
    std::string text;
    std::vector<char> piece(65536);
    while (file && text.size() <= most) {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        text.append(piece.data(), static_cast<size_t>(file.gcount()));
    }
    if (file.bad())
        return InputError{path, "", "a read error", expected, ""};
    if (text.size() > most)
        return InputError{path, "", "more than " + std::to_string(most) + " bytes", expected, ""};
    return text;
}

OrError<std::string> readTextFile(const std::string &path)
{
    return readWholeFile(path, kMaxFileBytes, "a file of at most 1 MiB that can be read");
}

} // namespace resilience::io
