// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/pipeline_step.h"

#include <utility>
#include <vector>

namespace resilience::sim {

/// Lists that keep their memory from one step to the next, so that steps allocate nothing. No part of a world's value:
/// a copy starts without, and any two are equal.
class Workspace {
public:
    Workspace() = default;
    Workspace(const Workspace &) {}
    Workspace(Workspace &&) = default;
    Workspace &operator=(const Workspace &) { return *this; }
    Workspace &operator=(Workspace &&) = default;
    ~Workspace() = default;
    bool operator==(const Workspace &) const { return true; }

private:
    friend class BorrowedSteps;
    std::vector<PipelineSteps> m_spare;
};

/// An empty list of steps for as long as this lives.
class BorrowedSteps {
public:
    explicit BorrowedSteps(Workspace &workspace) : m_workspace(workspace)
    {
        if (m_workspace.m_spare.empty())
            return;
        m_steps = std::move(m_workspace.m_spare.back());
        m_workspace.m_spare.pop_back();
    }
    BorrowedSteps(const BorrowedSteps &) = delete;
    BorrowedSteps &operator=(const BorrowedSteps &) = delete;
    ~BorrowedSteps()
    {
        m_steps.clear();
        m_workspace.m_spare.push_back(std::move(m_steps));
    }
    PipelineSteps &operator*() { return m_steps; }

private:
    Workspace &m_workspace;
    PipelineSteps m_steps;
};

} // namespace resilience::sim
