// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sweep/shard_file.h"
#include "app/sweep/sweep_folder.h"
#include "app/sweep/sweep_work.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace app {

// The shards that a sweep is divided into where nobody says how, so that what is lost by a kill is little.
uint64_t usualShards(uint64_t runs);

// Computes shards of a sweep, in threads, and puts each into its place as soon as it is whole. Those that are there
// already are left alone.
class ShardJob {
public:
    // Looks at what is there. An error when a shard is damaged.
    static resilience::io::OrError<std::unique_ptr<ShardJob>> prepare(const SweepFolder &folder,
                                                                      const std::vector<ShardPlace> &shards);

    uint64_t runs() const { return m_runs; } // still to be played
    void start(unsigned threads);
    uint64_t done() const { return m_work->done(); }
    bool finished() const { return m_work->finished(); }
    // Gives up what is under way; nothing is half-written.
    void stop() { m_stop = true; }
    // Waits. Why it ended early, if it did for another reason than being stopped. Throws what a run threw.
    std::optional<resilience::io::InputError> join();

private:
    explicit ShardJob(const SweepFolder &folder) : m_folder(folder) {}

    struct Part {
        ShardPlace place;
        uint64_t first = 0; // number of its first run among those of the job
        std::vector<resilience::sim::SweptRun> results{};
        uint64_t missing = 0;
    };
    bool play(uint64_t number);
    bool put(Part &part, uint64_t row, resilience::sim::SweptRun result);
    bool fail(const resilience::io::InputError &error);
    resilience::io::InputError refused(uint64_t run, const resilience::ConfigError &why) const;

    const SweepFolder &m_folder;
    std::vector<Part> m_parts; // by `first`
    uint64_t m_runs = 0;
    std::mutex m_mutex; // of parts and failure
    std::optional<resilience::io::InputError> m_failure;
    std::atomic<bool> m_stop{false};
    std::unique_ptr<SweepWork> m_work; // last: its threads use all of the above
};

} // namespace app
