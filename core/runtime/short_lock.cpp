// SPDX-License-Identifier: MIT
#include "core/runtime/short_lock.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace resilience::runtime {

namespace {

constexpr int kSpins = 16;
constexpr int kLongestPause = 32;
constexpr int kYields = 100;
constexpr std::chrono::microseconds kNap{50};

// Tells the processor that this is a loop that waits for memory; of no effect where there is no such instruction.
void pause() noexcept
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

} // namespace

// Waits longer from one try to the next: whoever looks takes the memory away from the holder, who needs it to get done.
void ShortLock::lockLater() noexcept
{
    int pauses = 1;
    for (int tries = 0;; ++tries) {
        if (!m_taken.load(std::memory_order_relaxed) && try_lock())
            return;
        if (tries < kSpins) {
            for (int i = 0; i < pauses; ++i)
                pause();
            pauses = std::min(2 * pauses, kLongestPause);
        } else if (tries < kSpins + kYields) {
            std::this_thread::yield();
        } else {
            std::this_thread::sleep_for(kNap);
        }
    }
}

} // namespace resilience::runtime
