// SPDX-License-Identifier: MIT
#pragma once

#include "core/deadline.h"
#include "core/patterns/limiters/fixed_window.h"
#include "core/patterns/limiters/leaky_bucket.h"
#include "core/patterns/limiters/leaky_queue.h"
#include "core/patterns/limiters/sliding_window_counter.h"
#include "core/patterns/limiters/sliding_window_log.h"
#include "core/runtime/guarded.h"

#include <concepts>
#include <cstdint>
#include <utility>

namespace resilience::runtime {

/// A rate limiter for many threads: see the plain one for what it does, Guarded for how. The token bucket has a shell
/// of its own, because its tokens can be given back; a permit of these is spent as soon as it is given.
template <typename Core> class SharedLimiter {
public:
    using Config = std::remove_cvref_t<decltype(std::declval<const Core &>().config())>;
    using Answer = decltype(std::declval<Core &>().tryAcquire(Time{}, uint64_t{1}));

    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit SharedLimiter(const Config &config = {}, Clock clock = {}) : m_core(config, std::move(clock)) {}

    /// Never waits. A queue's answer says how long its caller has to; a turn that comes at or after the deadline is not
    /// taken (DeadlinePassed). The others take no notice of the deadline.
    Answer tryAcquire(uint64_t permits = 1, const Deadline &deadline = {})
    {
        return tryAcquireAt(m_core.clock().now(), permits, deadline);
    }
    /// As of `now`, for who has read the clock already.
    Answer tryAcquireAt(Time now, uint64_t permits = 1, [[maybe_unused]] const Deadline &deadline = {})
    {
        return m_core.with([&](Core &core) {
            if constexpr (std::same_as<Core, LeakyQueue>)
                return core.tryAcquire(now, permits, deadline);
            else
                return core.tryAcquire(now, permits);
        });
    }

    auto available() const
    {
        return m_core.with([](const Core &core, Time now) { return core.available(now); });
    }
    /// Throws InvalidConfig and then changes nothing.
    void reconfigure(const Config &config)
    {
        m_core.with([&](Core &core, Time now) { core.reconfigure(config, now); });
    }

    /// The plain limiter as it stands.
    Core checkpoint() const { return m_core.checkpoint(); }

private:
    Guarded<Core> m_core;
};

using SharedLeakyBucket = SharedLimiter<LeakyBucket>;
using SharedLeakyQueue = SharedLimiter<LeakyQueue>;
using SharedFixedWindow = SharedLimiter<FixedWindow>;
using SharedSlidingWindowLog = SharedLimiter<SlidingWindowLog>;
using SharedSlidingWindowCounter = SharedLimiter<SlidingWindowCounter>;

} // namespace resilience::runtime
