// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/measurements.h"
#include "tests/bench/peer_results.h"
#include "tests/bench/subject.h"

namespace bench {

// To stdout: a row for each subject and number of threads, and one more for each further peer that has the like.
void printTable(const Subjects &subjects, const Measurements &ours, const PeerResults &peers);

// To stdout: what was aimed at, the value furthest from it, and whether it is met.
void printVerdict(const Subjects &subjects, const Measurements &ours, const PeerResults &peers);

} // namespace bench
