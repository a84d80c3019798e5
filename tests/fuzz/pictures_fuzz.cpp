// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/picture/png_text.h"
#include "tests/fuzz/abort_on_problem.h"
#include "tests/fuzz/picture_check.h"

#include <algorithm>
#include <cstdint>
#include <string>

// Pictures under libFuzzer: see picture_check.h for what is checked.

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return tests::abortOnProblem(&tests::pictureProblem, data, size);
}

namespace {

uint32_t numberAt(const uint8_t *data)
{
    return uint32_t{data[0]} << 24U | uint32_t{data[1]} << 16U | uint32_t{data[2]} << 8U | data[3];
}

// Makes the sums of a PNG's chunks right, without which nothing in them is looked at.
void sumUp(uint8_t *data, size_t size)
{
    constexpr size_t signature = 8;
    constexpr size_t around = 12;
    for (size_t at = signature; at + around <= size;) {
        const size_t length = numberAt(data + at);
        if (length > size - at - around)
            return;
        const uint32_t sum = resilience::io::pngSum({reinterpret_cast<const char *>(data) + at + 4, length + 4});
        for (unsigned i = 0; i < 4; ++i)
            data[at + 8 + length + i] = static_cast<uint8_t>(sum >> (24 - 8 * i));
        at += around + length;
    }
}

} // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maxSize, unsigned seed)
{
    size = LLVMFuzzerMutate(data, size, maxSize);
    if (seed % 8 != 0 && resilience::io::isPng({reinterpret_cast<const char *>(data), size}))
        sumUp(data, size);
    return size;
}
