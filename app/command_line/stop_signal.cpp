// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/stop_signal.h"

namespace app {

namespace {

// A handler may touch nothing but such a flag.
volatile std::sig_atomic_t stopRaised = 0;

void raiseStop(int) { stopRaised = 1; }

} // namespace

StopSignal::StopSignal()
{
    stopRaised = 0;
    struct sigaction stop {};
    stop.sa_handler = raiseStop;
    stop.sa_flags = SA_RESTART;
    for (size_t i = 0; i < kSignals.size(); ++i) {
        sigaction(kSignals[i], nullptr, &m_before[i]);
        if (m_before[i].sa_handler != SIG_IGN)
            sigaction(kSignals[i], &stop, nullptr);
    }
}

StopSignal::~StopSignal()
{
    for (size_t i = 0; i < kSignals.size(); ++i)
        sigaction(kSignals[i], &m_before[i], nullptr);
}

bool StopSignal::raised() const { return stopRaised != 0; }

} // namespace app
