// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

#include <sstream>

using namespace resilience::io;

namespace {

std::unique_ptr<Drive> breaker(const std::string &config = "") { return tests::opened("circuit-breaker", config); }

void talk(const std::string &config, const std::vector<tests::Exchange> &lines)
{
    tests::talk("circuit-breaker", config, lines);
}

} // namespace

class DriveTest : public QObject {
    Q_OBJECT
private slots:
    void opensAndCloses()
    {
        talk(
            R"({"failure_threshold": 2, "open_duration": 5})",
            {{R"({"t":0.0,"op":"acquire","id":1})", R"({"t":0.0,"decision":"permitted","state":"closed"})"},
             {R"({"t":0.1,"op":"acquire","id":"b"})", R"({"t":0.1,"decision":"permitted","state":"closed"})"},
             {R"({"t":0.2,"op":"failure","id":1})", R"({"t":0.2,"state":"closed"})"},
             {R"({"t":0.3,"op":"failure","id":"b"})", R"({"t":0.3,"state":"open"})"},
             {R"({"t":1.1,"op":"acquire","id":1})",
              R"({"t":1.1,"decision":"rejected","state":"open","retry_after":4.2})"},
             {R"({"t":5.299999999,"op":"call","outcome":"success"})",
              R"({"t":5.299999999,"decision":"rejected","state":"open","retry_after":1e-09})"},
             {R"({"t":5.3,"op":"acquire","id":1})", R"({"t":5.3,"decision":"permitted","state":"half-open"})"},
             {R"({"t":5.3,"op":"acquire","id":2})", R"({"t":5.3,"decision":"permitted","state":"half-open"})"},
             {R"({"t":5.3,"op":"acquire","id":3})", R"({"t":5.3,"decision":"permitted","state":"half-open"})"},
             // Patience (5 s), then one more wait (5 s).
             {R"({"t":5.3,"op":"acquire","id":4})",
              R"({"t":5.3,"decision":"rejected","state":"half-open","retry_after":10.0})"},
             {R"({"t":5.4,"op":"success","id":1})", R"({"t":5.4,"state":"half-open"})"},
             {R"({"t":5.4,"op":"ignore","id":2})", R"({"t":5.4,"state":"half-open"})"},
             {R"({"t":5.5,"op":"success","id":3})", R"({"t":5.5,"state":"half-open"})"},
             {R"({"t":5.5,"op":"call","outcome":"success"})", R"({"t":5.5,"decision":"permitted","state":"closed"})"}});
    }

    void aCallIsAcquireAndOutcome()
    {
        talk(R"({"failure_threshold": 1})",
             {{R"({"t":0.2,"op":"call","outcome":"ignore"})", R"({"t":0.2,"decision":"permitted","state":"closed"})"},
              {R"({"t":0.2,"op":"call","outcome":"failure","duration":0.1})",
               R"({"t":0.2,"decision":"permitted","state":"open"})"},
              {R"({"op":"call","outcome":"success"})",
               R"({"t":0.2,"decision":"rejected","state":"open","retry_after":30.0})"}});
    }

    // Slow is strictly longer; the duration defaults to the time since the acquire, and the one given does not move t.
    void durations()
    {
        const char *config =
            R"({"window":{"type":"count","size":2},"slow_call_duration":1,"slow_call_rate_threshold":1})";
        talk(config, {{R"({"t":0,"op":"call","outcome":"success","duration":1.000000001})",
                       R"({"t":0.0,"decision":"permitted","state":"closed"})"},
                      {R"({"t":0,"op":"acquire","id":1})", R"({"t":0.0,"decision":"permitted","state":"closed"})"},
                      {R"({"t":1,"op":"success","id":1})", R"({"t":1.0,"state":"closed"})"}});
        talk(config, {{R"({"t":0,"op":"call","outcome":"success","duration":2})",
                       R"({"t":0.0,"decision":"permitted","state":"closed"})"},
                      {R"({"t":0,"op":"acquire","id":1})", R"({"t":0.0,"decision":"permitted","state":"closed"})"},
                      {R"({"t":1.000000001,"op":"success","id":1})", R"({"t":1.000000001,"state":"open"})"}});
    }

