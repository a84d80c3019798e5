// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/executor.h"
#include "tests/register_test.h"

#include <QtTest>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>

using namespace resilience::runtime;

class ExecutorTest : public QObject {
    Q_OBJECT
private slots:
    void aThreadForEachTask()
    {
        std::atomic<int> ran = 0;
        std::atomic<int> elsewhere = 0;
        {
            const auto tasks = std::make_shared<TaskCount>();
            for (int i = 0; i < 20; ++i)
                tasks->start(onOwnThread, [&, here = std::this_thread::get_id()] {
                    elsewhere += std::this_thread::get_id() != here;
                    ++ran;
                });
            tasks->waitForOthers();
        }
        QCOMPARE(ran.load(), 20);
        QCOMPARE(elsewhere.load(), 20);
    }

    void whatATaskOwnsGoesBeforeItCountsAsEnded()
    {
        const auto tasks = std::make_shared<TaskCount>();
        for (int i = 0; i < 100; ++i) {
            auto owned = std::make_shared<int>(i);
            const std::weak_ptr<int> watched = owned;
            tasks->start(onOwnThread, [owned = std::move(owned)] { ++*owned; });
            tasks->waitForOthers();
            QVERIFY(watched.expired());
        }
    }

    // What a task owns may wait for the tasks: for the others, then.
    void aTaskDoesNotWaitForItself()
    {
        struct Waits {
            std::shared_ptr<TaskCount> tasks;
            ~Waits() { tasks->waitForOthers(); }
        };
        const auto tasks = std::make_shared<TaskCount>();
        for (int i = 0; i < 10; ++i) {
            tasks->start(onOwnThread, [waits = std::make_shared<Waits>(tasks)] {});
            tasks->waitForOthers();
        }
        const Executor here = [](const std::function<void()> &task) { task(); };
        tasks->start(here, [tasks, here] { tasks->start(here, [tasks] { tasks->waitForOthers(); }); });
    }

    void aTaskThatIsNotTakenDoesNotCount()
    {
        const auto tasks = std::make_shared<TaskCount>();
        const Executor none = [](const std::function<void()> &) { throw std::runtime_error("no threads"); };
        QVERIFY_EXCEPTION_THROWN(tasks->start(none, [] {}), std::runtime_error);
        tasks->waitForOthers();
    }
};
REGISTER_TEST(ExecutorTest)

#include "executor_test.moc"
