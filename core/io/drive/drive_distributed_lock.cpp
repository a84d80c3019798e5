// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_distributed_lock.h"

#include "core/io/drive/drive_fields.h"
#include "core/io/json/schema.h"
#include "core/io/json/seconds_json.h"

#include <algorithm>

namespace resilience::io {

namespace {

const char *reasonOf(LockOutcome outcome)
{
    return outcome == LockOutcome::Refused ? "not-held" : outcome == LockOutcome::Lost ? "lost" : "no-quorum";
}

} // namespace

DriveDistributedLock::DriveDistributedLock(const RedlockConfig &config, Duration latency, bool fencing)
    : Drive("distributed-lock"), m_config(config), m_latency(latency), m_fencing(fencing), m_nodes(config.nodes),
      m_resource(fencing)
{
}

OrError<std::unique_ptr<Drive>> DriveDistributedLock::open(const Json &config)
{
    if (auto error = checkSchema(config, "distributed-lock"))
        return *error;
    RedlockConfig wanted;
    const auto seconds = [&config](const char *key, Duration otherwise) {
        return config.contains(key) ? fromSeconds(config[key].get<double>()) : otherwise;
    };
    wanted.nodes = config.value("nodes", wanted.nodes);
    wanted.ttl = seconds("ttl", wanted.ttl);
    if (config.contains("drift_factor"))
        wanted.driftFactor = Ratio::of(config["drift_factor"].get<double>());
    wanted.driftConstant = seconds("drift_constant", wanted.driftConstant);
    wanted.requestTimeout = kDurationMax; // every node's answer comes, after node_latency
    if (const auto error = wanted.validate())
        return InputError{"", "/" + error->field, error->found, error->expected, ""};
    return std::unique_ptr<Drive>(new DriveDistributedLock(wanted, seconds("node_latency", Duration::zero()),
                                                           config.value("fencing", "none") == "store"));
}

OrderedJson DriveDistributedLock::respond(const Json &request)
{
    const auto &op = request["op"].get_ref<const std::string &>();
    const Time now = timeOf(request);
    if (op == "node")
        return node(request, now);
    if (op == "write")
        return write(request, now);
    passTo(now);
    const std::string name = callId(request["client"]);
    auto it = m_clients.find(name);
    if (it == m_clients.end())
        it = m_clients.emplace(name, Redlock(m_config, RandomStream(1, name))).first;
    return lock(op, it->second, now);
}

OrderedJson DriveDistributedLock::node(const Json &request, Time now)
{
    const auto number = static_cast<size_t>(request["node"].get<double>());
    if (number > m_nodes.size())
        return refusal("/node: found " + std::to_string(number) + ", expected a whole number, 0 to "
                       + std::to_string(m_nodes.size()));
    passTo(now);
    m_free = std::max(m_free, now);
    Node &one = m_nodes[number == 0 ? m_nodes.size() - 1 : number - 1];
    one.up = request["up"].get<bool>();
    if (request.value("empty", false))
        one.store.restart(true, m_free);
    return {{"t", secondsNumber(now)}, {"nodes_up", std::ranges::count(m_nodes, true, &Node::up)}};
}

OrderedJson DriveDistributedLock::write(const Json &request, Time now)
{
    passTo(now);
    std::optional<uint64_t> token;
    if (request.contains("token"))
        token = static_cast<uint64_t>(request["token"].get<double>());
    return {{"t", secondsNumber(now)}, {"accepted", m_resource.write(token)}};
}

OrderedJson DriveDistributedLock::lock(const std::string &op, Redlock &client, Time now)
{
    m_free = std::max(m_free, now);
    OrderedJson answer = answerAt(now);
    if (op == "acquire") {
        const LockStep step = carryOut(client, client.acquire(m_free));
        const bool acquired = step.outcome == LockOutcome::Acquired;
        answer["acquired"] = acquired;
        if (acquired)
            answer["validity"] = secondsNumber(*step.validity);
        answer["votes"] = step.votes;
        if (acquired && m_fencing)
            answer["token"] = m_tokens.next();
        return answer;
    }
    const bool extends = op == "extend";
    const LockStep step = carryOut(client, extends ? client.extend(m_free) : client.release(m_free));
    const bool done = step.outcome == (extends ? LockOutcome::Extended : LockOutcome::Released);
    answer[extends ? "extended" : "released"] = done;
    if (done && extends)
        answer["validity"] = secondsNumber(*step.validity);
    if (!done)
        answer["reason"] = reasonOf(step.outcome);
    return answer;
}

LockStep DriveDistributedLock::carryOut(Redlock &client, const LockStep &begun)
{
    LockStep step = begun;
    if (begun.send.round != 0) {
        std::vector<LockReply> replies;
        for (Node &node : m_nodes)
            replies.push_back(ask(node, begun.send));
        m_free = saturatingAdd(m_free, m_latency);
        for (uint32_t i = 0; i < replies.size(); ++i)
            step = client.onReply(begun.send.round, i, replies[i], m_free);
    }
    if (step.outcome != LockOutcome::None && step.send.kind == LockRequest::Kind::Release)
        for (Node &node : m_nodes)
            ask(node, step.send);
    return step;
}

LockReply DriveDistributedLock::ask(Node &node, const LockRequest &request) const
{
    return node.up ? node.store.answer(request, m_free) : LockReply::Unreachable;
}

} // namespace resilience::io
