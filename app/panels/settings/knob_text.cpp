// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/knob_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {
QString secondsText(double seconds)
{
    if (seconds > 0 && seconds < 0.9995)
        return QCoreApplication::translate("Knob", "%1 ms").arg(seconds * 1000, 0, 'g', 3);
    const int decimals = seconds >= 100 || (seconds >= 10 && seconds == std::floor(seconds)) ? 0
                         : seconds >= 10                                                     ? 1
                                                                                             : 2;
    QString number = QString::number(seconds, 'f', decimals);
    if (number.endsWith(u'0') && decimals == 2)
        number.chop(1);
    return QCoreApplication::translate("Knob", "%1 s").arg(number);
}
} // namespace

QString labelOf(const KnobSpec &knob) { return QCoreApplication::translate("Knob", knob.label); }

QString valueText(const KnobSpec &knob, double value)
{
    switch (knob.kind) {
    case KnobSpec::Kind::Choice:
        return QCoreApplication::translate("Knob", knob.choices[static_cast<size_t>(value)]);
    case KnobSpec::Kind::Toggle:
        return value != 0 ? QCoreApplication::translate("Knob", "on") : QCoreApplication::translate("Knob", "off");
    case KnobSpec::Kind::Whole:
        return QString::number(std::lround(value));
    case KnobSpec::Kind::Share:
        return QCoreApplication::translate("Knob", "%1 %").arg(value * 100, 0, 'g', 3);
    case KnobSpec::Kind::Real:
        break;
    }
    if (std::string_view(knob.unit) == "s")
        return secondsText(value);
    return QString::number(value, 'g', 4) + QStringLiteral(" ") + QString::fromUtf8(knob.unit);
}

QString helpText(const KnobSpec &knob, std::optional<double> usual)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Knob", text); };
    QString range;
    if (knob.kind == KnobSpec::Kind::Toggle) {
        range = tr("%1: on or off.").arg(labelOf(knob));
    } else if (knob.kind == KnobSpec::Kind::Choice) {
        QStringList names;
        for (size_t i = 0; i < knob.choices.size(); ++i)
            names += valueText(knob, double(i));
        range = tr("%1: %2.").arg(labelOf(knob), names.join(QStringLiteral(", ")));
    } else {
        range = tr("%1: %2 to %3.").arg(labelOf(knob), valueText(knob, knob.minimum), valueText(knob, knob.maximum));
    }
    return usual ? range + u' ' + tr("This scenario has %1.").arg(valueText(knob, *usual)) : range;
}

QString refusalText(const ConfigError &error)
{
    const auto knob = knobNamed(error.field);
    const QString what = knob ? labelOf(knobs()[*knob]) : QString::fromStdString(error.field);
    return QCoreApplication::translate("Knob", "Not possible. %1: found %2, expected %3.")
        .arg(what, QString::fromStdString(error.found), QString::fromStdString(error.expected));
}

} // namespace app
