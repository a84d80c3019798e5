// SPDX-License-Identifier: MIT
#include "core/io/json/input_error.h"

#include "core/io/json/printable.h"

namespace resilience::io {

namespace {

constexpr size_t kMostFound = 400; // bytes; somebody may have given a whole file for a word

} // namespace

std::string InputError::message() const
{
    std::string text;
    for (const std::string &part : {file, place})
        if (!part.empty())
            text += part + ": ";
    text += "found " + shortened(found, kMostFound);
    if (!expected.empty())
        text += ", expected " + expected;
    if (!nearest.empty())
        text += "; did you mean \"" + nearest + "\"?";
    return printable(text);
}

} // namespace resilience::io
