// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/config/limiter_json.h"
#include "core/io/drive/drive.h"
#include "core/io/json/schema.h"
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

using namespace resilience;
using namespace resilience::io;
using tests::talk;

namespace {

const QList<QByteArray> kLimiters{"token-bucket", "leaky-bucket", "fixed-window", "sliding-window-log",
                                  "sliding-window-counter"};

} // namespace

class DriveLimitersTest : public QObject {
    Q_OBJECT
private slots:
    void tokenBucket()
    {
        talk("token-bucket", R"({"capacity":20,"refill_rate":2,"initial":16})",
             {{R"({"t":0.5,"op":"acquire","permits":1})", R"({"t":0.5,"decision":"permitted","available":16.0})"},
              {R"({"t":0.5,"op":"acquire"})", R"({"t":0.5,"decision":"permitted","available":15.0})"},
              {R"({"t":0.7,"op":"acquire","permits":15})", R"({"t":0.7,"decision":"permitted","available":0.4})"},
              {R"({"t":0.7,"op":"acquire"})", R"({"t":0.7,"decision":"rejected","available":0.4,"retry_after":0.3})"},
              {R"({"t":0.6,"op":"acquire","permits":20})",
               R"({"t":0.7,"decision":"rejected","available":0.4,"retry_after":9.8})"},
              {R"({"op":"acquire","permits":21})",
               R"({"t":0.7,"decision":"rejected","available":0.4,"reason":"exceeds-capacity"})"},
              {R"({"t":99,"op":"acquire","permits":0})", R"({"t":99.0,"decision":"permitted","available":20.0})"},
              {R"({"t":0.999999999,"op":"acquire"})",
               R"({"t":0.999999999,"decision":"rejected","available":0.999999998,"retry_after":1e-09})"},
              {R"({"t":1,"op":"acquire"})", R"({"t":1.0,"decision":"permitted","available":0.0})"}});
    }

    // 0.11666666666666667 a second is 7 a minute.
    void sevenAMinute()
    {
        talk("token-bucket", R"({"capacity":7,"refill_rate":0.11666666666666667,"initial":0})",
             {{R"({"t":59.999999999,"op":"acquire","permits":7})",
               R"({"t":59.999999999,"decision":"rejected","available":6.999999999883333,"retry_after":1e-09})"},
              {R"({"t":60,"op":"acquire","permits":7})", R"({"t":60.0,"decision":"permitted","available":0.0})"}});
    }

    void leakyBucket()
    {
        talk("leaky-bucket", R"({"capacity":3,"leak_rate":0.5,"initial":1})",
             {{R"({"t":0,"op":"acquire","permits":2})", R"({"t":0.0,"decision":"permitted","available":0.0})"},
              {R"({"t":0.5,"op":"acquire"})", R"({"t":0.5,"decision":"rejected","available":0.25,"retry_after":1.5})"},
              {R"({"t":2,"op":"acquire"})", R"({"t":2.0,"decision":"permitted","available":0.0})"},
              {R"({"t":2,"op":"acquire","permits":4})",
               R"({"t":2.0,"decision":"rejected","available":0.0,"reason":"exceeds-capacity"})"}});
    }

    void fixedWindow()
    {
        talk("fixed-window", R"({"limit":2,"window":10})",
             {{R"({"t":9.5,"op":"acquire","permits":2})", R"({"t":9.5,"decision":"permitted","available":0.0})"},
              {R"({"t":9.5,"op":"acquire"})", R"({"t":9.5,"decision":"rejected","available":0.0,"retry_after":0.5})"},
              {R"({"t":10,"op":"acquire"})", R"({"t":10.0,"decision":"permitted","available":1.0})"},
              {R"({"t":11,"op":"acquire","permits":3})",
               R"({"t":11.0,"decision":"rejected","available":1.0,"reason":"exceeds-capacity"})"}});
    }

    void slidingWindowLog()
    {
        talk("sliding-window-log", R"({"limit":2,"window":10})",
             {{R"({"t":4,"op":"acquire"})", R"({"t":4.0,"decision":"permitted","available":1.0})"},
              {R"({"t":9.5,"op":"acquire"})", R"({"t":9.5,"decision":"permitted","available":0.0})"},
              {R"({"t":10,"op":"acquire"})", R"({"t":10.0,"decision":"rejected","available":0.0,"retry_after":4.0})"},
              {R"({"t":10,"op":"acquire","permits":2})",
               R"({"t":10.0,"decision":"rejected","available":0.0,"retry_after":9.5})"},
              {R"({"t":14,"op":"acquire"})", R"({"t":14.0,"decision":"permitted","available":0.0})"}});
    }

    void slidingWindowCounter()
    {
        talk("sliding-window-counter", R"({"limit":4,"window":10})",
             {{R"({"t":9,"op":"acquire","permits":4})", R"({"t":9.0,"decision":"permitted","available":0.0})"},
              {R"({"t":9,"op":"acquire"})", R"({"t":9.0,"decision":"rejected","available":0.0,"retry_after":3.5})"},
              {R"({"t":12.5,"op":"acquire"})", R"({"t":12.5,"decision":"permitted","available":0.0})"},
              {R"({"t":15,"op":"acquire","permits":2})",
               R"({"t":15.0,"decision":"rejected","available":1.0,"retry_after":2.5})"}});
    }

