// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/lock/fencing.h"
#include "core/patterns/redlock.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <vector>

using namespace resilience;
using namespace std::chrono_literals;
using tests::pick;

namespace {

struct LockTotals {
    int acquired = 0;
    int extended = 0;
    int lost = 0;
    int notAcquired = 0;
    int twoHolders = 0;
};

// Clients and nodes on a network that delays, reorders and loses messages; the nodes' clocks drift by up to
// `driftPpb` either way, often by just that. Restarts keep the data unless `forgets`. Time often leaps to where a lease
// is about to end, on a fast network in some lives: only there could a second holder come in.
class Cluster {
public:
    Cluster(LockTotals &totals, int64_t driftPpb, bool forgets) : m_totals(totals), m_forgets(forgets)
    {
        m_config.nodes = pick(1U, 6U);
        m_config.ttl = Duration{1000};
        m_config.driftFactor = Ratio::of(0.05);
        m_config.driftConstant = Duration{4}; // clocks round to the nanosecond
        m_config.requestTimeout = Duration{300};
        for (uint32_t i = 0; i < m_config.nodes; ++i)
            m_nodes.emplace_back(SkewedClock{anyDrift(driftPpb), Duration{pick(-99, 99)}});
        for (uint64_t i = 0; i < 3; ++i)
            m_clients.emplace_back(m_config, RandomStream(pick<uint64_t>(0, 1'000'000) * 3 + i, "client"));
    }

    void run()
    {
        for (int i = pick(0, 300); i > 0; --i) {
            m_now += pick(0, 8) == 0 ? untilSomebodysEnd() : Duration{pick(0, 30)};
            deliver();
            act();
        }
    }

private:
    struct Message {
        Time arrives;
        size_t client;
        uint32_t node;
        LockRequest request;
        std::optional<LockReply> reply; // none: on its way to the node
    };

    // To shortly before the lock of whoever holds it is over.
    Duration untilSomebodysEnd() const
    {
        for (const Redlock &client : m_clients)
            if (const auto end = client.view(m_now).validUntil)
                return std::max(Duration::zero(), *end - m_now - Duration{pick(0, 60)});
        return Duration::zero();
    }

    static int64_t anyDrift(int64_t most)
    {
        const int choice = pick(0, 4);
        return choice == 0 ? most : choice == 1 ? -most : pick(-most, most + 1);
    }

    void send(size_t client, const LockRequest &request)
    {
        if (request.kind == LockRequest::Kind::None)
            return;
        for (uint32_t i = 0; i < m_config.nodes; ++i)
            post({m_now, client, i, request, {}});
    }

    void post(Message message)
    {
        if (pick(0, 20) == 0)
            return; // lost
        message.arrives = m_now + Duration{pick(0, 10) == 0 ? pick(0, 1500) : pick(0, m_slowest)};
        m_network.push_back(message);
    }

    void deliver()
    {
        const Time until = m_now;
        for (;;) {
            const auto next = std::ranges::min_element(m_network, {}, &Message::arrives);
            if (next == m_network.end() || next->arrives > until)
                break;
            Message message = *next;
            m_network.erase(next);
            m_now = message.arrives;
            if (message.reply) {
                took(message.client,
                     m_clients[message.client].onReply(message.request.round, message.node, *message.reply, m_now));
                continue;
            }
            message.reply = m_nodes[message.node].answer(message.request, m_now);
            post(message);
        }
        m_now = until;
    }

    void act()
    {
        const auto index = pick<size_t>(0, m_clients.size());
        Redlock &client = m_clients[index];
        took(index, client.onDeadline(m_now));
        const int choice = pick(0, 12);
        if (choice < 5)
            took(index, client.acquire(m_now));
        else if (choice < 5 + m_zeal)
            took(index, client.extend(m_now));
        else if (choice == 9)
            took(index, client.release(m_now));
        else if (choice > 9)
            m_nodes[pick<size_t>(0, m_nodes.size())].restart(m_forgets, m_now);
    }

    void took(size_t client, const LockStep &step)
    {
        send(client, step.send);
        // Holding begins with a reply: if two ever hold it at once, they do right after one.
        m_totals.twoHolders += std::ranges::count_if(m_clients, [&](const auto &c) { return c.isHeld(m_now); }) > 1;
        m_totals.acquired += step.outcome == LockOutcome::Acquired;
        m_totals.extended += step.outcome == LockOutcome::Extended;
        m_totals.lost += step.outcome == LockOutcome::Lost;
        m_totals.notAcquired += step.outcome == LockOutcome::NotAcquired;
        if (step.validity)
            RC_ASSERT(*step.validity > Duration::zero() && *step.validity <= m_config.validity(Duration::zero()));
        if (step.outcome == LockOutcome::Acquired || step.outcome == LockOutcome::Extended)
            RC_ASSERT(step.votes >= m_config.quorum());
        if (step.outcome == LockOutcome::NotAcquired || step.outcome == LockOutcome::Lost)
            RC_ASSERT(step.outcome == LockOutcome::Lost || step.send.kind == LockRequest::Kind::Release);
    }

