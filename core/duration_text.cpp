// SPDX-License-Identifier: MIT
#include "core/duration_text.h"

#include "core/fixed_number.h"

#include <array>
#include <cstdlib>

namespace resilience::sim {

std::string durationText(Duration duration)
{
    struct Unit {
        double ns;
        const char *name;
    };
    constexpr std::array units{Unit{1e9, "s"}, Unit{1e6, "ms"}, Unit{1e3, "us"}, Unit{1, "ns"}};
    const double ns = static_cast<double>(duration.count());
    if (duration == Duration::zero())
        return "0 s";
    for (const Unit &unit : units) {
        if (std::abs(ns) < unit.ns && unit.ns > 1)
            continue;
        std::string number = fixedNumber(ns / unit.ns, 3);
        number.erase(number.find_last_not_of('0') + 1);
        if (number.back() == '.')
            number.pop_back();
        return number + " " + unit.name;
    }
    return "0 s";
}

std::string durationText(Time t)
{
    const Duration since = t.time_since_epoch();
    Duration grain{1};
    while (grain * 1'000'000 <= since && grain < std::chrono::milliseconds{1})
        grain *= 1000;
    return durationText(since - since % grain);
}

} // namespace resilience::sim
