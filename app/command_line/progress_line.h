// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/time.h"

#include <chrono>
#include <iosfwd>

namespace app {

// "42 %" on standard error, where that is a terminal, ten times a second, once the work has lasted half a second.
// Taken away at the end.
class ProgressLine {
public:
    explicit ProgressLine(std::ostream &err);
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    void show(resilience::Time now, resilience::Duration until);
    // So many of all, with the time that the rest will take at the speed so far.
    void show(uint64_t done, uint64_t all, const char *what);
    void clear();

private:
    bool isDue();

    std::ostream &m_err;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    bool m_terminal;
    bool m_shown = false;
    std::chrono::steady_clock::time_point m_next;
};

} // namespace app
