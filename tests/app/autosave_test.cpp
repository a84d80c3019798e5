// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_file.h"
#include "app/window/autosave.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/files.h"
#include "tests/register_test.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace resilience;
using namespace std::chrono_literals;
using app::Autosave;
using tests::namesIn;
using tests::WindowUnderTest;

class AutosaveTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString in(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    // As a window that was killed leaves it.
    void lose(WindowUnderTest &t, const char *name) { QVERIFY(!app::saveRun(t.session(), in(name))); }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatIsDoneIsSoonOnTheDisk()
    {
        WindowUnderTest t;
        t.window().keepWorkIn(m_folder->path(), 10ms);
        t.click("fault-outage");
        QTRY_VERIFY(QFile::exists(in("window-1.json")));
        t.session().seek(at(7s));
        const auto isKept = [&] {
            const auto kept = app::readRun(in("window-1.json"));
            return kept && kept->run.world() == t.world() && kept->run.journal() == t.session().timeline().journal();
        };
        QTRY_VERIFY(isKept());
        // Closed, it leaves nothing but the lock that it still holds.
        t.window().close();
        QCOMPARE(namesIn(m_folder->path()), QStringList{QStringLiteral("window-1.json.lock")});
    }

    void nothingIsLeftWhenItIsOver()
    {
        {
            WindowUnderTest t;
            t.window().keepWorkIn(m_folder->path(), 1ms);
            t.session().seek(at(7s));
            QTRY_VERIFY(QFile::exists(in("window-1.json")));
        }
        QCOMPARE(namesIn(m_folder->path()), QStringList());
    }

    void nothingDoneIsNothingKept()
    {
        WindowUnderTest t;
        Autosave autosave(t.session(), m_folder->path(), 1h);
        autosave.save();
        t.session().seek(at(3s));
        autosave.save();
        QTRY_VERIFY(QFile::exists(autosave.path()));
        t.session().reset();
        autosave.save();
        QTRY_VERIFY(!QFile::exists(autosave.path()));
    }

    void itIsWrittenOnlyWhenItHasChanged()
    {
        WindowUnderTest t;
        Autosave autosave(t.session(), m_folder->path(), 1h);
        t.session().seek(at(3s));
        autosave.save();
        QTRY_VERIFY(QFile::exists(autosave.path()));
        QVERIFY(QFile::remove(autosave.path()));
        t.session().inspect(0); // a frame without anything new
        autosave.save();
        QThread::msleep(50);
        QVERIFY(!QFile::exists(autosave.path()));
        t.session().stepEvent();
        autosave.save();
        QTRY_VERIFY(QFile::exists(autosave.path()));
    }

    // No more often than that, but never later.
    void savingFollowsTheFirstChange()
    {
        WindowUnderTest t;
        t.window().keepWorkIn(m_folder->path(), 300ms);
        QElapsedTimer passed;
        passed.start();
        for (int i = 1; !QFile::exists(in("window-1.json")) && passed.elapsed() < 20'000; ++i) {
            t.session().seek(at(i * 10ms)); // all the while
            QTest::qWait(5);
        }
        QVERIFY(QFile::exists(in("window-1.json")));
        QVERIFY2(passed.elapsed() >= 285, // a timer may be 5 % early
                 qPrintable(QString::number(passed.elapsed())));
    }

    void whatWasLostIsOffered()
    {
        WindowUnderTest t;
        t.session().seek(at(12s));
        const sim::World lost = t.world();
        lose(t, "window-1.json");
        WindowUnderTest other;
        auto *bar = other.find<QWidget>("lost-work");
        QVERIFY(bar->isHidden());
        other.window().keepWorkIn(m_folder->path(), 1h);
        QVERIFY(bar->isVisible());
        QVERIFY2(other.text("lost-work-words").contains(QString::fromStdString(t.session().scenario().title)),
                 qPrintable(other.text("lost-work-words")));
        QVERIFY(other.text("lost-work-words").contains(QStringLiteral("at 00:12")));
        other.key(Qt::Key_Space); // nothing waits for it
        QVERIFY(other.session().playing());
        other.click("lost-work-open");
        QVERIFY(other.world() == lost);
        QVERIFY(bar->isHidden());
        QVERIFY(!QFile::exists(in("window-1.json")));
        QVERIFY(other.session().canUndo());
    }

    void whatIsNotWantedIsGone()
    {
        WindowUnderTest t;
        t.session().seek(at(2s));
        lose(t, "window-2.json");
        t.session().seek(at(3s));
        lose(t, "window-1.json");
        QFile older(in("window-2.json"));
        QVERIFY(older.open(QIODevice::ReadWrite));
        QVERIFY(older.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime));
        older.close();
        t.window().keepWorkIn(m_folder->path(), 1h);
        QVERIFY(t.text("lost-work-words").contains(QStringLiteral("at 00:03"))); // the latest first
        t.click("lost-work-drop");
        QVERIFY(!QFile::exists(in("window-1.json")));
        QVERIFY(t.text("lost-work-words").contains(QStringLiteral("at 00:02")));
        t.click("lost-work-drop");
        QVERIFY(t.find<QWidget>("lost-work")->isHidden());
        QVERIFY(!QFile::exists(in("window-2.json")));
    }

    void whatNobodyDecidesAboutStays()
    {
        WindowUnderTest t;
        t.session().seek(at(2s));
        lose(t, "window-1.json");
        t.window().keepWorkIn(m_folder->path(), 1h);
        t.window().close();
        WindowUnderTest next;
        t.window().keepWorkIn(in("elsewhere"), 1h); // lets go
        next.window().keepWorkIn(m_folder->path(), 1h);
        QVERIFY(next.find<QWidget>("lost-work")->isVisible());
    }

    void itIsNotOfferedBeforeAnAudience()
    {
        WindowUnderTest t;
        t.session().seek(at(2s));
        lose(t, "window-1.json");
        t.window().presenter().setActive(true);
        t.window().keepWorkIn(m_folder->path(), 1h);
        t.session().inspect(0);
        QVERIFY(t.find<QWidget>("lost-work")->isHidden());
        t.window().presenter().setActive(false);
        QVERIFY(t.find<QWidget>("lost-work")->isVisible());
    }

    void windowsDoNotTakeEachOthersWork()
    {
        WindowUnderTest one;
        WindowUnderTest other;
        one.window().keepWorkIn(m_folder->path(), 1ms);
        other.window().keepWorkIn(m_folder->path(), 1ms);
        one.session().seek(at(2s));
        other.session().seek(at(3s));
        QTRY_VERIFY(QFile::exists(in("window-1.json")) && QFile::exists(in("window-2.json")));
        WindowUnderTest third;
        third.window().keepWorkIn(m_folder->path(), 1h);
        QVERIFY(third.find<QWidget>("lost-work")->isHidden());
        QVERIFY(QFile::exists(in("window-1.json")) && QFile::exists(in("window-2.json")));
    }

    void whatCannotBeReadIsNotOffered()
    {
        QFile junk(in("window-1.json"));
        QVERIFY(junk.open(QIODevice::WriteOnly) && junk.write("{") == 1);
        junk.close();
        WindowUnderTest t;
        t.window().keepWorkIn(m_folder->path(), 1h);
        QVERIFY(t.find<QWidget>("lost-work")->isHidden());
        QVERIFY(!junk.exists());
    }

    void withoutAFolderNothingIsKept()
    {
        QFile file(in("file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        WindowUnderTest t;
        Autosave autosave(t.session(), in("file/in"), 1ms);
        t.session().seek(at(2s));
        autosave.save();
        QCOMPARE(autosave.path(), QString());
        QCOMPARE(namesIn(m_folder->path()), QStringList{QStringLiteral("file")});
    }

    // A hundred times at any moment: what is offered is whole, and nothing unfinished is left.
    void killedAtAnyMoment()
    {
        app::Session session(labs::catalog().front());
        session.seek(at(5s));
        const std::string before = *app::savedRun(session);
        std::mt19937 chance(1); // NOLINT: the same moments each time
        int kept = 0;
        for (int i = 0; i < 100; ++i) {
            const pid_t victim = fork();
            if (victim == 0) {
                Autosave autosave(session, m_folder->path(), 1h);
                for (int step = 0;; ++step) {
                    session.stepEvent();
                    autosave.save();
                }
            }
            QVERIFY(victim > 0);
            usleep(useconds_t(1000 + chance() % 60'000));
            kill(victim, SIGKILL);
            waitpid(victim, nullptr, 0);
            for (const QString &name : namesIn(m_folder->path()))
                if (QFile lock(m_folder->filePath(name));
                    lock.size() == 0 && lock.open(QIODevice::ReadWrite)) // some time later
                    lock.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime);
            Autosave next(session, m_folder->path(), 1h);
            QVERIFY(next.lost().size() <= 1);
            if (!next.lost().empty()) {
                ++kept;
                const auto run = app::readRun(next.lost().back().path);
                QVERIFY2(run, run ? "" : run.error().message().c_str());
                QVERIFY(run->run.frontier() > at(5s));
                next.dropLost();
            }
            QCOMPARE(namesIn(m_folder->path()).filter(QStringLiteral("json")).size(), 1); // its own lock
        }
        QVERIFY2(kept > 20, qPrintable(QString::number(kept)));
        QCOMPARE(*app::savedRun(session), before);
    }
};

REGISTER_TEST(AutosaveTest)
#include "autosave_test.moc"