    void defaults()
    {
        for (const QByteArray &pattern : kLimiters)
            talk(pattern, "",
                 {{R"({"op":"acquire"})", R"({"t":0.0,"decision":"permitted","available":9.0})"},
                  {R"({"op":"acquire","permits":10.0})",
                   pattern.endsWith("bucket") ? R"({"t":0.0,"decision":"rejected","available":9.0,"retry_after":0.1})"
                   : pattern == "sliding-window-counter"
                       ? R"({"t":0.0,"decision":"rejected","available":9.0,"retry_after":2.0})"
                       : R"({"t":0.0,"decision":"rejected","available":9.0,"retry_after":1.0})"}});
    }

    // Refused lines change nothing, and the run goes on.
    void refusals()
    {
        const std::vector<tests::Exchange> lines{
            {"hello", R"(line 1, column 1: found "hello", expected a value)"},
            {R"({"t":5})", "found no key \"op\", expected "},
            {R"({"t":5,"op":"aquire"})", "/op: found the text \"aquire\", expected "},
            {R"({"t":5,"op":"acquire","permits":-1})",
             "/permits: found -1, expected permits (a whole number), 0 to 9007199254740991"},
            {R"({"t":5,"op":"acquire","permits":1.5})", "/permits: found 1.5, expected permits"},
            {R"({"t":5,"op":"acquire","permits":"1"})", "/permits: found the text \"1\", expected permits"},
            {R"({"t":5,"op":"acquire","permits":1e300})", "/permits: found 1e+300, expected permits"},
            {R"({"t":5,"op":"acquire","id":1})", "/id: found the unknown key \"id\", expected one of op, permits, t"},
            {R"({"t":"5","op":"acquire"})", "/t: found the text \"5\", expected seconds"}};
        for (const QByteArray &pattern : kLimiters)
            tests::refuses(pattern, "", R"({"op":"acquire","permits":0})", lines, R"({"op":"acquire"})",
                           R"({"t":0.0,"decision":"permitted","available":9.0})");
    }

    void badConfigurations_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("start");
        const auto row = [](const char *pattern, const char *config, const char *start) {
            QTest::addRow("%s %s", pattern, config)
                << QByteArray(pattern) << QByteArray(config) << "--config: " + QByteArray(start);
        };
        row("token-bucket", "7", "found 7, expected token bucket settings");
        row("token-bucket", R"({"capacity":0})", "/capacity: found 0, expected a whole number, 1 to 1000000000");
        row("token-bucket", R"({"capacity":1000000001})", "/capacity: found 1000000001, ");
        row("token-bucket", R"({"refill_rate":0})",
            "/refill_rate: found 0, expected a rate per second, 3.1623153207852664e-08 to 1e+24");
        row("token-bucket", R"({"refill_rate":-1})", "/refill_rate: found -1, ");
        row("token-bucket", R"({"initial":-1})", "/initial: found -1, ");
        row("token-bucket", R"({"capacity":5,"initial":6})", "/initial: found 6, expected 0 to the capacity, 5");
        row("token-bucket", R"({"leak_rate":5})",
            "/leak_rate: found the unknown key \"leak_rate\", expected one of capacity, initial, refill_rate");
        row("leaky-bucket", R"({"capacity":0})", "/capacity: found 0, ");
        row("leaky-bucket", R"({"leak_rate":0})", "/leak_rate: found 0, ");
        row("leaky-bucket", R"({"initial":11})", "/initial: found 11, expected 0 to the capacity, 10");
        row("fixed-window", R"({"limit":0})", "/limit: found 0, ");
        row("fixed-window", R"({"window":0})", "/window: found 0, expected seconds, 1e-09 to 31622400");
        row("fixed-window", R"({"window":31622401})", "/window: found 31622401, ");
        row("sliding-window-log", R"({"limit":1000001})",
            "/limit: found 1000001, expected a whole number, 1 to 1000000");
        row("sliding-window-log", R"({"window":-1})", "/window: found -1, ");
        row("sliding-window-counter", R"({"limit":1.5})", "/limit: found 1.5, ");
        row("sliding-window-counter", R"({"windw":1})", "/windw: found the unknown key \"windw\"");
    }
    void badConfigurations()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, config);
        QFETCH(QByteArray, start);
        const auto drive = Drive::open(pattern.toStdString(), config.toStdString());
        QVERIFY(!drive);
        const auto message = QByteArray::fromStdString(drive.error().message());
        QVERIFY2(message.startsWith(start), message.constData());
    }

    void schemaDefaultsAreThePatterns()
    {
        QCOMPARE(*tokenBucketFromJson(Json::object()), TokenBucketConfig{});
        QCOMPARE(*tokenBucketFromJson(Json::parse(R"({"capacity":10,"refill_rate":10})")), TokenBucketConfig{});
        QCOMPARE(*leakyBucketFromJson(Json::parse(R"({"capacity":10,"leak_rate":10,"initial":0})")),
                 LeakyBucketConfig{});
        const Json window = Json::parse(R"({"limit":10,"window":1})");
        QCOMPARE(*fixedWindowFromJson(window), FixedWindowConfig{});
        QCOMPARE(*slidingWindowLogFromJson(window), SlidingWindowLogConfig{});
        QCOMPARE(*slidingWindowCounterFromJson(window), SlidingWindowCounterConfig{});
    }
};
REGISTER_TEST(DriveLimitersTest)

#include "drive_limiters_test.moc"
