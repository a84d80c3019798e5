// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/picture_pdf.h"

#include "app/files/embedded_session.h"

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

namespace app {
namespace {

QByteArray xmpPacket(const Picture &picture, const PictureNote &note)
{
    const QString packet = QStringLiteral(R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%1</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">%2</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>Resilience Lab</xmp:CreatorTool>
%3
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
)");
    return packet
        .arg(picture.title.toHtmlEscaped(), note.description.toHtmlEscaped(),
             note.session.isEmpty() ? QString() : sessionElement(note.session))
        .toUtf8();
}

} // namespace

QByteArray pdfOf(const Picture &picture, const PictureNote &note)
{
    // Fine enough for hairlines to land where they belong; what is painted is in px at 96 dpi.
    constexpr int resolution = 1200;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setTitle(picture.title);
        writer.setCreator("Resilience Lab");
        writer.setResolution(resolution);
        writer.setPageSize(QPageSize(picture.size * (72.0 / 96.0), QPageSize::Point, {}, QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF());
        writer.setDocumentXmpMetadata(xmpPacket(picture, note));
        QPainter painter;
        if (!painter.begin(&writer))
            return {};
        painter.scale(resolution / 96.0, resolution / 96.0);
        painter.setRenderHint(QPainter::Antialiasing);
        picture.paint(painter);
        if (!painter.end())
            return {};
    }
    return bytes;
}

} // namespace app
