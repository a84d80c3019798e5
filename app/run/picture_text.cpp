// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/picture_text.h"

#include "app/run/embedded_session.h"

#include <QFile>
#include <QFileInfo>

namespace app {

using resilience::io::InputError;
using resilience::io::OrError;

namespace {

constexpr qint64 kMostPictureBytes = 64 * 1024 * 1024;

bool isPicture(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    const bool named =
        suffix == QLatin1String("png") || suffix == QLatin1String("svg") || suffix == QLatin1String("pdf");
    return named && QFileInfo(path).isFile();
}

OrError<std::string> sessionText(const QString &path)
{
    const std::string name = path.toStdString();
    QFile file(path);
    if (file.size() > kMostPictureBytes)
        return InputError{name, "", std::to_string(file.size()) + " bytes", "a picture of at most 64 MiB", ""};
    if (!file.open(QIODevice::ReadOnly))
        return InputError{name, "", file.errorString().toStdString(), "a picture that can be read", ""};
    const auto text = sessionInPicture(file.readAll());
    if (!text)
        return InputError{name, "", "a picture without a session", "one that this program exported", ""};
    return text->toStdString();
}

} // namespace

std::optional<OrError<std::string>> textOfPicture(const std::string &path)
{
    const QString file = QString::fromStdString(path);
    return isPicture(file) ? std::optional(sessionText(file)) : std::nullopt;
}

} // namespace app
