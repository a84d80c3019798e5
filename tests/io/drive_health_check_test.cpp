// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

using tests::talk;

class DriveHealthCheckTest : public QObject {
    Q_OBJECT
private slots:
    // The line of the protocol's description, and the way down and up.
    void asDescribed()
    {
        talk("health-check", "",
             {{R"({"t":0,"op":"probe","outcome":"success","latency":0.02})",
               R"({"t":0.0,"status":"healthy","ready":true,"live":true})"},
              {R"({"t":1,"op":"probe","outcome":"failure"})",
               R"({"t":1.0,"status":"healthy","ready":true,"live":true})"},
              {R"({"t":2,"op":"probe","outcome":"timeout"})",
               R"({"t":2.0,"status":"healthy","ready":true,"live":true})"},
              {R"({"t":3,"op":"probe","outcome":"failure","latency":0.1})",
               R"({"t":3.0,"status":"unhealthy","ready":false,"live":true})"},
              {R"({"t":4,"op":"probe","outcome":"success"})",
               R"({"t":4.0,"status":"unhealthy","ready":false,"live":true})"},
              {R"({"t":5,"op":"probe","outcome":"success"})",
               R"({"t":5.0,"status":"healthy","ready":true,"live":true})"},
              {R"({"t":2,"op":"state"})", R"({"t":5.0,"status":"healthy","ready":true,"live":true})"}});
    }

    void levels()
    {
        talk("health-check",
             R"({"degraded_latency":0.1,"unhealthy_latency":0.3,"failures_to_unhealthy":2,"successes_to_healthy":1})",
             {{R"({"op":"state"})", R"({"t":0.0,"status":"unknown","ready":false,"live":true})"},
              {R"({"t":1,"op":"probe","outcome":"success","latency":0.1})",
               R"({"t":1.0,"status":"healthy","ready":true,"live":true})"},
              {R"({"t":2,"op":"probe","outcome":"success","latency":0.100000001})",
               R"({"t":2.0,"status":"degraded","ready":true,"live":true})"},
              {R"({"t":3,"op":"probe","outcome":"success","latency":0.3})",
               R"({"t":3.0,"status":"degraded","ready":true,"live":true})"},
              {R"({"t":4,"op":"probe","outcome":"success","latency":0.300000001})",
               R"({"t":4.0,"status":"degraded","ready":true,"live":true})"},
              {R"({"t":5,"op":"probe","outcome":"success","latency":9})",
               R"({"t":5.0,"status":"unhealthy","ready":false,"live":true})"},
              {R"({"t":6,"op":"probe","outcome":"success","latency":0.2})",
               R"({"t":6.0,"status":"degraded","ready":true,"live":true})"},
              {R"({"t":7,"op":"probe","outcome":"success","latency":0.02})",
               R"({"t":7.0,"status":"healthy","ready":true,"live":true})"}});
    }

    void threeQuestions()
    {
        talk("health-check", R"({"failures_to_unhealthy":1})",
             {{R"({"op":"probe","kind":"startup","outcome":"failure"})",
               R"({"t":0.0,"status":"unknown","ready":false,"live":true})"},
              {R"({"op":"probe","kind":"liveness","outcome":"failure"})",
               R"({"t":0.0,"status":"unknown","ready":false,"live":true})"},
              {R"({"op":"probe","kind":"startup","outcome":"success"})",
               R"({"t":0.0,"status":"unknown","ready":false,"live":true})"},
              {R"({"op":"probe","kind":"liveness","outcome":"timeout"})",
               R"({"t":0.0,"status":"unknown","ready":false,"live":false})"},
              {R"({"op":"probe","kind":"readiness","outcome":"success"})",
               R"({"t":0.0,"status":"healthy","ready":true,"live":false})"},
              {R"({"op":"probe","kind":"liveness","outcome":"success"})",
               R"({"t":0.0,"status":"healthy","ready":true,"live":true})"}});
    }

    // One of the two levels may be given alone.
    void aDefaultMakesWay()
    {
        for (const char *config :
             {R"({"degraded_latency":30})", R"({"unhealthy_latency":0.1})", R"({"unhealthy_latency":60})"})
            tests::opened("health-check", config);
    }

    void refusals()
    {
        tests::refuses("health-check", "", R"({"t":1,"op":"probe","outcome":"success"})",
                       {{R"({"t":9,"op":"probe"})", "found no key \"outcome\""},
                        {R"({"t":9,"op":"probe","outcome":"maybe"})", "/outcome: found the text \"maybe\""},
                        {R"({"t":9,"op":"probe","outcome":"success","latency":-1})", "/latency: found -1"},
                        {R"({"t":9,"op":"probe","outcome":"success","kind":"x"})", "/kind: found the text \"x\""},
                        {R"({"t":9,"op":"probe","outcome":"success","id":1})", "/id: found the unknown key \"id\""},
                        {R"({"t":9,"op":"prob"})", "/op: found the text \"prob\", expected one of probe, state"},
                        {"probe", "line 1, column "}},
                       R"({"op":"state"})", R"({"t":1.0,"status":"healthy","ready":true,"live":true})");
    }

    void badConfigs()
    {
        const struct {
            const char *config;
            const char *message;
        } rows[] = {{R"({"degraded_latency":0})", "--config: /degraded_latency: found 0"},
                    {R"({"degraded_latency":2,"unhealthy_latency":1})",
                     "--config: /unhealthy_latency: found 1 s, expected at least degraded_latency, 2 s"},
                    {R"({"timeout":0})", "--config: /timeout: found 0"},
                    {R"({"timeout":1e-12})", "--config: /timeout: found 0 s, expected more than 0 s"},
                    {R"({"failures_to_unhealthy":0})",
                     "--config: /failures_to_unhealthy: found 0, expected a whole number, 1 to 1000000"},
                    {R"({"successes_to_healthy":1.5})", "--config: /successes_to_healthy: found 1.5"},
                    {R"({"failures":3})", "--config: /failures: found the unknown key"}};
        for (const auto &row : rows)
            QVERIFY2(tests::configError("health-check", row.config).startsWith(row.message),
                     tests::configError("health-check", row.config));
    }
};
REGISTER_TEST(DriveHealthCheckTest)

#include "drive_health_check_test.moc"
