// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

constexpr PolicyKind kHedging = PolicyKind::Hedging;
constexpr auto hasHedging = &KnobAccess::has<kHedging>;

const HedgingConfig &hedging(const KnobScope &scope) { return KnobAccess::pipeline(scope).config().hedging; }
bool hasDelay(const KnobScope &scope) { return hasHedging(scope) && hedging(scope).delay.has_value(); }

template <typename Change> void changeHedging(const KnobHand &hand, Change change)
{
    KnobAccess::changePipeline(hand, [&](PipelineConfig &config) { change(config.hedging); });
}

} // namespace

std::vector<KnobSpec> hedgingKnobs()
{
    // clang-format off
    return {
        {"hedge_attempts", "Attempts side by side at most", "", Kind::Whole, 1, kMostHedgedAttempts, 1, false, {}, false,
         [](const KnobScope &w) { return double(hedging(w).maxAttempts); },
         [](const KnobHand &w, double v) { changeHedging(w, [&](auto &c) { c.maxAttempts = uint32_t(v); }); }, hasHedging},
        {"hedge_delay", "Next attempt beside it after", "s", Kind::Real, 0, 60, 0.1, true, {}, false,
         [](const KnobScope &w) { return toSeconds(hedging(w).delay.value_or(Duration::zero())); },
         [](const KnobHand &w, double v) { changeHedging(w, [&](auto &c) { c.delay = fromSeconds(v); }); }, hasDelay},
        KnobAccess::useKnob<HedgingSpec>(),
    };
    // clang-format on
}

} // namespace resilience::sim
