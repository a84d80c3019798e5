// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/lock/fencing.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

class FencingTest : public QObject {
    Q_OBJECT
private slots:
    void tokensGrowOverAllClients()
    {
        FencingStore store;
        QVERIFY(store.acquire(1, 10s, at(0s)) == 1U);
        QVERIFY(!store.acquire(2, 10s, at(10s - 1ns)));
        QVERIFY(store.acquire(2, 10s, at(10s)) == 2U);
        QVERIFY(store.extend(1, 10s, at(10s)) == LockReply::NotOwner);
        QVERIFY(store.extend(2, 20s, at(10s)) == LockReply::Granted); // the same grant, the same token
        QVERIFY(store.release(2, at(29s)) == LockReply::Granted);
        QVERIFY(store.acquire(2, 10s, at(29s)) == 3U);
        QCOMPARE(store.latestToken(), uint64_t(3));
    }

    void smallerOnesAreRefused()
    {
        FencedResource resource;
        QVERIFY(!resource.write(std::nullopt));
        QVERIFY(resource.write(0) && resource.write(1) && resource.write(1) && resource.write(5));
        QVERIFY(!resource.write(4) && !resource.write(1) && !resource.write(std::nullopt));
        QVERIFY(resource.write(5) && resource.write(UINT64_MAX) && !resource.write(UINT64_MAX - 1));
        QCOMPARE(resource.accepted(), uint64_t(6));
        QCOMPARE(resource.refused(), uint64_t(5));
        QCOMPARE(resource.largestToken(), UINT64_MAX);
    }

    void withoutTokensAllIsAccepted()
    {
        FencedResource resource(false);
        QVERIFY(resource.write(5) && resource.write(4) && resource.write(std::nullopt));
        QCOMPARE(resource.largestToken(), uint64_t(0));
    }
};
REGISTER_TEST(FencingTest)

#include "fencing_test.moc"
