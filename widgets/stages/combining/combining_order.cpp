// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/combining_order.h"

#include <algorithm>

namespace widgets {

using resilience::kPolicyKindCount;
using resilience::PipelineConfig;
using resilience::PolicyKind;
using resilience::PolicyOrder;

namespace {

constexpr unsigned kBitsEach = 4; // of a key: a kind, or how many there are
constexpr unsigned kCountAt = kBitsEach * kPolicyKindCount;
constexpr unsigned kInUseAt = kCountAt + kBitsEach;
static_assert(kPolicyKindCount < (1U << kBitsEach) && kInUseAt + kPolicyKindCount <= 64);

std::optional<PolicyOrder> ifOther(const PolicyOrder &order, const PolicyOrder &before)
{
    return order == before ? std::nullopt : std::optional{order};
}

} // namespace

PolicyOrder shownOrder(const PipelineConfig &config)
{
    PolicyOrder shown = config.order;
    for (const PolicyKind kind : config.configured)
        shown.insertAsIn(config.configured, kind);
    return shown;
}

PolicyOrder usualOrder(const PipelineConfig &config)
{
    PolicyOrder usual;
    for (const PolicyKind kind : PolicyOrder::usual())
        if (config.order.has(kind))
            usual.append(kind);
    return usual;
}

std::optional<PolicyOrder> movedBy(const PipelineConfig &config, PolicyKind kind, int steps)
{
    const auto level = config.order.levelOf(kind);
    if (!level)
        return std::nullopt;
    const auto last = static_cast<int>(config.order.size()) - 1;
    PolicyOrder order = config.order;
    order.move(kind, static_cast<size_t>(std::clamp(static_cast<int>(*level) + steps, 0, last)));
    return ifOther(order, config.order);
}

std::optional<PolicyOrder> movedTo(const PipelineConfig &config, PolicyKind kind, size_t place)
{
    if (!config.order.has(kind))
        return std::nullopt;
    PolicyOrder shown = shownOrder(config);
    shown.move(kind, place);
    PolicyOrder order;
    for (const PolicyKind each : shown)
        if (config.order.has(each))
            order.append(each);
    return ifOther(order, config.order);
}

PolicyOrder switched(const PipelineConfig &config, PolicyKind kind)
{
    PolicyOrder order;
    for (const PolicyKind each : shownOrder(config))
        if (config.order.has(each) != (each == kind))
            order.append(each);
    return order;
}

uint64_t orderKey(const PipelineConfig &config)
{
    const PolicyOrder shown = shownOrder(config);
    uint64_t key = uint64_t{shown.size()} << kCountAt;
    for (size_t i = 0; i < shown.size(); ++i) {
        key |= static_cast<uint64_t>(shown[i]) << (kBitsEach * i);
        key |= uint64_t{config.order.has(shown[i])} << (kInUseAt + static_cast<unsigned>(shown[i]));
    }
    return key;
}

PolicyOrder orderOfKey(uint64_t key)
{
    constexpr uint64_t kMask = (1U << kBitsEach) - 1;
    PolicyOrder order;
    const size_t count = std::min<uint64_t>((key >> kCountAt) & kMask, kPolicyKindCount);
    for (size_t i = 0; i < count; ++i) {
        const uint64_t kind = (key >> (kBitsEach * i)) & kMask;
        if (kind < kPolicyKindCount)
            order.append(static_cast<PolicyKind>(kind));
    }
    return order;
}

} // namespace widgets
