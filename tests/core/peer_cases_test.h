// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/time.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <vector>

namespace tests {

// A file of facts that the test suites of other libraries pin down: "cases", each with its id, our_spec (what agrees is
// played with the peer's own steps; what differs on purpose with our_steps, which say how), and "left_out", each with
// an id and a reason. What is asked of every such file; a family of patterns adds how one of its cases is played.
class PeerCasesTest : public QObject {
    Q_OBJECT
public:
    using Json = nlohmann::json;

protected:
    // `allIds`, sorted, are those of all cases there are; together with `leftOut`, how many of them are not played, it
    // keeps that group from growing unseen.
    PeerCasesTest(const char *file, std::vector<std::string> allIds, size_t leftOut);

    // Everything that came out differently; empty = the case holds. Throws when a step says what it does not
    // understand.
    virtual QStringList play(const Json &one, const Json &steps) = 0;

private slots:
    void caseHolds_data();
    void caseHolds();
    void everyCaseIsPlayedOrLeftOutWithAReason();
    void whoAgreesIsPlayedWithThePeersOwnSteps();
    // The player finds differences: with one wrong expectation, in any step, a case fails.
    void aWrongExpectationIsFound();

private:
    Json m_file;
    std::vector<std::string> m_allIds;
    size_t m_leftOut;
};

// Does one step at a time and holds what `found` says of it (under the keys of "expect") against what the peer expects.
QStringList playSteps(const nlohmann::json &steps,
                      const std::function<nlohmann::json(const nlohmann::json &step, resilience::Time now)> &found);

} // namespace tests
