// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/monkey/hands.h"
#include "tests/monkey/last_words.h"

#include <QEventLoop>
#include <QMutex>
#include <QObject>

#include <functional>
#include <optional>

namespace tests {

// What a monkey came upon.
struct Finding {
    uint32_t seed = 1;
    int event = 0; // the run up to here is the shortest that shows it
    QString words; // with how to do it again
};

// Does what it likes in the window, and tells the first thing that is wrong: a Qt warning, memory that grows; and every
// answer that takes too long, which may be the machine's fault. Everything comes from the seed.
class Monkey : public QObject {
public:
    struct Plan {
        uint32_t seed = 1; // also of the lab it begins with
        int events = 0;
        // ms of processor time, which other programs take away less of; times slowness().
        double longestAnswer = 200;
        // From one look at the memory in use to the next.
        int round = 1000;
        // For tests of this class: called before each event.
        std::function<void(int event)> meddle{};
    };
    // Exporting is waited for by whoever asked for it.
    static constexpr double kLongestExport = 3000; // ms
    // How much slower than others this program was built to be.
    static double slowness();

    Monkey(Plan plan, const SampleFiles &files);

    // What went wrong first; none when all went well.
    std::optional<Finding> run();
    const std::vector<Finding> &slow() const { return m_slow; }

    const QStringList &done() const { return m_done; }
    double slowest() const { return m_slowest; } // ms
    const QString &slowestWords() const { return m_slowestWords; }
    const std::vector<size_t> &memory() const { return m_memory; } // bytes in use at the end of each round

protected:
    bool event(QEvent *event) override;

private:
    void later();
    void turn();
    void act();
    void lookBack();
    void tidy();
    void lookAtMemory();
    Finding finding(const QString &what) const;
    void find(const QString &what);
    void note(QtMsgType type, const QString &message);
    static void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message);

    const Plan m_plan;
    QTemporaryDir m_unsaved;
    WindowUnderTest m_window;
    Hands m_hands;
    LastWords m_lastWords;
    QEventLoop m_loop;
    int m_loopLevel = 0;
    bool m_tidying = false;
    int m_tidyTurns = 0;
    bool m_acted = false;
    double m_begun = 0; // ms of processor time
    double m_slowest = 0;
    QString m_slowestWords;
    QStringList m_done;
    std::vector<size_t> m_memory;
    QMutex m_mutex; // messages come from any thread
    QStringList m_complaints;
    std::optional<Finding> m_found;
    std::vector<Finding> m_slow;
};

} // namespace tests
