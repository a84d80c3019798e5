// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/engine/journal.h"
#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_scene.h"

#include <QPointer>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

class QWidget;

namespace widgets {
class Stage;
}

namespace app {

// What the window has of a stage, whatever it draws.
class StageView {
public:
    StageView(std::unique_ptr<widgets::StageScene> scene, QWidget *parent);
    StageView(const StageView &) = delete;
    StageView &operator=(const StageView &) = delete;
    ~StageView();

    QWidget *widget() const;
    const widgets::StageScene &scene() const;
    void setTheme(const widgets::Theme &theme);
    void setReducedMotion(bool reduced);
    // `jumped`: the moment was not reached by playing or stepping, so there is nothing to animate.
    void setFrame(const resilience::sim::SharedSnapshot &snapshot, bool jumped);
    // Another run, faintly below; see Stage.
    void setGhost(const resilience::sim::SharedSnapshot &snapshot);
    // Where something is on the stage now; empty when it is not there.
    QRectF areaOf(const widgets::StageTarget &target) const;
    QRectF areaOf(uint64_t event) const; // what stands for the event with that number
    // The areas of a part of its picture by name; none when it is not there.
    std::vector<QRectF> partsNamed(const std::string &name) const;
    // Calls back when something is to be asked about, by click or by key ...
    void onAsked(std::function<void(const widgets::StageTarget &)> act);
    // ... when a service is to fail, or to be well again ...
    void onFaultToggled(std::function<void(uint32_t service)> act);
    // ... and when the run is to be changed in some other way.
    void onIntervention(std::function<void(const resilience::sim::Intervention &)> act);
    // A fault is to end at another time.
    void onFaultEnd(std::function<void(const resilience::sim::FaultEnd &)> act);

private:
    QPointer<widgets::Stage> m_stage; // its parent widget may go first
};

} // namespace app
