// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace resilience {

/// The policies that a call can be wrapped in.
enum class PolicyKind : uint8_t {
    Fallback,
    TotalTimeout,
    Retry,
    RateLimiter,
    CircuitBreaker,
    Bulkhead,
    AttemptTimeout,
    Hedging,
};

/// "circuit-breaker", ...: as in files.
template <> struct Names<PolicyKind> {
    static constexpr std::array all{"fallback",        "total-timeout", "retry",           "rate-limiter",
                                    "circuit-breaker", "bulkhead",      "attempt-timeout", "hedging"};
};
inline constexpr size_t kPolicyKindCount = Names<PolicyKind>::all.size();

/// Which policies are in use, outermost first, each at most once.
class PolicyOrder {
public:
    constexpr PolicyOrder() = default; // none: the bare call

    /// The usual nesting of all of them. Every retry and every hedge passes the inner ones again.
    static constexpr PolicyOrder usual()
    {
        using enum PolicyKind;
        constexpr std::array kinds{Fallback,    TotalTimeout,   Retry,    Hedging,
                                   RateLimiter, CircuitBreaker, Bulkhead, AttemptTimeout};
        static_assert(kinds.size() == kPolicyKindCount);
        PolicyOrder order;
        order.m_kinds = kinds;
        order.m_count = kPolicyKindCount;
        return order;
    }

    constexpr size_t size() const { return m_count; }
    constexpr bool empty() const { return m_count == 0; }
    constexpr PolicyKind operator[](size_t level) const { return m_kinds[level]; }
    constexpr const PolicyKind *begin() const { return m_kinds.data(); }
    constexpr const PolicyKind *end() const { return m_kinds.data() + m_count; }

    /// 0 = outermost; none when it is not in use.
    constexpr std::optional<size_t> levelOf(PolicyKind kind) const
    {
        const auto *found = std::find(begin(), end(), kind);
        return found == end() ? std::nullopt : std::optional<size_t>(found - begin());
    }
    constexpr bool has(PolicyKind kind) const { return levelOf(kind).has_value(); }

    /// Adds it innermost. False, and nothing done, when it is there already.
    constexpr bool append(PolicyKind kind)
    {
        if (has(kind))
            return false;
        m_kinds[m_count++] = kind;
        return true;
    }
    /// Adds it where `model` has it: just outside the first one that lies further inside there.
    constexpr bool insertAsIn(const PolicyOrder &model, PolicyKind kind)
    {
        const auto depth = [&](PolicyKind k) { return model.levelOf(k).value_or(kPolicyKindCount); };
        const auto *const inner = std::find_if(begin(), end(), [&](PolicyKind k) { return depth(k) > depth(kind); });
        const auto level = static_cast<size_t>(inner - begin());
        return append(kind) && move(kind, level);
    }
    constexpr bool remove(PolicyKind kind)
    {
        if (!has(kind))
            return false;
        move(kind, m_count - 1);
        m_kinds[--m_count] = PolicyKind::Fallback;
        return true;
    }
    /// To that level, the others keeping their order; a level beyond the last is the last. False when it is not in use.
    constexpr bool move(PolicyKind kind, size_t level)
    {
        const auto from = levelOf(kind);
        if (!from)
            return false;
        auto *const first = m_kinds.data();
        const size_t to = std::min(level, static_cast<size_t>(m_count) - 1);
        if (*from < to)
            std::rotate(first + *from, first + *from + 1, first + to + 1);
        else
            std::rotate(first + to, first + *from, first + *from + 1);
        return true;
    }

    constexpr bool operator==(const PolicyOrder &) const = default;

private:
    std::array<PolicyKind, kPolicyKindCount> m_kinds{};
    uint8_t m_count = 0;
};

} // namespace resilience
