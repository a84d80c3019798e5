// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/peer_cases_test.h"

#include <algorithm>
#include <fstream>

namespace tests {

namespace {

using Json = nlohmann::json;

Json read(const char *path)
{
    std::ifstream in(path);
    return Json::parse(in);
}

const Json &stepsOf(const Json &one) { return one.at(one.contains("our_steps") ? "our_steps" : "steps"); }

} // namespace

PeerCasesTest::PeerCasesTest(const char *file, std::vector<std::string> allIds, size_t leftOut)
    : m_file(read(file)), m_allIds(std::move(allIds)), m_leftOut(leftOut)
{
}

void PeerCasesTest::caseHolds_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Json &one : m_file.at("cases"))
        QTest::newRow(one.at("id").get<std::string>().c_str()) << index++;
}

void PeerCasesTest::caseHolds()
{
    QFETCH(int, index);
    const Json &one = m_file.at("cases").at(size_t(index));
    const QStringList differences = play(one, stepsOf(one));
    QVERIFY2(differences.empty(), qPrintable(differences.join(u'\n')));
}

void PeerCasesTest::everyCaseIsPlayedOrLeftOutWithAReason()
{
    std::vector<std::string> found;
    for (const Json &one : m_file.at("cases"))
        found.push_back(one.at("id"));
    for (const Json &one : m_file.at("left_out")) {
        QVERIFY(one.at("reason").get<std::string>().size() >= 20);
        found.push_back(one.at("id"));
    }
    std::ranges::sort(found);
    QVERIFY(std::ranges::is_sorted(m_allIds));
    QVERIFY(found == m_allIds);
    QCOMPARE(m_file.at("left_out").size(), m_leftOut);
}

void PeerCasesTest::whoAgreesIsPlayedWithThePeersOwnSteps()
{
    for (const Json &one : m_file.at("cases")) {
        const std::string spec = one.at("our_spec");
        QVERIFY2(spec.starts_with("agrees") || spec.starts_with("differs"), spec.c_str());
        QVERIFY2(one.contains("our_steps") == spec.starts_with("differs"), spec.c_str());
    }
}

void PeerCasesTest::aWrongExpectationIsFound()
{
    for (const Json &one : m_file.at("cases")) {
        const Json &steps = stepsOf(one);
        int tried = 0;
        for (size_t i = 0; i < steps.size(); ++i) {
            if (steps[i].at("expect").empty())
                continue;
            Json wrong = steps;
            wrong[i]["expect"].begin().value() = "something else";
            QVERIFY2(play(one, wrong).size() == 1, one.at("id").get<std::string>().c_str());
            ++tried;
        }
        QVERIFY2(tried > 0, one.at("id").get<std::string>().c_str());
    }
}

QStringList playSteps(const Json &steps, const std::function<Json(const Json &step, resilience::Time now)> &found)
{
    QStringList differences;
    for (const Json &step : steps) {
        const Json result = found(step, resilience::at(resilience::Duration{step.at("t").get<int64_t>()}));
        if (result != step.at("expect"))
            differences << QString::fromStdString(step.dump() + ": found " + result.dump());
    }
    return differences;
}

} // namespace tests
