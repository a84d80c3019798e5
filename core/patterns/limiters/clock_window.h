// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

namespace resilience {

/// The start of that of the windows [k x window, (k + 1) x window) of the clock, k of either sign, that `now` is in.
constexpr Time clockWindowStart(Time now, Duration window)
{
    const Duration into = now.time_since_epoch() % window;
    return saturatingAdd(now, into < Duration::zero() ? -into - window : -into);
}

} // namespace resilience
