// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/clock.h"
#include "core/runtime/short_lock.h"

#include <concepts>
#include <mutex>
#include <type_traits>
#include <utility>

namespace resilience::runtime {

/// A pattern for many threads: the plain core behind one short lock. It gives the answers that the core would give to
/// the same calls made one after the other, in the order in which they got the lock.
template <typename Core> class Guarded {
public:
    explicit Guarded(Core core, Clock clock = {}) : m_clock(std::move(clock)), m_core(std::move(core)) {}
    /// A core that is anchored in time when it is built: now, on this clock.
    template <typename Config>
    requires std::constructible_from<Core, const Config &, Time>
    explicit Guarded(const Config &config, Clock clock = {}) : m_clock(std::move(clock)), m_core(config, m_clock.now())
    {
    }

    /// operation(core, now), under the lock; its result by value. The operation must be short and must not come back
    /// here. The clock is read before the lock: a thread held up in between brings a `now` that counts as the latest.
    /// operation(core) is for what has no use for the time; then the clock is not read, which takes longer than most.
    template <typename Operation> auto with(Operation &&operation)
    {
        return lockedWith(m_core, std::forward<Operation>(operation));
    }
    template <typename Operation> auto with(Operation &&operation) const
    {
        return lockedWith(m_core, std::forward<Operation>(operation));
    }

    /// The core as it stands.
    Core checkpoint() const
    {
        const std::lock_guard lock(m_lock);
        return m_core;
    }

    const Clock &clock() const { return m_clock; }

private:
    template <typename Seen, typename Operation> auto lockedWith(Seen &core, Operation &&operation) const
    {
        if constexpr (std::is_invocable_v<Operation, Seen &>) {
            const std::lock_guard lock(m_lock);
            return std::forward<Operation>(operation)(core);
        } else {
            const Time now = m_clock.now();
            const std::lock_guard lock(m_lock);
            return std::forward<Operation>(operation)(core, now);
        }
    }

    const Clock m_clock;
    alignas(kCacheLine) mutable ShortLock m_lock; // beside what it guards, and apart from the clock that all read
    Core m_core;
};

} // namespace resilience::runtime
