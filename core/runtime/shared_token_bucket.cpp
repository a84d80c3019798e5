// SPDX-License-Identifier: MIT
#include "core/runtime/shared_token_bucket.h"

#include <utility>

namespace resilience::runtime {

// Asks the core itself, because a decision that is handed on under the lock costs more than making it.
TokenPermit::TokenPermit(SharedTokenBucket &bucket, TokenBucket &core, Time now, uint64_t tokens)
    : m_decision(core.tryAcquire(now, tokens)), m_bucket(m_decision ? &bucket : nullptr), m_tokens(tokens)
{
}

TokenPermit::TokenPermit(TokenPermit &&other) noexcept
    : m_decision(other.m_decision), m_bucket(std::exchange(other.m_bucket, nullptr)), m_tokens(other.m_tokens)
{
}

TokenPermit &TokenPermit::operator=(TokenPermit &&other) noexcept
{
    if (this != &other) {
        drop();
        m_bucket = std::exchange(other.m_bucket, nullptr);
        m_decision = other.m_decision;
        m_tokens = other.m_tokens;
    }
    return *this;
}

void TokenPermit::drop() noexcept
{
    if (SharedTokenBucket *bucket = std::exchange(m_bucket, nullptr))
        bucket->m_core.with([this](TokenBucket &core, Time now) { core.putBack(now, m_tokens); });
}

SharedTokenBucket::SharedTokenBucket(const TokenBucketConfig &config, Clock clock) : m_core(config, std::move(clock)) {}

TokenPermit SharedTokenBucket::tryAcquire(uint64_t permits)
{
    return m_core.with([this, permits](TokenBucket &core, Time now) { return TokenPermit(*this, core, now, permits); });
}

Decision SharedTokenBucket::tryAcquireAt(Time now, uint64_t permits)
{
    return m_core.with([=](TokenBucket &core) { return core.tryAcquire(now, permits); });
}

double SharedTokenBucket::available() const
{
    return m_core.with([](const TokenBucket &core, Time now) { return core.available(now); });
}

void SharedTokenBucket::reconfigure(const TokenBucketConfig &config)
{
    m_core.with([&](TokenBucket &core, Time now) { core.reconfigure(config, now); });
}

} // namespace resilience::runtime
