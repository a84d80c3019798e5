// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace bench {

// How often this thread has called operator new so far, in whatever form.
uint64_t allocations();

} // namespace bench
