// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/standard_streams.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace app {

void openStandardStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) >= 0 || errno != EBADF)
            continue;
        // The wrong way round: using a stream that was closed is still an error. The lowest free number is `stream`.
        if (::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return;
    }
    std::signal(SIGPIPE, SIG_IGN); // a reader that went away
    std::signal(SIGXFSZ, SIG_IGN); // a file that must not grow further
}

int endOfResults(int code, std::ostream &out, std::ostream &err)
{
    if (out.flush())
        return code;
    err << "resilience-lab: standard output takes no more\n";
    return code == 0 ? 1 : code;
}

} // namespace app
