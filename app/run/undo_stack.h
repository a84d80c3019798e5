// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
#include "app/run/twin.h"
#include "core/sim/engine/journal.h"
#include "labs/kit/lab.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace app {

// What an edit replaces. A knob or a fault leaves the time where it is; opening another run does not, and undoing that
// goes back there.
struct RunState {
    const resilience::labs::Lab *lab = nullptr;
    std::shared_ptr<const resilience::sim::Scenario> scenario;
    uint64_t seed = 1;
    resilience::sim::Journal journal;
    Twin::Shared kept; // the runs beside it
    struct Left {
        Place place;
        resilience::Time frontier; // how far it had been played
        size_t beat = 0; // the page of the guide
        std::optional<double> speed; // that was chosen for the step
    };
    std::optional<Left> left; // where undoing leads; none = stay
};

// Undo and redo as journals: a run is its journal, so restoring one restores the run.
class UndoStack {
public:
    static constexpr size_t kMost = 200;

    // `before` is what an undo brings back. Whatever could be redone is gone.
    void push(RunState before);
    // Hands out the state to go back to and keeps `now` for a redo. None when there is nothing.
    std::optional<RunState> undo(RunState now);
    std::optional<RunState> redo(RunState now);
    bool canUndo() const { return !m_done.empty(); }
    bool canRedo() const { return !m_undone.empty(); }
    void clear();

private:
    std::vector<RunState> m_done;
    std::vector<RunState> m_undone;
};

} // namespace app
