// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/keyed_hash.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <vector>

using namespace resilience;

namespace {

constexpr uint32_t kSlots = 1U << 16U;

// How many of the keys meet in the fullest slot.
template <typename KeyOf> int fullestSlot(const KeyedHash &hash, KeyOf keyOf)
{
    std::vector<int> counts(kSlots);
    for (uint64_t i = 1; i <= kSlots / 2; ++i) {
        const auto [high, low] = keyOf(i);
        ++counts[hash.of(high, low) % kSlots];
    }
    return *std::ranges::max_element(counts);
}

} // namespace

class KeyedHashTest : public QObject {
    Q_OBJECT
private slots:
    // As CPython 3.11 hashes the same 16 bytes with PYTHONHASHSEED=0, and a transcription of the paper's pseudocode.
    void knownValues()
    {
        QCOMPARE(KeyedHash(0, 0).of(0x0706050403020100, 0x0f0e0d0c0b0a0908), 0x8972188433a5c5b7U);
        QCOMPARE(KeyedHash(0, 0).of(0, 0), 0x76be999e3e25b2a0U);
        QCOMPARE(KeyedHash(0, 0).of(UINT64_MAX, UINT64_MAX), 0x35029a3b6274a39bU);
        QCOMPARE(KeyedHash(0x0706050403020100, 0x0f0e0d0c0b0a0908).of(0x0706050403020100, 0x0f0e0d0c0b0a0908),
                 0xcc4fdd1a7d908b66U);
    }

    void everySecretIsAnother()
    {
        const KeyedHash one(RandomStream(1, "one"));
        const KeyedHash again(RandomStream(1, "one"));
        const KeyedHash another(RandomStream(1, "another"));
        QVERIFY(one == again && one.of(3, 4) == again.of(3, 4));
        QVERIFY(!(one == another) && one.of(3, 4) != another.of(3, 4));
        QVERIFY(one.of(3, 4) != one.of(4, 3));
    }

    // Counted up, spread out, and chosen so that a hash without a secret had put them all into one slot: with as many
    // keys as half the slots, even the fullest has but a few.
    void keysOfAnyMakingAreSpread()
    {
        constexpr uint64_t golden = 0x9e3779b97f4a7c15ULL;
        for (uint64_t seed = 1; seed <= 20; ++seed) {
            const KeyedHash hash(RandomStream(seed, "ids"));
            QVERIFY(fullestSlot(hash, [](uint64_t i) { return std::pair{uint64_t{0}, i}; }) <= 10);
            QVERIFY(fullestSlot(hash, [](uint64_t i) { return std::pair{i << 32U, uint64_t{0}}; }) <= 10);
            QVERIFY(fullestSlot(hash,
                                [](uint64_t i) {
                                    return std::pair{i * golden, 7 ^ std::rotl(i * golden, 32)};
                                })
                    <= 10);
        }
    }
};
REGISTER_TEST(KeyedHashTest)

#include "keyed_hash_test.moc"
