// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/undo_stack.h"

#include <utility>

namespace app {

namespace {
std::optional<RunState> exchange(std::vector<RunState> &from, std::vector<RunState> &to, RunState now)
{
    if (from.empty())
        return std::nullopt;
    RunState wanted = std::move(from.back());
    from.pop_back();
    // The way back leaves the time alone exactly when the way there does.
    if (!wanted.left)
        now.left.reset();
    to.push_back(std::move(now));
    return wanted;
}
} // namespace

void UndoStack::push(RunState before)
{
    if (m_done.size() == kMost)
        m_done.erase(m_done.begin());
    m_done.push_back(std::move(before));
    m_undone.clear();
}

std::optional<RunState> UndoStack::undo(RunState now) { return exchange(m_done, m_undone, std::move(now)); }

std::optional<RunState> UndoStack::redo(RunState now) { return exchange(m_undone, m_done, std::move(now)); }

void UndoStack::clear()
{
    m_done.clear();
    m_undone.clear();
}

} // namespace app
