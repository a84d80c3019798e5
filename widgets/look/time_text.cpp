// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/time_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace widgets {

namespace {

struct Unit {
    int64_t ns;
    const char *format;
};
constexpr Unit kUnits[] = {{1'000'000'000, QT_TRANSLATE_NOOP("TimeAxis", "%1 s")},
                           {1'000'000, QT_TRANSLATE_NOOP("TimeAxis", "%1 ms")},
                           {1'000, QT_TRANSLATE_NOOP("TimeAxis", "%1 µs")},
                           {1, QT_TRANSLATE_NOOP("TimeAxis", "%1 ns")}};

} // namespace

QString spanText(Duration span)
{
    const auto *unit = std::begin(kUnits);
    while (unit->ns > 1 && unit->ns > span.count() * 100) // 0.01 s, but 5 ms
        ++unit;
    const double value = static_cast<double>(span.count()) / static_cast<double>(unit->ns);
    return QCoreApplication::translate("TimeAxis", unit->format).arg(QString::number(value, 'g', 4));
}

QString timeText(Time t, Duration scale, Duration resolution)
{
    const auto *unit = std::begin(kUnits);
    while (unit->ns > scale.count() && unit->ns > 1)
        ++unit;
    int decimals = 0;
    int64_t part = unit->ns; // the last decimal
    for (; part > std::max<int64_t>(resolution.count(), 1) && decimals < 9; part /= 10)
        ++decimals;
    const int64_t ns = t.time_since_epoch().count();
    const double value = static_cast<double>(ns - ns % part) / static_cast<double>(unit->ns);
    return QCoreApplication::translate("TimeAxis", unit->format).arg(QString::number(value, 'f', decimals));
}

} // namespace widgets
