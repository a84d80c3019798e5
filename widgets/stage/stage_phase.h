// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/time.h"

#include <cstdint>
#include <optional>

namespace widgets {

// What a scene wants its changes of animated. Pictures that never change state leave it as it is.
struct StageState {
    uint64_t key =
        0; // what it looks like: numbers of the scene's own choosing, several things packed into one if need be
    uint64_t changes = 0; // how many changes there have been, where that is known: several at once are not animated
    std::optional<resilience::Time> since{}; // when it became so, where that is known: old changes are not animated
    bool operator==(const StageState &) const = default;
};

// Where the animations of a stage stand. They run on a clock of their own and never hold the model back.
struct StagePhase {
    double transition = 1.0; // of the latest state change: 0 = begins, 1 = over
    uint64_t from = 0; // StageState::key of what it came from; matters below 1
    bool reducedMotion = false; // things are simply where they are
    double seconds = 0; // of the animation clock while playing, for drips and the like; 0 with reduced motion

    // How far the change is for the eye: slow at both ends, over at once with reduced motion.
    double eased() const { return reducedMotion ? 1.0 : transition * transition * (3 - 2 * transition); }
    bool operator==(const StagePhase &) const = default;
};

} // namespace widgets
