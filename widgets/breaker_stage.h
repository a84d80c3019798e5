// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/breaker_stage_scene.h"
#include "widgets/state_animation.h"
#include "widgets/theme.h"

#include <QWidget>

#include <functional>
#include <optional>

class QTimer;

namespace widgets {

// The breaker's stage as a widget: keeps the latest snapshot, paints it by the scene's pure functions, and says what
// was clicked. It decides nothing. Nothing is painted while neither the snapshot nor an animation changes.
//
// Keyboard: Tab goes through the main things on the stage and on to the next widget, Up and Down through all of them,
// Enter clicks. Left, Right and Space are left to the transport.
class BreakerStage : public QWidget {
    Q_OBJECT

public:
    // `animationSeconds` is the animation clock; by default the seconds since the widget was made.
    explicit BreakerStage(QWidget *parent = nullptr, std::function<double()> animationSeconds = {});

    // Shows a moment. `jumped`: it was not reached by playing or stepping, so nothing is to be animated.
    void setFrame(const resilience::sim::Snapshot &snapshot, bool jumped = false);
    void setTheme(const Theme &theme);
    void setReducedMotion(bool reduced);
    // Which client's breaker is shown; 0 at the start.
    void setClient(uint32_t client);

    const std::optional<resilience::sim::Snapshot> &frame() const { return m_snapshot; }
    const Theme &theme() const { return m_theme; }
    const BreakerStageLayout &currentLayout() const { return m_layout; }
    StageTarget focusTarget() const { return m_focus; }
    StagePhase phase() const { return m_animation.phase(m_clock()); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void targetClicked(const widgets::StageTarget &target);
    // Somebody clicked a service: inject an outage, or clear what is on.
    void faultToggleRequested(uint32_t service);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void relayout();
    void animate();
    void click(const StageTarget &target);
    void setFocusTarget(const StageTarget &target);
    bool moveFocus(int step, bool primaryOnly);
    void tellAccessibility();
    void paintRing(QPainter &painter, const StageTarget &target, bool focus) const;

    std::function<double()> m_clock;
    std::optional<resilience::sim::Snapshot> m_snapshot;
    Theme m_theme = Theme::light();
    uint32_t m_client = 0;
    BreakerStageLayout m_layout;
    StateAnimation m_animation;
    QTimer *m_frames;
    StageTarget m_focus;
    StageTarget m_hover;
    StageTarget m_pressed;
    bool m_ringShown = false;
};

} // namespace widgets
