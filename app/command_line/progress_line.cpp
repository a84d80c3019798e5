// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/progress_line.h"

#include <cmath>
#include <ostream>
#include <utility>

#include <unistd.h>

namespace app {

using namespace std::chrono_literals;

ProgressLine::ProgressLine(std::ostream &err)
    : m_err(err), m_terminal(::isatty(STDERR_FILENO) == 1), m_next(std::chrono::steady_clock::now() + 500ms)
{
}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::clear()
{
    if (std::exchange(m_shown, false))
        m_err << "\r\x1b[K" << std::flush;
}

bool ProgressLine::isDue()
{
    if (!m_terminal || std::chrono::steady_clock::now() < m_next)
        return false;
    m_next = std::chrono::steady_clock::now() + 100ms;
    m_shown = true;
    return true;
}

void ProgressLine::show(uint64_t done, uint64_t all, const char *what)
{
    if (!isDue())
        return;
    m_err << "\r" << done << " of " << all << " " << what;
    if (done > 0) {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - m_start;
        const double left = std::ceil(passed.count() / static_cast<double>(done) * static_cast<double>(all - done));
        if (left < 100)
            m_err << ", about " << left << " s left";
        else
            m_err << ", about " << std::ceil(left / 60) << " min left";
    }
    m_err << " \x1b[K" << std::flush;
}

void ProgressLine::show(resilience::Time now, resilience::Duration until)
{
    if (!isDue())
        return;
    const double share = resilience::toSeconds(now) / resilience::toSeconds(until);
    m_err << "\r" << std::floor(100 * share) << " %, at " << std::floor(resilience::toSeconds(now)) << " s \x1b[K"
          << std::flush;
}

} // namespace app
