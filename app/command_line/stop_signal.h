// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <csignal>

namespace app {

// While one is alive, Ctrl-C, a request to terminate and a terminal that is closed do not end the program but raise a
// flag, so that the work can stop where nothing is half-written. Those that were ignored before (nohup) still are. One
// at a time.
class StopSignal {
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal &) = delete;
    StopSignal &operator=(const StopSignal &) = delete;

    bool raised() const;

private:
    static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
    std::array<struct sigaction, kSignals.size()> m_before{};
};

} // namespace app
