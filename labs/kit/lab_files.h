// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/kit/lab.h"

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace resilience::labs {

// The text of a file below labs/, built into the program: "circuit-breaker/guide.md". Throws std::out_of_range.
const std::string &labFile(const std::string &name);

// The named scenarios of a step, read from <step>/scenarios/<name>.json. Throws std::runtime_error with the reader's
// message: a scenario that ships with the program must be valid.
std::vector<std::shared_ptr<const Scenario>> labScenarios(const std::string &step,
                                                          std::initializer_list<const char *> names);

} // namespace resilience::labs
