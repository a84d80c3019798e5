// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/compare/run_sign.h"

#include <QAbstractButton>

namespace app {

// Above the stage of a run: its stroke and its name. A click makes that run ours.
class StageTag : public QAbstractButton {
public:
    explicit StageTag(QWidget *parent);
    void show(RunSide side, const QString &name, const QString &hint);
    void setTheme(const widgets::Theme &theme);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RunSide m_side = RunSide::Ours;
    widgets::Theme m_theme;
};

} // namespace app
