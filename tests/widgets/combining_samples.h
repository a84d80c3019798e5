// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "resources/load_resources.h"
#include "tests/widgets/stage_cards.h"
#include "tests/widgets/stage_layout_check.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/combining/combining_order.h"
#include "widgets/stages/combining/combining_scene.h"
#include "widgets/stages/combining/combining_targets.h"
#include "widgets/stages/combining/combining_words.h"

#include <QPainter>
#include <QtTest>

#include <array>
#include <cmath>
#include <memory>

// Runs, moments and words of step 7 for the tests of its stage.
namespace tests::combining {

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;

using Policy = PolicyKind;

inline PolicyOrder orderOf(std::initializer_list<PolicyKind> kinds)
{
    PolicyOrder order;
    for (const PolicyKind kind : kinds)
        order.append(kind);
    return order;
}

// The usual order of all but hedging, which is there, switched off.
inline PolicyOrder usualSeven()
{
    PolicyOrder order = PolicyOrder::usual();
    order.remove(Policy::Hedging);
    return order;
}

inline PipelineConfig settings(const PolicyOrder &order)
{
    PipelineConfig config;
    config.order = order;
    config.configured = PolicyOrder::usual();
    config.totalTimeout = fromSeconds(3);
    config.retry.maxAttempts = 3;
    config.retry.backoff.baseDelay = fromSeconds(0.4);
    config.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 5, 4);
    config.circuitBreaker.failureThreshold = 5;
    config.circuitBreaker.openDuration = fromSeconds(2);
    config.bulkhead.maxConcurrent = 3;
    config.bulkhead.maxQueue = 1;
    return config;
}

// Three calls a second through all policies, in two orders: an outage, a hang, and errors.
inline std::shared_ptr<const Scenario> troubledCombining(const PolicyOrder &yours, double speed = 0.5)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "combining";
    scenario->name = "troubled";
    scenario->until = fromSeconds(24);
    scenario->speed = speed;
    ServiceConfig service;
    service.name = "payment-service";
    scenario->services.push_back(service);
    for (const char *name : {"usual-order", "your-order"}) {
        ClientConfig client;
        client.name = name;
        client.arrivals.rate = 3;
        client.arrivals.arrivalStream = "same";
        client.pipeline = settings(scenario->clients.empty() ? usualSeven() : yours);
        scenario->clients.push_back(client);
    }
    const auto plan = [&scenario](double when, Intervention what) {
        scenario->script.insert({at(fromSeconds(when)), 0, what});
    };
    plan(3, SetFault{0, FaultKind::Outage, 1});
    plan(8, ClearFault{0, FaultKind::Outage});
    plan(11, SetFault{0, FaultKind::Hang, 1});
    plan(16, ClearFault{0, FaultKind::Hang});
    plan(18, SetFault{0, FaultKind::ErrorRate, 0.6});
    return scenario;
}

inline const PolicyOrder kInside =
    orderOf({Policy::Fallback, Policy::TotalTimeout, Policy::RateLimiter, Policy::CircuitBreaker, Policy::Retry,
             Policy::Bulkhead, Policy::AttemptTimeout});
inline const PolicyOrder kDeafAndPartlyOff =
    orderOf({Policy::AttemptTimeout, Policy::CircuitBreaker, Policy::Retry, Policy::RateLimiter});

inline Snapshot combiningMoment(const PolicyOrder &yours, double seconds, double speed = 0.5)
{
    Timeline timeline(troubledCombining(yours, speed));
    timeline.runTo(at(fromSeconds(seconds)));
    Snapshot snapshot = snapshotOf(timeline);
    snapshot.speed = speed;
    return snapshot;
}

inline QImage paintedCombining(const StagePicture &picture, StagePhase phase = {})
{
    QImage image(picture.size().toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    picture.paint(painter, phase);
    return image;
}

inline const CombiningPicture &cast(const StagePicture &picture)
{
    return static_cast<const CombiningPicture &>(picture);
}

inline QStringList texts(const StagePicture &picture)
{
    QStringList all;
    for (const StageLabel &label : picture.labels())
        all << label.text;
    return all;
}

// Two calls a second to a service that is often slow; yours sends up to four attempts side by side.
inline std::shared_ptr<const Scenario> slowCombining(Duration delay, uint32_t attempts = 4)
{
    auto scenario = std::make_shared<Scenario>(*troubledCombining(PolicyOrder::usual()));
    scenario->script = {};
    scenario->script.insert({kTimeZero, 0, SetFault{0, FaultKind::LatencySpikes, 4}});
    scenario->networkLatency = fromSeconds(0.15);
    for (ClientConfig &client : scenario->clients) {
        client.pipeline.hedging = {.maxAttempts = attempts, .delay = delay};
        client.pipeline.totalTimeout = fromSeconds(8);
        client.pipeline.attemptTimeout = fromSeconds(5);
        client.pipeline.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 50, 50);
        client.pipeline.bulkhead.maxConcurrent = 60;
    }
    return scenario;
}

inline const StageTarget kReset = targets::part(CombiningPart::ResetOrder);
inline const StageTarget kRetry = targets::Policy{1, Policy::Retry};
inline const StageTarget kBreaker = targets::Policy{1, Policy::CircuitBreaker};

} // namespace tests::combining
