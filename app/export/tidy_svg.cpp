// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/tidy_svg.h"

#include "app/export/svg_path.h"
#include "app/files/embedded_session.h"

#include <QFont>
#include <QFontMetricsF>
#include <QRawFont>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace app {
namespace {

QFont fontOf(const QXmlStreamAttributes &attributes)
{
    QFont font(attributes.value(QLatin1String("font-family")).toString());
    const double size = attributes.value(QLatin1String("font-size")).toDouble();
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(size))));
    font.setWeight(static_cast<QFont::Weight>(std::max(100, attributes.value(QLatin1String("font-weight")).toInt())));
    font.setItalic(attributes.value(QLatin1String("font-style")) == u"italic");
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

// The outlines of the words, from `at` on the base line. Taken at the size the letters were designed at, where their
// points are whole numbers: at others the font engine's roundings depend on what it did before.
QPainterPath outlines(const QString &words, const QFont &font, QPointF at)
{
    QFont design = font;
    design.setPixelSize(std::max(1000, static_cast<int>(QRawFont::fromFont(font).unitsPerEm())));
    const double scale = double(font.pixelSize()) / design.pixelSize();
    QPainterPath path;
    path.addText(QPointF(), design, words);
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element e = path.elementAt(i);
        path.setElementPositionAt(i, at.x() + std::round(e.x) * scale, at.y() + std::round(e.y) * scale);
    }
    return path;
}

// What there is on other machines in place of our font.
constexpr auto kFallbackFonts = ", \"Segoe UI\", \"Helvetica Neue\", Arial, \"Liberation Sans\", "
                                "\"DejaVu Sans Condensed\", sans-serif";

// <text x y font-... fill>words</text> with fallback fonts and its length. The reader stands at its start.
void keepText(QXmlStreamReader &in, QXmlStreamWriter &out)
{
    const QXmlStreamAttributes attributes = in.attributes();
    const QString words = in.readElementText(QXmlStreamReader::IncludeChildElements);
    if (words.trimmed().isEmpty())
        return;
    const QFont font = fontOf(attributes);
    out.writeStartElement("text");
    for (const char *name : {"x", "y"})
        out.writeAttribute(name, attributes.value(QLatin1String(name)).toString());
    out.writeAttribute("fill", attributes.value(QLatin1String("fill")).toString());
    if (const auto opacity = attributes.value(QLatin1String("fill-opacity")); opacity != u"1")
        out.writeAttribute("fill-opacity", opacity.toString());
    out.writeAttribute("stroke", "none");
    out.writeAttribute("font-family", font.family() + QLatin1String(kFallbackFonts));
    out.writeAttribute("font-size", QString::number(font.pixelSize()));
    out.writeAttribute("font-weight", QString::number(static_cast<int>(font.weight())));
    out.writeAttribute("xml:space", "preserve");
    if (words.size() > 1) {
        out.writeAttribute("textLength", QString::number(QFontMetricsF(font).horizontalAdvance(words), 'f', 1));
        out.writeAttribute("lengthAdjust", "spacingAndGlyphs");
    }
    out.writeCharacters(words);
    out.writeEndElement();
}

// <text x y font-... fill>words</text> as <path aria-label="words" fill d/>. The reader stands at its start.
void outlineText(QXmlStreamReader &in, QXmlStreamWriter &out)
{
    const QXmlStreamAttributes attributes = in.attributes();
    const QString words = in.readElementText(QXmlStreamReader::IncludeChildElements);
    const QPointF at(attributes.value(QLatin1String("x")).toDouble(), attributes.value(QLatin1String("y")).toDouble());
    const QPainterPath path = outlines(words, fontOf(attributes), at);
    if (path.isEmpty())
        return;
    out.writeEmptyElement("path");
    out.writeAttribute("aria-label", words);
    out.writeAttribute("fill", attributes.value(QLatin1String("fill")).toString());
    if (const auto opacity = attributes.value(QLatin1String("fill-opacity")); opacity != u"1")
        out.writeAttribute("fill-opacity", opacity.toString());
    out.writeAttribute("fill-rule", "nonzero");
    out.writeAttribute("stroke", "none");
    out.writeAttribute("d", svgPathData(path));
}

