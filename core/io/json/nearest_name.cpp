// SPDX-License-Identifier: MIT
#include "core/io/json/nearest_name.h"

#include <algorithm>
#include <vector>

namespace resilience::io {

namespace {

constexpr size_t kLongestWord = 64; // nobody misspells a longer one, and the work grows with the square

std::string folded(std::string_view word)
{
    std::string result;
    for (const char c : word)
        result += c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

// Optimal string alignment.
size_t distance(const std::string &a, const std::string &b)
{
    std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
    for (size_t i = 0; i <= a.size(); ++i)
        d[i][0] = i;
    for (size_t j = 0; j <= b.size(); ++j)
        d[0][j] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
        for (size_t j = 1; j <= b.size(); ++j) {
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

} // namespace

std::string nearestName(std::string_view word, std::span<const std::string> valid)
{
    if (word.empty() || word.size() > kLongestWord)
        return {};
    const std::string wanted = folded(word);
    std::string best;
    size_t bestDistance = std::max<size_t>(1, wanted.size() / 3) + 1;
    for (const std::string &name : valid) {
        const size_t d = distance(wanted, folded(name));
        if (d < bestDistance) {
            best = name;
            bestDistance = d;
        }
    }
    if (!best.empty() || wanted.size() < 3)
        return best;
    const auto begun = std::find_if(valid.begin(), valid.end(),
                                    [&](const std::string &name) { return folded(name).starts_with(wanted); });
    return begun == valid.end() ? std::string{} : *begun;
}

std::string oneOf(std::span<const std::string> valid)
{
    std::string text;
    for (const std::string &name : valid)
        text += (text.empty() ? "" : ", ") + name;
    return valid.size() == 1 ? text : "one of " + text;
}

} // namespace resilience::io
