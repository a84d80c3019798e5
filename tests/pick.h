// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rapidcheck.h>

namespace tests {

// Numbers for properties, spread over all of [low, high) in every case. rapidcheck's own inRange() grows with the case:
// of inRange(0, 2) the first fifty in a hundred are 0.
template <typename T> rc::Gen<T> spread(T low, T high)
{
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(low, high));
}

template <typename T> T pick(T low, T high) { return *spread<T>(low, high); }

} // namespace tests
