// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive.h"
#include "core/patterns/lock/fencing.h"
#include "core/patterns/redlock.h"

#include <map>
#include <vector>

namespace resilience::io {

// The distributed lock behind the line protocol: any number of clients, and the nodes simulated inside. All nodes are
// asked at once, at the time of the line; their answers take node_latency, those of a node that is down too. A line is
// carried out when the one before it has ended. What did not succeed tells why, as "reason".
class DriveDistributedLock : public Drive {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

protected:
    OrderedJson respond(const Json &request) override;

private:
    struct Node {
        LockNode store;
        bool up = true;
    };

    DriveDistributedLock(const RedlockConfig &config, Duration latency, bool fencing);

    OrderedJson node(const Json &request, Time now);
    OrderedJson write(const Json &request, Time now);
    OrderedJson lock(const std::string &op, Redlock &client, Time now);
    // Sends it to every node and hands the replies in: what came of it.
    LockStep carryOut(Redlock &client, const LockStep &begun);
    LockReply ask(Node &node, const LockRequest &request) const;

    RedlockConfig m_config;
    Duration m_latency;
    bool m_fencing;
    std::vector<Node> m_nodes;
    std::map<std::string, Redlock> m_clients; // by name
    FencingStore m_tokens;
    FencedResource m_resource;
    Time m_free = kTimeZero; // when the latest line has ended
};

} // namespace resilience::io
