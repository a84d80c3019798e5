// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/limiters/token_bucket.h"
#include "core/runtime/guarded.h"

#include <cstdint>

namespace resilience::runtime {

class SharedTokenBucket;

/// Tokens taken, or the reason why not. Say use() when the call goes out; a permit that is dropped before was
/// cancelled, and its tokens go back. One thread at a time; it may be handed to another. The bucket must outlive it.
class TokenPermit {
public:
    TokenPermit() = default; // of no bucket: permitted, and nothing to give back
    TokenPermit(TokenPermit &&other) noexcept;
    TokenPermit &operator=(TokenPermit &&other) noexcept;
    ~TokenPermit() { drop(); }

    const Decision &decision() const { return m_decision; }
    explicit operator bool() const { return m_decision.permitted(); }

    /// The tokens are spent.
    void use() { m_bucket = nullptr; }

private:
    friend class SharedTokenBucket;
    TokenPermit(SharedTokenBucket &bucket, TokenBucket &core, Time now, uint64_t tokens);
    void drop() noexcept;

    Decision m_decision;
    SharedTokenBucket *m_bucket = nullptr; // none: nothing left to give back
    uint64_t m_tokens = 0;
};

/// The token bucket for many threads: see TokenBucket for what it does, Guarded for how. Its bound, capacity + rate x
/// T, holds for the moments at which tokens are taken.
class SharedTokenBucket {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit SharedTokenBucket(const TokenBucketConfig &config = {}, Clock clock = {});

    /// Never waits: retryAfter says how long to.
    TokenPermit tryAcquire(uint64_t permits = 1);
    /// As of `now`, for who has read the clock already; the tokens are spent at once.
    Decision tryAcquireAt(Time now, uint64_t permits = 1);

    double available() const;
    /// Throws InvalidConfig and then changes nothing.
    void reconfigure(const TokenBucketConfig &config);

    /// The plain bucket as it stands.
    TokenBucket checkpoint() const { return m_core.checkpoint(); }

private:
    friend class TokenPermit;

    Guarded<TokenBucket> m_core;
};

} // namespace resilience::runtime
