// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <iterator>
#include <type_traits>
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

    auto begin() { return Iterator<InlineVector>{this, 0}; }
    auto end() { return Iterator<InlineVector>{this, m_size}; }
    auto begin() const { return Iterator<const InlineVector>{this, 0}; }
    auto end() const { return Iterator<const InlineVector>{this, m_size}; }

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

    /// Takes one out; those behind it move up.
    void erase(size_t index)
    {
        for (size_t i = index; i + 1 < m_size; ++i)
            (*this)[i] = std::move((*this)[i + 1]);
        resize(m_size - 1);
    }

    bool operator==(const InlineVector &) const = default;

private:
    template <typename List> struct Iterator {
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using reference = decltype(std::declval<List &>()[0]);
        using pointer = std::remove_reference_t<reference> *;

        List *list;
        size_t index;

        reference operator*() const { return (*list)[index]; }
        pointer operator->() const { return &(*list)[index]; }
        Iterator &operator++()
        {
            ++index;
            return *this;
        }
        bool operator==(const Iterator &) const = default;
    };

    size_t m_size = 0;
    std::array<T, N> m_first; // T's own defaults do
    std::vector<T> m_more;
};

} // namespace resilience
