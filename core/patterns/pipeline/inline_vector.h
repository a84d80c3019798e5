// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace resilience {

/// A list whose first N elements need no storage of their own; more of them do. T is default-constructible. References
/// to the first N stay good for as long as the list does, others until the list grows.
template <typename T, size_t N> class InlineVector {
public:
    size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    T &operator[](size_t index) { return index < N ? m_first[index] : m_more[index - N]; }
    const T &operator[](size_t index) const { return index < N ? m_first[index] : m_more[index - N]; }

    T &push_back(T value) { return grow() = std::move(value); }
    /// One more, as T makes it.
    T &grow()
    {
        if (m_size >= N)
            m_more.emplace_back();
        return (*this)[m_size++];
    }
    /// To that many elements, the new ones as T makes them.
    void resize(size_t size)
    {
        for (size_t i = size; i < m_size && i < N; ++i)
            m_first[i] = T{};
        m_more.resize(size > N ? size - N : 0);
        m_size = size;
    }

    bool operator==(const InlineVector &) const = default;

private:
    size_t m_size = 0;
    std::array<T, N> m_first; // T's own defaults do
    std::vector<T> m_more;
};

} // namespace resilience
