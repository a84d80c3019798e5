// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/health_check.h"
#include "core/random_stream.h"
#include "core/sim/engine/part.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/engine/step_context.h"
#include "core/sim/parts/traffic/call_flow.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace resilience::sim {

/// A probe on its way.
struct ProbeFlight {
    Probe kind = Probe::Readiness;
    uint64_t serial = 0; // 1, 2, 3, ... over all probes of a run
    uint64_t event = 0; // number of its ProbeSent
    Permit permit{};
    Time sentAt{};
    Leg leg = Leg::Outbound; // never Queued: the health endpoint takes no worker
    Time legStart{};
    Time legEnd{}; // kTimeMax when no answer will come
    bool failed = false; // what the answer says
    bool lostOutbound = false;
    bool lostInbound = false;
    Service::Luck luck{};
    bool operator==(const ProbeFlight &) const = default;
};

/// How a probe ended.
struct ProbeResult {
    uint64_t event = 0; // number of its ProbeEnded
    Time at{};
    Probe kind = Probe::Readiness;
    bool succeeded = false;
    bool timedOut = false;
    bool slow = false; // answered well, but later than degraded_latency
    Duration latency{};
    bool operator==(const ProbeResult &) const = default;
};

/// What there is to see of one target of one prober.
struct HealthTargetView {
    uint32_t service = 0;
    HealthView health{};
    bool routed = false;
    uint64_t lastChange = 0; // number of the event that brought it to this; 0 = the start
    std::optional<Time> lastReadiness{}; // when the latest probe of its kind was due
    std::optional<Time> nextReadiness{};
    std::optional<Time> nextLiveness{}; // or start-up
    std::vector<ProbeResult> readiness{}; // the latest Prober::kRecent, oldest first
    std::vector<ProbeResult> liveness{}; // likewise, start-up probes among them
    std::vector<ProbeFlight> flights{};
    std::optional<Time> restartingUntil{};
    uint64_t lastRestart = 0; // number of its Restarting; 0 = never
    bool operator==(const HealthTargetView &) const = default;
};

/// What there is to see of one client's probing.
struct ProberView {
    uint32_t client = 0;
    ProbingConfig config{};
    std::vector<HealthTargetView> targets{}; // as the client's targets
    uint64_t routingChanges = 0; // how often a target has come into or gone out of rotation
    bool operator==(const ProberView &) const = default;
};

struct ProbingSeen {
    std::vector<ProberView> health{}; // one a client that probes
    bool operator==(const ProbingSeen &) const = default;
};

/// Probes the targets of those clients that want it, takes them out of rotation and back, and restarts who is not
/// alive. A part of the world.
///
/// A target gets traffic while its check says ready, so none does before its first success. Readiness is probed every
/// interval, the targets one after the other within it. With `liveness`, the process itself is probed half an interval
/// later: start-up until it has started, liveness from then on. A probe that is due while the one before it is still
/// out is left out. Who fails liveness is killed: what it was doing is lost, and so are a hang, a pause or a crash, for
/// those are its own; it refuses everything until it has started again, cold, and is then unknown once more.
class Prober {
public:
    /// What can be pending. All but ServiceRestarted: actor = the client, payload = which of its targets.
    enum class Kind : uint8_t {
        ProbeAnswer,
        ProbeServed,
        ServiceRestarted,
        ProbeTimeout,
        ProbeDue,
        ProbeReaches,
    };
    static constexpr Rank rankOf(Kind kind)
    {
        if (kind == Kind::ProbeAnswer || kind == Kind::ProbeServed)
            return Rank::Completion;
        return kind == Kind::ProbeReaches ? Rank::Arrival : Rank::Timer;
    }

    using Seen = ProbingSeen;
    static constexpr size_t kRecent = 12;

    Prober(const Scenario &scenario, uint64_t seed); // throws InvalidConfig

    void begin(StepContext &context);
    void handle(const Pending &pending, StepContext &context);
    bool isStale(const Pending &pending) const;
    Upcoming describe(const Pending &pending, const ConstPartReferences &parts) const;

    bool empty() const { return m_watches.empty(); }
    /// Of the first prober; there must be one.
    const ProbingConfig &config() const { return m_watches.front().config; }
    /// The settings of every prober; throws InvalidConfig. Probes that are out keep the time they have.
    template <typename Change> void reconfigure(Change change, StepContext &context)
    {
        for (Watch &watch : m_watches) {
            ProbingConfig config = watch.config;
            change(config);
            reconfigure(watch, config, context);
        }
    }

    /// The check that `client` makes of `service`; null when it makes none.
    const HealthCheck *checkOf(uint32_t client, uint32_t service) const;
    const ProbingConfig *configOf(uint32_t client) const;
    uint64_t routingChanges() const; // of all probers
    std::vector<ProberView> view(Time now) const;

    bool operator==(const Prober &) const = default;

private:
    // Two series of probes run beside each other.
    enum class Series : uint8_t { Readiness, Process };
    struct Beat {
        std::optional<Time> last;
        std::optional<Time> next;
        uint64_t ticket = 0; // of the scheduled one; an older ticket is void
        bool operator==(const Beat &) const = default;
    };
    struct Target {
        uint32_t service = 0;
        HealthCheck check;
        HealthView told; // what the events have said so far
        uint64_t lastChange = 0;
        uint64_t lastRestart = 0;
        std::array<Beat, 2> beats{};
        std::array<std::optional<ProbeFlight>, kProbeKinds> flights{};
        std::array<std::vector<ProbeResult>, 2> recent{};
        bool operator==(const Target &) const = default;
    };
    struct Watch {
        uint32_t client = 0;
        ProbingConfig config;
        RandomStream random;
        std::vector<Target> targets;
        uint64_t routingChanges = 0;
        bool operator==(const Watch &) const = default;
    };
    // What the private functions work on.
    struct Place {
        Watch &watch;
        uint32_t index; // among the client's targets
        Target &target;
        StepContext &context;
        CallFlow &flow;
    };

    static Link linkOf(const Place &place);
    static Event eventOf(const Place &place, EventDetail detail);
    const Watch *watchOf(uint32_t client) const;
    const ProbeFlight *flightOf(const Pending &pending) const;
    static void scheduleFlight(const Place &place, const ProbeFlight &flight, Kind kind, Time at);
    void reconfigure(Watch &watch, const ProbingConfig &config, StepContext &context);
    void schedule(Watch &watch, uint32_t index, Series series, Time at, StepContext &context);

    // health_probes.cpp: one probe, from its beat to its result.
    void onDue(const Place &place, Series series);
    void onReaches(const Place &place, ProbeFlight &flight);
    void onServed(const Place &place, ProbeFlight &flight);
    void onAnswer(const Place &place, ProbeFlight &flight);
    void expire(const Place &place);
    void tellEnd(const Place &place, const ProbeFlight &flight, bool timedOut);

    // What follows from results.
    void judge(const Place &place);
    void tellChange(const Place &place, const HealthView &now);
    void restart(const Place &place);

    std::vector<Watch> m_watches;
    std::vector<std::optional<Time>> m_restartingUntil; // by service
    uint64_t m_lastProbe = 0;
};

} // namespace resilience::sim
