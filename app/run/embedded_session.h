// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

class QXmlStreamWriter;

// The run that a picture shows travels inside the picture's file, so that opening the picture reopens the moment.
// PNG: a text chunk; SVG: <metadata>; PDF: the XMP packet.
namespace app {

inline constexpr const char *kSessionTextKey = "resilience-lab-session"; // of the PNG text chunk

// Writes the <metadata> element with the session in it.
void writeSession(QXmlStreamWriter &out, const QString &session);
// The same element without <metadata>, as it stands in an XMP packet.
QString sessionElement(const QString &session);

// The session JSON in the bytes of an SVG, PDF or PNG file of ours; none when there is none.
std::optional<QString> sessionInPicture(const QByteArray &file);

} // namespace app
