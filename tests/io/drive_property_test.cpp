// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/driven_samples.h"
#include "tests/io/drive_talk.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <functional>

using resilience::io::Drive;
using tests::DrivenSample;
using tests::pick;

namespace {

std::string anyTime() { return std::to_string(pick(-5, 60)) + "." + std::to_string(pick(0, 10)); }

QJsonObject ask(Drive &drive, const std::string &line)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(drive.answer(line))).object();
}

// Those that only look: their time does not bind the next request.
bool looks(const std::string &request)
{
    return request.find(R"("op":"state")") != std::string::npos || request.find(R"("permits":0)") != std::string::npos;
}

// What the answers of one talk may say, by the sample's first configuration.
using Bounds = std::function<void(const QJsonObject &answer)>;

Bounds limiterBounds(double capacity)
{
    return [capacity](const QJsonObject &answer) {
        RC_ASSERT(answer["available"].toDouble() >= 0.0 && answer["available"].toDouble() <= capacity);
        RC_ASSERT(answer["retry_after"].toDouble(1.0) > 0.0);
    };
}

Bounds lockBounds()
{
    return [token = 0.0](const QJsonObject &answer) mutable {
        RC_ASSERT(answer["votes"].toInt() <= 3);
        RC_ASSERT(answer["validity"].toDouble(1.0) > 0.0 && answer["validity"].toDouble() <= 4.648);
        if (answer.contains("token")) {
            RC_ASSERT(answer["token"].toDouble() > token);
            token = answer["token"].toDouble();
        }
    };
}

Bounds boundsOf(const std::string &pattern)
{
    if (pattern == "distributed-lock")
        return lockBounds();
    if (pattern == "token-bucket" || pattern == "leaky-bucket")
        return limiterBounds(3);
    if (pattern.ends_with("window") || pattern.starts_with("sliding-window"))
        return limiterBounds(2);
    return [](const QJsonObject &answer) {
        RC_ASSERT(answer["retry_after"].toDouble(1.0) > 0.0);
        RC_ASSERT(answer["in_use"].toInt() <= 2); // bulkhead
        RC_ASSERT(answer["queued"].toInt() <= 2);
        RC_ASSERT(answer["delay"].toDouble() >= 0.0); // backoff, retry
        RC_ASSERT(answer["attempt"].toInt() <= 3);
    };
}

} // namespace

class DrivePropertyTest : public QObject {
    Q_OBJECT
private slots:
    void everyPattern_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < tests::drivenSamples().size(); ++i)
            QTest::newRow(tests::drivenSamples()[i].pattern.c_str()) << int(i);
    }
    // Requests that are whole but for one in ten: each gets a JSON object, t never decreases, limits hold.
    void everyPattern()
    {
        QFETCH(int, index);
        const DrivenSample &sample = tests::drivenSamples()[size_t(index)];
        int answered = 0;
        QVERIFY(rc::check([&] {
            const auto drive = tests::opened(sample.pattern.c_str(), sample.configs[0]);
            const Bounds hold = boundsOf(sample.pattern);
            double latest = 0;
            for (int i = pick(0, 40); i > 0; --i) {
                const auto &request = sample.requests[size_t(pick(0, int(sample.requests.size())))];
                const std::string line = tests::requestAt(anyTime(), request);
                const QJsonObject answer =
                    ask(*drive, pick(0, 10) == 0 ? line.substr(0, size_t(pick(0, int(line.size())))) : line);
                RC_ASSERT(!answer.isEmpty());
                RC_ASSERT(answer["t"].toDouble(latest) >= latest);
                if (!looks(request))
                    latest = answer["t"].toDouble(latest);
                hold(answer);
                answered += !answer.contains("error");
            }
        }));
        QVERIFY(answered > 5000);
    }

    // A rejection by the breaker that names a wait means it.
    void retryAfterIsKept()
    {
        const DrivenSample &sample = *tests::drivenSample("circuit-breaker");
        int kept = 0;
        QVERIFY(rc::check([&] {
            const auto drive = tests::opened("circuit-breaker", sample.configs[0]);
            for (int i = pick(0, 30); i > 0; --i) {
                const auto &request = sample.requests[size_t(pick(0, int(sample.requests.size())))];
                if (request.find("force") == std::string::npos || pick(0, 9) == 0) // held by hand it names no wait
                    drive->answer(tests::requestAt(anyTime(), request));
            }
            const QJsonObject first = ask(*drive, R"({"op":"acquire","id":"new"})");
            if (first["decision"] != "rejected" || !first.contains("retry_after"))
                return;
            ++kept;
            const auto decisionAt = [&](double sooner) {
                const double t = first["t"].toDouble() + first["retry_after"].toDouble() - sooner;
                return ask(*drive, "{\"op\":\"acquire\",\"id\":\"new\",\"t\":"
                                       + QByteArray::number(t, 'f', 9).toStdString() + "}")["decision"]
                    .toString();
            };
            RC_ASSERT(decisionAt(1e-9) == "rejected");
            RC_ASSERT(decisionAt(0) == "permitted");
        }));
        QVERIFY(kept >= 100);
    }
};
REGISTER_TEST(DrivePropertyTest)

#include "drive_property_test.moc"
