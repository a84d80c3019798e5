// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>

namespace resilience::runtime {

/// What two processors fetch from each other in one piece: data that one writes goes apart from data that others read.
inline constexpr std::size_t kCacheLine = 64;

/// A lock for work of nanoseconds: taken by one atomic operation and given back by a plain store, where a std::mutex
/// needs two. Not fair. Who finds it taken spins for some microseconds, then lets other threads run, and then sleeps
/// between tries, so that a holder that lost its processor gets it back whatever the priorities are.
///
/// A Lockable: for std::lock_guard, std::unique_lock and std::condition_variable_any.
class ShortLock {
public:
    ShortLock() = default;
    ShortLock(const ShortLock &) = delete;
    ShortLock &operator=(const ShortLock &) = delete;

    void lock() noexcept
    {
        if (!try_lock())
            lockLater();
    }
    bool try_lock() noexcept { return !m_taken.exchange(true, std::memory_order_acquire); }
    void unlock() noexcept { m_taken.store(false, std::memory_order_release); }

private:
    void lockLater() noexcept;

    std::atomic<bool> m_taken = false;
};

} // namespace resilience::runtime
