// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/autosave.h"

#include "app/files/whole_file.h"
#include "app/run/run_file.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace app {

namespace {

constexpr int kMostWindows = 100;
constexpr qint64 kLockWritten = 2000; // ms; it takes less than one

QString lockOf(const QString &path) { return path + QStringLiteral(".lock"); }

// The lock, held; none when somebody else has it or it cannot be made.
std::unique_ptr<QLockFile> locked(const QString &path)
{
    // Killed before it could write into its lock whose it is: nobody would ever take that for stale.
    if (const QFileInfo file(lockOf(path));
        file.exists() && file.size() == 0 && file.lastModified().msecsTo(QDateTime::currentDateTime()) > kLockWritten)
        QFile::remove(file.filePath());
    auto lock = std::make_unique<QLockFile>(lockOf(path));
    lock->setStaleLockTime(0); // never by its age: only when its process is no more
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

} // namespace

QString Autosave::usualFolder()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    constexpr auto place = QStandardPaths::StateLocation;
#else
    constexpr auto place = QStandardPaths::AppLocalDataLocation;
#endif
    return QDir(QStandardPaths::writableLocation(place)).filePath(QStringLiteral("unsaved"));
}

Autosave::Autosave(Session &session, const QString &folder, std::chrono::milliseconds every, QObject *parent)
    : QObject(parent), m_session(session)
{
    m_writer.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(every);
    if (!QDir().mkpath(folder))
        return;
    findLost(folder);
    findPlace(folder);
    if (m_path.isEmpty())
        return;
    connect(&m_timer, &QTimer::timeout, this, &Autosave::save);
    connect(&m_session, &Session::changed, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
}

Autosave::~Autosave() { forget(); }

void Autosave::findLost(const QString &folder)
{
    const QDir place(folder);
    for (const QFileInfo &file :
         place.entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Time | QDir::Reversed))
        if (auto lock = locked(file.filePath()))
            m_lost.push_back({file.filePath(), std::move(lock)});
}

void Autosave::findPlace(const QString &folder)
{
    for (int i = 1; i <= kMostWindows && m_path.isEmpty(); ++i) {
        const QString path = QDir(folder).filePath(QStringLiteral("window-%1.json").arg(i));
        auto lock = QFileInfo::exists(path) ? nullptr : locked(path);
        if (!lock || QFileInfo::exists(path)) // somebody was faster
            continue;
        m_lock = std::move(lock);
        m_path = path;
        // One that is begun and dropped takes along what a killed program has left of its own.
        [[maybe_unused]] const auto begun = WholeFile::create(QFile::encodeName(path).toStdString());
    }
}

void Autosave::dropLost()
{
    if (m_lost.empty())
        return;
    QFile::remove(m_lost.back().path);
    m_lost.pop_back();
}

bool Autosave::isWorthKeeping() const
{
    const auto &run = m_session.timeline();
    return run.frontier() > resilience::kTimeZero || run.seed() != run.scenario().seed
           || run.journal() != run.scenario().script;
}

void Autosave::save()
{
    const auto &run = m_session.timeline();
    const Saved now{run.branch(), m_session.run(), run.now(), run.frontier()};
    if (m_path.isEmpty() || now == m_saved)
        return;
    m_saved = now;
    if (!isWorthKeeping()) {
        m_writer.start([path = m_path] { QFile::remove(path); });
        return;
    }
    // What cannot be written now may be the next time; what was written before is still there.
    m_writer.start([path = QFile::encodeName(m_path).toStdString(), text = savedRun(m_session)] {
        if (text)
            static_cast<void>(WholeFile::write(path, *text));
    });
}

void Autosave::forget()
{
    m_timer.stop();
    m_writer.waitForDone();
    m_saved = {};
    if (!m_path.isEmpty())
        QFile::remove(m_path);
}

} // namespace app
