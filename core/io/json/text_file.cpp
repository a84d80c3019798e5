// SPDX-License-Identifier: MIT
#include "core/io/json/text_file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace resilience::io {

namespace {

const std::string kExpected = "a file of at most 1 MiB that can be read";

} // namespace

OrError<std::string> readTextFile(const std::string &path)
{
    namespace fs = std::filesystem;
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (!fs::exists(status))
        return InputError{path, "", status.type() == fs::file_type::not_found ? "no such file" : failure.message(),
                          kExpected, ""};
    if (!fs::is_regular_file(status))
        return InputError{path, "", fs::is_directory(status) ? "a directory" : "a device or pipe", kExpected, ""};
    const auto size = fs::file_size(path, failure);
    if (!failure && size > kMaxFileBytes)
        return InputError{path, "", std::to_string(size) + " bytes", kExpected, ""};

    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return InputError{path, "", std::generic_category().message(errno), kExpected, ""};
    // One byte more than allowed tells whether the file has grown since.
    std::string text(kMaxFileBytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad())
        return InputError{path, "", "a read error", kExpected, ""};
    text.resize(static_cast<size_t>(file.gcount()));
    if (text.size() > kMaxFileBytes)
        return InputError{path, "", "more than 1 MiB", kExpected, ""};
    return text;
}

} // namespace resilience::io
