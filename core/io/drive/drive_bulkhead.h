// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive.h"
#include "core/patterns/bulkhead.h"

#include <map>

namespace resilience::io {

// The bulkhead behind the line protocol. Releasing an id that still waits takes it out of the queue. Who expired is
// told by the answer to the line that found it: "expired" is always in a tick's answer, and in another's when there are
// any.
class DriveBulkhead : public Drive {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

protected:
    OrderedJson respond(const Json &request) override;

private:
    struct Caller {
        Ticket ticket;
        OrderedJson id; // as it was given
    };

    explicit DriveBulkhead(const BulkheadConfig &config) : Drive("bulkhead"), m_bulkhead(config) {}

    OrderedJson acquire(const Json &id, Time now);
    OrderedJson release(const Json &id, Time now);
    OrderedJson tick(Time now);
    bool expiresBy(Ticket ticket, Time now) const;
    // What the latest call expired, whose ids are free again then.
    OrderedJson takeExpired();
    OrderedJson grantedIds() const;
    void addCounts(OrderedJson &answer) const;

    Bulkhead m_bulkhead;
    std::map<std::string, Caller> m_callers; // holding or waiting, by id
    std::map<uint64_t, std::string> m_idOf; // the same, by ticket
};

} // namespace resilience::io
