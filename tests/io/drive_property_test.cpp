// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/drive.h"
#include "tests/register_test.h"

#include <QtTest>
#include <rapidcheck.h>

#include <sstream>

using namespace resilience::io;

namespace {

const std::vector<std::string> kWords{"{",
                                      "}",
                                      "[",
                                      "]",
                                      ":",
                                      ",",
                                      "\"",
                                      "\\",
                                      "\\u",
                                      "\"t\":",
                                      "\"op\":",
                                      "\"id\":",
                                      "\"state\":",
                                      "\"outcome\":",
                                      "\"duration\":",
                                      "\"acquire\"",
                                      "\"success\"",
                                      "\"failure\"",
                                      "\"ignore\"",
                                      "\"call\"",
                                      "\"force\"",
                                      "\"open\"",
                                      "\"auto\"",
                                      "0",
                                      "1",
                                      "-1",
                                      "2.5",
                                      "1e308",
                                      "1e999",
                                      "null",
                                      "true",
                                      "NaN",
                                      " ",
                                      "\r",
                                      "\xff",
                                      "\xc3",
                                      "\xe2\x86\x92",
                                      std::string(1, '\0'),
                                      "\x1b"};

std::string anyLine()
{
    std::string line;
    const auto count = *rc::gen::inRange(0, 20);
    for (int i = 0; i < count; ++i)
        line += *rc::gen::elementOf(kWords);
    return line;
}

// A line that is well formed more often than not.
std::string likelyLine()
{
    const auto t = std::to_string(*rc::gen::inRange(-5, 200)) + "." + std::to_string(*rc::gen::inRange(0, 1000));
    const auto id = *rc::gen::elementOf(std::vector<std::string>{"1", "2", "3", "\"a\"", "1.5"});
    const auto op = *rc::gen::elementOf(
        std::vector<std::string>{"acquire", "success", "failure", "ignore", "call", "state", "force"});
    std::string line = "{\"t\":" + t + ",\"op\":\"" + op + "\"";
    if (op == "call")
        line +=
            ",\"outcome\":\"" + *rc::gen::elementOf(std::vector<std::string>{"success", "failure", "ignore"}) + "\"";
    else if (op == "force")
        line += ",\"state\":\""
                + *rc::gen::elementOf(
                    std::vector<std::string>{"open", "closed", "half-open", "disabled", "metrics-only", "auto"})
                + "\"";
    else if (op != "state")
        line += ",\"id\":" + id;
    return line + "}";
}

} // namespace

class DrivePropertyTest : public QObject {
    Q_OBJECT
private slots:
    // Whatever comes in, one JSON object a line goes out.
    void oneAnswerALine()
    {
        QVERIFY(rc::check([] {
            auto drive = Drive::open("circuit-breaker", R"({"failure_threshold":2,"open_duration":3})");
            const auto lines = *rc::gen::container<std::vector<std::string>>(
                rc::gen::exec([] { return *rc::gen::inRange(0, 2) ? anyLine() : likelyLine(); }));
            std::string text;
            for (const std::string &line : lines)
                text += line + "\n";
            std::istringstream in(text);
            std::ostringstream out;
            RC_ASSERT((*drive)->run(in, out));
            const QByteArrayList answers = QByteArray::fromStdString(out.str()).split('\n');
            RC_ASSERT(answers.size() == static_cast<qsizetype>(lines.size()) + 1);
            for (qsizetype i = 0; i + 1 < answers.size(); ++i)
                RC_ASSERT(QJsonDocument::fromJson(answers[i]).isObject());
        }));
    }

    // Well-formed lines: t never decreases but for looking, and a rejection that names a wait means it.
    void retryAfterIsKept()
    {
        QVERIFY(rc::check([] {
            auto drive =
                Drive::open("circuit-breaker", R"({"failure_threshold":2,"open_duration":3,"half_open_max_calls":1})");
            const auto count = *rc::gen::inRange(0, 40);
            for (int i = 0; i < count; ++i)
                (*drive)->answer(likelyLine());
            const auto ask = [&](const QByteArray &line) {
                return QJsonDocument::fromJson(QByteArray::fromStdString((*drive)->answer(line.toStdString())))
                    .object();
            };
            const QJsonObject first = ask(R"({"op":"acquire","id":"new"})");
            if (first["decision"] != "rejected" || !first.contains("retry_after"))
                return;
            const auto atMoment = [&](double sooner) {
                const double t = first["t"].toDouble() + first["retry_after"].toDouble() - sooner;
                return ask("{\"op\":\"acquire\",\"id\":\"new\",\"t\":" + QByteArray::number(t, 'f', 9)
                           + "}")["decision"]
                    .toString();
            };
            RC_ASSERT(atMoment(1e-9) == "rejected");
            RC_ASSERT(atMoment(0) == "permitted");
        }));
    }
};
REGISTER_TEST(DrivePropertyTest)

#include "drive_property_test.moc"
