// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/embedded_session.h"

#include <QBuffer>
#include <QImageReader>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

namespace app {
namespace {

constexpr auto kNamespace = "urn:resilience-lab:session";
constexpr auto kOpening = "<lab:session xmlns:lab=\"urn:resilience-lab:session\">";
constexpr auto kClosing = "</lab:session>";

std::optional<QString> sessionInPng(const QByteArray &file)
{
    QBuffer buffer;
    buffer.setData(file);
    QImageReader reader(&buffer, "png");
    const QString session = reader.text(kSessionTextKey);
    return session.isEmpty() ? std::nullopt : std::optional(session);
}

} // namespace

void writeSession(QXmlStreamWriter &out, const QString &session)
{
    out.writeStartElement("metadata");
    out.writeStartElement("lab:session");
    out.writeNamespace(kNamespace, "lab");
    out.writeCharacters(session);
    out.writeEndElement();
    out.writeEndElement();
}

QString sessionElement(const QString &session)
{
    return QLatin1String(kOpening) + session.toHtmlEscaped() + QLatin1String(kClosing);
}

std::optional<QString> sessionInPicture(const QByteArray &file)
{
    if (file.startsWith("\x89PNG"))
        return sessionInPng(file);
    // A PDF is no XML, so the element is looked for as text and only then read as XML.
    const qsizetype from = file.indexOf(kOpening);
    const qsizetype to = file.indexOf(kClosing, from);
    if (from < 0 || to < 0)
        return std::nullopt;
    QXmlStreamReader element(file.mid(from, to - from) + kClosing);
    element.readNextStartElement();
    const QString session = element.readElementText();
    return element.hasError() ? std::nullopt : std::optional(session);
}

} // namespace app
