// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_address.h"

namespace resilience::sim {

namespace {

enum OwnerList : size_t { ClientList, ServiceList, PipelineList };

constexpr KnobTarget::Kind kKinds[]{KnobTarget::Kind::Client, KnobTarget::Kind::Service, KnobTarget::Kind::Pipeline};

// What of that kind of owner is written so after its name.
std::optional<uint32_t> knobOf(KnobTarget::Kind kind, std::string_view path)
{
    for (uint32_t i = 0; i < knobs().size(); ++i)
        if (targetKindOf(knobs()[i].owner) == kind && (path == knobs()[i].path || path == knobs()[i].id))
            return i;
    return std::nullopt;
}

} // namespace

void KnobAddresses::Owners::add(std::string name, const std::string &instead)
{
    const auto index = uint32_t(names.size());
    if (!places.emplace(name, index).second)
        places.emplace(name = instead, index);
    names.push_back(std::move(name));
}

void KnobAddresses::addPipelines(const std::vector<PipelineOwner> &owners, auto &&nameOfCaller)
{
    for (const PipelineOwner &owner : owners)
        m_owners[PipelineList].add(nameOfCaller(owner.caller) + '>' + m_owners[ServiceList].names[owner.target],
                                   owner.name);
}

KnobAddresses::KnobAddresses(const Scenario &scenario)
{
    for (const ClientConfig &client : scenario.clients)
        m_owners[ClientList].add(client.name, client.name);
    for (const ServiceConfig &service : scenario.services)
        m_owners[ServiceList].add(service.name, service.name);
    addPipelines(pipelineOwnersOf(scenario), [&](const Subject &caller) { return sim::nameOf(caller, scenario); });
}

KnobAddresses::KnobAddresses(const World &world)
{
    for (const Client &client : world.clients())
        m_owners[ClientList].add(client.config().name, client.config().name);
    for (const Service &service : world.services())
        m_owners[ServiceList].add(service.config().name, service.config().name);
    addPipelines(world.flow().owners(), [&](const Subject &caller) {
        return m_owners[caller.isClient() ? ClientList : ServiceList].names[caller.index];
    });
}

const KnobAddresses::Owners *KnobAddresses::ownersOf(KnobTarget::Kind kind) const
{
    for (size_t i = 0; i < m_owners.size(); ++i)
        if (kKinds[i] == kind)
            return &m_owners[i];
    return nullptr;
}

std::string KnobAddresses::nameOf(const KnobTarget &target) const
{
    const Owners *owners = ownersOf(target.kind);
    return owners && target.index < owners->names.size() ? owners->names[target.index] : std::string();
}

std::string KnobAddresses::textOf(uint32_t knob, const KnobTarget &target) const
{
    return target.isAll() ? knobs()[knob].id : nameOf(target) + '.' + knobs()[knob].path;
}

std::optional<KnobAddresses::Address> KnobAddresses::find(std::string_view text) const
{
    if (const auto knob = knobNamed(text))
        return Address{*knob, {}};
    // Names may have dots of their own.
    for (size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1))
        for (size_t i = 0; i < m_owners.size(); ++i) {
            const auto owner = m_owners[i].places.find(text.substr(0, dot));
            if (owner == m_owners[i].places.end())
                continue;
            if (const auto knob = knobOf(kKinds[i], text.substr(dot + 1)))
                return Address{*knob, {kKinds[i], owner->second}};
        }
    return std::nullopt;
}

std::vector<std::string> KnobAddresses::all() const
{
    std::vector<std::string> addresses;
    for (size_t i = 0; i < m_owners.size(); ++i)
        for (const std::string &owner : m_owners[i].names)
            for (const KnobSpec &knob : knobs())
                if (targetKindOf(knob.owner) == kKinds[i])
                    addresses.push_back(owner + '.' + knob.path);
    return addresses;
}

} // namespace resilience::sim
