// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/check_command.h"

#include "app/run/prepared_run.h"
#include "core/io/json/printable.h"

#include <ostream>

namespace app {

using namespace resilience;

int checkFiles(const std::vector<std::string> &files, std::ostream &out, std::ostream &err)
{
    int code = 0;
    for (const std::string &path : files) {
        const auto run = prepareFile(path);
        if (run) {
            out << io::printable(path) << ": good, " << run->session.scenario.name << " of " << run->lab->id << '\n';
            continue;
        }
        err << "resilience-lab: " << run.error().message() << '\n';
        code = 2;
    }
    return code;
}

} // namespace app
