// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/drive/drive.h"
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <set>

using Json = nlohmann::json;

namespace {

const Json &reportedCases()
{
    static const Json all = [] {
        std::ifstream file(CASES_FOLDER "reported_cases.json");
        return Json::parse(file).at("cases");
    }();
    return all;
}

// What the answers to the steps lack of what is expected, each with the number of its step.
QStringList lackingIn(const Json &one)
{
    QStringList found;
    const auto drive = tests::opened(one.at("pattern").get<std::string>().c_str(), one.at("config").dump());
    int number = 0;
    for (const Json &step : one.at("steps")) {
        ++number;
        const Json most = step.value("at_most", Json::object());
        std::map<std::string, double> equal;
        Json answer;
        for (int i = 0; i < step.value("times", 1); ++i) {
            answer = Json::parse(drive->answer(step.at("ask").dump()));
            ++equal[answer.dump()];
            for (const auto &[key, limit] : most.items())
                if (answer.at(key) > limit)
                    found << QStringLiteral("step %1: %2").arg(number).arg(QString::fromStdString(answer.dump()));
        }
        for (const auto &[text, times] : equal)
            if (times > step.value("largest_equal_share", 1.0) * step.value("times", 1))
                found
                    << QStringLiteral("step %1: %2 times %3").arg(number).arg(times).arg(QString::fromStdString(text));
        for (const auto &[key, expected] : step.at("answer").items())
            if (!answer.contains(key) || answer[key] != expected)
                found << QStringLiteral("step %1: expected %2 %3, was %4")
                             .arg(number)
                             .arg(QString::fromStdString(key), QString::fromStdString(expected.dump()),
                                  QString::fromStdString(answer.dump()));
        if (answer.contains("error") && !step.at("answer").contains("error"))
            found << QString::fromStdString(answer.dump());
    }
    return found;
}

} // namespace

// Reports of users of other libraries, each standing for a kind of fault that must not be here.
class ReportedCasesTest : public QObject {
    Q_OBJECT
private slots:
    void caseHolds_data()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const Json &one : reportedCases())
            QTest::newRow(one.at("id").get<std::string>().c_str()) << index++;
    }
    void caseHolds()
    {
        QFETCH(int, index);
        const QStringList found = lackingIn(reportedCases().at(size_t(index)));
        QVERIFY2(found.empty(), qPrintable(found.join(u'\n')));
    }

    // Else a wrong expectation would pass unseen.
    void aWrongExpectationIsFound()
    {
        std::set<std::string> ids;
        for (const Json &one : reportedCases()) {
            QVERIFY(ids.insert(one.at("id")).second);
            for (size_t i = 0; i < one.at("steps").size(); ++i) {
                Json wrong = one;
                if (wrong["steps"][i]["answer"].empty())
                    continue;
                wrong["steps"][i]["answer"].begin().value() = "something else";
                QCOMPARE(lackingIn(wrong).size(), 1);
            }
        }
    }
};
REGISTER_TEST(ReportedCasesTest)

#include "reported_cases_test.moc"
