// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

using tests::talk;

class DriveDistributedLockTest : public QObject {
    Q_OBJECT
private slots:
    // The lines of the protocol's description.
    void asDescribed()
    {
        talk("distributed-lock", "",
             {{R"({"t":0,"op":"acquire","client":"a"})", R"({"t":0.0,"acquired":true,"validity":9.898,"votes":5})"},
              {R"({"t":0,"op":"acquire","client":"b"})", R"({"t":0.0,"acquired":false,"votes":0})"},
              {R"({"t":0,"op":"acquire","client":"a"})", R"({"t":0.0,"acquired":false,"votes":0})"},
              {R"({"t":1,"op":"extend","client":"a"})", R"({"t":1.0,"extended":true,"validity":9.898})"},
              {R"({"t":1,"op":"release","client":"b"})", R"({"t":1.0,"released":false,"reason":"not-held"})"},
              {R"({"t":1,"op":"release","client":"a"})", R"({"t":1.0,"released":true})"},
              {R"({"t":1,"op":"release","client":"a"})", R"({"t":1.0,"released":false,"reason":"not-held"})"},
              {R"({"t":1,"op":"extend","client":"a"})", R"({"t":1.0,"extended":false,"reason":"not-held"})"},
              {R"({"t":2,"op":"node","node":3,"up":false})", R"({"t":2.0,"nodes_up":4})"},
              {R"({"t":2,"op":"acquire","client":"b"})", R"({"t":2.0,"acquired":true,"validity":9.898,"votes":4})"},
              {R"({"t":3,"op":"write","client":"a","token":1})", R"({"t":3.0,"accepted":true})"},
              {R"({"t":3,"op":"write","client":"b"})", R"({"t":3.0,"accepted":true})"}});
    }

    // A holder that slept past its ttl: its token is refused, and the lock is another's.
    void fencing()
    {
        talk("distributed-lock", R"({"nodes":1,"fencing":"store"})",
             {{R"({"t":0,"op":"acquire","client":"a"})",
               R"({"t":0.0,"acquired":true,"validity":9.898,"votes":1,"token":1})"},
              {R"({"t":1,"op":"write","client":"a","token":1})", R"({"t":1.0,"accepted":true})"},
              {R"({"t":9.999999999,"op":"acquire","client":"b"})", R"({"t":9.999999999,"acquired":false,"votes":0})"},
              {R"({"t":10,"op":"acquire","client":"b"})",
               R"({"t":10.0,"acquired":true,"validity":9.898,"votes":1,"token":2})"},
              {R"({"t":11,"op":"write","client":"a","token":1})", R"({"t":11.0,"accepted":true})"},
              {R"({"t":11,"op":"write","client":"b","token":2})", R"({"t":11.0,"accepted":true})"},
              {R"({"t":11,"op":"write","client":"b","token":2})", R"({"t":11.0,"accepted":true})"},
              {R"({"t":11,"op":"write","client":"a","token":1})", R"({"t":11.0,"accepted":false})"},
              {R"({"t":11,"op":"write","client":"a"})", R"({"t":11.0,"accepted":false})"},
              {R"({"t":12,"op":"release","client":"a"})", R"({"t":12.0,"released":false,"reason":"lost"})"},
              {R"({"t":12,"op":"extend","client":"b"})", R"({"t":12.0,"extended":true,"validity":9.898})"}});
    }

    // Validity is over before the lease is: 1 ns before, at it, and at the ttl.
    void limits()
    {
        const char *acquire = R"({"t":0,"op":"acquire","client":"a"})";
        const char *acquired = R"({"t":0.0,"acquired":true,"validity":9.898,"votes":5})";
        talk("distributed-lock", "",
             {{acquire, acquired},
              {R"({"t":9.897999999,"op":"extend","client":"a"})",
               R"({"t":9.897999999,"extended":true,"validity":9.898})"}});
        talk("distributed-lock", "",
             {{acquire, acquired},
              {R"({"t":9.898,"op":"extend","client":"a"})", R"({"t":9.898,"extended":false,"reason":"lost"})"},
              {R"({"t":9.898,"op":"acquire","client":"b"})",
               R"({"t":9.898,"acquired":true,"validity":9.898,"votes":5})"}});
        talk("distributed-lock", R"({"ttl":1,"drift_factor":0,"drift_constant":0})",
             {{acquire, R"({"t":0.0,"acquired":true,"validity":1.0,"votes":5})"},
              {R"({"t":1,"op":"release","client":"a"})", R"({"t":1.0,"released":false,"reason":"lost"})"}});
    }

