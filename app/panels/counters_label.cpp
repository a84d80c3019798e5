// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/counters_label.h"

#include "app/panels/controls/tabular_label.h"
#include "app/panels/counters_text.h"
#include "app/run/session.h"

namespace app {

void showCounters(TabularLabel &label, const Session &session)
{
    const auto &snapshot = session.snapshot();
    const auto &sides = session.timeline().history().sides();
    label.setText(countersLine(snapshot, sides));
    label.setShorter(shorterCounters(snapshot, sides));
}

} // namespace app
