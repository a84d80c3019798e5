// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ostream>

namespace app {

// What every command relies on, whatever the program was started with: descriptors 0 to 2 are open, so that no file of
// ours gets their numbers and what is meant for people, and a write that fails is an error and no signal. Before all
// else.
void openStandardStreams();

// At a command's end: `code`, or 1 with a message when not all of its results went out.
int endOfResults(int code, std::ostream &out, std::ostream &err);

} // namespace app
