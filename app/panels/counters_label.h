// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app {

class Session;
class TabularLabel;

// The conservation line of the session's run, the same wherever it stands, and what is left of it where it does not
// fit.
void showCounters(TabularLabel &label, const Session &session);

} // namespace app
