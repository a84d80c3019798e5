// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deadline.h"
#include "core/patterns/timeouts.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

class DeadlineTest : public QObject {
    Q_OBJECT
private slots:
    void aroundTheMoment()
    {
        const Deadline deadline = Deadline::at(at(5s));
        QVERIFY(!deadline.isOver(at(5s - 1ns)) && deadline.remaining(at(5s - 1ns)) == Duration{1ns});
        QVERIFY(deadline.isOver(at(5s)) && deadline.remaining(at(5s)) == Duration{0});
        QVERIFY(deadline.isOver(at(5s + 1ns)) && deadline.remaining(at(5s + 1ns)) == Duration{0});
        QVERIFY(deadline.allowsWait(5s - 1ns, kTimeZero));
        QVERIFY(!deadline.allowsWait(5s, kTimeZero) && !deadline.allowsWait(kDurationMax, at(1s)));
    }

    void none()
    {
        const Deadline never;
        QVERIFY(never == Deadline::none() && !never.moment() && !never.remaining(kTimeZero));
        QVERIFY(!never.isOver(kTimeMax) && never.allowsWait(kDurationMax, kTimeMax));
        QVERIFY(never.isNone() && never.end() == kTimeMax);
        for (const Time moment : {Time::min(), kTimeZero, kTimeMax}) {
            QVERIFY(!Deadline::at(moment).isNone() && Deadline::at(moment).isOver(kTimeMax));
            QVERIFY(Deadline::at(moment).earlier(never) == Deadline::at(moment));
        }
        QVERIFY(!Deadline::at(kTimeMax).allowsWait(kDurationMax, kTimeZero));
    }

    // What one side sends as a remainder, the other makes absolute by its own clock.
    void onTheWire()
    {
        const auto remaining = Deadline::at(at(5s)).remaining(at(2s));
        QVERIFY(Deadline::in(*remaining, at(1000s)) == Deadline::at(at(1003s)));
        QVERIFY(Deadline::in(kDurationMax, at(1s)) == Deadline::at(kTimeMax));
        QVERIFY(Deadline::in(-1s, at(1s)).isOver(at(1s)));
        QVERIFY(Deadline::at(kTimeMax).remaining(Time::min()) == kDurationMax);
    }

    void handingDownNeverLengthens()
    {
        const Deadline early = Deadline::at(at(1s));
        const Deadline late = Deadline::at(at(2s));
        QVERIFY(early.earlier(late) == early && late.earlier(early) == early);
        QVERIFY(early.earlier({}) == early && Deadline{}.earlier(early) == early
                && Deadline{}.earlier({}) == Deadline{});
    }

    void refused()
    {
        const auto expect = [](const TimeoutConfig &config, const char *field, const char *found) {
            const auto error = config.validate();
            QVERIFY(error && *error == (ConfigError{field, found, "more than 0 s"}));
            QVERIFY_EXCEPTION_THROWN(Timeouts{config}, InvalidConfig);
        };
        expect({0s, {}, {}, {}}, "connect", "0 s");
        expect({{}, -1ns, {}, {}}, "read", "-1e-09 s");
        expect({{}, {}, 0s, {}}, "attempt", "0 s");
        expect({{}, {}, {}, 0s}, "total", "0 s");
        QVERIFY(!TimeoutConfig{}.validate() && !(TimeoutConfig{{}, {}, {}, {}}).validate());
    }

    // The shortest of what is configured and what remains, and whose it is.
    void effective()
    {
        const Timeouts timeouts({1s, 5s, 4s, 10s});
        const Deadline call = timeouts.callDeadline(at(0s), Deadline::at(at(60s)));
        QVERIFY(call == Deadline::at(at(10s)));
        QVERIFY(timeouts.callDeadline(at(0s), Deadline::at(at(3s))) == Deadline::at(at(3s)));
        const Deadline first = timeouts.attemptDeadline(at(0s), call);
        QVERIFY(first == Deadline::at(at(4s)));
        QVERIFY(timeouts.connectLimit(at(0s), first, call) == (TimeLimit{Rejection::None, 1s, TimeoutSource::Connect}));
        QVERIFY(timeouts.readLimit(at(1s), first, call) == (TimeLimit{Rejection::None, 3s, TimeoutSource::Attempt}));
        const Deadline second = timeouts.attemptDeadline(at(9s), call);
        QVERIFY(second == call);
        QVERIFY(timeouts.readLimit(at(9s), second, call) == (TimeLimit{Rejection::None, 1s, TimeoutSource::Total}));
        QVERIFY(timeouts.connectLimit(at(9s), second, call)
                == (TimeLimit{Rejection::None, 1s, TimeoutSource::Connect}));
        QVERIFY(timeouts.connectLimit(at(10s - 1ns), second, call).limit == Duration{1ns});
        // Nothing is left: fail before sending.
        QVERIFY(timeouts.connectLimit(at(10s), second, call)
                == (TimeLimit{Rejection::DeadlinePassed, {}, TimeoutSource::Total}));
        QVERIFY(timeouts.readLimit(at(4s), first, call)
                == (TimeLimit{Rejection::DeadlinePassed, {}, TimeoutSource::Attempt}));
    }

    void withoutLimits()
    {
        const Timeouts timeouts({{}, {}, {}, {}});
        const Deadline call = timeouts.callDeadline(at(5s));
        QVERIFY(call == Deadline::none() && timeouts.attemptDeadline(at(5s), call) == call);
        QVERIFY(timeouts.readLimit(at(5s), call, call) == (TimeLimit{Rejection::None, {}, TimeoutSource::None}));
    }
};
REGISTER_TEST(DeadlineTest)

#include "deadline_test.moc"
