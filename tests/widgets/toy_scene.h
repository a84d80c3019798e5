// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"

// The smallest stage that can do everything: two boxes that can be clicked and dragged one above the other, a service,
// and an outcome that stands for an event.
namespace toy {

using namespace widgets;

inline constexpr uint32_t kOrderKnob = 2; // what a drag turns
inline constexpr uint64_t kEvent = 42;

enum class Part : uint8_t { First, Second };
inline const StageTarget kFirst = targets::part(Part::First);
inline const StageTarget kSecond = targets::part(Part::Second);
inline const StageTarget kService = targets::Service{0};
inline const StageTarget kOutcome = targets::Event{kEvent};

class Scene : public StageScene {
public:
    QString name() const override;
    std::vector<LegendSign> legend() const override { return {{Sign::Succeeded}}; }
    std::unique_ptr<StagePicture> layout(const SharedSnapshot &snapshot, QSizeF size,
                                         const Theme &theme) const override;
    StageState state(const Snapshot &snapshot) const override; // the key is the number of clients
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;
    // The second policy: clears the outage of the first service.
    std::optional<Intervention> clicked(const Snapshot &snapshot, const StageTarget &target) const override;
    // Policies: how many rows they were moved is the knob's value.
    bool draggable(const StageTarget &target) const override;
    std::optional<Intervention> dropped(const Snapshot &snapshot, const StageTarget &target, QPointF from, QPointF to,
                                        const StagePicture &picture) const override;
    std::optional<Intervention> moved(const Snapshot &snapshot, const StageTarget &target, int steps) const override;
};

} // namespace toy
