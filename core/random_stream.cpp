// SPDX-License-Identifier: MIT
#include "core/random_stream.h"

#include <bit>
#include <cmath>
#include <random>

namespace resilience {

namespace {

uint64_t splitMix(uint64_t &state)
{
    state += 0x9e3779b97f4a7c15ULL;
    uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

// Natural logarithm for x in (0, 1], from +, *, / alone: libraries round std::log differently, and one different bit
// would change a run. ln(x) = exponent x ln 2 + 2 atanh((m - 1) / (m + 1)), m in [0.5, 1); error below 1e-15.
double portableLog(double x)
{
    int exponent = 0;
    double m = std::frexp(x, &exponent);
    if (m < 0.70710678118654752) {
        m *= 2;
        --exponent;
    }
    const double z = (m - 1.0) / (m + 1.0);
    const double zz = z * z;
    double sum = 0;
    for (int k = 23; k >= 1; k -= 2)
        sum = sum * zz + 1.0 / k;
    return exponent * 0.69314718055994531 + 2.0 * z * sum;
}

// FNV-1a over the bytes of the seed, the name, and the name's length.
uint64_t streamKey(uint64_t seed, std::string_view actor)
{
    uint64_t key = 0xcbf29ce484222325ULL;
    const auto add = [&key](unsigned char byte) { key = (key ^ byte) * 0x100000001b3ULL; };
    const auto addWord = [&add](uint64_t word) {
        for (unsigned shift = 0; shift < 64; shift += 8)
            add(static_cast<unsigned char>(word >> shift));
    };
    addWord(seed);
    for (const char c : actor)
        add(static_cast<unsigned char>(c));
    addWord(actor.size());
    return key;
}

} // namespace

RandomStream::RandomStream(uint64_t seed, std::string_view actor)
{
    uint64_t state = streamKey(seed, actor);
    for (uint64_t &word : m_state)
        word = splitMix(state);
}

RandomStream RandomStream::fromSystem()
{
    std::random_device device;
    std::array<uint64_t, 4> state{};
    for (uint64_t &word : state)
        word = (uint64_t{device()} << 32U) | device();
    state[0] += state == std::array<uint64_t, 4>{}; // the one state that the engine would never leave
    return RandomStream(state);
}

uint64_t RandomStream::next()
{
    const uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
    const uint64_t t = m_state[1] << 17U;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= t;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

double RandomStream::unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

Duration RandomStream::between(Duration low, Duration high)
{
    const uint64_t span = static_cast<uint64_t>(high.count()) - static_cast<uint64_t>(low.count());
    if (span == UINT64_MAX)
        return Duration{static_cast<int64_t>(next())};
    // Refuses the incomplete last round of 2^64, so that every value is equally likely.
    const uint64_t count = span + 1;
    const uint64_t refuseBelow = (0 - count) % count;
    uint64_t draw = next();
    while (draw < refuseBelow)
        draw = next();
    return Duration{static_cast<int64_t>(static_cast<uint64_t>(low.count()) + draw % count)};
}

Duration RandomStream::exponential(Duration mean, double unit)
{
    const double gap = -portableLog(1.0 - unit) * static_cast<double>(mean.count());
    return gap >= 9.2e18 ? Duration::max() : Duration{std::llround(gap)};
}

} // namespace resilience
