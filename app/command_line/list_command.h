// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>

namespace app {

// `list`: the steps, their scenarios, knobs, faults and charts, for people or as one JSON object.
void listAsText(std::ostream &out);
void listAsJson(std::ostream &out);
// The JSON Schema of scenario files, with all that it refers to.
void listSchema(std::ostream &out);

} // namespace app
