// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/svg_path.h"

#include <QPoint>
#include <QStringList>

#include <cmath>
#include <cstdlib>
#include <vector>

namespace app {
namespace {

// In hundredths of a pixel.
QPoint rounded(const QPainterPath::Element &e)
{
    return {static_cast<int>(std::lround(e.x * 100)), static_cast<int>(std::lround(e.y * 100))};
}

// "-.5", with a space before it where it would run into what stands there.
void appendNumber(QString &out, int hundredths)
{
    QString text = QString::number(std::abs(hundredths) / 100);
    if (text == QLatin1String("0") && hundredths % 100 != 0)
        text.clear();
    if (const int fraction = std::abs(hundredths) % 100) {
        text += QStringLiteral(".%1").arg(fraction, 2, 10, QLatin1Char('0'));
        if (text.endsWith(u'0'))
            text.chop(1);
    }
    if (hundredths < 0)
        text.prepend(u'-');
    else if (!out.isEmpty() && !out.back().isLetter())
        out += u' ';
    out += text;
}

} // namespace

QString svgPathData(const QPainterPath &path)
{
    QString out;
    QPoint from; // where the last segment ended, as written
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element e = path.elementAt(i);
        const bool curve = e.type == QPainterPath::CurveToElement;
        if (const QPoint step = rounded(e) - from;
            e.type == QPainterPath::LineToElement && (step.x() == 0 || step.y() == 0)) {
            out += step.x() == 0 ? u'v' : u'h';
            appendNumber(out, step.x() + step.y());
            from += step;
            continue;
        }
        out += e.type == QPainterPath::MoveToElement ? u'm' : curve ? u'c' : u'l';
        for (int last = i + (curve ? 2 : 0);; ++i) {
            const QPoint to = rounded(path.elementAt(i));
            appendNumber(out, to.x() - from.x());
            appendNumber(out, to.y() - from.y());
            if (i == last)
                break;
        }
        from = rounded(path.elementAt(i));
    }
    return out;
}

QPainterPath pathFromSvg(const QString &data)
{
    QPainterPath path;
    const QStringList words = data.split(u' ', Qt::SkipEmptyParts);
    std::vector<QPointF> points;
    QChar command = u'M';
    for (const QString &word : words) {
        const bool begins = word.front().isLetter();
        if (begins)
            command = word.front();
        const QString numbers = begins ? word.mid(1) : word;
        points.emplace_back(numbers.section(u',', 0, 0).toDouble(), numbers.section(u',', 1, 1).toDouble());
        if (command == u'C' && points.size() < 3)
            continue;
        if (command == u'M')
            path.moveTo(points[0]);
        else if (command == u'L')
            path.lineTo(points[0]);
        else
            path.cubicTo(points[0], points[1], points[2]);
        points.clear();
    }
    return path;
}

} // namespace app
