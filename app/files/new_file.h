// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace app {

// A file that is not in its place yet, in the folder where it is to be. Until then it has no name at all, so that
// nothing is left of it whatever ends the program. File systems that know no such files (and a file that another is to
// give way to, for an instant) get one named ".resilience-lab-<number>.part", under a lock: what a program left that
// was killed there goes when the next file is made in that folder.
//
// All functions that can fail give 0, or the errno that says why.
class NewFile {
public:
    // Of the system's means: whether files without a name are to be tried.
    enum class Means { Best, NamedOnly };

    NewFile() = default;
    ~NewFile();
    NewFile(const NewFile &) = delete;
    NewFile &operator=(const NewFile &) = delete;

    // `place` is what it will be; a file there must be a regular one that may be written to, and is untouched.
    int make(const std::filesystem::path &place, Means means = Means::Best);
    // What is no regular file is written to as it is; put() then has nothing to do.
    int openDevice(const std::filesystem::path &place);
    int write(std::string_view text);
    // To its place, for good: a file that was there gives way in one step.
    int put();

private:
    int open(Means means);
    int openNamed();
    int giveName();
    void sweep() const;

    int m_folder = -1;
    int m_file = -1;
    std::string m_name; // in the folder, once it is put
    std::string m_part; // ... until then; empty while it has none
};

} // namespace app
