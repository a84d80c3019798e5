// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/picture_text.h"

#include "core/io/json/text_file.h"
#include "core/io/picture/picture_session.h"

#include <QString>

#include <filesystem>

namespace app {

using resilience::io::InputError;
using resilience::io::OrError;

namespace {

constexpr size_t kMostPictureBytes = 64 * 1024 * 1024;

bool isPicture(const std::filesystem::path &path)
{
    const QString suffix = QString::fromStdString(path.extension().string()).toLower();
    const bool named =
        suffix == QLatin1String(".png") || suffix == QLatin1String(".svg") || suffix == QLatin1String(".pdf");
    std::error_code ignored;
    return named && std::filesystem::is_regular_file(path, ignored);
}

OrError<std::string> sessionText(const std::string &path)
{
    const auto file = resilience::io::readWholeFile(path, kMostPictureBytes, "a picture of at most 64 MiB");
    if (!file)
        return file.error();
    const auto text = resilience::io::sessionInPicture(*file);
    if (!text)
        return InputError{path, "", "a picture without a session", "one that this program exported", ""};
    return *text;
}

} // namespace

std::optional<OrError<std::string>> textOfPicture(const std::string &path)
{
    return isPicture(path) ? std::optional(sessionText(path)) : std::nullopt;
}

} // namespace app