    void latencyCounts()
    {
        talk("distributed-lock", R"({"node_latency":0.5})",
             {{R"({"t":0,"op":"acquire","client":"a"})", R"({"t":0.0,"acquired":true,"validity":9.398,"votes":5})"},
              {R"({"t":1,"op":"extend","client":"a"})", R"({"t":1.0,"extended":true,"validity":9.398})"}});
        talk("distributed-lock", R"({"node_latency":9.898})", // and it was given back everywhere
             {{R"({"t":0,"op":"acquire","client":"a"})", R"({"t":0.0,"acquired":false,"votes":5})"},
              {R"({"t":0,"op":"acquire","client":"b"})", R"({"t":0.0,"acquired":false,"votes":5})"}});
        talk("distributed-lock", R"({"node_latency":9.897999999})",
             {{R"({"t":0,"op":"acquire","client":"a"})", R"({"t":0.0,"acquired":true,"validity":1e-09,"votes":5})"}});
    }

    void quorum()
    {
        talk("distributed-lock", R"({"nodes":4})",
             {{R"({"op":"node","node":1,"up":false})", R"({"t":0.0,"nodes_up":3})"},
              {R"({"op":"acquire","client":"a"})", R"({"t":0.0,"acquired":true,"validity":9.898,"votes":3})"},
              {R"({"op":"node","node":0,"up":false})", R"({"t":0.0,"nodes_up":2})"},
              {R"({"op":"node","node":4,"up":false})", R"({"t":0.0,"nodes_up":2})"},
              {R"({"op":"extend","client":"a"})", R"({"t":0.0,"extended":false,"reason":"no-quorum"})"},
              {R"({"op":"release","client":"a"})", R"({"t":0.0,"released":false,"reason":"no-quorum"})"},
              {R"({"op":"acquire","client":"b"})", R"({"t":0.0,"acquired":false,"votes":2})"},
              {R"({"op":"node","node":1,"up":true})", R"({"t":0.0,"nodes_up":3})"},
              {R"({"op":"acquire","client":"b"})", R"({"t":0.0,"acquired":true,"validity":9.898,"votes":3})"}});
    }

    // A node that comes back without its data gives a second client its majority.
    void restartedEmpty()
    {
        talk("distributed-lock", R"({"nodes":3})",
             {{R"({"op":"node","node":3,"up":false})", R"({"t":0.0,"nodes_up":2})"},
              {R"({"op":"acquire","client":"a"})", R"({"t":0.0,"acquired":true,"validity":9.898,"votes":2})"},
              {R"({"op":"node","node":3,"up":true})", R"({"t":0.0,"nodes_up":3})"},
              {R"({"op":"acquire","client":"b"})", R"({"t":0.0,"acquired":false,"votes":1})"},
              {R"({"op":"node","node":2,"up":true,"empty":true})", R"({"t":0.0,"nodes_up":3})"},
              {R"({"op":"acquire","client":"b"})", R"({"t":0.0,"acquired":true,"validity":9.898,"votes":2})"},
              {R"({"op":"extend","client":"a"})", R"({"t":0.0,"extended":false,"reason":"lost"})"}});
    }

    void refusals()
    {
        tests::refuses(
            "distributed-lock", "", R"({"t":1,"op":"acquire","client":"a"})",
            {{R"({"t":9,"op":"acquire"})", "found no key \"client\""},
             {R"({"t":9,"op":"node","node":6,"up":true})", "/node: found 6, expected a whole number, 0 to 5"},
             {R"({"t":9,"op":"node","node":-1,"up":true})", "/node: found -1"},
             {R"({"t":9,"op":"node","node":1})", "found no key \"up\""},
             {R"({"t":9,"op":"write","client":"a","token":-1})", "/token: found -1"},
             {R"({"t":9,"op":"write","client":"a","token":"1"})", "/token: found the text \"1\""},
             {R"({"t":9,"op":"lock","client":"a"})", "/op: found the text \"lock\""}},
            R"({"op":"extend","client":"a"})", R"({"t":1.0,"extended":true,"validity":9.898})");
    }

    void badConfigs()
    {
        const struct {
            const char *config;
            const char *message;
        } rows[] = {
            {R"({"nodes":0})", "--config: /nodes: found 0, expected a whole number, 1 to 64"},
            {R"({"nodes":65})", "--config: /nodes: found 65"},
            {R"({"ttl":0})", "--config: /ttl: found 0"},
            {R"({"ttl":0.002})",
             "--config: /ttl: found 0.002 s, expected more than the drift allowed for it, 0.00202 s"},
            {R"({"drift_factor":1})", "--config: /drift_factor: found 1"},
            {R"({"drift_constant":-1})", "--config: /drift_constant: found -1"},
            {R"({"node_latency":-1})", "--config: /node_latency: found -1"},
            {R"({"fencing":"all"})", "--config: /fencing: found the text \"all\", expected one of none, store"}};
        for (const auto &row : rows)
            QVERIFY2(tests::configError("distributed-lock", row.config).startsWith(row.message),
                     tests::configError("distributed-lock", row.config));
    }
};
REGISTER_TEST(DriveDistributedLockTest)

#include "drive_distributed_lock_test.moc"
