// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"

#include <QWidget>

#include <vector>

namespace app {

// What was done to the one of two runs and not to the other, in words, each with a link that takes it back.
class ChangeList : public QWidget {
    Q_OBJECT

public:
    explicit ChangeList(Session &session, QWidget *parent);
    void setFrame();

private:
    void build(const QStringList &starts);

    Session &m_session;
    std::vector<resilience::sim::JournalChange> m_changes;
    QStringList m_starts;
    QWidget *m_content = nullptr;
};

} // namespace app