    LockTotals &m_totals;
    bool m_forgets;
    int m_slowest = *rc::gen::element(2, 10, 60); // most messages take less
    int m_zeal = *rc::gen::element(0, 1, 4); // of 12 things done, so many extend
    RedlockConfig m_config;
    std::vector<LockNode> m_nodes;
    std::vector<Redlock> m_clients;
    std::vector<Message> m_network;
    Time m_now = kTimeZero;
};

enum class Tokens { None, WithTheGrant, FetchedLater };

struct Writes {
    uint64_t accepted = 0;
    uint64_t refused = 0;
    int stale = 0; // lives in which one was accepted after one of a later grant
};

// Clients that believe to hold the lock write late.
void writeLate(Tokens tokens, Writes &writes)
{
    struct Client {
        uint64_t owner;
        uint64_t grant = 0; // the how-manieth of all; 0 = never had it
        std::optional<uint64_t> token;
    };
    FencingStore store;
    LockNode plain;
    FencedResource resource(tokens != Tokens::None);
    std::vector<Client> clients{{1, 0, {}}, {2, 0, {}}, {3, 0, {}}};
    uint64_t grants = 0;
    uint64_t latestWriter = 0;
    bool stale = false;
    Time now = kTimeZero;
    for (int i = pick(0, 80); i > 0; --i) {
        now += Duration{pick(0, 6)};
        Client &client = clients[pick<size_t>(0, clients.size())];
        if (pick(0, 2) == 0) {
            std::optional<uint64_t> token;
            if (tokens == Tokens::WithTheGrant)
                token = store.acquire(client.owner, Duration{10}, now);
            if (token
                || (tokens != Tokens::WithTheGrant
                    && plain.acquire(client.owner, Duration{10}, now) == LockReply::Granted))
                client = {client.owner, ++grants, token};
        } else if (client.grant > 0) { // it may have slept since, for as long as it likes
            if (tokens == Tokens::FetchedLater && !client.token)
                client.token = store.next();
            if (resource.write(client.token)) {
                stale |= client.grant < latestWriter;
                latestWriter = std::max(latestWriter, client.grant);
            }
        }
    }
    writes.accepted += resource.accepted();
    writes.refused += resource.refused();
    writes.stale += stale;
}

} // namespace

class LockPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void oneHolderWhileClocksKeepTheirBound()
    {
        LockTotals totals;
        QVERIFY(rc::check([&] {
            Cluster(totals, 50'000'000, false).run();
            RC_ASSERT(totals.twoHolders == 0);
        }));
        QVERIFY(totals.acquired > 500 && totals.extended > 100 && totals.lost > 20 && totals.notAcquired > 500);
    }

    // The other way round: what the bound and the data on the nodes are for.
    void twoHoldersWhenTheyDoNot()
    {
        LockTotals drifting;
        LockTotals forgetting;
        rc::check([&] { Cluster(drifting, 600'000'000, false).run(); });
        rc::check([&] { Cluster(forgetting, 50'000'000, true).run(); });
        QVERIFY(drifting.twoHolders > 0);
        QVERIFY(forgetting.twoHolders > 0);
    }

    // Whatever a client did before and however long it was away, with all nodes up it gets what nobody else has.
    void nobodyStandsInItsOwnWay()
    {
        int lapsed = 0;
        QVERIFY(rc::check([&] {
            RedlockConfig config;
            config.nodes = pick(1U, 6U);
            config.ttl = Duration{100};
            config.driftFactor = Ratio::of(0.1 * pick(0, 8));
            config.driftConstant = Duration{pick(0, 10)};
            Redlock client(config, RandomStream(pick<uint64_t>(1, 1000), "client"));
            std::vector<LockNode> nodes(config.nodes);
            Time now = kTimeZero;
            const auto play = [&](const LockStep &begun) {
                LockStep step = begun;
                for (uint32_t i = 0; begun.send.round != 0 && i < nodes.size(); ++i)
                    step = client.onReply(begun.send.round, i, nodes[i].answer(begun.send, now), now);
                if (step.outcome != LockOutcome::None && step.send.kind == LockRequest::Kind::Release)
                    for (LockNode &node : nodes)
                        node.answer(step.send, now);
                return step.outcome;
            };
            for (int i = pick(1, 40); i > 0; --i) {
                now += Duration{pick(0, 3) == 0 ? pick(0, 120) : pick(0, 9)};
                const int choice = pick(0, 6);
                if (choice == 0)
                    play(client.release(now));
                else if (choice == 1)
                    play(client.extend(now));
                const bool held = client.isHeld(now);
                lapsed += client.view(now).lost > client.view(kTimeZero).lost;
                RC_ASSERT(play(client.acquire(now)) == (held ? LockOutcome::Refused : LockOutcome::Acquired));
            }
        }));
        QVERIFY(lapsed > 100);
    }

    void noStaleWriteWithFencing()
    {
        Writes writes;
        QVERIFY(rc::check([&] {
            writeLate(Tokens::WithTheGrant, writes);
            RC_ASSERT(writes.stale == 0);
        }));
        QVERIFY(writes.accepted > 1000 && writes.refused > 1000);
    }

    void staleWritesWithout()
    {
        Writes none;
        Writes later;
        rc::check([&] {
            writeLate(Tokens::None, none);
            writeLate(Tokens::FetchedLater, later);
        });
        QVERIFY(none.stale > 0);
        QVERIFY(later.stale > 0); // a token that does not come with the grant is of no use
    }
};
REGISTER_TEST(LockPropertiesTest)

#include "lock_properties_test.moc"
