// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app {

// While one is alive, Ctrl-C and a request to terminate do not end the program but raise a flag, so that the work can
// stop where nothing is half-written. One at a time.
class StopSignal {
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal &) = delete;
    StopSignal &operator=(const StopSignal &) = delete;

    bool raised() const;
};

} // namespace app
