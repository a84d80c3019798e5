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

template <typename List> std::vector<std::string> namesOf(const List &list)
{
    std::vector<std::string> names;
    for (const auto &one : list) {
        if constexpr (requires { one.config(); })
            names.push_back(one.config().name);
        else
            names.push_back(one.name);
    }
    return names;
}

} // namespace

void KnobAddresses::Owners::add(std::string name, const std::string &instead)
{
    const auto index = uint32_t(names.size());
    if (!places.emplace(name, index).second)
        places.emplace(name = instead, index);
    names.push_back(std::move(name));
}

KnobAddresses::KnobAddresses(const std::vector<std::string> &clients, const std::vector<std::string> &services,
                             const std::vector<PipelineOwner> &pipelines)
{
    for (const std::string &client : clients)
        m_owners[ClientList].add(client, client);
    for (const std::string &service : services)
        m_owners[ServiceList].add(service, service);
    for (const PipelineOwner &owner : pipelines) {
        const auto &callers = m_owners[owner.caller.isClient() ? ClientList : ServiceList].names;
        m_owners[PipelineList].add(callers[owner.caller.index] + '>' + services[owner.target], owner.name);
    }
}

KnobAddresses::KnobAddresses(const Scenario &scenario)
    : KnobAddresses(namesOf(scenario.clients), namesOf(scenario.services), pipelineOwnersOf(scenario))
{
}

KnobAddresses::KnobAddresses(const World &world)
    : KnobAddresses(namesOf(world.clients()), namesOf(world.services()), world.flow().owners())
{
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
