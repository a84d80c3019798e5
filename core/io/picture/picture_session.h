// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace resilience::io {

// The run that an exported picture shows travels inside the picture's file. PNG: a text with this key; SVG and PDF:
// this XML element, in <metadata> and in the XMP packet.
inline constexpr const char *kSessionTextKey = "resilience-lab-session";
inline constexpr const char *kSessionNamespace = "urn:resilience-lab:session";
inline constexpr const char *kSessionElementOpening = "<lab:session xmlns:lab=\"urn:resilience-lab:session\">";
inline constexpr const char *kSessionElementClosing = "</lab:session>";

// The session JSON in the bytes of an SVG, PDF or PNG file of ours, of at most kMaxFileBytes; none when there is none
// that is whole. What else the file holds is not looked at.
std::optional<std::string> sessionInPicture(std::string_view file);

} // namespace resilience::io
