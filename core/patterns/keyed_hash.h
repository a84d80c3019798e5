// SPDX-License-Identifier: MIT
#pragma once

#include "core/random_stream.h"

#include <array>
#include <bit>
#include <cstdint>

namespace resilience {

/// A hash of 128-bit keys that strangers choose: SipHash-1-3 (Aumasson, Bernstein; what Rust, Python and Ruby hash
/// with) under a random secret of 128 bits. Who does not know the secret cannot find keys that meet in one slot of a
/// table. Two with the same secret agree on every machine. Nothing that is kept or shown may depend on the secret.
class KeyedHash {
public:
    constexpr KeyedHash(uint64_t secret, uint64_t more) : m_secret{secret, more} {}
    /// Draws its secret.
    explicit KeyedHash(RandomStream secret) : m_secret{secret.next(), secret.next()} {}

    /// Of the 16 bytes that the two words have, the lowest of `first` first.
    constexpr uint64_t of(uint64_t first, uint64_t second) const
    {
        constexpr uint64_t length = uint64_t{16} << 56U;
        State v{m_secret[0] ^ 0x736f6d6570736575ULL, m_secret[1] ^ 0x646f72616e646f6dULL,
                m_secret[0] ^ 0x6c7967656e657261ULL, m_secret[1] ^ 0x7465646279746573ULL};
        for (const uint64_t word : {first, second, length}) {
            v[3] ^= word;
            round(v);
            v[0] ^= word;
        }
        v[2] ^= 0xff;
        round(v);
        round(v);
        round(v);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    bool operator==(const KeyedHash &) const = default;

private:
    using State = std::array<uint64_t, 4>;
    static constexpr void round(State &v)
    {
        v[0] += v[1];
        v[1] = std::rotl(v[1], 13) ^ v[0];
        v[0] = std::rotl(v[0], 32);
        v[2] += v[3];
        v[3] = std::rotl(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = std::rotl(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = std::rotl(v[1], 17) ^ v[2];
        v[2] = std::rotl(v[2], 32);
    }

    std::array<uint64_t, 2> m_secret;
};

} // namespace resilience
