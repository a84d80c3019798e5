// SPDX-License-Identifier: MIT
#include "core/io/json/input_error.h"

#include "core/io/json/printable.h"

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
    return printable(text);
}

} // namespace resilience::io
