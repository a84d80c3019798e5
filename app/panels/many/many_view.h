// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sweep/many_book.h"
#include "widgets/many/many_picture.h"

#include <QWidget>

namespace app {

// The picture of many runs, in the place of the stage: a click on a dot or a cell opens that very run. With the keys:
// arrows go from cell to cell, Enter opens.
class ManyView : public QWidget {
    Q_OBJECT

public:
    ManyView(ManyBook &book, Session &session, QWidget *parent);

    void setFrame();
    void setTheme(const widgets::Theme &theme);
    const widgets::ManyPicture &picture() const { return m_picture; }
    const widgets::ManyLayout &layoutNow() const { return m_layout; }

    QSize minimumSizeHint() const override { return {360, 220}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    void openCell(size_t index);

    ManyBook &m_book;
    Session &m_session;
    widgets::Theme m_theme = widgets::Theme::light();
    widgets::ManyPicture m_picture;
    widgets::ManyLayout m_layout;
    std::optional<size_t> m_focused; // cell under the keys
    std::optional<ManyBook::Sight> m_seen; // that the picture is of
};

} // namespace app
