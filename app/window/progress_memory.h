// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"

#include <QObject>

namespace app {

// Keeps what somebody has come to (goals, answers, the page of the guide) in the settings, so that it survives a
// restart. Reads it when it is made, and writes what has changed since.
class ProgressMemory : public QObject {
    Q_OBJECT

public:
    explicit ProgressMemory(Session &session, QObject *parent = nullptr);

private:
    void remember();

    Session &m_session;
    uint64_t m_version;
};

} // namespace app
