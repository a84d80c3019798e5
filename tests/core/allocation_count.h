// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace tests {

// How many allocations this thread has made with new so far, in a binary that has allocation_count.cpp among its
// sources.
qint64 allocationCount();

} // namespace tests
