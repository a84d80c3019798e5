// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

namespace resilience {

/// Entries in the order of their keys, ascending: each new one has a greater `key` than all before. Found in the
/// logarithm of their number, added and erased in constant time on average, whatever their number: what is erased
/// leaves a gap, and the gaps are closed when they are as many as the entries. Adding and erasing make references to
/// entries invalid.
template <typename T> class KeyedList {
public:
    /// Goes over the entries that are there.
    class const_iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T *;
        using reference = const T &;

        const_iterator() = default;
        const_iterator(const KeyedList &list, size_t index) : m_list(&list), m_index(index) { skipGaps(); }
        const T &operator*() const { return m_list->m_entries[m_index]; }
        const T *operator->() const { return &**this; }
        const_iterator &operator++()
        {
            ++m_index;
            skipGaps();
            return *this;
        }
        const_iterator operator++(int)
        {
            const_iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const const_iterator &) const = default;

    private:
        void skipGaps()
        {
            while (m_index < m_list->m_marks.size() && m_list->isGap(m_index))
                ++m_index;
        }
        const KeyedList *m_list = nullptr;
        size_t m_index = 0;
    };

    size_t size() const { return m_marks.size() - m_first - m_gaps; }
    bool empty() const { return size() == 0; }
    const_iterator begin() const { return {*this, m_first}; }
    const_iterator end() const { return {*this, m_marks.size()}; }

    /// Precondition: its key is greater than all others'.
    T &add(const T &entry)
    {
        m_marks.push_back(markOf(entry.key));
        return m_entries.emplace_back(entry);
    }
    const T *find(uint64_t key) const
    {
        const size_t place = placeOf(key);
        return place == kNowhere ? nullptr : &m_entries[place];
    }
    /// The same one is often asked for several times in a row: that is quick.
    T *find(uint64_t key)
    {
        if (m_latest >= m_marks.size() || m_marks[m_latest] != markOf(key))
            m_latest = placeOf(key);
        return m_latest == kNowhere ? nullptr : &m_entries[m_latest];
    }
    /// False when there is none with that key.
    bool erase(uint64_t key)
    {
        const size_t place = placeOf(key);
        if (place == kNowhere)
            return false;
        m_marks[place] |= kGap;
        ++m_gaps;
        closeGaps();
        return true;
    }
    template <typename Do> void forEach(Do todo)
    {
        for (size_t i = m_first; i < m_marks.size(); ++i)
            if (!isGap(i))
                todo(m_entries[i]);
    }
    /// How much memory its entries take, gaps included.
    size_t bytes() const { return m_entries.size() * sizeof(T); }

    /// Whether both have the same entries, whatever was erased before.
    bool operator==(const KeyedList &other) const
    {
        return size() == other.size() && std::equal(begin(), end(), other.begin());
    }

private:
    static constexpr size_t kNowhere = SIZE_MAX;
    static constexpr uint64_t kGap = 1;

    // The key, and in the lowest bit whether the entry is gone: in the same order as the keys. Keys stay below 2^63.
    static constexpr uint64_t markOf(uint64_t key) { return key << 1U; }
    bool isGap(size_t place) const { return (m_marks[place] & kGap) != 0; }
    // Where gaps have been closed it lies before the place that its key would have without any. It is looked for from
    // there backwards, in steps that double, among the marks alone: the entries are far apart in memory.
    size_t placeOf(uint64_t key) const
    {
        const uint64_t mark = markOf(key);
        if (m_first == m_marks.size() || mark < m_marks[m_first])
            return kNowhere;
        const uint64_t distance = key - (m_marks[m_first] >> 1U);
        size_t high = distance < m_marks.size() - m_first ? m_first + size_t(distance) + 1 : m_marks.size();
        size_t low = high - 1;
        for (size_t step = 1; m_marks[low] > mark; step *= 2) {
            high = low;
            low = low - m_first > step ? low - step : m_first;
        }
        const auto begin = m_marks.begin();
        const auto found = std::lower_bound(begin + std::ptrdiff_t(low), begin + std::ptrdiff_t(high), mark);
        const auto place = size_t(found - begin);
        return place < high && *found == mark ? place : kNowhere;
    }

    void closeGaps()
    {
        constexpr size_t kFew = 16;
        while (m_first < m_marks.size() && isGap(m_first)) { // most go in the order in which they came
            ++m_first;
            --m_gaps;
        }
        if (m_first + m_gaps <= size() + kFew)
            return;
        size_t kept = 0;
        for (size_t i = m_first; i < m_marks.size(); ++i)
            if (!isGap(i)) {
                if (kept != i)
                    m_entries[kept] = std::move(m_entries[i]);
                m_marks[kept++] = m_marks[i];
            }
        m_entries.erase(m_entries.begin() + std::ptrdiff_t(kept), m_entries.end());
        m_marks.resize(kept);
        m_first = m_gaps = 0;
    }

    std::vector<uint64_t> m_marks; // of the entries
    std::vector<T> m_entries;
    size_t m_first = 0; // of them that is there; none before it is
    size_t m_gaps = 0; // after it
    size_t m_latest = kNowhere; // that was found
};

} // namespace resilience