    void lookingChangesNothing()
    {
        talk(R"({"failure_threshold": 1, "open_duration": 5})",
             {{R"({"op":"state"})", R"({"t":0.0,"state":"closed","half_open_allowed":false})"},
              {R"({"t":1,"op":"call","outcome":"failure"})", R"({"t":1.0,"decision":"permitted","state":"open"})"},
              {R"({"t":5.999999999,"op":"state"})", R"({"t":5.999999999,"state":"open","half_open_allowed":false})"},
              {R"({"t":6,"op":"state"})", R"({"t":6.0,"state":"open","half_open_allowed":true})"},
              {R"({"t":2,"op":"acquire","id":1})",
               R"({"t":2.0,"decision":"rejected","state":"open","retry_after":4.0})"},
              {R"({"t":6,"op":"acquire","id":1})", R"({"t":6.0,"decision":"permitted","state":"half-open"})"},
              {R"({"t":10.999999999,"op":"state"})",
               R"({"t":10.999999999,"state":"half-open","half_open_allowed":false})"},
              {R"({"t":11,"op":"state"})", R"({"t":11.0,"state":"open","half_open_allowed":false})"},
              {R"({"t":16,"op":"state"})", R"({"t":16.0,"state":"open","half_open_allowed":true})"},
              {R"({"t":7,"op":"success","id":1})", R"({"t":7.0,"state":"half-open"})"}});
    }

    void timeNeverGoesBack()
    {
        talk(R"({"failure_threshold": 1})",
             {{R"({"t":5,"op":"call","outcome":"failure"})", R"({"t":5.0,"decision":"permitted","state":"open"})"},
              {R"({"t":1,"op":"acquire","id":1})",
               R"({"t":5.0,"decision":"rejected","state":"open","retry_after":30.0})"},
              {R"({"t":-7,"op":"state"})", R"({"t":5.0,"state":"open","half_open_allowed":false})"},
              {R"({"t":9223372036,"op":"acquire","id":1})",
               R"({"t":9223372036.0,"decision":"permitted","state":"half-open"})"}});
    }

    void operatorsHand()
    {
        talk("",
             {{R"({"t":0,"op":"force","state":"open"})", R"({"t":0.0,"state":"open","forced":"open"})"},
              {R"({"t":99,"op":"acquire","id":1})",
               R"({"t":99.0,"decision":"rejected","state":"open","forced":"open"})"},
              {R"({"op":"state"})", R"({"t":99.0,"state":"open","forced":"open","half_open_allowed":false})"},
              {R"({"op":"force","state":"auto"})", R"({"t":99.0,"state":"closed"})"},
              {R"({"op":"force","state":"disabled"})", R"({"t":99.0,"state":"closed","forced":"disabled"})"},
              {R"({"op":"call","outcome":"failure"})",
               R"({"t":99.0,"decision":"permitted","state":"closed","forced":"disabled"})"},
              {R"({"op":"force","state":"metrics-only"})", R"({"t":99.0,"state":"closed","forced":"metrics-only"})"},
              {R"({"op":"force","state":"half-open"})", R"({"t":99.0,"state":"half-open"})"},
              {R"({"op":"call","outcome":"failure"})", R"({"t":99.0,"decision":"permitted","state":"open"})"},
              {R"({"op":"force","state":"closed"})", R"({"t":99.0,"state":"closed"})"},
              {R"({"op":"force","state":"auto"})", R"({"t":99.0,"state":"closed"})"}});
    }

    void aLateResultDoesNothing()
    {
        talk(R"({"failure_threshold": 1})",
             {{R"({"t":0,"op":"acquire","id":1})", R"({"t":0.0,"decision":"permitted","state":"closed"})"},
              {R"({"t":0,"op":"call","outcome":"failure"})", R"({"t":0.0,"decision":"permitted","state":"open"})"},
              {R"({"t":30,"op":"acquire","id":2})", R"({"t":30.0,"decision":"permitted","state":"half-open"})"},
              {R"({"t":31,"op":"failure","id":1})", R"({"t":31.0,"state":"half-open"})"}});
    }

