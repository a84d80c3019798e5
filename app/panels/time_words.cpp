// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/time_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience;

QString clockText(Time now, Duration length)
{
    // A four-hundredth of the run is about two pixels of the time axis.
    const double finest = std::max(toSeconds(length), 1e-6) / 400;
    const int decimals = std::clamp(int(std::ceil(-std::log10(finest) - 1e-9)), 1, 6);
    const int64_t unit = int64_t(std::llround(1e9 / std::pow(10, decimals)));
    const int64_t ticks = now.time_since_epoch().count() / unit; // never ahead of the run
    const int64_t perSecond = 1'000'000'000 / unit;
    const int64_t seconds = ticks / perSecond;
    return QStringLiteral("%1:%2.%3")
        .arg(seconds / 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'))
        .arg(ticks % perSecond, decimals, 10, QLatin1Char('0'));
}

QString speedText(double speed)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Speed", text); };
    if (std::abs(speed - 1.0) < 1e-9)
        return tr("real time");
    if (speed < 0.9995)
        return tr("1 s shows %1 ms").arg(speed * 1000, 0, 'g', 3);
    if (speed < 120)
        return tr("1 s shows %1 s").arg(speed, 0, 'g', 3);
    return tr("1 s shows %1 min").arg(speed / 60, 0, 'g', 3);
}

} // namespace app
