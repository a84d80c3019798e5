// SPDX-License-Identifier: MIT
#include "core/io/json/seconds_json.h"

#include <cmath>
#include <limits>

namespace resilience::io {

double secondsNumber(Duration d)
{
    const double seconds = toSeconds(d);
    if (fromSeconds(seconds) == d)
        return seconds;
    constexpr double endless = std::numeric_limits<double>::infinity();
    for (const double neighbour : {std::nextafter(seconds, -endless), std::nextafter(seconds, endless)})
        if (fromSeconds(neighbour) == d)
            return neighbour;
    return seconds;
}

} // namespace resilience::io
