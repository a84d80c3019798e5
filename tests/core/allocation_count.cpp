// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/allocation_count.h"

#include <cstdlib>
#include <new>

namespace {
thread_local qint64 allocations = 0;
}

// Replaces the operators of the whole binary.
void *operator new(std::size_t size)
{
    ++allocations;
    if (void *memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}
void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    ++allocations;
    return std::malloc(size ? size : 1);
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void *memory, const std::nothrow_t &) noexcept { std::free(memory); }

namespace tests {

qint64 allocationCount() { return allocations; }

} // namespace tests
