// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/outcome_window.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>

using namespace resilience;
using tests::pick;
using tests::spread;

namespace {

using WindowKind = OutcomeWindowConfig::Kind;

struct Entry {
    int64_t tenth;
    bool failed;
    bool slow;
};

int64_t tenthOfASecond(int64_t t, int64_t duration)
{
    int64_t tenth = t / duration * 10;
    while ((t % duration) * 10 >= (tenth % 10 + 1) * duration)
        ++tenth;
    return tenth;
}

WindowCounts countAll(const std::vector<Entry> &entries, const OutcomeWindowConfig &config, int64_t nowTenth)
{
    WindowCounts sum;
    for (size_t i = 0; i < entries.size(); ++i) {
        sum.consecutiveFailures = entries[i].failed ? sum.consecutiveFailures + 1 : 0;
        const bool kept =
            config.kind == WindowKind::Count ? entries.size() - i <= config.calls : entries[i].tenth > nowTenth - 10;
        sum.calls += kept;
        sum.failures += kept && entries[i].failed;
        sum.slow += kept && entries[i].slow;
    }
    return sum;
}

} // namespace

// The ring and the ten buckets against a plain list of all outcomes, over long runs.
class WindowPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void countWindow()
    {
        QVERIFY(rc::check("the ring counts the last n calls", [] {
            const OutcomeWindowConfig config{WindowKind::Count, pick<uint32_t>(1, 100), {}};
            OutcomeWindow window(config);
            std::vector<Entry> entries;
            for (const auto &[failed, slow] :
                 *rc::gen::scale(5.0, rc::gen::arbitrary<std::vector<std::pair<bool, bool>>>())) {
                window.add(failed, slow, kTimeZero);
                entries.push_back({0, failed, slow});
                RC_ASSERT(window.counts(kTimeZero) == countAll(entries, config, 0));
            }
        }));
    }

    void timeWindow()
    {
        QVERIFY(rc::check("the buckets count the last ten tenths", [] {
            const int64_t duration = pick<int64_t>(10, 300);
            const OutcomeWindowConfig config{WindowKind::Timed, 1, Duration{duration}};
            OutcomeWindow window(config);
            std::vector<Entry> entries;
            int64_t now = 0;
            int64_t added = 0;
            const int64_t pace = *rc::gen::element<int64_t>(2, 10, 60, 1000);
            const auto gaps = *rc::gen::scale(3.0, rc::gen::container<std::vector<int64_t>>(spread<int64_t>(-1, pace)));
            for (const int64_t gap : gaps) {
                now += gap;
                const bool failed = now % 3 != 0;
                const bool slow = now % 5 < 2;
                added = std::max(added, tenthOfASecond(std::max<int64_t>(0, now), duration));
                window.add(failed, slow, at(Duration{now}));
                entries.push_back({added, failed, slow});
                for (const int64_t later : {int64_t(0), int64_t(1), duration / 2, duration}) {
                    const int64_t read = std::max<int64_t>(0, now + later);
                    RC_ASSERT(window.counts(at(Duration{read}))
                              == countAll(entries, config, std::max(added, tenthOfASecond(read, duration))));
                }
            }
        }));
    }
};
REGISTER_TEST(WindowPropertiesTest)

#include "window_properties_test.moc"