    // Refused lines change nothing: neither the breaker nor the time, and the run goes on.
    void refusals_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("why");
        const auto row = [](const char *title, const QByteArray &line, const QByteArray &why) {
            QTest::newRow(title) << line << why;
        };
        row("nothing", "", "line 1, column 1: found the end of the text");
        row("not JSON", "hello", "line 1, column 1: found \"hello\", expected a value");
        row("half", R"({"t":50,"op":"state")", "line 1, column 21: found the end of the text");
        row("not an object", "[1]", "found an array, expected an object");
        row("no op", R"({"t":50})", "found no key \"op\", expected \"op\", one of acquire, ");
        row("unknown op", R"({"t":50,"op":"aquire","id":9})",
            "/op: found the text \"aquire\", expected one of acquire, success, failure, "
            "ignore, call, state, force; did you mean \"acquire\"?");
        row("op of another type", R"({"t":50,"op":1})", "/op: found 1, expected one of ");
        row("unknown key", R"({"t":50,"op":"state","x":1})", "/x: found the unknown key \"x\", expected one of op, t");
        row("another op's key", R"({"t":50,"op":"acquire","id":9,"duration":1})", "/duration: found the unknown key");
        row("t as text", R"({"t":"50","op":"state"})",
            "/t: found the text \"50\", expected seconds, at most 9223372036");
        row("t beyond all", R"({"t":1e10,"op":"state"})", "/t: found 10000000000.0, expected seconds");
        row("no id", R"({"t":50,"op":"acquire"})", "found no key \"id\"");
        row("id of another type", R"({"t":50,"op":"acquire","id":[]})",
            "/id: found an array, expected a text, or a number");
        row("id in flight", R"({"t":50,"op":"acquire","id":7})", "/id: found 7, which is in flight, expected a new id");
        row("the same number", R"({"t":50,"op":"acquire","id":7.0})", "/id: found 7, which is in flight");
        row("id not in flight", R"({"t":50,"op":"success","id":"7"})", "/id: found \"7\", which is not in flight");
        row("id without end", R"({"t":50,"op":"success","id":")" + QByteArray(60'000, 'x') + R"("})",
            "/id: found \"" + QByteArray(60, 'x') + "...\", which is not in flight");
        row("negative duration", R"({"t":50,"op":"success","id":7,"duration":-1})",
            "/duration: found -1, expected seconds, 0 to ");
        row("unknown outcome", R"({"t":50,"op":"call","outcome":"ok"})",
            "/outcome: found the text \"ok\", expected one of success, failure, ignore");
        row("unknown state", R"({"t":50,"op":"force","state":"halfopen"})",
            "/state: found the text \"halfopen\", expected one of ");
        row("twice the same key", R"({"t":50,"t":60,"op":"state"})", "/t: found the key \"t\" twice");
        row("deep", QByteArray(60'000, '['), "/0/0/0/0");
        row("broken UTF-8", "{\"op\":\"\303\"}", "line 1, column 8: found a byte that is no UTF-8");
        row("too long", QByteArray(64 * 1024 + 1, ' '), "found a line of more than 65536 bytes, expected fewer");
    }
    void refusals()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, why);
        const auto drive = breaker(R"({"failure_threshold": 1})");
        QCOMPARE(drive->answer(R"({"t":2,"op":"acquire","id":7})"),
                 std::string(R"({"t":2.0,"decision":"permitted","state":"closed"})"));
        const QByteArray answer = QByteArray::fromStdString(drive->answer(line.toStdString()));
        const QJsonObject object = QJsonDocument::fromJson(answer).object();
        QCOMPARE(object.keys(), QStringList{"error"});
        QVERIFY2(object["error"].toString().startsWith(QString::fromUtf8(why)), answer.constData());
        QCOMPARE(drive->answer(R"({"op":"success","id":7})"), std::string(R"({"t":2.0,"state":"closed"})"));
    }

    // JSON may hold spaces, and a line of exactly the limit is still read.
    void theLongestLine()
    {
        const std::string line = R"({"op":"state"})";
        QCOMPARE(breaker()->answer(line + std::string(Drive::kMaxLine - line.size(), ' ')),
                 std::string(R"({"t":0.0,"state":"closed","half_open_allowed":false})"));
    }

    void linesInLinesOut()
    {
        std::istringstream in("{\"op\":\"state\"}\r\n\n" + std::string(10'000'000, 'x') + "\n{\"op\":\"state\"}");
        std::ostringstream out;
        QVERIFY(breaker()->run(in, out));
        const QStringList lines = QString::fromStdString(out.str()).split('\n');
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines[0].startsWith(R"({"t":0.0,"state")") && lines[3] == lines[0] && lines[4].isEmpty());
        QVERIFY(lines[1].startsWith(R"({"error":)")
                && lines[2].startsWith(QStringLiteral("{\"error\":\"found a line of more than")));
    }

    void badOpening()
    {
        const auto messageFor = [](const char *pattern, const char *config) {
            return QByteArray::fromStdString(Drive::open(pattern, config).error().message());
        };
        const QByteArray misspelt = messageFor("circuit-braker", "");
        QVERIFY2(misspelt.startsWith(
                     "drive: found the unknown pattern \"circuit-braker\", expected one of circuit-breaker, "),
                 misspelt);
        QVERIFY2(misspelt.endsWith("; did you mean \"circuit-breaker\"?"), misspelt);
        QVERIFY(messageFor("circuit-breaker", "{").startsWith("--config: line 1, column 2: "));
        QVERIFY(messageFor("circuit-breaker", "7").startsWith("--config: found 7, expected "));
        QVERIFY(messageFor("circuit-breaker", R"({"open_duraton":1})")
                    .startsWith("--config: /open_duraton: found the unknown key"));
        QVERIFY(messageFor("circuit-breaker", R"({"open_duration":9,"max_open_duration":8})")
                    .startsWith("--config: /max_open_duration: "));
    }
};
REGISTER_TEST(DriveTest)

#include "drive_test.moc"
