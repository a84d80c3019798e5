// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/kit/lab_files.h"

#include "core/embedded_text.h"
#include "core/io/scenario/scenario_json.h"

#include <stdexcept>

namespace resilience::labs {

const std::vector<EmbeddedText> &lab_texts(); // generated

const std::string &labFile(const std::string &name)
{
    for (const EmbeddedText &file : lab_texts())
        if (file.name == name)
            return file.text;
    throw std::out_of_range("no such lab file: " + name);
}

std::vector<std::shared_ptr<const Scenario>> labScenarios(const std::string &step,
                                                          std::initializer_list<const char *> names)
{
    std::vector<std::shared_ptr<const Scenario>> scenarios;
    for (const char *name : names) {
        const std::string file = step + "/scenarios/" + name + ".json";
        auto scenario = io::readScenario(labFile(file), file);
        if (!scenario)
            throw std::runtime_error(scenario.error().message());
        scenarios.push_back(std::make_shared<const Scenario>(std::move(*scenario)));
    }
    return scenarios;
}

} // namespace resilience::labs
