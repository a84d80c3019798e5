// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/look/style_sheet.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace app {

using widgets::Theme;

namespace {

// @name is a colour, ~n a length of n px at scale 1, ~handle the radius of a slider's handle.
constexpr const char *kTemplate = R"(
QWidget { font-family: "Inter", "Noto Sans", "DejaVu Sans", sans-serif; font-size: ~13; }
QWidget[role="ground"] { background: @ground; }
QFrame[role="card"] { background: @card; border: 1px solid @hairline; border-radius: ~8; }
QWidget[role="bar"] { background: @card; border: none; border-bottom: 1px solid @hairline; }
QFrame[role="rule"] { background: @hairline; border: none; max-height: 1px; min-height: 1px; }
QScrollArea[role="plain"], QWidget[role="clear"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; border: none; width: ~8; margin: 0; }
QScrollBar:horizontal { background: transparent; border: none; height: ~8; margin: 0; }
QScrollBar::handle { background: @hairline; border-radius: ~4; }
QScrollBar::handle:vertical { min-height: ~24; }
QScrollBar::handle:horizontal { min-width: ~24; }
QScrollBar::handle:hover { background: @quietLine; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QLabel { color: @ink; background: transparent; }
QLabel[role="product"] { font-size: ~16; font-weight: 700; }
QLabel[role="heading"] { font-size: ~18; font-weight: 700; }
QLabel[role="caption"] { font-size: ~12; font-weight: 600; color: @quietInk; }
QLabel[role="overline"] { font-size: ~11; font-weight: 600; color: @quietInk; }
QLabel[role="body"] { font-size: ~13; }
QLabel[role="done"] { font-size: ~13; color: @quietInk; }
QLabel[role="strong"] { font-size: ~13; font-weight: 600; }
QLabel[role="quiet"] { font-size: ~12; color: @quietInk; }
QLabel[role="notice"] { font-size: ~12; font-weight: 600; color: @ink; }
QLabel[role="refusal"] { font-size: ~12; font-weight: 600; color: @ink; background: @attentionSoft;
    border-left: ~3 solid @attention; padding: ~4 ~6; }

QFrame[role="watch"] { background: @attentionSoft; border: none; border-left: ~4 solid @attention; border-radius: ~4; }
QFrame[role="watch"] QLabel[role="caption"] { color: @attentionText; font-weight: 700; }
QFrame[role="seen"] { background: @inset; border: none; border-left: ~4 solid @control; border-radius: ~4; }
QFrame[role="seen"] QLabel[role="caption"] { color: @controlText; font-weight: 700; }

QLabel[role="covered"] { font-size: ~12; color: @inset; background: @inset; border-radius: ~4; }
QLabel[role="ask"] { font-size: ~16; font-weight: 700; }
QLabel[role="asked"] { font-size: ~13; font-weight: 700; color: @controlText; }
QLabel[role="right"] { font-size: ~13; font-weight: 700; color: @succeededText; }
QFrame[role="question"] { background: @card; border: ~2 solid @controlLine; border-radius: ~8; }
QScrollArea[role="floating"] { background: @card; border: ~2 solid @ink; border-radius: ~8; }
QLabel[role="formula"] { font-size: ~13; font-weight: 600; background: @inset; border: 1px solid @hairline;
    border-radius: ~6; padding: ~5 ~8; }

QFrame[role="riddle"] { background: @inset; border: 1px solid @hairline; border-radius: ~6; }

QToolButton[role="pill"] { font-size: ~13; color: @ink; background: transparent; border: 1px solid transparent;
    border-radius: ~8; padding: ~4 ~8 ~9 ~8; }
QToolButton[role="pill"]:checked { color: @controlText; background: @controlSoft; border-color: @controlLine; font-weight: 600; }
QToolButton[role="pill"]:hover:!checked { background: @inset; }
QToolButton[role="pill"]:focus { border-color: @controlLine; }

QAbstractButton[role="link"] { font-size: ~12; font-weight: 500; color: @controlText; background: transparent;
    border: 1px solid transparent; border-radius: ~6; padding: ~3 0; }
QAbstractButton[role="footnote"] { font-size: ~11; color: @quietInk; background: transparent; border: none;
    border-radius: ~4; padding: 0 ~8; margin: 0; }
QAbstractButton[role="footnote"]:hover, QAbstractButton[role="footnote"]:focus { color: @controlText; background: @inset; }
QAbstractButton[role="link"]:hover { background: @inset; }
QAbstractButton[role="link"]:focus { border-color: @controlLine; }
QAbstractButton[role="link"]:disabled { color: @quietInk; }
QAbstractButton[role="link"]::menu-indicator { image: none; }

QToolButton[role="flat"] { font-size: ~13; color: @quietInk; background: transparent; border: 1px solid transparent;
    border-radius: ~6; padding: ~4 ~8; }
QToolButton[role="flat"]:hover { background: @inset; color: @ink; }
QToolButton[role="flat"]:checked { color: @controlText; background: @controlSoft; }
QToolButton[role="flat"]:focus { border-color: @controlLine; }
QToolButton[role="flat"]::menu-indicator { image: none; }

QToolButton[role="transport"] { background: transparent; border: 1px solid transparent; border-radius: ~6; padding: ~4; }
QToolButton[role="transport"]:hover { background: @inset; }
QToolButton[role="transport"]:focus { border-color: @controlLine; }
QToolButton[role="play"] { background: @controlSoft; border: 1px solid @controlLine; border-radius: ~6; padding: ~4; }
QToolButton[role="play"]:hover { background: @inset; }
QToolButton[role="play"]:focus { border: ~2 solid @controlLine; padding: ~3; }

QPushButton[role="choice"] { font-size: ~13; font-weight: 500; color: @ink; background: @card; border: 1px solid @quietLine;
    border-radius: ~6; padding: ~4 ~10; }
QPushButton[role="choice"]:hover:enabled { background: @inset; }
QPushButton[role="choice"]:focus { border: ~2 solid @controlLine; padding: ~3 ~9; }
QPushButton[role="choice"]:checked { color: @controlText; background: @controlSoft; border-color: @controlLine; }
QPushButton[role="choice"]:disabled:!checked { color: @quietInk; border-color: @hairline; }
QPushButton[role="go"] { font-size: ~13; font-weight: 600; color: @onControl; background: @control; border: 1px solid @controlLine;
    border-radius: ~6; padding: ~4 ~12; }
QPushButton[role="go"]:disabled { color: @quietInk; background: @inset; border-color: @hairline; }
QPushButton[role="go"]:focus { border: ~2 solid @ink; padding: ~3 ~11; }

QSlider:horizontal { min-height: ~16; }
QSlider::groove:horizontal { height: ~4; border-radius: ~2; background: @hairline; }
QSlider::sub-page:horizontal { height: ~4; border-radius: ~2; background: @control; }
QSlider::handle:horizontal { width: ~10; margin: -~5 0; border-radius: ~handle; background: @card; border: ~2 solid @controlLine; }
QSlider::handle:horizontal:hover { background: @controlSoft; }
QSlider:focus { background: @controlSoft; border-radius: ~4; }

QAbstractSpinBox[role="value"] { color: @ink; background: transparent; border: 1px solid @hairline; border-radius: ~4;
    padding: 0 ~3; font-size: ~12; }
QAbstractSpinBox[role="value"]:hover { border-color: @quietLine; }
QAbstractSpinBox[role="value"]:focus { border-color: @controlLine; background: @card; }

QLineEdit[role="answer"] { color: @ink; background: @card; border: ~2 solid @quietLine; border-radius: ~6;
    padding: ~3 ~6; font-size: ~13; }
QLineEdit[role="answer"]:focus { border-color: @controlLine; }

QProgressBar { background: @inset; border: none; border-radius: ~3; min-height: ~6; max-height: ~6; }
QProgressBar::chunk { background: @control; border-radius: ~3; }
QLineEdit[role="name"] { color: @ink; background: transparent; border: 1px solid transparent; border-radius: ~4;
    padding: ~1 ~3; font-size: ~13; font-weight: 600; }
QLineEdit[role="name"]:hover { border-color: @quietLine; }
QLineEdit[role="name"]:focus { border-color: @controlLine; background: @card; }

QPlainTextEdit[role="log"] { color: @ink; background: transparent; border: none; font-family: monospace; font-size: ~12; }
QSplitter::handle { background: transparent; }
QToolTip { font-size: ~12; }
)";

QHash<QString, QColor> colours(const Theme &t)
{
    return {{"ground", t.ground},
            {"card", t.card},
            {"inset", t.inset},
            {"hairline", t.hairline},
            {"quietLine", t.quietLine},
            {"ink", t.ink},
            {"quietInk", t.quietInk},
            {"control", t.control.fill},
            {"controlLine", t.control.line},
            {"controlText", t.control.text},
            {"controlSoft", t.control.soft},
            {"onControl", t.control.onFill},
            {"succeededText", t.succeeded.text},
            {"attention", t.waiting.fill},
            {"attentionSoft", t.waiting.soft},
            {"attentionText", t.waiting.text}};
}

QString word(const QString &text, qsizetype from)
{
    qsizetype end = from;
    while (end < text.size() && text[end].isLetterOrNumber())
        ++end;
    return text.mid(from, end - from);
}

long length(const QString &name, const Theme &theme)
{
    const auto px = [&](double atScaleOne) { return std::lround(theme.px(atScaleOne)); };
    // A radius above half the box, rounded as it is in both directions, would make a slider's handle square.
    return name == QLatin1String("handle") ? std::min(px(10) + 2 * px(2), px(4) + 2 * px(5)) / 2 : px(name.toInt());
}

} // namespace

QString styleSheetFor(const Theme &theme)
{
    const QString text = QString::fromLatin1(kTemplate);
    const auto colour = colours(theme);
    QString sheet;
    sheet.reserve(text.size() * 2);
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'@' && text[i] != u'~') {
            sheet += text[i];
            continue;
        }
        const QString name = word(text, i + 1);
        if (text[i] == u'@')
            sheet += colour.value(name).name();
        else
            sheet += QString::number(length(name, theme)) + QStringLiteral("px");
        i += name.size();
    }
    return sheet;
}

} // namespace app
