// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

#include <rapidcheck.h>

namespace {

struct Driven {
    const char *pattern;
    const char *config;
    std::vector<std::string> bodies; // after "t"
};

const std::vector<Driven> kDriven{
    {"health-check",
     R"({"failures_to_unhealthy":2})",
     {R"("op":"probe","outcome":"success","latency":0.1)", R"("op":"probe","outcome":"success","latency":9223372036)",
      R"("op":"probe","outcome":"failure")", R"("op":"probe","outcome":"timeout","kind":"liveness")",
      R"("op":"probe","outcome":"success","kind":"startup")", // "state" only looks: its t does not bind the next line
      R"("op":"state","outcome":"success")"}},
    {"distributed-lock",
     R"({"nodes":3,"ttl":5,"node_latency":0.3,"fencing":"store"})",
     {R"("op":"acquire","client":"a")", R"("op":"acquire","client":1)", R"("op":"extend","client":"a")",
      R"("op":"extend","client":1.0)", R"("op":"release","client":"a")", R"("op":"release","client":1)",
      R"("op":"node","node":1,"up":false)", R"("op":"node","node":1.0,"up":true,"empty":true)",
      R"("op":"node","node":0,"up":false)", R"("op":"node","node":3,"up":true)", R"("op":"node","node":4,"up":true)",
      R"("op":"write","client":"a","token":1)", R"("op":"write","client":"b","token":9007199254740992)",
      R"("op":"write","client":"b")", R"("op":"write","token":1)"}},
};

// Well formed but for one line in ten, which is cut short.
std::string anyLine(const Driven &driven)
{
    const auto t = std::to_string(*rc::gen::inRange(-5, 60)) + "." + std::to_string(*rc::gen::inRange(0, 10));
    const std::string line = "{\"t\":" + t + "," + *rc::gen::elementOf(driven.bodies) + "}";
    return *rc::gen::inRange(0, 10) == 0 ? line.substr(0, *rc::gen::inRange<size_t>(0, line.size())) : line;
}

} // namespace

class DriveLockPropertyTest : public QObject {
    Q_OBJECT
private slots:
    // Whatever comes in, one JSON object goes out; t never decreases, tokens grow, votes and validity keep their range.
    void oneAnswerALine_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < kDriven.size(); ++i)
            QTest::newRow(kDriven[i].pattern) << int(i);
    }
    void oneAnswerALine()
    {
        QFETCH(int, index);
        const Driven &driven = kDriven[size_t(index)];
        int answered = 0;
        QVERIFY(rc::check([&] {
            const auto drive = tests::opened(driven.pattern, driven.config);
            double latest = 0;
            double token = 0;
            for (int i = *rc::gen::inRange(0, 60); i > 0; --i) {
                const auto answer =
                    QJsonDocument::fromJson(QByteArray::fromStdString(drive->answer(anyLine(driven)))).object();
                RC_ASSERT(!answer.isEmpty());
                RC_ASSERT(answer["t"].toDouble(latest) >= latest);
                latest = answer["t"].toDouble(latest);
                RC_ASSERT(answer["votes"].toInt() <= 3);
                RC_ASSERT(answer["validity"].toDouble(1.0) > 0.0 && answer["validity"].toDouble() <= 4.648);
                if (answer.contains("token")) {
                    RC_ASSERT(answer["token"].toDouble() > token);
                    token = answer["token"].toDouble();
                }
                answered += !answer.contains("error");
            }
        }));
        QVERIFY(answered > 1000);
    }
};
REGISTER_TEST(DriveLockPropertyTest)

#include "drive_lock_property_test.moc"
