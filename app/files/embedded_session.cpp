// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/embedded_session.h"

#include "core/io/picture/picture_session.h"

#include <QXmlStreamWriter>

namespace app {

using namespace resilience;

void writeSession(QXmlStreamWriter &out, const QString &session)
{
    out.writeStartElement("metadata");
    out.writeStartElement("lab:session");
    out.writeNamespace(io::kSessionNamespace, "lab");
    out.writeCharacters(session);
    out.writeEndElement();
    out.writeEndElement();
}

QString sessionElement(const QString &session)
{
    return QLatin1String(io::kSessionElementOpening) + session.toHtmlEscaped()
           + QLatin1String(io::kSessionElementClosing);
}

} // namespace app
