// SPDX-License-Identifier: MIT
#include "core/io/json/input_error.h"

namespace resilience::io {

std::string InputError::message() const
{
    std::string text;
    for (const std::string &part : {file, place})
        if (!part.empty())
            text += part + ": ";
    text += "found " + found;
    if (!expected.empty())
        text += ", expected " + expected;
    if (!nearest.empty())
        text += "; did you mean \"" + nearest + "\"?";
    return text;
}

} // namespace resilience::io
