// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/drive/drive.h"
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

#include <QtTest>

using tests::talk;

class DriveRetryTest : public QObject {
    Q_OBJECT
private slots:
    void defaults()
    {
        talk("retry", "",
             {{R"({"t":0,"op":"result","id":"r1","outcome":"failure","error":"timeout"})",
               R"({"t":0.0,"decision":"retry","attempt":2,"delay":0.1})"},
              {R"({"t":1,"op":"result","id":"r2","outcome":"failure"})",
               R"({"t":1.0,"decision":"retry","attempt":2,"delay":0.1})"},
              {R"({"t":1,"op":"result","id":"r1","outcome":"failure","error":"server-error"})",
               R"({"t":1.0,"decision":"retry","attempt":3,"delay":0.2})"},
              {R"({"t":0,"op":"result","id":"r1","outcome":"failure","error":"timeout"})",
               R"({"t":1.0,"decision":"give-up","reason":"max-attempts"})"},
              {R"({"op":"result","id":"r1","outcome":"failure","error":"timeout"})",
               R"({"t":1.0,"decision":"retry","attempt":2,"delay":0.1})"},
              {R"({"op":"result","id":"r2","outcome":"success"})", R"({"t":1.0,"decision":"done"})"},
              {R"({"op":"result","id":"r3","outcome":"failure","error":"client-error"})",
               R"({"t":1.0,"decision":"give-up","reason":"not-retryable"})"}});
    }

    void retryOn()
    {
        talk("retry", R"({"retry_on":["timeout","flaky"]})",
             {{R"({"op":"result","id":1,"outcome":"failure","error":"flaky"})",
               R"({"t":0.0,"decision":"retry","attempt":2,"delay":0.1})"},
              {R"({"op":"result","id":1.0,"outcome":"failure","error":"server-error"})",
               R"({"t":0.0,"decision":"give-up","reason":"not-retryable"})"},
              {R"({"op":"result","id":1,"outcome":"failure"})",
               R"({"t":0.0,"decision":"give-up","reason":"not-retryable"})"}});
        talk("retry", R"({"retry_on":["client-error"]})",
             {{R"({"op":"result","id":1,"outcome":"failure","error":"client-error"})",
               R"({"t":0.0,"decision":"retry","attempt":2,"delay":0.1})"}});
    }

    // Counted from the call's first result; a retry that could only begin at the end does not begin.
    void maxElapsed()
    {
        talk("retry", R"({"max_elapsed":1,"max_attempts":9,"strategy":"fixed","base_delay":0.5})",
             {{R"({"t":5,"op":"result","id":1,"outcome":"failure"})",
               R"({"t":5.0,"decision":"retry","attempt":2,"delay":0.5})"},
              {R"({"t":5.499999999,"op":"result","id":1,"outcome":"failure"})",
               R"({"t":5.499999999,"decision":"retry","attempt":3,"delay":0.5})"},
              {R"({"t":5.5,"op":"result","id":1,"outcome":"failure"})",
               R"({"t":5.5,"decision":"give-up","reason":"max-elapsed"})"}});
    }

    void budget()
    {
        talk("retry", R"({"budget":{"ratio":0.5,"min_per_second":0,"window":10}})",
             {{R"({"op":"result","id":1,"outcome":"failure"})", R"({"t":0.0,"decision":"give-up","reason":"budget"})"},
              {R"({"op":"result","id":2,"outcome":"failure"})",
               R"({"t":0.0,"decision":"retry","attempt":2,"delay":0.1})"},
              {R"({"op":"result","id":2,"outcome":"failure"})", R"({"t":0.0,"decision":"give-up","reason":"budget"})"},
              {R"({"t":99,"op":"result","id":3,"outcome":"failure"})",
               R"({"t":99.0,"decision":"give-up","reason":"budget"})"}});
    }

    void serversWish()
    {
        talk("retry", "",
             {{R"({"op":"result","id":1,"outcome":"failure","retry_after":5})",
               R"({"t":0.0,"decision":"retry","attempt":2,"delay":5.0})"}});
    }

    void refusals()
    {
        tests::refuses(
            "retry", "", R"({"t":1,"op":"result","id":7,"outcome":"failure"})",
            {{R"({"t":9,"op":"result","id":7})", "found no key \"outcome\""},
             {R"({"t":9,"op":"result","outcome":"failure"})", "found no key \"id\""},
             {R"({"t":9,"op":"result","id":7,"outcome":"ok"})", "/outcome: found the text \"ok\""},
             {R"({"t":9,"op":"result","id":7,"outcome":"failure","error":5})", "/error: found 5"},
             {R"({"t":9,"op":"result","id":7,"outcome":"failure","retry_after":-1})", "/retry_after: found -1"},
             {R"({"t":9,"op":"retry","id":7})", "/op: found the text \"retry\""}},
            R"({"op":"result","id":7,"outcome":"failure"})", R"({"t":1.0,"decision":"retry","attempt":3,"delay":0.2})");
    }

    void badConfigs()
    {
        const auto starts = [](const char *config, const char *message) {
            const QByteArray found = tests::configError("retry", config);
            QVERIFY2(found.startsWith(message), found.constData());
        };
        starts(R"({"max_attempts":0})", "--config: /max_attempts: found 0");
        starts(R"({"max_elapsed":0})", "--config: /max_elapsed: found 0, expected seconds");
        starts(R"({"retry_on":"timeout"})", "--config: /retry_on: found the text \"timeout\"");
        starts(R"({"retry_on":[1]})", "--config: /retry_on/0: found 1");
        starts(R"({"base_delay":2,"max_delay":1})", "--config: /max_delay: ");
        starts(R"({"jitter":"some"})", "--config: /jitter: found the text \"some\"");
        starts(R"({"budget":{"ratio":2}})", "--config: /budget/ratio: found 2, expected a share, 0 to 1");
        starts(R"({"budget":{"window":0}})", "--config: /budget/window: found 0, expected seconds");
        starts(R"({"budget":{"floor":0}})", "--config: /budget/floor: found the unknown key");
    }
};
REGISTER_TEST(DriveRetryTest)

#include "drive_retry_test.moc"
