// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/stage/stage_scene.h"
#include "widgets/stage/state_animation.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QTimer;

namespace widgets {

// A stage as a widget: keeps the latest snapshot, shows the picture its scene makes of it, and says what was clicked,
// dropped and moved. It decides nothing. Nothing is painted while neither the snapshot nor an animation changes.
//
// Keyboard: Tab goes through the main things on the stage and on to the next widget, Up and Down through all of them,
// Enter clicks, Alt with an arrow moves what can be moved, Escape lets go of what is being dragged. Left, Right and
// Space are left to the transport.
class Stage : public QWidget {
    Q_OBJECT

public:
    // `animationSeconds` is the animation clock; by default the seconds since the widget was made.
    explicit Stage(std::unique_ptr<StageScene> scene, QWidget *parent = nullptr,
                   std::function<double()> animationSeconds = {});
    ~Stage() override;

    // Shows a moment. `jumped`: it was not reached by playing or stepping, so nothing is to be animated.
    void setFrame(const resilience::sim::SharedSnapshot &snapshot, bool jumped = false);
    // Another run at the same moment, which lies faintly over it; none: nothing does.
    void setGhost(const resilience::sim::SharedSnapshot &snapshot);
    void setTheme(const Theme &theme);
    void setReducedMotion(bool reduced);

    const StageScene &scene() const { return *m_scene; }
    const resilience::sim::SharedSnapshot &frame() const { return m_snapshot; }
    const Theme &theme() const { return m_theme; }
    // Null before the first frame, and when the scene can make nothing of the snapshot.
    const StagePicture *picture() const { return m_picture.get(); }
    StageTarget focusTarget() const { return m_focus; }
    StagePhase phase() const { return m_animation.phase(m_clock()); }
    bool dragging() const { return m_dragging; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    // Somebody asks about this, by click or by Enter.
    void targetClicked(const widgets::StageTarget &target);
    // Somebody clicked a service: break it, or clear what is on.
    void faultToggleRequested(uint32_t service);
    // A click, a drop or a move by keys is to change the run.
    void interventionRequested(const resilience::sim::Intervention &what);
    // ... or a fault that is on, or was, is to end at another time.
    void faultEndRequested(const resilience::sim::FaultEnd &end);

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
    const StageHit *find(const StageTarget &target) const;
    StageTarget targetAt(QPointF point) const;
    void relayout();
    void animate();
    void click(const StageTarget &target);
    void drop(QPointF at);
    void letGo();
    bool moveTarget(int steps);
    void setFocusTarget(const StageTarget &target);
    bool moveFocus(int step, bool primaryOnly);
    void tellAccessibility();
    void paintRing(QPainter &painter, const StageTarget &target, bool focus) const;

    std::unique_ptr<StageScene> m_scene;
    std::function<double()> m_clock;
    resilience::sim::SharedSnapshot m_snapshot;
    Theme m_theme = Theme::light();
    std::unique_ptr<StagePicture> m_picture;
    resilience::sim::SharedSnapshot m_ghostSnapshot;
    std::unique_ptr<StagePicture> m_ghost;
    StateAnimation m_animation;
    QTimer *m_frames;
    StageTarget m_focus;
    StageTarget m_hover;
    StageTarget m_pressed;
    QPointF m_pressedAt;
    QPointF m_pointer;
    bool m_dragging = false;
    bool m_ringShown = false;
};

} // namespace widgets
