// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/slider_scale.h"

#include <algorithm>
#include <cmath>

namespace app {

using resilience::sim::KnobSpec;

namespace {

constexpr int kLogSteps = 120;

// About two significant digits: what a slider on a log scale can honestly offer. Finer than a step of it.
double honest(double value)
{
    if (value <= 0)
        return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1) / 2;
    return std::round(value / unit) * unit;
}

} // namespace

std::vector<double> sliderValues(const KnobSpec &spec)
{
    std::vector<double> values;
    if (!spec.logarithmic) {
        const int steps = std::max(1, int(std::lround((spec.maximum - spec.minimum) / spec.step)));
        for (int i = 0; i <= steps; ++i)
            values.push_back(std::min(spec.maximum, spec.minimum + i * spec.step));
        return values;
    }
    const double away = spec.minimum > 0 ? 0 : spec.step; // there is no logarithm of 0
    const double first = spec.minimum + away;
    for (int i = 0; i <= kLogSteps; ++i) {
        const double value = first * std::pow((spec.maximum + away) / first, double(i) / kLogSteps) - away;
        const double nice = std::clamp(spec.kind == KnobSpec::Kind::Whole ? std::round(value) : honest(value),
                                       spec.minimum, spec.maximum);
        // A step that changes nothing would look like a slider that is stuck.
        if (values.empty() || nice > values.back())
            values.push_back(nice);
    }
    return values;
}

int sliderPosition(const std::vector<double> &values, double value)
{
    const auto above = std::lower_bound(values.begin(), values.end(), value);
    if (above == values.begin())
        return 0;
    if (above == values.end())
        return int(values.size()) - 1;
    const auto place = int(above - values.begin());
    return value - *(above - 1) < *above - value ? place - 1 : place;
}

} // namespace app
