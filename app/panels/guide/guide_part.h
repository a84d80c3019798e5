// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace app {

// One part of a page of the guide: a caption and its text. Without text it takes no room.
class GuidePart : public QFrame {
    Q_OBJECT

public:
    // `box`: the role of its frame ("watch", "seen"), or null for none.
    GuidePart(const QString &caption, const char *box, QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const;
    // There, but not to be read now.
    void setCovered(bool covered);

private:
    QLabel *m_text;
};

} // namespace app
