// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/drive/drive.h"
#include "tests/io/drive_talk.h"
#include "tests/register_test.h"

#include <QtTest>

using tests::talk;

class DriveBackoffTest : public QObject {
    Q_OBJECT
private slots:
    void defaults()
    {
        talk("backoff", "",
             {{R"({"op":"delay","attempt":1})", R"({"delay":0.1})"},
              {R"({"op":"delay","attempt":2})", R"({"delay":0.2})"},
              {R"({"t":7,"op":"delay","attempt":9})", R"({"delay":25.6})"},
              {R"({"op":"delay","attempt":10})", R"({"delay":30.0})"},
              {R"({"op":"delay","attempt":9007199254740992})", R"({"delay":30.0})"},
              {R"({"op":"delay","attempt":1})", R"({"delay":0.1})"}});
    }

    void strategies()
    {
        talk("backoff", R"({"strategy":"fixed","base_delay":60})",
             {{R"({"op":"delay","attempt":5})", R"({"delay":60.0})"}});
        talk("backoff", R"({"strategy":"linear","base_delay":0.5,"max_delay":1.2})",
             {{R"({"op":"delay","attempt":2})", R"({"delay":1.0})"},
              {R"({"op":"delay","attempt":3})", R"({"delay":1.2})"}});
        talk("backoff", R"({"multiplier":3,"base_delay":1})", {{R"({"op":"delay","attempt":3})", R"({"delay":9.0})"}});
    }

    // Within the jitter's interval, the same again from the same seed, others from another.
    void jitter_data()
    {
        QTest::addColumn<QByteArray>("jitter");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("full") << QByteArray("full") << 0.0 << 4.0;
        QTest::newRow("equal") << QByteArray("equal") << 2.0 << 4.0;
        QTest::newRow("proportional") << QByteArray("proportional") << 3.0 << 5.0;
        QTest::newRow("decorrelated") << QByteArray("decorrelated") << 1.0 << 27.0;
    }
    void jitter()
    {
        QFETCH(QByteArray, jitter);
        QFETCH(double, low);
        QFETCH(double, high);
        const auto answers = [&](const char *seed) {
            const auto drive = tests::opened("backoff", "{\"base_delay\":1,\"jitter\":\"" + jitter.toStdString()
                                                            + "\",\"seed\":" + seed + "}");
            QList<double> delays;
            for (int call = 0; call < 50; ++call)
                for (const char *attempt : {"1", "2", "3"}) {
                    const auto answer = QByteArray::fromStdString(
                        drive->answer("{\"op\":\"delay\",\"attempt\":" + std::string(attempt) + "}"));
                    delays << QJsonDocument::fromJson(answer).object()["delay"].toDouble(-1);
                }
            return delays;
        };
        const QList<double> delays = answers("1");
        for (qsizetype i = 2; i < delays.size(); i += 3)
            QVERIFY(delays[i] >= low && delays[i] <= high);
        if (jitter == "decorrelated")
            for (qsizetype i = 0; i < delays.size(); i += 3)
                QVERIFY(delays[i] >= 1 && delays[i] <= 3 && delays[i + 1] <= 3 * delays[i]);
        QCOMPARE(answers("1"), delays);
        QVERIFY(answers("2") != delays);
    }

    void refusals()
    {
        tests::refuses("backoff", "", R"({"op":"delay","attempt":1})",
                       {{R"({"op":"delay"})", "found no key \"attempt\""},
                        {R"({"op":"delay","attempt":0})", "/attempt: found 0, expected a whole number"},
                        {R"({"op":"delay","attempt":1.5})", "/attempt: found 1.5"},
                        {R"({"op":"wait","attempt":1})", "/op: found the text \"wait\""},
                        {R"({"op":"delay","attempt":1,"id":2})", "/id: found the unknown key"}},
                       R"({"op":"delay","attempt":2})", R"({"delay":0.2})");
    }

    void badConfigs()
    {
        const auto starts = [](const char *config, const char *message) {
            const QByteArray found = tests::configError("backoff", config);
            QVERIFY2(found.startsWith(message), found.constData());
        };
        starts(R"({"strategy":"expo"})", "--config: /strategy: found the text \"expo\"");
        starts(R"({"base_delay":-1})", "--config: /base_delay: found -1, expected seconds");
        starts(R"({"base_delay":2,"max_delay":1})",
               "--config: /max_delay: found 1 s, expected at least base_delay, 2 s");
        starts(R"({"multiplier":0.5})", "--config: /multiplier: found 0.5, expected a factor, 1 to 1000");
        starts(R"({"jitter":"half"})", "--config: /jitter: ");
        starts(R"({"jitter_ratio":2})", "--config: /jitter_ratio: ");
        starts(R"({"seed":-1})", "--config: /seed: ");
    }
};
REGISTER_TEST(DriveBackoffTest)

#include "drive_backoff_test.moc"
