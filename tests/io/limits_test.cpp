// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json/json_text.h"
#include "core/io/json/schema.h"
#include "core/io/json/text_file.h"
#include "core/io/scenario/session_json.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::io;

// Files that are large, deep or strange: good at each limit, and just over it one message, at once. core/io/README.md
// lists the limits.
class LimitsTest : public QObject {
    Q_OBJECT

    // "a0", "a1" ... as so many named things.
    static QByteArray named(const char *letter, int count)
    {
        QByteArray all;
        for (int i = 0; i < count; ++i)
            all += (i > 0 ? ",{\"name\":\"" : "{\"name\":\"") + QByteArray(letter) + QByteArray::number(i) + "\"}";
        return '[' + all + ']';
    }
    static QByteArray repeated(const QByteArray &item, int count)
    {
        return '[' + (item + ',').repeated(count).chopped(1) + ']';
    }
    static QByteArray scenario(const QByteArray &more = {}, const QByteArray &services = named("s", 1),
                               const QByteArray &clients = named("c", 1))
    {
        return R"({"format":"resilience-lab/scenario/1","step":"circuit-breaker","name":"x","services":)" + services
               + ",\"clients\":" + clients + more + '}';
    }
    static QByteArray session(const QByteArray &journal, const QByteArray &of = scenario())
    {
        return R"({"format":"resilience-lab/session/1","seed":1,"until":1,"scenario":)" + of + ",\"journal\":" + journal
               + '}';
    }
    static QByteArray text(const char *key, const QByteArray &value) { return ",\"" + QByteArray(key) + "\":" + value; }
    static QByteArray quoted(const QByteArray &value) { return '"' + value + '"'; }
    static QByteArray latency(const QByteArray &value)
    {
        return scenario({}, R"([{"name":"s","latency_spread":0,"latency":)" + value + "}]");
    }
    static QByteArray times(int count)
    {
        return scenario({}, named("s", 1),
                        R"([{"name":"c","arrivals":{"type":"script","times":)" + repeated("0", count) + "}}]");
    }
    static QByteArray clientNamed(const QByteArray &name)
    {
        return scenario({}, named("s", 1), "[{\"name\":\"" + name + "\"}]");
    }

private slots:
    void good_data()
    {
        QTest::addColumn<QByteArray>("file");
        const auto row = [](const char *title, const QByteArray &file) { QTest::newRow(title) << file; };
        row("1 MiB", scenario().leftJustified(kMaxFileBytes, ' '));
        row("32 services", scenario({}, named("s", 32)));
        row("64 clients", scenario({}, named("s", 1), named("c", 64)));
        row("64 nodes, 16 holders",
            scenario(text("lock", "{\"nodes\":" + named("n", 64) + ",\"holders\":" + named("h", 16) + '}')));
        QByteArray faults;
        for (int i = 0; i < 2000; ++i)
            faults += (i > 0 ? "," : "") + QByteArray("{\"kind\":\"hang\",\"at\":") + QByteArray::number(2 * i)
                      + ",\"until\":" + QByteArray::number(2 * i + 1) + '}';
        row("2000 faults", scenario(text("faults", '[' + faults + ']')));
        row("2000 knobs", scenario(text("knobs", repeated(R"({"at":0,"knob":"hold","value":"open"})", 2000))));
        row("100000 times", times(100'000));
        row("20000 entries", session(repeated(R"({"at":0,"turn_knob":{"knob":"hold","value":"auto"}})", 20'000)));
        row("the longest run", scenario(text("until", "1000000")));
        row("the shortest run", scenario(text("until", "1e-9")));
        row("the longest latency", latency("1000000"));
        row("no latency", latency("0"));
        row("less than a nanosecond", latency("1e-300"));
        row("the largest seed", scenario(text("seed", "18446744073709551615")));
        row("the longest name", clientNamed(QByteArray(60, 'a')));
        row("the longest title", scenario(text("title", quoted(QByteArray("ü").repeated(100)))));
        row("the longest description", scenario(text("description", quoted(QByteArray(4000, 'd')))));
        row("markup", scenario(text("title", quoted("<script>alert(1)</script>"))));
        row("an escape in a key", scenario().replace("\"name\"", "\"n\\u0061me\""));
        row("line ends of others", scenario().replace(",", ",\r\n"));
    }
    void good()
    {
        QFETCH(QByteArray, file);
        const auto read = readRunFile(file.toStdString(), "f");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        // What it is saved as can be opened, however it was laid out.
        const auto saved = sessionFile(read->session);
        QVERIFY2(saved, saved ? "" : saved.error().message().c_str());
        const auto again = readSession(*saved, "f");
        QVERIFY2(again, again ? "" : again.error().message().c_str());
        QVERIFY(*again == read->session);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *title, const QByteArray &file, const char *message) {
            QTest::newRow(title) << file << QByteArray(message);
        };
        row("33 services", scenario({}, named("s", 33)), "/services: found 33 items, expected at least 1, at most 32");
        row("65 clients", scenario({}, named("s", 1), named("c", 65)),
            "/clients: found 65 items, expected at least 1, at most 64");
        row("40000 clients", scenario({}, named("s", 1), named("c", 40'000)),
            "/clients: found 40000 items, expected at least 1, at most 64");
        row("65 nodes", scenario(text("lock", "{\"nodes\":" + named("n", 65) + ",\"holders\":" + named("h", 1) + '}')),
            "/lock/nodes: found 65 items, expected at least 1, at most 64");
        row("17 holders",
            scenario(text("lock", "{\"nodes\":" + named("n", 1) + ",\"holders\":" + named("h", 17) + '}')),
            "/lock/holders: found 17 items, expected at least 1, at most 16");
        row("2001 faults", scenario(text("faults", repeated(R"({"at":0,"kind":"hang"})", 2001))),
            "/faults: found 2001 items, expected at most 2000");
        row("2001 knobs", scenario(text("knobs", repeated(R"({"at":0,"knob":"hold","value":"open"})", 2001))),
            "/knobs: found 2001 items, expected at most 2000");
        row("100001 times", times(100'001),
            "/clients/0/arrivals/times: found 100001 items, expected at least 1, at most 100000");
        row("20001 entries", session(repeated(R"({"at":0,"clear_fault":{"target":"s0","kind":"hang"}})", 20'001)),
            "/journal: found 20001 items, expected at most 20000");
        row("a million entries", session(repeated("{}", 1'000'000)),
            "/journal: found 1000000 items, expected at most 20000");
        for (const char *number :
             {"1e308", "-1e308", "-1", "1000000.0000001", "9223372036.854776", "18446744073709551616"})
            QTest::addRow("%s s", number) << latency(number) << QByteArray("/services/0/latency: found ");
        for (const char *number : {"NaN", "Infinity", "-Infinity", "1e309", "0x10", "01", "1.", ".5", "+1", "1e"})
            QTest::addRow("%s s", number) << latency(number) << QByteArray("line 1, column ");
        row("no time at all", scenario(text("until", "0")), "/until: found 0, expected seconds, 1e-09 to 1000000");
        row("less than a time", scenario(text("until", "9.99e-10")), "/until: found 9.99e-10, expected seconds, ");
        row("a seed too large", scenario(text("seed", "18446744073709551616")),
            "/seed: found 1.8446744073709552e+19, ");
        row("a seed below 0", scenario(text("seed", "-1")), "/seed: found -1, ");
        row("half a seed", scenario(text("seed", "1.5")), "/seed: found 1.5, ");
        row("an order too large", session(R"([{"at":0,"order":1e30,"clear_fault":{"target":"s0","kind":"hang"}}])"),
            "/journal/0/order: found 1e+30, ");
        for (const char *name : {"", "a b", ".a", "-a", "a/b", "..", "ä", "a\\n", "a\\u0000", "\\u202ea", "<b>", "a&b"})
            QTest::addRow("name %s", name) << clientNamed(name) << QByteArray("/clients/0/name: found the text ");
        row("a name too long", clientNamed(QByteArray(61, 'a')),
            "/clients/0/name: found a text of 61 bytes, expected at most 60 bytes");
        row("a name twice", scenario({}, R"([{"name":"s"},{"name":"s"}])"),
            "/services/1/name: found the name \"s\" again");
        for (const char *title : {"\\u0001", "\\n", "\\u001b[31m", "\\u007f", "\\u009b", "\\u202e", "\\u2066",
                                  "\\u200f", "\\u2028", "\\uffff", "\xe2\x80\xae"})
            QTest::addRow("title %s", title)
                << scenario(text("title", quoted(title))) << QByteArray("/title: found the text \"\\");
        row("a description that turns round", scenario(text("description", "\"a\\u202eb\"")),
            "/description: found the text \"a\\u202eb\", expected a text without control characters and marks that "
            "turn "
            "the direction of writing");
        row("a title too long", scenario(text("title", quoted(QByteArray(201, 't')))),
            "/title: found a text of 201 bytes, expected at most 200 bytes");
        row("a description too long", scenario(text("description", quoted(QByteArray(4001, 'd')))),
            "/description: found a text of 4001 bytes, expected at most 4000 bytes");
        row("a key twice", scenario(",\"name\":\"y\""), "/name: found the key \"name\" twice, expected each key once");
        row("a key twice, once escaped", scenario(",\"n\\u0061me\":\"y\""), "/name: found the key \"name\" twice");
        row("a key twice, deep down", clientNamed(R"(c","name":"d)"), "/clients/0/name: found the key \"name\" twice");
        row("33 levels", QByteArray(33, '[') + QByteArray(33, ']'), "/0/0/0/");
        row("500000 levels", QByteArray(500'000, '['), "/0/0/0/");
        row("100000 levels of objects", QByteArray("{\"a\":").repeated(100'000), "/a/a/a/");
        row("a text of 1 MB", quoted(QByteArray(1'000'000, 'a')), "found the text \"aaaa");
        row("a number of 1 MB", QByteArray(1'000'000, '1'), "line 1, column 1: found \"1111");
        row("an exponent of 1 MB", "1e" + QByteArray(1'000'000, '9'), "line 1, column 1: found \"1e99");
        row("a key of 1 MB", "{\"" + QByteArray(1'000'000, 'k') + "\":1}", "found no key \"format\"");
        row("zeros", QByteArray(1000, '\0'), "line 1, column 1: found \"\\u0000\"");
        row("UTF-16", QByteArray("\xff\xfe{\0}\0", 6), "line 1, column 1: found a byte that is no UTF-8");
        row("half a surrogate pair", clientNamed("\\ud800"), "line 1, column ");
    }
    void refused()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, message);
        QElapsedTimer clock;
        clock.start();
        const auto read = readRunFile(file.toStdString(), "f");
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(!read);
        const QByteArray said = QByteArray::fromStdString(read.error().message());
        QVERIFY2(said.startsWith("f: " + message), said.constData());
        QVERIFY2(said.size() < 1000 && !said.contains('\n'), said.constData());
    }

    // The schema's limits and the code's are the same numbers.
    void journalsAreAsLongAsTheSchemaSays()
    {
        const auto limit = [](const EmbeddedText &schema) {
            return Json::parse(schema.text)["properties"]["journal"]["maxItems"].get<size_t>();
        };
        const auto &all = schema_texts();
        const auto it =
            std::find_if(all.begin(), all.end(), [](const auto &one) { return one.name == "session.schema.json"; });
        QVERIFY(it != all.end());
        QCOMPARE(limit(*it), kMaxJournalEntries);
    }

    // Nothing is saved that could not be opened again.
    void sessionsThatAreTooLargeToBeSaved()
    {
        QByteArray clients;
        for (const char *name : {"a", "b", "c", "d"}) // "1" is written as 1.0
            clients += QByteArray(clients.isEmpty() ? "" : ",") + "{\"name\":\"" + name
                       + "\",\"arrivals\":{\"type\":\"script\",\"times\":" + repeated("1", 100'000) + "}}";
        const auto read = readRunFile(scenario({}, named("s", 1), '[' + clients + ']').toStdString(), "f");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        const auto refused = sessionFile(read->session);
        QVERIFY(!refused);
        QVERIFY(refused.error().message().starts_with("found a session of "));
        QVERIFY(refused.error().message().ends_with(" bytes, expected at most 1 MiB"));

        Session busy = readRunFile(scenario().toStdString(), "f")->session;
        for (size_t i = 0; i <= kMaxJournalEntries; ++i)
            busy.journal.insert({kTimeZero, i, sim::ClearFault{}});
        const auto endless = sessionFile(busy);
        QVERIFY(!endless);
        QCOMPARE(endless.error().message(), std::string("found a journal of 20001 entries, expected at most 20000"));
    }
};

REGISTER_TEST(LimitsTest)
#include "limits_test.moc"
