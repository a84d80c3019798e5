// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/stage_view.h"

#include <QWidget>

#include <array>
#include <functional>
#include <memory>

class QHBoxLayout;

namespace app {

class StageTag;

// The stage; where two runs are compared, one for each of them, side by side where there is room, else one at a time.
// A run keeps its place when the other one becomes ours.
class StagePair : public QWidget {
    Q_OBJECT

public:
    using MakeScene = std::function<std::unique_ptr<widgets::StageScene>()>;
    StagePair(MakeScene makeScene, QWidget *parent);
    ~StagePair() override;

    // The one that shows our run: what is done on it is done to that.
    StageView &ours() { return *m_views[m_ours]; }
    // Told of each of them once, when it is made.
    void onMade(std::function<void(StageView &)> act);

    struct Frame {
        resilience::sim::SharedSnapshot ours;
        resilience::sim::SharedSnapshot other; // none: nothing is compared
        bool oursRight = false;
        bool jumped = false;
        QString ourName{};
        QString otherName{};
    };
    void setFrame(const Frame &frame);
    void setTheme(const widgets::Theme &theme);
    void setReducedMotion(bool reduced);
    // The width that two of them need beside each other.
    static int widthOfTwo(const widgets::Theme &theme);

signals:
    void otherWanted(); // somebody wants to act on the other run

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeView(size_t place);
    void arrange();
    void showGhost();

    MakeScene m_makeScene;
    std::function<void(StageView &)> m_onMade;
    std::array<std::unique_ptr<StageView>, 2> m_views;
    std::array<StageTag *, 2> m_tags{};
    QHBoxLayout *m_tagRow;
    QHBoxLayout *m_stageRow;
    size_t m_ours = 0;
    bool m_two = false;
    resilience::sim::SharedSnapshot m_other;
    widgets::Theme m_theme;
    bool m_reducedMotion = false;
};

} // namespace app
