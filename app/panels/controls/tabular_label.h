// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QWidget>

namespace app {

// One line of text that ticks: its digits do not tremble. Right- or left-aligned; cut at the end, with dots and a
// tooltip, where there is no room.
class TabularLabel : public QWidget {
    Q_OBJECT

public:
    TabularLabel(widgets::TextSize size, QFont::Weight weight, bool quiet, QWidget *parent = nullptr);

    void setText(const QString &text);
    // What is shown instead where the text does not fit: the first of these that does. The text is what it is called.
    void setShorter(const QStringList &shorter);
    const QString &text() const { return m_text; }
    void setTheme(const widgets::Theme &theme);
    void setAlignment(Qt::Alignment alignment) { m_alignment = alignment; }
    // The room it asks for, so that the neighbours stand still while it ticks; empty = its text.
    void setWidest(const QString &text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QFont textFont() const { return m_theme.font(m_size, m_weight); }
    QString shownText() const;

    widgets::Theme m_theme;
    widgets::TextSize m_size;
    QFont::Weight m_weight;
    bool m_quiet;
    Qt::Alignment m_alignment = Qt::AlignLeft;
    QString m_text;
    QStringList m_shorter;
    QString m_widest;
};

} // namespace app
