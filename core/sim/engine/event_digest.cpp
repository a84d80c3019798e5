// SPDX-License-Identifier: MIT
#include "core/sim/engine/event_digest.h"

#include "core/sim/engine/knob_id.h"
#include "core/sim/engine/subject_kinds.h"

#include <bit>
#include <concepts>

namespace resilience::sim {

namespace {

// Adds what an event's fields say. Names stand for kinds and values, never their place in a list, so that lists can
// grow without changing what runs digest to.
struct Digest {
    Fingerprint &to;

    template <std::integral T> void add(T value) { to.add(static_cast<uint64_t>(value)); }
    void add(double value) { to.add(std::bit_cast<uint64_t>(value)); }
    void add(Duration d) { add(d.count()); }
    void add(Time t) { add(t.time_since_epoch().count()); }
    void add(const char *text) { to.add(digestOf(std::string_view(text))); }
    template <Named E> void add(E value) { to.add(digestOf(value)); }
    template <typename T> void add(const std::optional<T> &value)
    {
        add(value.has_value());
        if (value)
            add(*value);
    }
    void add(const Subject &subject) { to.add(digestOf(subject.kind) ^ subject.index); }
    void add(const DelayRange &range)
    {
        add(range.low);
        add(range.high);
    }
    void add(const WindowCounts &window)
    {
        for (const uint64_t count : {uint64_t{window.calls}, uint64_t{window.failures}, uint64_t{window.slow},
                                     uint64_t{window.consecutiveFailures}})
            add(count);
    }
    void add(const KnobSetting &setting)
    {
        add(knobId(setting.knob));
        add(setting.value);
        if (setting.target.isAll())
            return;
        add(uint64_t(setting.target.kind));
        add(uint64_t(setting.target.index));
    }
    void add(const PolicyOrder &order)
    {
        add(order.size());
        for (const PolicyKind kind : order)
            add(kind);
    }
    template <typename T> void operator()(const char *, const T &value) { add(value); }
};

} // namespace

void digest(Fingerprint &fingerprint, const Event &event)
{
    Digest digest{fingerprint};
    digest.add(event.at);
    for (const Subject &subject : {event.actor, event.target, event.caller})
        digest.add(subject);
    digest.add(event.request);
    digest.add(event.attempt);
    digest.add(event.pipeline);
    if (event.ends)
        event.ends->fields(digest);
    std::visit(
        [&]<typename Kind>(const Kind &kind) {
            constexpr uint64_t named = digestOf(std::string_view(Kind::kName));
            digest.add(named);
            kind.fields(digest);
        },
        event.detail);
}

} // namespace resilience::sim
