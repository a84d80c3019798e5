// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QRectF>
#include <QScrollArea>

#include <optional>
#include <vector>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace app {

// A card that lies over the window: a title, a cross that closes it, and whatever is put into its column. It is as high
// as its words need, and scrolls where the window is not.
class FloatingCard : public QScrollArea {
    Q_OBJECT

public:
    // `name` begins the names of its parts: "why" makes "why-card", "why-title", "why-close".
    FloatingCard(const char *name, QWidget *window);

    virtual void setTheme(const widgets::Theme &theme);

    // Closes those that are open in the window; false when none was.
    static bool closeAll(const QWidget &window);
    static bool anyOpen(const QWidget &window);

signals:
    void closeWanted();

protected:
    QWidget *window_() const { return m_window; }
    QVBoxLayout *column() const { return m_column; }
    QLabel *title() const { return m_title; }
    const widgets::Theme &theme() const { return m_theme; }
    // Its size at that width (px at scale 1), no larger than the window.
    QSize sizeAt(double width);
    // Where it may lie: everywhere in the window but at its very edge.
    QRect anywhere() const;
    void keyPressEvent(QKeyEvent *event) override; // Escape closes it

private:
    QWidget *m_window;
    widgets::Theme m_theme;
    QVBoxLayout *m_column;
    QLabel *m_title;
    QToolButton *m_close;
};

// Where a card of that size goes: beside the anchor within the first of `bounds` that has room there, clear of `others`
// if any place is; without an anchor, or without room, into the corner that is farthest from it. Exposed for tests.
QRect placeBeside(QSize size, const std::optional<QRectF> &anchor, const std::vector<QRectF> &others,
                  const std::vector<QRect> &bounds, int gap);

} // namespace app
