// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monkey/last_words.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace tests {

namespace {

constexpr std::array kDeadly{SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL, SIGALRM};
constexpr unsigned kPatience = 120; // s; for a machine that is very busy with other things

std::array<char, 1000> spoken{};
volatile sig_atomic_t spokenSize = 0;

// Only what a signal handler may do.
void speak(int signal)
{
    const char *why = signal == SIGALRM ? "\nNo answer for minutes. " : "\nCrashed. ";
    [[maybe_unused]] auto written = write(STDERR_FILENO, why, std::strlen(why));
    written = write(STDERR_FILENO, spoken.data(), size_t(spokenSize));
    std::signal(signal == SIGALRM ? SIGABRT : signal, SIG_DFL);
    raise(signal == SIGALRM ? SIGABRT : signal);
}

} // namespace

LastWords::LastWords()
{
    for (const int signal : kDeadly) {
        struct sigaction ours {};
        ours.sa_handler = speak;
        struct sigaction before {};
        sigaction(signal, &ours, &before);
        m_before.push_back(before);
    }
}

LastWords::~LastWords()
{
    alarm(0);
    for (size_t i = 0; i < kDeadly.size(); ++i)
        sigaction(kDeadly[i], &m_before[i], nullptr);
}

void LastWords::say(const QByteArray &words)
{
    alarm(kPatience);
    spokenSize = 0;
    const auto size = std::min(spoken.size() - 1, size_t(words.size()));
    std::memcpy(spoken.data(), words.data(), size);
    spoken[size] = '\n';
    spokenSize = sig_atomic_t(size + 1);
}

} // namespace tests
