// SPDX-License-Identifier: MIT
#include "core/sim/measure/level_path.h"

#include <algorithm>
#include <array>

namespace resilience::sim {

namespace {

double between(const LevelPoint &from, const LevelPoint &to, Time t)
{
    const double share = static_cast<double>((t - from.at).count()) / static_cast<double>((to.at - from.at).count());
    return from.after + (to.before - from.after) * share;
}

} // namespace

// Whether the last point lies on the line that leads to this one, and so need not be kept.
bool LevelPath::continues(const LevelPoint &point) const
{
    if (m_open.size() < 2)
        return false;
    const LevelPoint &last = m_open.back();
    return last.before == last.after && close(between(m_open[m_open.size() - 2], point, last.at), last.after);
}

void LevelPath::add(const LevelPoint &point)
{
    if (empty()) {
        m_most = m_least = point.after;
        return push(point);
    }
    m_most = std::max({m_most, point.before, point.after});
    m_least = std::min({m_least, point.before, point.after});
    LevelPoint &last = m_open.back();
    if (point.at <= last.at) {
        last.after = point.after;
        return;
    }
    if (continues(point))
        last = point;
    else
        push(point);
}

void LevelPath::push(const LevelPoint &point)
{
    m_open.push_back(point);
    if (m_open.size() == 2 * kChunk) {
        m_sealed.push_back(std::make_shared<const Chunk>(m_open.begin(), m_open.begin() + kChunk));
        m_open.erase(m_open.begin(), m_open.begin() + kChunk);
    }
    if (size() > kMost)
        thin();
}

// Of each stretch of the grain the first, the lowest, the highest and the last point stay.
void LevelPath::thin()
{
    Chunk all;
    for (size_t i = 0; i < size(); ++i)
        all.push_back((*this)[i]);
    const Duration whole = all.back().at - all.front().at;
    m_grain = std::max({Duration{1}, m_grain * 2, whole / static_cast<int64_t>(kMost / 8)});
    Chunk kept;
    const auto low = [](const LevelPoint &point) { return std::min(point.before, point.after); };
    const auto high = [](const LevelPoint &point) { return std::max(point.before, point.after); };
    for (auto from = all.begin(); from != all.end();) {
        const int64_t stretch = from->at.time_since_epoch() / m_grain;
        const auto to = std::find_if(
            from, all.end(), [&](const LevelPoint &point) { return point.at.time_since_epoch() / m_grain != stretch; });
        std::array four{from, std::min_element(from, to, [&](const auto &a, const auto &b) { return low(a) < low(b); }),
                        std::max_element(from, to, [&](const auto &a, const auto &b) { return high(a) < high(b); }),
                        std::prev(to)};
        std::sort(four.begin(), four.end());
        const auto end = std::unique(four.begin(), four.end());
        std::for_each(four.begin(), end, [&](const auto &point) { kept.push_back(*point); });
        from = to;
    }
    m_sealed.clear();
    m_open.clear();
    for (const LevelPoint &point : kept)
        push(point);
}

size_t LevelPath::countUntil(Time t) const
{
    size_t low = 0;
    size_t high = size();
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if ((*this)[middle].at <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::optional<double> LevelPath::valueAt(Time t) const
{
    const size_t count = countUntil(t);
    if (count == 0)
        return std::nullopt;
    const LevelPoint &last = (*this)[count - 1];
    return count == size() || last.at == t ? last.after : between(last, (*this)[count], t);
}

bool LevelPath::operator==(const LevelPath &other) const
{
    if (size() != other.size() || m_grain != other.m_grain || m_most != other.m_most)
        return false;
    for (size_t i = 0; i < size(); ++i)
        if ((*this)[i] != other[i])
            return false;
    return true;
}

} // namespace resilience::sim
