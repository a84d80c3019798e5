// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_bulkhead.h"

#include "core/io/config/plain_settings_json.h"
#include "core/io/drive/drive_fields.h"
#include "core/io/json/schema.h"
#include "core/io/json/seconds_json.h"
#include "core/patterns/pipeline/bulkhead_spec.h"

namespace resilience::io {

namespace {

const char *admissionName(Admission::Kind kind)
{
    switch (kind) {
    case Admission::Kind::Permitted:
        return "permitted";
    case Admission::Kind::Queued:
        return "queued";
    case Admission::Kind::Rejected:
        break;
    }
    return "rejected";
}

} // namespace

OrError<std::unique_ptr<Drive>> DriveBulkhead::open(const Json &config)
{
    if (auto error = checkSchema(config, "bulkhead"))
        return *error;
    const auto wanted = plainSettingsFromJson<BulkheadSpec>(config);
    if (!wanted)
        return wanted.error();
    return std::unique_ptr<Drive>(new DriveBulkhead(*wanted));
}

OrderedJson DriveBulkhead::respond(const Json &request)
{
    const auto &op = request["op"].get_ref<const std::string &>();
    const Time now = timeOf(request);
    if (op == "acquire")
        return acquire(request["id"], now);
    if (op == "release")
        return release(request["id"], now);
    return tick(now);
}

OrderedJson DriveBulkhead::acquire(const Json &id, Time now)
{
    const std::string key = callId(id);
    if (const auto it = m_callers.find(key); it != m_callers.end() && !expiresBy(it->second.ticket, now))
        return refusal("/id: found " + shownId(key) + ", which holds a slot or waits, expected a new id");
    passTo(now);
    const Admission admission = m_bulkhead.tryAcquire(now);
    const OrderedJson expired = takeExpired();
    if (admission.kind != Admission::Kind::Rejected) {
        m_callers.emplace(key, Caller{admission.ticket, OrderedJson(id)});
        m_idOf.emplace(admission.ticket.serial, key);
    }
    OrderedJson answer = answerAt(now);
    answer["decision"] = admissionName(admission.kind);
    if (!expired.empty())
        answer["expired"] = expired;
    addCounts(answer);
    return answer;
}

OrderedJson DriveBulkhead::release(const Json &id, Time now)
{
    const std::string key = callId(id);
    const auto it = m_callers.find(key);
    if (it == m_callers.end())
        return refusal("/id: found " + shownId(key)
                       + ", which neither holds a slot nor waits, expected the id of one that does");
    passTo(now);
    const Ticket ticket = it->second.ticket;
    const bool gaveBack = m_bulkhead.release(ticket, now) != Returned::Nothing;
    const OrderedJson expired = takeExpired();
    OrderedJson answer = answerAt(now);
    answer["granted"] = grantedIds();
    if (!expired.empty())
        answer["expired"] = expired;
    addCounts(answer);
    if (gaveBack) {
        m_callers.erase(key);
        m_idOf.erase(ticket.serial);
    }
    return answer;
}

OrderedJson DriveBulkhead::tick(Time now)
{
    passTo(now);
    m_bulkhead.onDeadline(now);
    OrderedJson answer = answerAt(now);
    answer["expired"] = takeExpired();
    addCounts(answer);
    return answer;
}

// One who expires at this very moment is gone before anything else, and its id is free.
bool DriveBulkhead::expiresBy(Ticket ticket, Time now) const
{
    const auto end = m_bulkhead.expiresAt(ticket);
    return end && *end <= now;
}

OrderedJson DriveBulkhead::takeExpired()
{
    OrderedJson ids = OrderedJson::array();
    for (const Ticket &ticket : m_bulkhead.expired()) {
        const auto it = m_idOf.find(ticket.serial);
        ids.push_back(m_callers.at(it->second).id);
        m_callers.erase(it->second);
        m_idOf.erase(it);
    }
    return ids;
}

OrderedJson DriveBulkhead::grantedIds() const
{
    OrderedJson ids = OrderedJson::array();
    for (const Ticket &ticket : m_bulkhead.granted())
        ids.push_back(m_callers.at(m_idOf.at(ticket.serial)).id);
    return ids;
}

void DriveBulkhead::addCounts(OrderedJson &answer) const
{
    answer["in_use"] = m_bulkhead.inUse();
    answer["queued"] = m_bulkhead.queued();
}

} // namespace resilience::io
