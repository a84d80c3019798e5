// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/drive/drive.h"
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

#include <QtTest>

using tests::talk;

class DriveBulkheadTest : public QObject {
    Q_OBJECT
private slots:
    // The three lines of the protocol's description.
    void asDescribed()
    {
        talk("bulkhead", R"({"max_concurrent":1,"max_queue":2,"max_wait":2})",
             {{R"({"t":0,"op":"acquire","id":"a"})", R"({"t":0.0,"decision":"permitted","in_use":1,"queued":0})"},
              {R"({"t":0,"op":"acquire","id":"c"})", R"({"t":0.0,"decision":"queued","in_use":1,"queued":1})"},
              {R"({"t":1,"op":"release","id":"a"})", R"({"t":1.0,"granted":["c"],"in_use":1,"queued":0})"},
              {R"({"t":1,"op":"acquire","id":"d"})", R"({"t":1.0,"decision":"queued","in_use":1,"queued":1})"},
              {R"({"t":2.999999999,"op":"tick"})", R"({"t":2.999999999,"expired":[],"in_use":1,"queued":1})"},
              {R"({"t":3,"op":"tick"})", R"({"t":3.0,"expired":["d"],"in_use":1,"queued":0})"},
              {R"({"t":3,"op":"tick"})", R"({"t":3.0,"expired":[],"in_use":1,"queued":0})"}});
    }

    void defaultsLetTwentyFiveIn()
    {
        const auto drive = tests::opened("bulkhead", "");
        for (int i = 1; i <= 26; ++i) {
            const std::string answer = drive->answer("{\"op\":\"acquire\",\"id\":" + std::to_string(i) + "}");
            QCOMPARE(answer.find(i <= 25 ? "permitted" : "rejected") != std::string::npos, true);
        }
    }

    void idsAreGivenBackAsTheyCame()
    {
        talk("bulkhead", R"({"max_concurrent":1,"max_queue":3})",
             {{R"({"op":"acquire","id":1})", R"({"t":0.0,"decision":"permitted","in_use":1,"queued":0})"},
              {R"({"op":"acquire","id":"1"})", R"({"t":0.0,"decision":"queued","in_use":1,"queued":1})"},
              {R"({"op":"acquire","id":2.5})", R"({"t":0.0,"decision":"queued","in_use":1,"queued":2})"},
              {R"({"op":"acquire","id":3})", R"({"t":0.0,"decision":"queued","in_use":1,"queued":3})"},
              {R"({"op":"acquire","id":4})", R"({"t":0.0,"decision":"rejected","in_use":1,"queued":3})"},
              {R"({"op":"release","id":1.0})", R"({"t":0.0,"granted":["1"],"in_use":1,"queued":2})"},
              {R"({"op":"release","id":"1"})", R"({"t":0.0,"granted":[2.5],"in_use":1,"queued":1})"},
              {R"({"op":"release","id":2.5})", R"({"t":0.0,"granted":[3],"in_use":1,"queued":0})"},
              {R"({"op":"release","id":3})", R"({"t":0.0,"granted":[],"in_use":0,"queued":0})"}});
    }

    // Released while waiting: it leaves the queue. Who expires on the way is told at once, and its id is free.
    void leavingAndExpiring()
    {
        talk("bulkhead", R"({"max_concurrent":1,"max_queue":2,"max_wait":5})",
             {{R"({"t":0,"op":"acquire","id":"a"})", R"({"t":0.0,"decision":"permitted","in_use":1,"queued":0})"},
              {R"({"t":0,"op":"acquire","id":"b"})", R"({"t":0.0,"decision":"queued","in_use":1,"queued":1})"},
              {R"({"t":1,"op":"acquire","id":"c"})", R"({"t":1.0,"decision":"queued","in_use":1,"queued":2})"},
              {R"({"t":2,"op":"release","id":"b"})", R"({"t":2.0,"granted":[],"in_use":1,"queued":1})"},
              {R"({"t":6,"op":"acquire","id":"c"})",
               R"({"t":6.0,"decision":"queued","expired":["c"],"in_use":1,"queued":1})"},
              {R"({"t":11,"op":"release","id":"a"})",
               R"({"t":11.0,"granted":[],"expired":["c"],"in_use":0,"queued":0})"},
              {R"({"t":3,"op":"acquire","id":"a"})", R"({"t":11.0,"decision":"permitted","in_use":1,"queued":0})"}});
    }

    void refusals()
    {
        tests::refuses(
            "bulkhead", "", R"({"t":1,"op":"acquire","id":7})",
            {{R"({"t":9,"op":"acquire","id":7})", "/id: found 7, which holds a slot or waits, expected a new id"},
             {R"({"t":9,"op":"release","id":8})", "/id: found 8, which neither holds a slot nor waits"},
             {R"({"t":9,"op":"acquire"})", "found no key \"id\""},
             {R"({"t":9,"op":"tick","id":7})", "/id: found the unknown key \"id\""},
             {R"({"t":9,"op":"tock"})", "/op: found the text \"tock\", expected one of acquire, release, tick"},
             {R"({"t":"9","op":"tick"})", "/t: found the text \"9\""},
             {"tick", R"(line 1, column 1: found "tick", expected a value)"}},
            R"({"op":"tick"})", R"({"t":1.0,"expired":[],"in_use":1,"queued":0})");
    }

    void badConfigs()
    {
        QCOMPARE(tests::configError("bulkhead", R"({"max_concurrent":0})"),
                 QByteArray("--config: /max_concurrent: found 0, expected a whole number, 1 to 1000000"));
        QVERIFY(tests::configError("bulkhead", R"({"max_queue":-1})").startsWith("--config: /max_queue: found -1"));
        QVERIFY(tests::configError("bulkhead", R"({"max_wait":-0.5})")
                    .startsWith("--config: /max_wait: found -0.5, expected seconds"));
        QVERIFY(tests::configError("bulkhead", R"({"max_que":1})").endsWith("did you mean \"max_queue\"?"));
    }
};
REGISTER_TEST(DriveBulkheadTest)

#include "drive_bulkhead_test.moc"
