// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/world/knobs.h"
#include "core/sim/world/world.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace resilience::sim {

/// How knobs reach into the world: the one door besides the world's own events. Private to core/sim. Each function is
/// about the one owner of its scope.
struct KnobAccess {
    static CallFlow &flow(World &world) { return std::get<CallFlow>(world.m_parts); }
    static Prober &health(World &world) { return std::get<Prober>(world.m_parts); }
    static LockSimulation &lock(World &world) { return std::get<LockSimulation>(world.m_parts); }

    static const Pipeline &pipeline(const KnobScope &scope) { return scope.world.pipelines()[scope.owner]; }
    static const Client &client(const KnobScope &scope) { return scope.world.clients()[scope.owner]; }
    static const ServiceConfig &service(const KnobScope &scope) { return scope.world.services()[scope.owner].config(); }

    /// Whether the pipeline is meant to have that policy, in use or not.
    template <PolicyKind kind> static bool has(const KnobScope &scope)
    {
        return pipeline(scope).config().configured.has(kind);
    }
    template <typename Change> static void changePipeline(const KnobHand &hand, Change change)
    {
        PipelineConfig config = pipeline(hand).config();
        change(config);
        flow(hand.world).reconfigure(hand.owner, config, hand.context);
    }
    template <typename Change> static void changeService(const KnobHand &hand, Change change)
    {
        ServiceConfig config = service(hand);
        change(config);
        flow(hand.world).reconfigureService(hand.owner, config);
    }
    /// Switches that policy on and off: "use_circuit_breaker".
    template <PolicySpec Spec> static KnobSpec useKnob()
    {
        static const std::string id = [] {
            std::string text = std::string("use_") + name(Spec::kKind);
            std::replace(text.begin(), text.end(), '-', '_');
            return text;
        }();
        static const std::string label = [] {
            std::string text = Spec::kWords.label;
            text[0] = static_cast<char>(text[0] - 'a' + 'A');
            return text;
        }();
        constexpr PolicyKind kind = Spec::kKind;
        const auto inUse = [](const KnobScope &scope) { return double(pipeline(scope).config().order.has(kind)); };
        const auto setInUse = [](const KnobHand &hand, double value) {
            changePipeline(hand, [&](PipelineConfig &config) {
                if (value != 0)
                    config.order.insertAsIn(config.configured, kind);
                else
                    config.order.remove(kind);
            });
        };
        return {id.c_str(), label.c_str(), "",        KnobSpec::Kind::Toggle, 0, 1, 1, false, {}, false,
                inUse,      setInUse,      &has<kind>};
    }

    /// Those for the settings that a policy lists.
    template <HasPlainSettings Spec> static std::vector<KnobSpec> settingKnobs()
    {
        std::vector<KnobSpec> knobs;
        const auto add = [&]<size_t... i>(std::index_sequence<i...>) { (addSettingKnob<Spec, i>(knobs), ...); };
        add(std::make_index_sequence<std::tuple_size_v<decltype(Spec::kFields)>>());
        return knobs;
    }

private:
    template <typename Spec, size_t i> static void addSettingKnob(std::vector<KnobSpec> &knobs)
    {
        constexpr auto setting = std::get<i>(Spec::kFields);
        using T = std::remove_cvref_t<decltype(std::declval<ConfigOf<Spec>>().*setting.member)>;
        constexpr auto kind = std::same_as<T, bool> ? KnobSpec::Kind::Toggle
                              : std::integral<T>    ? KnobSpec::Kind::Whole
                                                    : KnobSpec::Kind::Real;
        const SettingKnob &knob = setting.knob;
        if (!*knob.label)
            return;
        const auto valueOf = [](const KnobScope &scope) {
            return settingNumber(pipeline(scope).config().*Spec::kSettings.*std::get<i>(Spec::kFields).member);
        };
        const auto turn = [](const KnobHand &hand, double value) {
            changePipeline(hand, [&](PipelineConfig &config) {
                config.*Spec::kSettings.*std::get<i>(Spec::kFields).member = settingOf<T>(value);
            });
        };
        knobs.push_back({setting.key,
                         knob.label,
                         knob.unit,
                         kind,
                         knob.minimum,
                         knob.maximum,
                         knob.step,
                         knob.logarithmic,
                         {},
                         false,
                         valueOf,
                         turn,
                         &has<Spec::kKind>});
    }
};

} // namespace resilience::sim
