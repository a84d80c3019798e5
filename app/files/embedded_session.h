// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QXmlStreamWriter;

// Writes a session into a picture that is made; core/io/picture reads it again.
namespace app {

// Writes the <metadata> element with the session in it.
void writeSession(QXmlStreamWriter &out, const QString &session);
// The same element without <metadata>, as it stands in an XMP packet.
QString sessionElement(const QString &session);

} // namespace app
