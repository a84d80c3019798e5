// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/picture_check.h"

#include "core/io/json/text_file.h"
#include "core/io/picture/picture_session.h"
#include "tests/fuzz/run_file_check.h"

using namespace resilience::io;

namespace tests {

std::string pictureProblem(std::string_view file)
{
    const auto session = sessionInPicture(file);
    if (!session)
        return {};
    if (session->size() > kMaxFileBytes)
        return "a session of " + std::to_string(session->size()) + " bytes";
    std::string again = kSessionElementOpening;
    for (const char c : *session)
        again += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    if (sessionInPicture(again + kSessionElementClosing) != session)
        return "another session when it is written again";
    return runFileProblem(*session);
}

} // namespace tests