// The outermost group is written with no stroke, and has no fill and the even-odd rule from the generator, which makes
// these the defaults for the groups inside. They are not nested.
bool saysNothing(const QString &element, const QString &name, const QString &value)
{
    if (name.startsWith(QLatin1String("font-")) || name == QLatin1String("vector-effect"))
        return true;
    if (name == QLatin1String("fill-opacity") || name == QLatin1String("stroke-opacity"))
        return value == QLatin1String("1");
    if (name == QLatin1String("transform"))
        return value == QLatin1String("matrix(1,0,0,1,0,0)");
    if (name == QLatin1String("fill-rule"))
        return element == QLatin1String("path") && value == QLatin1String("evenodd");
    return element == QLatin1String("g") && value == QLatin1String("none")
           && (name == QLatin1String("stroke") || name == QLatin1String("fill"));
}

class Copy {
public:
    Copy(QXmlStreamReader &in, QXmlStreamWriter &out) : m_in(in), m_out(out) {}

    void start()
    {
        const QString element = m_in.name().toString();
        m_out.writeStartElement(m_in.qualifiedName().toString());
        for (const auto &declared : m_in.namespaceDeclarations())
            if (declared.prefix().isEmpty())
                m_out.writeDefaultNamespace(declared.namespaceUri().toString());
            else
                m_out.writeNamespace(declared.namespaceUri().toString(), declared.prefix().toString());
        const bool outermost = element == QLatin1String("g") && !std::exchange(m_inGroup, true);
        for (const QXmlStreamAttribute &attribute : m_in.attributes()) {
            const QString name = attribute.name().toString();
            const QString value = valueOf(element, name, attribute.value().toString());
            if (outermost && name == QLatin1String("stroke"))
                m_out.writeAttribute(name, "none");
            else if (outermost ? !name.startsWith(QLatin1String("font-")) : !saysNothing(element, name, value))
                m_out.writeAttribute(attribute.qualifiedName().toString(), value);
        }
    }

private:
    QString valueOf(const QString &element, const QString &name, const QString &value)
    {
        if (element == QLatin1String("path") && name == QLatin1String("d"))
            return svgPathData(pathFromSvg(value));
        if (element == QLatin1String("svg")) {
            // In px rather than mm, which some programs take at 90 dpi.
            const QString box = m_in.attributes().value(QLatin1String("viewBox")).toString();
            if (name == QLatin1String("width"))
                return box.section(u' ', 2, 2);
            if (name == QLatin1String("height"))
                return box.section(u' ', 3, 3);
        }
        return value.simplified();
    }

    QXmlStreamReader &m_in;
    QXmlStreamWriter &m_out;
    bool m_inGroup = false;
};

} // namespace

QByteArray tidySvg(const QByteArray &svg, const QString &session, ExportText text)
{
    QByteArray result;
    QXmlStreamReader in(svg);
    QXmlStreamWriter out(&result);
    Copy copy(in, out);
    bool sessionDone = session.isEmpty();
    out.writeStartDocument();
    while (!in.atEnd()) {
        switch (in.readNext()) {
        case QXmlStreamReader::StartElement:
            if (in.name() == u"text") {
                (text == ExportText::Live ? keepText : outlineText)(in, out);
                break;
            }
            if (in.name() == u"defs" && !sessionDone) {
                writeSession(out, session);
                sessionDone = true;
            }
            copy.start();
            break;
        case QXmlStreamReader::EndElement:
            out.writeEndElement();
            break;
        case QXmlStreamReader::Characters:
            if (!in.isWhitespace())
                out.writeCharacters(in.text().toString());
            break;
        default:
            break;
        }
    }
    out.writeEndDocument();
    return in.hasError() ? QByteArray() : result;
}

} // namespace app
