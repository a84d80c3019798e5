// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/scenario/session_json.h"
#include "tests/fuzz/json_mutation.h"
#include "tests/fuzz/line_mutation.h"
#include "tests/fuzz/run_file_check.h"
#include "tests/io/sample_files.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::io;

namespace {

constexpr int kFiles = 2000; // of each kind

std::string sessionText()
{
    Session session = sessionOf(tests::fullScenarioAsValue());
    session.position = Duration{1};
    session.journal.insert({at(Duration{5}), 3, sim::ClearFault{1, sim::FaultKind::Latency}});
    return sessionToJson(session);
}

} // namespace

// Files as nobody would write them: what run_file_check.h says holds for each.
class RunFileMutationsTest : public QObject {
    Q_OBJECT
private slots:
    void survives_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("scenario") << QByteArray::fromStdString(tests::fullScenario());
        QTest::newRow("session") << QByteArray::fromStdString(sessionText());
    }
    // Up to four changes on top of each other, then from the start again.
    void survives()
    {
        QFETCH(QByteArray, text);
        RandomStream random(20111, QTest::currentDataTag());
        int accepted = 0;
        std::string mutated;
        for (int i = 0; i < kFiles; ++i) {
            mutated = tests::mutatedJson(i % 4 == 0 ? text.toStdString() : mutated, random);
            const std::string problem = tests::runFileProblem(mutated);
            QVERIFY2(problem.empty(), problem.c_str());
            accepted += bool(readRunFile(mutated, "any.json"));
        }
        // Near enough to files in form that many are still read.
        QVERIFY2(accepted > kFiles / 10 && accepted < kFiles * 9 / 10, qPrintable(QString::number(accepted)));
    }
};
REGISTER_TEST(RunFileMutationsTest)

#include "run_file_mutations_test.moc"
