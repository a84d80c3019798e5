// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace app {

// Keeps the work of one window on the disk while it goes on, so that a program that is killed costs its last seconds
// alone. Each window has a file of its own, beside a lock that it holds while it lives: a file whose lock nobody holds
// was left behind. Nothing is kept of a run to which nothing was done, and nothing where the folder cannot be written
// to.
class Autosave : public QObject {
    Q_OBJECT

public:
    // From a change to its being on the disk, at most.
    static constexpr std::chrono::milliseconds kEvery{5000};
    // Of this user, for the state of this program.
    static QString usualFolder();

    Autosave(Session &session, const QString &folder, std::chrono::milliseconds every = kEvery,
             QObject *parent = nullptr);
    // Leaves nothing of its own behind.
    ~Autosave() override;

    // What was left behind by windows that were never closed, the latest last. No other window is offered it.
    struct Lost {
        QString path;
        std::unique_ptr<QLockFile> lock;
    };
    const std::vector<Lost> &lost() const { return m_lost; }
    // The latest of it has been taken up, or is not wanted.
    void dropLost();

    // Now, if there is something new.
    void save();
    // Closed in the usual way: nothing needs to be kept.
    void forget();
    // Empty where nothing can be kept.
    QString path() const { return m_path; }

private:
    // All that the file is made of.
    struct Saved {
        std::shared_ptr<const resilience::sim::Timeline::Branch> branch;
        uint64_t run = 0;
        Time now;
        Time frontier;
        bool operator==(const Saved &) const = default;
    };
    void findLost(const QString &folder);
    void findPlace(const QString &folder);
    bool isWorthKeeping() const;

    Session &m_session;
    QTimer m_timer;
    std::vector<Lost> m_lost;
    std::unique_ptr<QLockFile> m_lock;
    QString m_path;
    Saved m_saved;
    QThreadPool m_writer; // one thread: a slow disk is not to stop the window
};

} // namespace app
