// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/drive/drive.h"
#include "tests/fuzz/drive_check.h"
#include "tests/fuzz/driven_samples.h"
#include "tests/fuzz/line_mutation.h"
#include "tests/register_test.h"

#include <QtTest>

#include <set>

using resilience::RandomStream;
using resilience::io::Drive;

namespace {

constexpr int kLines = 100'000; // over all patterns
constexpr int kLinesATalk = 50;

std::string anyLine(const std::string &pattern, RandomStream &random)
{
    const size_t choice = tests::below(random, 1000);
    if (choice == 0)
        return std::string(Drive::kMaxLine + tests::below(random, 3) - 1, ' ');
    if (choice < 150)
        return tests::rawLine(random);
    std::string line = tests::validLine(pattern, random);
    for (size_t changes = tests::below(random, 3); changes > 0; --changes)
        line = tests::mutatedLine(line, random);
    return line;
}

} // namespace

// Lines as no program would send them: what drive_check.h says holds for each of a hundred thousand.
class DriveRandomLinesTest : public QObject {
    Q_OBJECT
private slots:
    void everyPatternHasASample()
    {
        const auto patterns = Drive::patterns();
        std::set<std::string> sampled;
        for (const auto &sample : tests::drivenSamples())
            sampled.insert(sample.pattern);
        QCOMPARE(sampled, std::set<std::string>(patterns.begin(), patterns.end()));
    }

    void survives_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < tests::drivenSamples().size(); ++i)
            QTest::newRow(tests::drivenSamples()[i].pattern.c_str()) << int(i);
    }
    void survives()
    {
        QFETCH(int, index);
        const tests::DrivenSample &sample = tests::drivenSamples()[size_t(index)];
        RandomStream random(20111, sample.pattern);
        const int lines = kLines / int(tests::drivenSamples().size()) + 1;
        for (int said = 0; said < lines; said += kLinesATalk) {
            const size_t config = size_t(said / kLinesATalk) % sample.configs.size();
            std::string talk = sample.pattern + " " + sample.configs[config] + "\n";
            for (int i = 0; i < kLinesATalk; ++i)
                talk += anyLine(sample.pattern, random) + "\n";
            const std::string problem = tests::driveProblem(talk);
            QVERIFY2(problem.empty(), problem.c_str());
        }
    }

    // Not everything is refused, nor accepted: mutated lines are near enough to valid ones.
    void refusalsAndAnswersAreMixed()
    {
        for (const tests::DrivenSample &sample : tests::drivenSamples()) {
            RandomStream random(7, sample.pattern);
            auto drive = Drive::open(sample.pattern, sample.configs[0]);
            QVERIFY2(drive, sample.pattern.c_str());
            int refused = 0;
            for (int i = 0; i < 1000; ++i)
                refused += (*drive)->answer(anyLine(sample.pattern, random)).starts_with("{\"error\":");
            QVERIFY2(refused > 200 && refused < 850, qPrintable(QString::number(refused)));
        }
    }

    void everyConfigOpens()
    {
        for (const tests::DrivenSample &sample : tests::drivenSamples())
            for (const std::string &config : sample.configs) {
                const auto drive = Drive::open(sample.pattern, config);
                QVERIFY2(drive, drive ? "" : drive.error().message().c_str());
            }
    }
};
REGISTER_TEST(DriveRandomLinesTest)

#include "drive_random_lines_test.moc"
