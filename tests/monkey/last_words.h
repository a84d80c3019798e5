// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <csignal>
#include <vector>

namespace tests {

// While there is one: when the program crashes, or has done nothing for minutes, it says on stderr what was said here
// last.
class LastWords {
public:
    LastWords();
    ~LastWords();
    LastWords(const LastWords &) = delete;
    LastWords &operator=(const LastWords &) = delete;

    void say(const QByteArray &words);

private:
    std::vector<struct sigaction> m_before;
};

} // namespace tests
