// SPDX-License-Identifier: MIT
#include "core/tell/policy_settings.h"

#include "core/duration_text.h"
#include "core/number_text.h"

#include <algorithm>

namespace resilience::sim {

namespace {

template <typename T> std::string valueText(const T &value)
{
    if constexpr (std::derived_from<T, Duration>)
        return durationText(value);
    else if constexpr (std::same_as<T, bool>)
        return value ? "on" : "off";
    else
        return shortNumber(settingNumber(value));
}

} // namespace

std::vector<std::string> settingsOf(const PipelineConfig &config, PolicyKind kind)
{
    std::vector<std::string> all;
    visitPolicy(kind, [&]<typename Spec>() {
        if constexpr (HasPlainSettings<Spec>)
            forEachSetting<Spec>([&](const auto &one) {
                std::string text = one.key;
                std::replace(text.begin(), text.end(), '_', ' ');
                all.push_back(text + " " + valueText(config.*Spec::kSettings.*one.member));
            });
    });
    return all;
}

} // namespace resilience::sim
