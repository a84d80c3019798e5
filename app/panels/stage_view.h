// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/snapshot.h"
#include "widgets/stage_target.h"
#include "widgets/theme.h"

#include <cstdint>
#include <functional>
#include <vector>

class QWidget;

namespace app {

// What the window needs of any stage, whatever it draws.
class StageView {
public:
    virtual ~StageView() = default;

    virtual QWidget *widget() = 0;
    virtual void setTheme(const widgets::Theme &theme) = 0;
    virtual void setReducedMotion(bool reduced) = 0;
    // `jumped`: the moment was not reached by playing or stepping, so there is nothing to animate.
    virtual void setFrame(const resilience::sim::Snapshot &snapshot, bool jumped) = 0;
    // Lights up the outcomes with these event numbers: what counted for the decision under "Why?".
    virtual void setLit(const std::vector<uint64_t> &events) = 0;
    // Calls back when something is to be asked about, by click or by key.
    virtual void onAsked(std::function<void(const widgets::StageTarget &)> act) = 0;
    // ... and when a service is to fail, or to be well again.
    virtual void onFaultToggled(std::function<void(uint32_t service)> act) = 0;
};

} // namespace app
