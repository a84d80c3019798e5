// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json/json_syntax.h"
#include "core/io/json/json_text.h"
#include "tests/register_test.h"

#include <QtTest>
#include <rapidcheck.h>

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
        row("nothing", "", "line 1, column 1: found the end of the text, expected a value");
        row("nothing but space", " \n", "line 2, column 1: found the end of the text, expected a value");
        row("truncated", "{\n  \"a\": [1,\n", "line 3, column 1: found the end of the text, expected a value");
        row("truncated in a key", "{\"ab", "line 1, column 5: found the end of the text, expected a closing quote");
        row("truncated after a key", "{\"ab\"", "line 1, column 6: found the end of the text, expected ':'");
        row("truncated after a value", "{\"ab\":1", "line 1, column 8: found the end of the text, expected ',' or '}'");
        row("no name", "{1:2}", "line 1, column 2: found \"1\", expected a name in quotes or '}'");
        row("no name after a comma", "{\"a\":1,}", "line 1, column 8: found \"}\", expected a name in quotes");
        row("no value", "{\"a\":}", "line 1, column 6: found \"}\", expected a value");
        row("no value in an array", "[,]", "line 1, column 2: found \",\", expected a value or ']'");
        row("a comma too many", "[1,]", "line 1, column 4: found \"]\", expected a value");
        row("no comma", "[1 2]", "line 1, column 4: found \"2\", expected ',' or ']'");
        row("the other bracket", "[1}", "line 1, column 3: found \"}\", expected ',' or ']'");
        row("two values", "{}\n{}", "line 2, column 1: found \"{\", expected the end of the text");
        row("not a number", "[NaN]", "line 1, column 2: found \"NaN\", expected a value or ']'");
        row("infinite", "[-Infinity]", "line 1, column 3: found \"Infinity\", expected a digit after '-'");
        row("a zero before a digit", "[01]", "line 1, column 3: found \"1\", expected ',' or ']'");
        row("no fraction", "[1.]", "line 1, column 4: found \"]\", expected a digit after '.'");
        row("no exponent", "[1e+]", "line 1, column 5: found \"]\", expected a digit in the exponent");
        row("beyond double", "[1e999]", "line 1, column 2: found \"1e999\", expected a number that a double can hold");
        row("many digits", "[" + QByteArray(400, '1') + "]",
            "line 1, column 2: found \"" + QByteArray(60, '1') + "...\", expected a number that a double can hold");
        row("a key without end", "{\"" + QByteArray(300, 'k') + "\":1,\"" + QByteArray(300, 'k') + "\":2}",
            "/" + QByteArray(60, 'k') + "...: found the key \"" + QByteArray(60, 'k')
                + "...\" twice, expected each key once");
        row("comment", "{} // so", "line 1, column 4: found \"/\", expected the end of the text");
        row("broken UTF-8", "\"\377\"", "line 1, column 2: found a byte that is no UTF-8, expected UTF-8");
        row("a surrogate in UTF-8", "\"\xed\xa0\x80\"",
            "line 1, column 2: found a byte that is no UTF-8, expected UTF-8");
        row("a line break in a text", "[\"a\nb\"]",
            "line 1, column 4: found a control character, expected an escape such as \\n");
        row("no such escape", "\"\\x\"",
            "line 1, column 2: found a backslash before something else, expected an escape of JSON");
        row("a short escape", "\"\\u12\"",
            "line 1, column 2: found too few, expected four hexadecimal digits after \\u");
        row("half a pair", "\"\\ud800\"",
            "line 1, column 2: found half of a surrogate pair, expected two that belong together");
        row("columns count characters", "{\"ä\": x}", "line 1, column 7: found \"x\", expected a value");
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

    // What the parser refuses has a fault in our words, and what it takes has none: any text that is one change away
    // from JSON.
    void findsAFaultExactlyWhereThereIsOne()
    {
        QVERIFY(rc::check([] {
            std::string text = R"( {"a": [1, -2.5e3, true, null, "x\u00e4\ud83d\ude00"], "b": {}, "ä": 0} )";
            const std::string bytes = "\"\\{}[]:,-+.eE019aunt \n\x01\xc3\xa4\xed\xff";
            for (int changes = *rc::gen::inRange(1, 4); changes > 0; --changes) {
                const auto at = *rc::gen::inRange<size_t>(0, text.size());
                const char byte = bytes[*rc::gen::inRange<size_t>(0, bytes.size())];
                switch (*rc::gen::inRange(0, 3)) {
                case 0:
                    text[at] = byte;
                    break;
                case 1:
                    text.insert(at, 1, byte);
                    break;
                default:
                    text.erase(at, 1);
                }
            }
            RC_ASSERT(firstSyntaxFault(text).has_value() != Json::accept(text));
        }));
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
