// SPDX-License-Identifier: MIT
#include "core/tell/figures.h"

#include "core/fixed_number.h"

#include <array>
#include <cmath>
#include <cstddef>

namespace resilience::sim {

namespace {

// Without the zeros at the end, but for the first `keep` digits after the point.
std::string trimmedFigure(std::string number, size_t keep = 0)
{
    const size_t point = number.find('.');
    if (point == std::string::npos)
        return number;
    while (number.size() > point + 1 + keep && number.back() == '0')
        number.pop_back();
    if (number.back() == '.')
        number.pop_back();
    return number == "-0" ? "0" : number;
}

struct SpanUnit {
    double ns;
    const char *name;
};
constexpr std::array kSpanUnits{SpanUnit{1e9, " s"}, SpanUnit{1e6, " ms"}, SpanUnit{1e3, " us"}, SpanUnit{1, " ns"}};

std::string spanWith(Duration span, int significant)
{
    const double ns = static_cast<double>(span.count());
    for (size_t i = 0; i < kSpanUnits.size(); ++i) {
        const double value = ns / kSpanUnits[i].ns;
        const double size = std::abs(value);
        if (size < 1 && i + 1 < kSpanUnits.size())
            continue;
        const int whole = size < 10 ? 1 : size < 100 ? 2 : 3;
        const std::string number = trimmedFigure(fixedNumber(value, std::max(0, significant - whole)));
        // 999.6 ms rounds to a whole second, and is told as one.
        return (number == "1000" && i > 0 ? "1" : number) + kSpanUnits[number == "1000" && i > 0 ? i - 1 : i].name;
    }
    return "0 s";
}

} // namespace

std::string count(uint64_t n, const char *one, const char *many)
{
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string percent(uint64_t hits, uint64_t total)
{
    const uint64_t tenths = total == 0 ? 0 : (hits * 1000 + total / 2) / total;
    return std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "") + " %";
}

std::string percent(Ratio ratio) { return percent(ratio.parts(), Ratio::kParts); }

std::string decimal(double value, int digits)
{
    // "19.0" for what is close to 19 and not it.
    return trimmedFigure(fixedNumber(value, digits), value == std::round(value) ? 0 : 1);
}

std::string decimalDown(double value, int digits)
{
    const double scale = std::pow(10.0, digits);
    const double down = std::floor(value * scale + 1e-9) / scale;
    return trimmedFigure(fixedNumber(down, digits), std::abs(value - std::round(value)) < 1e-9 ? 0 : 1);
}

std::string decimalUp(double value, int digits)
{
    const double scale = std::pow(10.0, digits);
    const double up = std::ceil(value * scale - 1e-9) / scale;
    return trimmedFigure(fixedNumber(up, digits), std::abs(value - std::round(value)) < 1e-9 ? 0 : 1);
}

std::string inSeconds(Duration duration)
{
    const double seconds = toSeconds(duration);
    return trimmedFigure(fixedNumber(seconds, std::abs(seconds) < 0.01 ? 6 : 3));
}

std::string spanText(Duration span) { return span == Duration::zero() ? "0 s" : spanWith(span, 3); }

std::string spanText(Duration span, Duration other)
{
    std::string text = spanText(span);
    for (int digits = 4; span != other && digits <= 12 && text == spanWith(other, digits - 1); ++digits)
        text = spanWith(span, digits);
    return text;
}

std::string momentText(Time moment)
{
    // Cut, not rounded: a clock does not show what is still to come.
    const Duration since = moment.time_since_epoch();
    const bool early = since < std::chrono::seconds{1};
    const Duration shown = since - since % std::chrono::milliseconds{early ? 1 : 10};
    return trimmedFigure(fixedNumber(toSeconds(shown), early ? 3 : 2), 1) + " s";
}

std::string listText(const std::vector<std::string> &items)
{
    std::string text;
    for (size_t i = 0; i < items.size(); ++i)
        text += (i == 0 ? "" : i + 1 == items.size() ? " and " : ", ") + items[i];
    return text;
}

} // namespace resilience::sim
