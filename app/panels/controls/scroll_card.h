// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QScrollArea;
class QVBoxLayout;

namespace app {

// A card whose content scrolls when there is no room for it, so that nothing in it is ever cut off. What must stay in
// sight goes above it, into head(), or below, into foot().
class ScrollCard : public QFrame {
    Q_OBJECT

public:
    explicit ScrollCard(QWidget *parent = nullptr);

    QWidget *bodyWidget() const { return m_body; }
    QVBoxLayout *body() const { return m_bodyLayout; }
    QVBoxLayout *head() const { return m_head; }
    QVBoxLayout *foot() const { return m_foot; }
    void scrollToTop();
    // It takes the height that is there, whatever its texts would like; else the row that it stands in, the stage and
    // all, got the height it would like best as its least.
    bool hasHeightForWidth() const override { return false; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void keepTextWidth();

    QScrollArea *m_scroll;
    QWidget *m_body;
    QVBoxLayout *m_bodyLayout;
    QVBoxLayout *m_head;
    QVBoxLayout *m_foot;
};

} // namespace app
