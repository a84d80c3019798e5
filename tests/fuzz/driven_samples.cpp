// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/driven_samples.h"

#include <algorithm>

namespace tests {

namespace {

const std::vector<std::string> kAcquires{
    R"({"op":"acquire"})",
    R"({"op":"acquire","permits":1})",
    R"({"op":"acquire","permits":2})",
    R"({"op":"acquire","permits":3.0})",
    R"({"op":"acquire","permits":0})",
    R"({"op":"acquire","permits":9007199254740992})",
    R"({"op":"acquire","permits":1.5})",
};

DrivenSample limiter(const char *pattern, std::vector<std::string> configs)
{
    return {pattern, std::move(configs), R"({"op":"acquire"})", kAcquires};
}

DrivenSample circuitBreaker()
{
    return {
        "circuit-breaker",
        {R"({"failure_threshold":2,"open_duration":3,"half_open_max_calls":1})",
         R"({"window":{"type":"count","size":4},"minimum_calls":2,"failure_rate_threshold":0.5,"half_open_rule":"rate"})",
         R"({"window":{"type":"time","size":9},"minimum_calls":1,"slow_call_duration":1,"slow_call_rate_threshold":0.3,"half_open_rule":"rate_early","half_open_max_duration":0})",
         R"({"open_duration":0.1,"open_duration_multiplier":1.5,"max_open_duration":60,"half_open_rule":"all_succeed","broken":{"wait_not_restarted":true,"unlimited_trials":true}})"},
        R"({"op":"state"})",
        {R"({"op":"acquire","id":1})",
         R"({"op":"acquire","id":2.0})",
         R"({"op":"acquire","id":"a"})",
         R"({"op":"success","id":1})",
         R"({"op":"failure","id":1})",
         R"({"op":"failure","id":2})",
         R"({"op":"success","id":"a","duration":7})",
         R"({"op":"ignore","id":"a"})",
         R"({"op":"state"})",
         R"({"op":"call","outcome":"success"})",
         R"({"op":"call","outcome":"failure","duration":0.1})",
         R"({"op":"call","outcome":"failure"})",
         R"({"op":"call","outcome":"success","duration":9223372036.854776})",
         R"({"op":"call","outcome":"ignore"})",
         R"({"op":"force","state":"open"})",
         R"({"op":"force","state":"closed"})",
         R"({"op":"force","state":"half-open"})",
         R"({"op":"force","state":"disabled"})",
         R"({"op":"force","state":"metrics-only"})",
         R"({"op":"force","state":"auto"})"}};
}

DrivenSample bulkhead()
{
    return {"bulkhead",
            {R"({"max_concurrent":2,"max_queue":2,"max_wait":3})", R"({"max_concurrent":1,"max_queue":1000})",
             R"({"max_concurrent":3,"max_queue":0,"max_wait":9223372036})"},
            R"({"op":"tick"})",
            {R"({"op":"acquire","id":1})", R"({"op":"acquire","id":"a"})", R"({"op":"acquire","id":2.5})",
             R"({"op":"acquire","id":3})", R"({"op":"acquire","id":4.0})", R"({"op":"release","id":1})",
             R"({"op":"release","id":"a"})", R"({"op":"release","id":2.5})", R"({"op":"release","id":3})",
             R"({"op":"release","id":4})", R"({"op":"tick"})", R"({"op":"tick","id":1})"}};
}

DrivenSample backoff()
{
    return {"backoff",
            {R"({"jitter":"decorrelated"})", R"({"strategy":"fixed","base_delay":9,"jitter":"full","seed":7})",
             R"({"strategy":"linear","jitter":"equal","max_delay":9223372036})",
             R"({"strategy":"exponential","multiplier":1000,"jitter":"proportional","jitter_ratio":1})"},
            R"({"op":"delay","attempt":1})",
            {R"({"op":"delay","attempt":1})", R"({"op":"delay","attempt":2})", R"({"op":"delay","attempt":3.0})",
             R"({"op":"delay","attempt":9007199254740992})", R"({"op":"delay","attempt":1e300})",
             R"({"op":"delay","attempt":-1})"}};
}

DrivenSample retry()
{
    return {"retry",
            {R"({"max_elapsed":9,"max_retry_after":1,"jitter":"full","budget":{"ratio":0.5,"min_per_second":0.1}})",
             R"({"max_attempts":4294967295,"base_delay":0,"retry_on":["timeout","a"],"jitter":"none"})",
             R"({"budget":{"ratio":0,"min_per_second":1000000,"window":3600}})"},
            R"({"op":"result","id":1,"outcome":"success"})",
            {R"({"op":"result","id":1,"outcome":"failure"})", R"({"op":"result","id":1,"outcome":"success"})",
             R"({"op":"result","id":"a","outcome":"failure","error":"timeout"})",
             R"({"op":"result","id":"a","outcome":"failure","error":"client-error"})",
             R"({"op":"result","id":2,"outcome":"failure","retry_after":9223372036.854776})",
             R"({"op":"begin","id":2})", R"({"op":"begin","id":"a"})",
             R"({"op":"result","id":"a","outcome":"failure","retryable":false})",
             R"({"op":"result","id":2,"outcome":"maybe"})"}};
}

DrivenSample healthCheck()
{
    return {"health-check",
            {R"({"failures_to_unhealthy":2})",
             R"({"degraded_latency":0.01,"unhealthy_latency":1,"timeout":0.5,"successes_to_healthy":3})"},
            R"({"op":"state"})",
            {R"({"op":"probe","outcome":"success","latency":0.1})",
             R"({"op":"probe","outcome":"success","latency":9223372036})", R"({"op":"probe","outcome":"failure"})",
             R"({"op":"probe","outcome":"timeout","kind":"liveness"})",
             R"({"op":"probe","outcome":"success","kind":"startup"})", R"({"op":"state"})",
             R"({"op":"state","outcome":"success"})"}};
}

DrivenSample distributedLock()
{
    return {"distributed-lock",
            {R"({"nodes":3,"ttl":5,"node_latency":0.3,"fencing":"store"})", R"({"nodes":1,"fencing":"none"})",
             R"({"nodes":64,"ttl":9223372036,"drift_factor":0.5,"drift_constant":1,"node_latency":9223372036})"},
            R"({"op":"acquire","client":"a"})",
            {R"({"op":"acquire","client":"a"})", R"({"op":"acquire","client":1})", R"({"op":"extend","client":"a"})",
             R"({"op":"extend","client":1.0})", R"({"op":"release","client":"a"})", R"({"op":"release","client":1})",
             R"({"op":"node","node":1,"up":false})", R"({"op":"node","node":1.0,"up":true,"empty":true})",
             R"({"op":"node","node":0,"up":false})", R"({"op":"node","node":3,"up":true})",
             R"({"op":"node","node":4,"up":true})", R"({"op":"write","client":"a","token":1})",
             R"({"op":"write","client":"b","token":9007199254740992})", R"({"op":"write","client":"b"})",
             R"({"op":"write","token":1})"}};
}

} // namespace

const std::vector<DrivenSample> &drivenSamples()
{
    static const std::vector<DrivenSample> all{
        circuitBreaker(),
        limiter("token-bucket", {R"({"capacity":3,"refill_rate":2,"initial":1})", R"({"refill_rate":1e-06})",
                                 R"({"capacity":1000000000,"refill_rate":1e9})"}),
        limiter("leaky-bucket",
                {R"({"capacity":3,"leak_rate":2,"initial":1})", R"({"leak_rate":0.11666666666666667})"}),
        limiter("fixed-window", {R"({"limit":2,"window":3})", R"({"limit":3,"window":1e-09})"}),
        limiter("sliding-window-log", {R"({"limit":2,"window":3})", R"({"limit":5,"window":0.000001})"}),
        limiter("sliding-window-counter", {R"({"limit":2,"window":3})", R"({"limit":3,"window":86400})"}),
        bulkhead(),
        backoff(),
        retry(),
        healthCheck(),
        distributedLock()};
    return all;
}

const DrivenSample *drivenSample(const std::string &pattern)
{
    const auto &all = drivenSamples();
    const auto it = std::find_if(all.begin(), all.end(), [&](const auto &one) { return one.pattern == pattern; });
    return it == all.end() ? nullptr : &*it;
}

std::string requestAt(const std::string &t, const std::string &request)
{
    return "{\"t\":" + t + "," + request.substr(1);
}

} // namespace tests
