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
    const double slower = 1 / speed;
    if (speed < 1 && std::abs(slower - std::round(slower)) < 0.005 * slower)
        return tr("1/%1 speed").arg(std::round(slower), 0, 'f', 0);
    if (speed < 1)
        return tr("%1x speed").arg(speed, 0, 'g', 2);
    return speed < 1000 ? tr("%1x speed").arg(speed, 0, 'g', 3) : tr("%1x speed").arg(std::round(speed), 0, 'f', 0);
}

} // namespace app
