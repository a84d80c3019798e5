// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json/json_text.h"
#include "core/io/json/seconds_json.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::io;

namespace {

// Through text and back, as in a file.
Duration throughText(Duration d)
{
    const auto read = parseJson(toLine(OrderedJson(secondsNumber(d))));
    return fromSeconds(read->get<double>());
}

} // namespace

class SecondsJsonTest : public QObject {
    Q_OBJECT
private slots:
    void everyNanosecondOfARunComesBack()
    {
        QVERIFY(rc::check([] {
            const Duration d{tests::pick<int64_t>(0, 1'000'000'000'000'001)};
            RC_ASSERT(throughText(d) == d);
        }));
    }
    void whateverWasReadComesBack()
    {
        QVERIFY(rc::check([] {
            const Duration d = fromSeconds(static_cast<double>(tests::pick<int64_t>(0, 9'223'372'036'000)) / 1e3);
            RC_ASSERT(throughText(d) == d);
        }));
    }
    void digitsStopAtTheNanosecond()
    {
        QCOMPARE(toLine(secondsNumber(Duration{300'000'000})), std::string("0.3"));
        QCOMPARE(toLine(secondsNumber(fromSeconds(0.1 + 0.2))), std::string("0.3"));
        QCOMPARE(toLine(secondsNumber(Duration{0})), std::string("0.0"));
        QCOMPARE(toLine(secondsNumber(Duration{12'000'000'001})), std::string("12.000000001"));
    }
};
REGISTER_TEST(SecondsJsonTest)

#include "seconds_json_test.moc"
