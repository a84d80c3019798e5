// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/patterns/idempotency_config.h"
#include "core/patterns/keyed_hash.h"
#include "core/random_stream.h"
#include "core/time.h"

#include <algorithm>
#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

namespace resilience {

/// What a client names a request by, the same for all its retries: 128 bits, as a UUID has.
struct RequestId {
    uint64_t high = 0;
    uint64_t low = 0;

    auto operator<=>(const RequestId &) const = default;
};

/// What a request finds when it comes in.
enum class Claimed : uint8_t {
    New, // do the work, then complete() or abandon() it
    InProgress, // conflict: somebody is at it; ask again later
    Done, // here is the stored answer
    Mismatch, // the id belongs to another payload: a client's error
    Full, // no room to remember another request
};

template <typename Answer> struct Claim {
    Claimed kind = Claimed::Full;
    uint64_t serial = 0; // new: the right to complete it, grows with every one given
    std::optional<Answer> answer; // done
    std::optional<Duration>
        retryAfter; // in progress: when its worker counts as lost; full: when the next place is free

    explicit constexpr operator bool() const { return kind == Claimed::New; }
    bool operator==(const Claim &) const = default;
};

/// The server's side of a retry: a request is carried out once, however often it comes in.
///
/// A regular value; every call takes `now`, and a `now` before the latest one counts as that one. All storage is taken
/// when it is built; every call is O(1) on average, whoever chooses the ids, and allocates nothing beyond what copying
/// an Answer does. An answer is over at exactly keep_answers after it was stored, a claim at exactly max_in_progress.
/// Nothing that is still kept is ever pushed out: a full store says so instead of forgetting a promise. Not thread-safe
/// by itself.
///
/// The rules are those of the IETF draft on the Idempotency-Key header: in progress = conflict (409), done = the stored
/// answer, other payload = mismatch (422).
template <typename Answer> class IdempotencyStore {
public:
    /// Throws InvalidConfig; nothing else here throws of itself. `secret` is what ids are hashed with, because clients
    /// choose them: no answer depends on it, only who knows it could choose ids that make every call slow.
    explicit IdempotencyStore(const IdempotencyConfig &config = {},
                              const RandomStream &secret = RandomStream::fromSystem())
        : m_config(config), m_hash(secret)
    {
        if (auto error = config.validate())
            throw InvalidConfig(*error);
        m_heads.resize(std::bit_ceil(size_t{config.capacity} * 2), kNowhere);
        m_entries.resize(config.capacity);
        for (uint32_t i = config.capacity; i-- > 0;)
            push(m_free, i);
    }

    /// `payload` = a digest of what the request asks for.
    Claim<Answer> claim(const RequestId &id, uint64_t payload, Time now)
    {
        advance(now);
        Claim<Answer> claim;
        const uint32_t slot = slotOf(id);
        if (const uint32_t found = find(id, slot); found != kNowhere) {
            const Entry &entry = m_entries[found];
            claim.kind = entry.payload != payload ? Claimed::Mismatch
                         : entry.answer           ? Claimed::Done
                                                  : Claimed::InProgress;
            if (claim.kind == Claimed::Done)
                claim.answer = entry.answer;
            if (claim.kind == Claimed::InProgress && entry.until)
                claim.retryAfter = *entry.until - m_now;
            return claim;
        }
        if (m_free.first == kNowhere) {
            if (const auto next = nextDeadline())
                claim.retryAfter = *next - m_now;
            return claim;
        }
        const uint32_t place = pop(m_free);
        Entry &entry = m_entries[place];
        entry.id = id;
        entry.payload = payload;
        entry.serial = ++m_lastSerial;
        if (m_config.maxInProgress > Duration::zero())
            entry.until = saturatingAdd(m_now, m_config.maxInProgress);
        entry.slot = slot;
        uint32_t &head = m_heads[slot];
        entry.chain = head;
        head = place;
        push(m_working, place);
        claim.kind = Claimed::New;
        claim.serial = entry.serial;
        return claim;
    }

    /// The work is done, well or badly: this is what every retry is told. False, and nothing stored, when the claim is
    /// not in progress any more: completed, abandoned, or so late that its worker counted as lost.
    bool complete(const RequestId &id, uint64_t serial, Answer answer, Time now)
    {
        advance(now);
        const uint32_t place = find(id, slotOf(id));
        if (!isWorkingOn(place, serial))
            return false;
        Entry &entry = m_entries[place];
        unlink(m_working, place);
        entry.answer = std::move(answer);
        entry.until = saturatingAdd(m_now, m_config.keepAnswers);
        push(m_done, place);
        return true;
    }

    /// The work was not begun, or left no trace: the next retry does it. False as for complete().
    bool abandon(const RequestId &id, uint64_t serial, Time now)
    {
        advance(now);
        const uint32_t place = find(id, slotOf(id));
        if (!isWorkingOn(place, serial))
            return false;
        forget(m_working, place);
        return true;
    }

    /// The next moment at which something is forgotten.
    std::optional<Time> nextDeadline() const
    {
        std::optional<Time> next;
        for (const uint32_t first : {m_working.first, m_done.first})
            if (first != kNowhere && m_entries[first].until)
                next = std::min(next.value_or(kTimeMax), *m_entries[first].until);
        return next;
    }
    void onDeadline(Time now) { advance(now); }

    const IdempotencyConfig &config() const { return m_config; }
    /// As of the latest call.
    uint32_t inProgress() const { return m_working.count; }
    uint32_t answers() const { return m_done.count; }
    bool operator==(const IdempotencyStore &) const = default;

private:
    static constexpr uint32_t kNowhere = UINT32_MAX;

    struct Entry {
        RequestId id;
        uint64_t payload = 0;
        uint64_t serial = 0;
        std::optional<Answer> answer; // none = in progress
        std::optional<Time> until; // when it is forgotten
        uint32_t slot = 0;
        uint32_t chain = kNowhere; // the next with the same slot
        uint32_t next = kNowhere;
        uint32_t before = kNowhere;
        bool operator==(const Entry &) const = default;
    };
    // Entries in the order in which they came; as all in a list are kept equally long, also that in which they go.
    struct List {
        uint32_t first = kNowhere;
        uint32_t last = kNowhere;
        uint32_t count = 0;
        bool operator==(const List &) const = default;
    };

    void advance(Time now)
    {
        m_now = std::max(m_now, now);
        for (List *list : {&m_working, &m_done})
            while (list->first != kNowhere && m_entries[list->first].until && *m_entries[list->first].until <= m_now)
                forget(*list, list->first);
    }

    uint32_t slotOf(const RequestId &id) const
    {
        return static_cast<uint32_t>(m_hash.of(id.high, id.low) & (m_heads.size() - 1));
    }

    uint32_t find(const RequestId &id, uint32_t slot) const
    {
        uint32_t place = m_heads[slot];
        while (place != kNowhere && m_entries[place].id != id)
            place = m_entries[place].chain;
        return place;
    }

    bool isWorkingOn(uint32_t place, uint64_t serial) const
    {
        return place != kNowhere && !m_entries[place].answer && m_entries[place].serial == serial;
    }

    void forget(List &list, uint32_t place)
    {
        unlink(list, place);
        uint32_t *link = &m_heads[m_entries[place].slot];
        while (*link != place)
            link = &m_entries[*link].chain;
        *link = m_entries[place].chain;
        m_entries[place] = {};
        push(m_free, place);
    }

    void push(List &list, uint32_t place)
    {
        m_entries[place].before = list.last;
        (list.last == kNowhere ? list.first : m_entries[list.last].next) = place;
        list.last = place;
        ++list.count;
    }

    void unlink(List &list, uint32_t place)
    {
        Entry &entry = m_entries[place];
        (entry.before == kNowhere ? list.first : m_entries[entry.before].next) = entry.next;
        (entry.next == kNowhere ? list.last : m_entries[entry.next].before) = entry.before;
        entry.next = entry.before = kNowhere;
        --list.count;
    }

    uint32_t pop(List &list)
    {
        const uint32_t place = list.first;
        unlink(list, place);
        return place;
    }

    IdempotencyConfig m_config;
    KeyedHash m_hash;
    std::vector<uint32_t> m_heads; // by slot: the first entry
    std::vector<Entry> m_entries;
    List m_free;
    List m_working;
    List m_done;
    uint64_t m_lastSerial = 0;
    Time m_now = Time::min();
};

} // namespace resilience
