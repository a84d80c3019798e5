// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

constexpr PolicyKind kHedging = PolicyKind::Hedging;
constexpr auto hasHedging = &KnobAccess::has<kHedging>;

const HedgingConfig &hedging(const World &world) { return KnobAccess::of<kHedging>(world).hedging; }
bool hasDelay(const World &world) { return hasHedging(world) && hedging(world).delay.has_value(); }

template <typename Change> void changeHedging(World &world, StepContext &context, Change change)
{
    KnobAccess::change<kHedging>(world, context, [&](PipelineConfig &config) { change(config.hedging); });
}

} // namespace

std::vector<KnobSpec> hedgingKnobs()
{
    // clang-format off
    return {
        {"hedge_attempts", "Attempts side by side at most", "", Kind::Whole, 1, kMostHedgedAttempts, 1, false, {}, false,
         [](const World &w) { return double(hedging(w).maxAttempts); },
         [](World &w, double v, StepContext &t) { changeHedging(w, t, [&](auto &c) { c.maxAttempts = uint32_t(v); }); }, hasHedging},
        {"hedge_delay", "Next attempt beside it after", "s", Kind::Real, 0, 60, 0.1, true, {}, false,
         [](const World &w) { return toSeconds(hedging(w).delay.value_or(Duration::zero())); },
         [](World &w, double v, StepContext &t) { changeHedging(w, t, [&](auto &c) { c.delay = fromSeconds(v); }); }, hasDelay},
        KnobAccess::useKnob<kHedging>("use_hedging", "Hedging"),
    };
    // clang-format on
}

} // namespace resilience::sim
