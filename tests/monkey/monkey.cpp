// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monkey/monkey.h"

#include "app/window/autosave.h"
#include "labs/catalog.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QFile>
#include <QPixmapCache>
#include <QThread>

#include <malloc.h>

#include <algorithm>
#include <ctime>

namespace tests {

using namespace resilience;

namespace {

Monkey *listening = nullptr;

double processorMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

size_t bytesInUse()
{
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

// What the display that tests run on cannot do for any program.
bool isOfTheDisplay(const QString &message)
{
    return message.startsWith(QLatin1String("This plugin does not support "));
}

bool isExport(const QString &words)
{
    return words.startsWith(QLatin1String("presses \"Export\""))
           || words.startsWith(QLatin1String("presses \"Replace\""));
}

const labs::Lab &labOf(uint32_t seed) { return labs::catalog()[seed % labs::catalog().size()]; }

} // namespace

double Monkey::slowness()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 20;
#elif !defined(__OPTIMIZE__)
    return 5;
#else
    return 1;
#endif
}

Monkey::Monkey(Plan plan, const SampleFiles &files) : m_plan(std::move(plan)), m_hands(m_window, files, m_plan.seed)
{
    // As if it had been killed before.
    QFile::copy(files.all().front(), m_unsaved.filePath(QStringLiteral("window-1.json")));
    m_window.window().keepWorkIn(m_unsaved.path(), app::Autosave::kEvery);
}

void Monkey::handleMessage(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (listening && !isOfTheDisplay(message))
        listening->note(type, message);
}

void Monkey::note(QtMsgType type, const QString &message)
{
    if (type == QtFatalMsg)
        std::fprintf(stderr, "%s\n", qPrintable(message)); // and then it ends
    if (type == QtDebugMsg || type == QtInfoMsg)
        return;
    const QMutexLocker lock(&m_mutex);
    m_complaints << message;
}

std::optional<Finding> Monkey::run()
{
    listening = this;
    const auto before = qInstallMessageHandler(handleMessage);
    m_window.session().openLab(labOf(m_plan.seed));
    QCoreApplication::processEvents();
    QApplication::setQuitOnLastWindowClosed(false); // who quits starts again
    m_loopLevel = QThread::currentThread()->loopLevel() + 1;
    later();
    m_loop.exec();
    QApplication::setQuitOnLastWindowClosed(true);
    qInstallMessageHandler(before);
    listening = nullptr;
    if (int(m_done.size()) < m_plan.events)
        find(QStringLiteral("the program ended"));
    return m_found;
}

// After everything that waits already, repainting included; also within a menu's or dialog's own loop.
void Monkey::later() { QCoreApplication::postEvent(this, new QEvent(QEvent::User), Qt::LowEventPriority - 1); }

bool Monkey::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    turn();
    return true;
}

void Monkey::turn()
{
    if (m_acted)
        lookBack();
    m_acted = false;
    const int done = int(m_done.size());
    const bool over = m_found || done >= m_plan.events;
    if (!m_tidying && (over || (done > 0 && done % m_plan.round == 0 && m_memory.size() < size_t(done / m_plan.round))))
        m_tidying = true;
    later();
    if (m_tidying)
        tidy();
    else
        act();
}

void Monkey::act()
{
    const int number = int(m_done.size()) + 1;
    m_lastWords.say(QStringLiteral("Seed %1, event %2, after: %3")
                        .arg(m_plan.seed)
                        .arg(number)
                        .arg(m_done.value(number - 2))
                        .toUtf8());
    m_done << QString();
    m_acted = true;
    m_begun = processorMilliseconds();
    if (m_plan.meddle)
        m_plan.meddle(number);
    m_done.back() = QStringLiteral("?");
    const QString words = m_hands.act();
    m_done[number - 1] = words;
    m_window.play(16);
    static const QString trace = qEnvironmentVariable("MONKEY_TRACE");
    if (QFile file(trace); !trace.isEmpty() && file.open(QIODevice::Append))
        file.write(QStringLiteral("%1 %2 %3\n").arg(m_plan.seed).arg(number).arg(words).toUtf8());
}

// What has come of the last event.
void Monkey::lookBack()
{
    const double took = processorMilliseconds() - m_begun;
    if (took > m_slowest) {
        m_slowest = took;
        m_slowestWords = m_done.back();
    }
    QStringList complaints;
    {
        const QMutexLocker lock(&m_mutex);
        complaints.swap(m_complaints);
    }
    if (!complaints.isEmpty())
        find(QStringLiteral("%1 complaints: %2").arg(complaints.size()).arg(complaints.mid(0, 8).join(u'\n')));
    else if (took > slowness() * (isExport(m_done.back()) ? kLongestExport : m_plan.longestAnswer))
        m_slow.push_back(finding(QStringLiteral("took %1 ms of processor time").arg(took, 0, 'f', 0)));
}

void Monkey::find(const QString &what)
{
    if (!m_found)
        m_found = finding(what);
}

Finding Monkey::finding(const QString &what) const
{
    const int event = int(m_done.size());
    const QStringList before = m_done.mid(std::max(0, event - 6), std::min(5, event - 1));
    return {m_plan.seed, event,
            QStringLiteral("seed %1, event %2 (%3): %4\nbefore it: %5\nagain: tests/monkey/run %2 %1")
                .arg(m_plan.seed)
                .arg(event)
                .arg(m_done.back(), what, before.join(QStringLiteral("; ")))};
}

// Everything is put away, and the first lab is at its start; then what waited to be deleted is; then it is looked at.
void Monkey::tidy()
{
    constexpr int kTurns = 3;
    if (m_hands.tidy() || QThread::currentThread()->loopLevel() > m_loopLevel) {
        m_tidyTurns = 0;
        return;
    }
    if (m_tidyTurns++ == 0) {
        m_window.session().openLab(labs::catalog().back());
        m_window.session().begin(labs::catalog().front(), sim::Timeline(labs::catalog().front().scenarios.front()));
    }
    if (m_tidyTurns < kTurns)
        return;
    m_tidying = false;
    m_tidyTurns = 0;
    QPixmapCache::clear();
    QGuiApplication::clipboard()->clear();
    m_memory.push_back(bytesInUse());
    lookAtMemory();
    if (m_found || int(m_done.size()) >= m_plan.events)
        m_loop.quit();
}

// What is more than after the first round was forgotten by somebody.
void Monkey::lookAtMemory()
{
    constexpr size_t kSpare = 16 * 1024 * 1024; // menus keep their pictures from the first time they are open
    if (m_memory.back() > m_memory.front() + kSpare)
        find(QStringLiteral("memory in use has grown from %1 to %2 KiB")
                 .arg(m_memory.front() / 1024)
                 .arg(m_memory.back() / 1024));
}

} // namespace tests
