// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QRectF>
#include <QWidget>

#include <optional>
#include <vector>

namespace app {

// Joins an explanation to what it is about: a line from its card to what was clicked, and on to rings around what
// counted. Covers its parent; never in the way of a click.
class WhyLines : public QWidget {
    Q_OBJECT

public:
    explicit WhyLines(QWidget *parent);

    void setTheme(const widgets::Theme &theme);
    // All in the parent's coordinates; without an anchor there are rings only.
    void join(const QRectF &card, const std::optional<QRectF> &anchor, const std::vector<QRectF> &lit);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::Theme m_theme;
    QRectF m_card;
    std::optional<QRectF> m_anchor;
    std::vector<QRectF> m_lit;
};

} // namespace app
