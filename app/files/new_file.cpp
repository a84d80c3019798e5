// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/new_file.h"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace app {

namespace {

constexpr std::string_view kPartStart = ".resilience-lab-";
constexpr std::string_view kPartEnd = ".part";
constexpr mode_t kUsualMode = 0666; // less what the process' umask takes

std::string partName(long number) { return std::string(kPartStart) + std::to_string(number) + std::string(kPartEnd); }

bool isPartName(std::string_view name)
{
    if (name.size() <= kPartStart.size() + kPartEnd.size() || !name.starts_with(kPartStart)
        || !name.ends_with(kPartEnd))
        return false;
    name = name.substr(kPartStart.size(), name.size() - kPartStart.size() - kPartEnd.size());
    return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// How the file of an open descriptor is reached by name.
std::string openPath(int file) { return "/proc/self/fd/" + std::to_string(file); }

bool hasName(int file)
{
    struct stat found {};
    return ::fstat(file, &found) == 0 && found.st_nlink > 0;
}

} // namespace

NewFile::~NewFile()
{
    if (!m_part.empty())
        ::unlinkat(m_folder, m_part.c_str(), 0);
    for (const int open : {m_file, m_folder})
        if (open >= 0)
            ::close(open);
}

int NewFile::make(const std::filesystem::path &place, Means means)
{
    const std::filesystem::path folder = place.parent_path();
    m_name = place.filename().string();
    m_folder = ::open(folder.empty() ? "." : folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (m_folder < 0)
        return errno;
    struct stat old {};
    const bool isThere = ::fstatat(m_folder, m_name.c_str(), &old, 0) == 0;
    if (!isThere && errno != ENOENT)
        return errno;
    if (isThere && ::faccessat(m_folder, m_name.c_str(), W_OK, AT_EACCESS) != 0)
        return errno;
    sweep();
    if (const int why = open(means); why != 0)
        return why;
    if (isThere)
        ::fchmod(m_file, old.st_mode & 07777U); // or it keeps the usual mode, where it cannot be
    return 0;
}

int NewFile::openDevice(const std::filesystem::path &place)
{
    m_file = ::open(place.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
    return m_file < 0 ? errno : 0;
}

int NewFile::open(Means means)
{
    if (means == Means::NamedOnly)
        return openNamed();
    m_file = ::openat(m_folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, kUsualMode);
    if (m_file < 0) // those that do not know of it say so in different words, and openNamed() finds out what else it is
        return openNamed();
    if (::access(openPath(m_file).c_str(), F_OK) == 0) {
        ::flock(m_file, LOCK_EX); // before it has a name, so that no sweep comes between
        return 0;
    }
    ::close(m_file); // where there is no /proc it could not be given a name
    m_file = -1;
    return openNamed();
}

int NewFile::openNamed()
{
    for (long number = ::getpid();; ++number) {
        const std::string name = partName(number);
        m_file = ::openat(m_folder, name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, kUsualMode);
        if (m_file < 0 && errno == EEXIST)
            continue;
        if (m_file < 0)
            return errno;
        ::flock(m_file, LOCK_EX);
        if (hasName(m_file)) {
            m_part = name;
            return 0;
        }
        ::close(m_file); // another's sweep was faster than the lock
    }
}

int NewFile::write(std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(m_file, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return errno;
        text.remove_prefix(static_cast<size_t>(std::max<ssize_t>(written, 0)));
    }
    return 0;
}

int NewFile::put()
{
    if (m_folder < 0)
        return 0;
    // Without it a machine that loses its power may keep the name and not the contents.
    if (::fsync(m_file) != 0 && errno != EINVAL && errno != EROFS)
        return errno;
    if (m_part.empty()) {
        if (::linkat(AT_FDCWD, openPath(m_file).c_str(), m_folder, m_name.c_str(), AT_SYMLINK_FOLLOW) == 0)
            return 0;
        if (errno != EEXIST)
            return errno;
        if (const int why = giveName(); why != 0)
            return why;
    }
    if (::renameat(m_folder, m_part.c_str(), m_folder, m_name.c_str()) != 0)
        return errno;
    m_part.clear();
    return 0;
}

int NewFile::giveName()
{
    for (long number = ::getpid();; ++number) {
        const std::string name = partName(number);
        if (::linkat(AT_FDCWD, openPath(m_file).c_str(), m_folder, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
            m_part = name;
            return 0;
        }
        if (errno != EEXIST)
            return errno;
    }
}

// Takes away what was left by programs that are no more: whose lock is free.
void NewFile::sweep() const
{
    const int list = ::openat(m_folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(list < 0 ? nullptr : ::fdopendir(list), &::closedir);
    while (const dirent *const entry = folder ? ::readdir(folder.get()) : nullptr) {
        if (!isPartName(entry->d_name))
            continue;
        const int file = ::openat(m_folder, entry->d_name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (file < 0)
            continue;
        if (::flock(file, LOCK_EX | LOCK_NB) == 0)
            ::unlinkat(m_folder, entry->d_name, 0);
        ::close(file);
    }
}

} // namespace app
