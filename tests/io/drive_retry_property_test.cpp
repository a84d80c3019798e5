// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/drive.h"
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

#include <QtTest>
#include <rapidcheck.h>

namespace {

struct Driven {
    const char *pattern;
    const char *config;
    std::vector<std::string> bodies; // after "t"
};

const std::vector<Driven> kDriven{
    {"bulkhead",
     R"({"max_concurrent":2,"max_queue":2,"max_wait":3})",
     {R"("op":"acquire","id":1)", R"("op":"acquire","id":"a")", R"("op":"acquire","id":2.5)",
      R"("op":"acquire","id":3)", R"("op":"acquire","id":4)", R"("op":"release","id":1)", R"("op":"release","id":"a")",
      R"("op":"release","id":2.5)", R"("op":"release","id":3)", R"("op":"release","id":4)", R"("op":"tick")",
      R"("op":"tick","id":1)"}},
    {"backoff",
     R"({"jitter":"decorrelated"})",
     {R"("op":"delay","attempt":1)", R"("op":"delay","attempt":2)", R"("op":"delay","attempt":1e300)",
      R"("op":"delay","attempt":9007199254740992)", R"("op":"delay","attempt":-1)"}},
    {"retry",
     R"({"max_elapsed":9,"jitter":"full","budget":{"ratio":0.5,"min_per_second":0.1}})",
     {R"("op":"result","id":1,"outcome":"failure")", R"("op":"result","id":1,"outcome":"success")",
      R"("op":"result","id":"a","outcome":"failure","error":"timeout")",
      R"("op":"result","id":"a","outcome":"failure","error":"client-error")",
      R"("op":"result","id":2,"outcome":"failure","retry_after":9223372036)",
      R"("op":"result","id":2,"outcome":"maybe")"}},
};

// Well formed but for one line in ten, which is cut short.
std::string anyLine(const Driven &driven)
{
    const auto t = std::to_string(*rc::gen::inRange(-5, 60)) + "." + std::to_string(*rc::gen::inRange(0, 10));
    const std::string line = "{\"t\":" + t + "," + *rc::gen::elementOf(driven.bodies) + "}";
    return *rc::gen::inRange(0, 10) == 0 ? line.substr(0, *rc::gen::inRange<size_t>(0, line.size())) : line;
}

} // namespace

class DriveRetryPropertyTest : public QObject {
    Q_OBJECT
private slots:
    // Whatever comes in, one JSON object goes out; t never decreases, and no more are in than may be.
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
            for (int i = *rc::gen::inRange(0, 60); i > 0; --i) {
                const auto answer =
                    QJsonDocument::fromJson(QByteArray::fromStdString(drive->answer(anyLine(driven)))).object();
                RC_ASSERT(!answer.isEmpty());
                RC_ASSERT(answer["t"].toDouble(latest) >= latest);
                latest = answer["t"].toDouble(latest);
                RC_ASSERT(answer["in_use"].toInt() <= 2);
                RC_ASSERT(answer["queued"].toInt() <= 2);
                RC_ASSERT(answer["delay"].toDouble() >= 0.0);
                answered += !answer.contains("error");
            }
        }));
        QVERIFY(answered > 1000);
    }
};
REGISTER_TEST(DriveRetryPropertyTest)

#include "drive_retry_property_test.moc"
