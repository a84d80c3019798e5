// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>

namespace bench {

// What a program of another library measured of one of its calls.
struct PeerResult {
    double nanoseconds = 0; // processor time per call
    std::string allocations; // per call: a number, "288 B" of heap, or "n/a"
};

// The results of all peers that could be run. Each line of their files, fields parted by tabs, is
//   result  WHAT  THREADS  PEER  NANOSECONDS  ALLOCATIONS
//   version PEER  VERSION
class PeerResults {
public:
    // Adds a file's lines. False, and `error` says why, when it cannot be read or a line is not in form.
    bool read(const std::string &path, std::string &error);

    // None: that peer has not measured it.
    std::optional<PeerResult> find(const std::string &what, int threads, const std::string &peer) const;
    // Empty: that peer is not installed.
    std::string version(const std::string &peer) const;
    const std::map<std::string, std::string> &versions() const { return m_versions; }

private:
    bool add(const std::string &line);

    std::map<std::tuple<std::string, int, std::string>, PeerResult> m_results;
    std::map<std::string, std::string> m_versions;
};

} // namespace bench
