// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json/nearest_name.h"
#include "tests/register_test.h"

#include <QtTest>

#include <vector>

using namespace resilience::io;

class NearestNameTest : public QObject {
    Q_OBJECT
private slots:
    void finds_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("nearest");
        const auto row = [](const char *word, const char *nearest) { QTest::newRow(word) << word << nearest; };
        row("outge", "outage");
        row("otuage", "outage"); // two neighbours swapped
        row("OUTAGE", "outage");
        row("latency_spikes", "latency-spikes");
        row("latenc", "latency");
        row("latency-spi", "latency-spikes");
        row("open_duraton", "open_duration");
        row("ope", "open_duration"); // begins it
        row("zebra", "");
        row("", "");
        row("o", "");
    }
    void finds()
    {
        QFETCH(QString, word);
        QFETCH(QString, nearest);
        const std::vector<std::string> valid{"outage", "latency", "latency-spikes", "open_duration"};
        QCOMPARE(QString::fromStdString(nearestName(word.toStdString(), valid)), nearest);
    }

    void aLongWordCostsNothing()
    {
        const std::vector<std::string> valid{std::string(100'000, 'a')};
        QCOMPARE(nearestName(std::string(100'000, 'b'), valid), std::string());
    }
};
REGISTER_TEST(NearestNameTest)

#include "nearest_name_test.moc"
