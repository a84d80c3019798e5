// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QWidget>

namespace app {

enum class RunSide : uint8_t { Ours, Other };

// The stroke that a run has in all pictures: ours solid and blue, the other one grey and dashed.
void paintRunSign(QPainter &painter, RunSide side, const QRectF &area, const widgets::Theme &theme);

class RunSign : public QWidget {
public:
    explicit RunSign(RunSide side, QWidget *parent);
    void setSide(RunSide side);
    void setTheme(const widgets::Theme &theme);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RunSide m_side;
    widgets::Theme m_theme;
};

} // namespace app
