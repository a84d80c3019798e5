// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"

#include <QWidget>

#include <memory>
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
    // Of both runs: while they are the same, so are the changes, and worlds need not be made to tell them.
    std::shared_ptr<const resilience::sim::Timeline::Branch> m_ours;
    std::shared_ptr<const resilience::sim::Timeline::Branch> m_other;
    std::vector<resilience::sim::JournalChange> m_changes;
    QStringList m_starts;
    QWidget *m_content = nullptr;
};

} // namespace app
