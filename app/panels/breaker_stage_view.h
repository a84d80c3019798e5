// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/stage_view.h"

#include <QPointer>

namespace widgets {
class BreakerStage;
}

namespace app {

class LitOverlay;

// The stage of the circuit breaker.
class BreakerStageView : public StageView {
public:
    explicit BreakerStageView(QWidget *parent);
    ~BreakerStageView() override;

    QWidget *widget() override;
    void setTheme(const widgets::Theme &theme) override;
    void setReducedMotion(bool reduced) override;
    void setFrame(const resilience::sim::Snapshot &snapshot, bool jumped) override;
    void setLit(const std::vector<uint64_t> &events) override;
    void onAsked(std::function<void(const widgets::StageTarget &)> act) override;
    void onFaultToggled(std::function<void(uint32_t service)> act) override;

private:
    QPointer<widgets::BreakerStage> m_stage; // its parent widget may go first
    LitOverlay *m_lit;                       // goes with the stage
};

} // namespace app
