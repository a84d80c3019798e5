// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/stop_signal.h"

#include <csignal>

namespace app {

namespace {

// A handler may touch nothing but such a flag.
volatile std::sig_atomic_t stopRaised = 0;

void raiseStop(int) { stopRaised = 1; }

} // namespace

StopSignal::StopSignal()
{
    stopRaised = 0;
    std::signal(SIGINT, raiseStop);
    std::signal(SIGTERM, raiseStop);
}

StopSignal::~StopSignal()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool StopSignal::raised() const { return stopRaised != 0; }

} // namespace app
