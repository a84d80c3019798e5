// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QRectF>
#include <QWidget>

#include <cstdint>
#include <functional>
#include <vector>

namespace app {

// Rings around what counted for a decision, drawn over a stage. Always as large as the stage; never in the way of a
// click.
class LitOverlay : public QWidget {
    Q_OBJECT

public:
    explicit LitOverlay(QWidget *stage);

    void setTheme(const widgets::Theme &theme);
    // Where each of these events is drawn on the stage; an empty area for one that is not.
    using AreaOf = std::function<QRectF(uint64_t event)>;
    void setLit(const std::vector<uint64_t> &events, AreaOf areaOf);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    widgets::Theme m_theme;
    std::vector<uint64_t> m_events;
    AreaOf m_areaOf;
};

} // namespace app
