// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/autosave.h"

#include <QFrame>

class QLabel;

namespace app {

class FileActions;

// Keeps the work of the window (see Autosave), and offers in one line what another one has lost: nothing waits for an
// answer to it.
class LostWorkBar : public QFrame {
    Q_OBJECT

public:
    LostWorkBar(Session &session, FileActions &files, QWidget *parent = nullptr);

    // From now on, in that folder.
    void keepIn(const QString &folder, std::chrono::milliseconds every);
    // The window has been closed in the usual way.
    void forget();
    // Not before an audience: what is offered waits.
    void setHushed(bool hushed);

signals:
    void changed(); // it takes room now, or no more

private:
    void offer();
    void showOffer();

    Session &m_session;
    FileActions &m_files;
    QLabel *m_words;
    std::unique_ptr<Autosave> m_autosave;
    bool m_hushed = false;
};

} // namespace app
