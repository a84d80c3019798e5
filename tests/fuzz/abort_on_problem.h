// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace tests {

// What libFuzzer asks of an input: the end of the program when the check finds a problem in it.
inline int abortOnProblem(std::string (*check)(std::string_view), const uint8_t *data, size_t size)
{
    const std::string problem = check({reinterpret_cast<const char *>(data), size});
    if (problem.empty())
        return 0;
    std::fprintf(stderr, "%s\n", problem.c_str());
    std::abort();
}

} // namespace tests
