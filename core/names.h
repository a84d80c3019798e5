// SPDX-License-Identifier: MIT
#pragma once

#include "core/fingerprint.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace resilience {

/// The names of an enumeration's values as files, the command line and logs spell them, in the order of the values,
/// which count from 0. Each enumeration has its one table beside it:
///
///     template <> struct Names<Health> { static constexpr std::array all{"unknown", "healthy"}; };
template <typename E> struct Names;

template <typename E>
concept Named = requires
{
    Names<E>::all;
};

/// The value's name; "?" for what is none of the values.
template <Named E> constexpr const char *name(E value)
{
    const auto index = static_cast<size_t>(value);
    return index < Names<E>::all.size() ? Names<E>::all[index] : "?";
}

/// The value of that name; none when no value has it.
template <Named E> constexpr std::optional<E> named(std::string_view text)
{
    for (size_t i = 0; i < Names<E>::all.size(); ++i)
        if (text == Names<E>::all[i])
            return static_cast<E>(i);
    return std::nullopt;
}

constexpr uint64_t digestOf(std::string_view text)
{
    Fingerprint fingerprint;
    fingerprint.add(text);
    return fingerprint.value();
}

/// Stands for the value in a fingerprint, wherever in its list it is.
template <Named E> constexpr uint64_t digestOf(E value)
{
    constexpr auto digests = [] {
        std::array<uint64_t, Names<E>::all.size()> all{};
        for (size_t i = 0; i < all.size(); ++i)
            all[i] = digestOf(std::string_view(Names<E>::all[i]));
        return all;
    }();
    return digests[static_cast<size_t>(value)];
}

} // namespace resilience
