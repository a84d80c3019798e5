// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json_text.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience::io;

class JsonTextTest : public QObject {
    Q_OBJECT
private slots:
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *title, const QByteArray &text, const QByteArray &message) {
            QTest::newRow(title) << text << message;
        };
        row("nothing", "", "line 1, column 1: found the end of the text, expected '[', '{', or a literal");
        row("truncated", "{\n  \"a\": [1,\n",
            "line 3, column 1: found the end of the text, expected '[', '{', or a literal");
        row("truncated in a key", "{\"ab",
            "line 1, column 5: found invalid string: missing closing quote, expected string literal");
        row("no value", "{\"a\":}", "line 1, column 6: found unexpected '}', expected '[', '{', or a literal");
        row("two values", "{}\n{}", "line 2, column 1: found unexpected '{', expected end of input");
        row("not a number", "[NaN]", "line 1, column 2: found invalid literal, expected JSON");
        row("infinite", "[-Infinity]", "line 1, column 3: found invalid number, expected digit after '-'");
        row("beyond double", "[1e999]", "line 1, column 6: found number overflow parsing '1e999', expected JSON");
        row("many digits", "[" + QByteArray(400, '1') + "]",
            "line 1, column 401: found number overflow parsing '" + QByteArray(35, '1') + "..., expected JSON");
        row("a key without end", "{\"" + QByteArray(300, 'k') + "\":1,\"" + QByteArray(300, 'k') + "\":2}",
            "/" + QByteArray(60, 'k') + "...: found the key \"" + QByteArray(60, 'k')
                + "...\" twice, expected each key once");
        row("comment", "{} // so", "line 1, column 4: found invalid literal, expected end of input");
        row("broken UTF-8", "\"\377\"", "line 1, column 2: found invalid string: ill-formed UTF-8 byte, expected JSON");
        row("columns count characters", "{\"ä\": x}", "line 1, column 7: found invalid literal, expected JSON");
        row("duplicate key", "{\"a\": {\"x\": [0, {\"b\": 1, \"b\": 2}]}}",
            "/a/x/1/b: found the key \"b\" twice, expected each key once");
        row("too deep", QByteArray(33, '['),
            QByteArray("/0").repeated(32) + ": found more than 32 levels, expected fewer");
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, message);
        const auto read = parseJson(text.toStdString());
        QVERIFY(!read);
        QCOMPARE(QByteArray::fromStdString(read.error().message()), message);
    }

    void reads()
    {
        const auto read =
            parseJson(R"( {"a": [1, -2, 2.5, true, null, "x\u00e4"], "b": {}, "": 18446744073709551615} )");
        QVERIFY(static_cast<bool>(read));
        QCOMPARE(read->dump(), std::string(R"({"":18446744073709551615,"a":[1,-2,2.5,true,null,"xä"],"b":{}})"));
        QVERIFY(static_cast<bool>(parseJson(std::string(32, '[') + std::string(32, ']'))));
    }

    void quotesWhatItShows()
    {
        QCOMPARE(inQuotes("a\"b\n\x01"), std::string("\"a\\\"b\\n\\u0001\""));
        QCOMPARE(inQuotes("\377"), std::string("\"\357\277\275\""));
        // Terminals obey these as well: DEL, and CSI in one character.
        QCOMPARE(inQuotes("\x7f|\u009b31m|\u00a0"), std::string("\"\\u007f|\\u009b31m|\u00a0\""));
        // Cut at 60 bytes, but never inside a character.
        QCOMPARE(inQuotes(std::string(59, 'a') + "ä!"), "\"" + std::string(59, 'a') + "...\"");
        QCOMPARE(inQuotes(std::string(60, 'a')), "\"" + std::string(60, 'a') + "\"");
    }

    void pointersAreEscaped()
    {
        QCOMPARE(below("/a", "b/c~d"), std::string("/a/b~1c~0d"));
        QCOMPARE(below("", size_t{3}), std::string("/3"));
        QCOMPARE(below("", "\x1b[31m\x7f"), std::string("/\\u001b[31m\\u007f"));
        QCOMPARE(below("", std::string(100, 'a')), "/" + std::string(60, 'a') + "...");
    }
};
REGISTER_TEST(JsonTextTest)

#include "json_text_test.moc"
