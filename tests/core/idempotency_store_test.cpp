// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/idempotency_store.h"
#include "tests/register_test.h"

#include <QtTest>

#include <map>
#include <string>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

using Store = IdempotencyStore<std::string>;

const struct {
    const char *title;
    IdempotencyConfig config;
    const char *field;
    const char *found;
    const char *expected;
} kRefusedStores[] = {
    {"no room", {0, 1s, 1s}, "capacity", "0", "1 to 1000000"},
    {"too much room", {1'000'001, 1s, 1s}, "capacity", "1000001", "1 to 1000000"},
    {"keeping nothing", {1, 0s, 1s}, "keep_answers", "0 s", "more than 0 s"},
    {"negative progress", {1, 1s, -1ns}, "max_in_progress", "-1e-09 s", "0 s (for ever) or more"},
};

// A small source of numbers that is the same everywhere.
struct Dice {
    uint64_t state;
    uint64_t below(uint64_t end)
    {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state >> 33U) % end;
    }
};

} // namespace

class IdempotencyStoreTest : public QObject {
    Q_OBJECT
private slots:
    void refused_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kRefusedStores); ++i)
            QTest::newRow(kRefusedStores[i].title) << int(i);
    }
    void refused()
    {
        QFETCH(int, index);
        const auto &row = kRefusedStores[index];
        const auto error = row.config.validate();
        QVERIFY(error && *error == (ConfigError{row.field, row.found, row.expected}));
        QVERIFY_EXCEPTION_THROWN(Store{row.config}, InvalidConfig);
    }

    void aRequestsLife()
    {
        Store store({4, 10s, 5s});
        const RequestId id{1, 2};
        const auto first = store.claim(id, 7, at(0s));
        QVERIFY(first && first.serial == 1);
        const auto second = store.claim(id, 7, at(1s));
        QVERIFY(second.kind == Claimed::InProgress && second.retryAfter == Duration{4s});
        QVERIFY(store.claim(id, 8, at(1s)).kind == Claimed::Mismatch);
        QVERIFY(store.complete(id, first.serial, "paid", at(2s)));
        const auto third = store.claim(id, 7, at(2s));
        QVERIFY(third.kind == Claimed::Done && third.answer == "paid");
        QVERIFY(store.claim(id, 8, at(2s)).kind == Claimed::Mismatch);
        QVERIFY(store.claim({2, 1}, 8, at(2s)).kind == Claimed::New); // another id is another request
        QVERIFY(!store.complete(id, first.serial, "paid twice", at(2s)));
        QVERIFY(!store.abandon(id, first.serial, at(2s)));
        QVERIFY(store.claim(id, 7, at(2s)).answer == "paid");
    }

    void limits()
    {
        for (const Duration after : {5s - 1ns, Duration{5s}, 5s + 1ns}) {
            Store store({4, 5s, 5s});
            const auto claim = store.claim({0, 1}, 7, at(0s));
            Store lost = store;
            QCOMPARE(lost.claim({0, 1}, 7, at(after)).kind == Claimed::New, after >= 5s);
            // A worker that comes back too late changes nothing.
            QCOMPARE(lost.complete({0, 1}, claim.serial, "late", at(after)), after < 5s);
            store.complete({0, 1}, claim.serial, "done", at(0s));
            QCOMPARE(store.claim({0, 1}, 7, at(after)).kind == Claimed::New, after >= 5s);
        }
        Store patient({4, 1s, 0s});
        patient.claim({0, 1}, 7, at(0s));
        const auto conflict = patient.claim({0, 1}, 7, kTimeMax);
        QVERIFY(conflict.kind == Claimed::InProgress && !conflict.retryAfter);
        Store longest({4, kDurationMax, kDurationMax});
        longest.claim({0, 1}, 7, at(5s));
        QVERIFY(longest.nextDeadline() == kTimeMax);
    }

    void abandonedIsNew()
    {
        Store store({1, 10s, 5s});
        const auto claim = store.claim({0, 1}, 7, at(0s));
        QVERIFY(!store.abandon({0, 1}, claim.serial + 1, at(0s)));
        QVERIFY(store.abandon({0, 1}, claim.serial, at(0s)));
        QVERIFY(store.claim({0, 1}, 8, at(0s)).serial == 2U);
    }

    void fullSaysSo()
    {
        Store store({2, 10s, 5s});
        const auto first = store.claim({0, 1}, 7, at(0s));
        store.claim({0, 2}, 7, at(1s));
        store.complete({0, 1}, first.serial, "kept", at(0s));
        const auto third = store.claim({0, 3}, 7, at(2s));
        QVERIFY(third.kind == Claimed::Full && third.retryAfter == Duration{4s});
        QVERIFY(store.claim({0, 1}, 7, at(2s)).answer == "kept");
        QVERIFY(store.claim({0, 3}, 7, at(6s - 1ns)).kind == Claimed::Full);
        QVERIFY(store.claim({0, 3}, 7, at(6s)).kind == Claimed::New);
    }

    void timeGoingBack()
    {
        Store there({2, 10s, 5s});
        there.claim({0, 1}, 7, at(100s));
        for (const Time back : {at(100s - 1ns), kTimeZero, Time::min()}) {
            Store a = there;
            Store b = there;
            QVERIFY(a.claim({0, 1}, 7, back) == b.claim({0, 1}, 7, at(100s)));
            QVERIFY(a.complete({0, 1}, 1, "x", back) && b.complete({0, 1}, 1, "x", at(100s)));
            QVERIFY(a == b);
        }
    }

    // No answer depends on what ids are hashed with.
    void theSecretIsNotSeen()
    {
        for (uint64_t life = 1; life <= 200; ++life) {
            Dice dice{life};
            const IdempotencyConfig config{1 + uint32_t(dice.below(40)), 30ns, 20ns};
            Store stores[] = {Store(config, RandomStream(life, "one")), Store(config, RandomStream(life, "another")),
                              Store(config)};
            Time now = kTimeZero;
            for (int i = 0; i < 100; ++i) {
                now += Duration{int64_t(dice.below(3))};
                const RequestId id{dice.below(3), dice.below(20)};
                const uint64_t payload = dice.below(20) == 0;
                const bool completes = dice.below(2) == 0;
                const auto first = stores[0].claim(id, payload, now);
                for (Store &store : stores) {
                    QVERIFY(&store == stores || store.claim(id, payload, now) == first);
                    QVERIFY(!completes || store.complete(id, first.serial, "answer", now) == bool(first));
                    QCOMPARE(store.inProgress(), stores[0].inProgress());
                    QVERIFY(store.nextDeadline() == stores[0].nextDeadline());
                }
            }
        }
    }

    // Random lives against plain maps: nothing is done twice while it is remembered, and nothing is forgotten early.
    void agreesWithTheNaiveModel()
    {
        struct Known {
            uint64_t payload;
            uint64_t serial;
            bool done;
            Time until;
        };
        int conflicts = 0;
        int stored = 0;
        int full = 0;
        for (uint64_t seed = 1; seed <= 1000; ++seed) {
            Dice dice{seed};
            Store store({1 + uint32_t(dice.below(6)), 9ns, 6ns});
            std::map<RequestId, Known> naive;
            Time now = kTimeZero;
            for (int i = 0; i < 60; ++i) {
                now += Duration{int64_t(dice.below(4))};
                std::erase_if(naive, [&](const auto &one) { return one.second.until <= now; });
                const RequestId id{0, dice.below(8)};
                const auto known = naive.find(id);
                if (dice.below(3) == 0 && known != naive.end()) {
                    QCOMPARE(store.complete(id, known->second.serial, "answer", now), !known->second.done);
                    if (!known->second.done)
                        known->second = {known->second.payload, known->second.serial, true, now + 9ns};
                    continue;
                }
                const uint64_t payload = dice.below(5) == 0;
                const auto claim = store.claim(id, payload, now);
                const Claimed expected = known == naive.end()
                                             ? (naive.size() < store.config().capacity ? Claimed::New : Claimed::Full)
                                         : known->second.payload != payload ? Claimed::Mismatch
                                         : known->second.done               ? Claimed::Done
                                                                            : Claimed::InProgress;
                QVERIFY(claim.kind == expected);
                if (claim)
                    naive[id] = {payload, claim.serial, false, now + 6ns};
                QCOMPARE(size_t(store.inProgress() + store.answers()), naive.size());
                conflicts += claim.kind == Claimed::InProgress;
                stored += claim.kind == Claimed::Done;
                full += claim.kind == Claimed::Full;
            }
        }
        QVERIFY(conflicts > 1000 && stored > 1000 && full > 1000);
    }
};
REGISTER_TEST(IdempotencyStoreTest)

#include "idempotency_store_test.moc"
