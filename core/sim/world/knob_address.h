// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/world/knobs.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resilience::sim {

/// How knobs are written, in one scenario: "max_attempts" turns it for all that have it, "payment.workers" and
/// "shoppers>gateway.retry.max_attempts" for one. The owner of a pipeline is written with whom it calls.
class KnobAddresses {
public:
    struct Address {
        uint32_t knob = 0; // index into knobs()
        KnobTarget target{};
        bool operator==(const Address &) const = default;
    };

    explicit KnobAddresses(const Scenario &scenario);
    explicit KnobAddresses(const World &world);
    /// The names of clients and services, and the owners of pipelines, each in the order of their indices.
    KnobAddresses(const std::vector<std::string> &clients, const std::vector<std::string> &services,
                  const std::vector<PipelineOwner> &pipelines);

    /// "payment", "shoppers>gateway"; "" for all.
    std::string nameOf(const KnobTarget &target) const;
    /// The knob's id where it is meant for all.
    std::string textOf(uint32_t knob, const KnobTarget &target) const;
    /// Also with the knob's id after the owner's name: "payment.service_workers". None when it means nothing.
    std::optional<Address> find(std::string_view text) const;
    /// Every address of one owner that can be written, whether it applies to it or not.
    std::vector<std::string> all() const;

private:
    struct Owners {
        std::vector<std::string> names{}; // by index
        std::map<std::string, uint32_t, std::less<>> places{};
        void add(std::string name, const std::string &instead);
    };

    const Owners *ownersOf(KnobTarget::Kind kind) const;

    std::array<Owners, 3> m_owners; // clients, services, pipelines
};

} // namespace resilience::sim
