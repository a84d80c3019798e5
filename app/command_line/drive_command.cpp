// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/drive_command.h"

#include "core/io/drive/drive.h"

#include <istream>
#include <ostream>

namespace app {

int drivePattern(const std::string &pattern, const std::string &config, std::istream &in, std::ostream &out,
                 std::ostream &err)
{
    const auto drive = resilience::io::Drive::open(pattern, config);
    if (!drive) {
        err << "resilience-lab: " << drive.error().message() << '\n';
        return 2;
    }
    (*drive)->run(in, out);
    if (!in.bad())
        return 0;
    err << "resilience-lab: standard input cannot be read\n";
    return 1;
}

} // namespace app
