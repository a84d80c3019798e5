// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/peer_results.h"

#include <cstdlib>
#include <fstream>
#include <vector>

namespace bench {

namespace {

std::vector<std::string> fieldsOf(const std::string &line)
{
    std::vector<std::string> fields;
    for (size_t begin = 0; begin <= line.size();) {
        const size_t end = std::min(line.find('\t', begin), line.size());
        fields.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return fields;
}

} // namespace

bool PeerResults::read(const std::string &path, std::string &error)
{
    std::ifstream file(path);
    if (!file) {
        error = path + " cannot be read";
        return false;
    }
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (!add(line)) {
            error = path + ":" + std::to_string(number) + " is not in form: " + line;
            return false;
        }
    }
    return true;
}

bool PeerResults::add(const std::string &line)
{
    const std::vector<std::string> fields = fieldsOf(line);
    if (fields.size() == 3 && fields[0] == "version") {
        m_versions[fields[1]] = fields[2];
        return true;
    }
    if (fields.size() != 6 || fields[0] != "result")
        return false;
    const int threads = std::atoi(fields[2].c_str());
    const double nanoseconds = std::atof(fields[4].c_str());
    m_results[{fields[1], threads, fields[3]}] = {nanoseconds, fields[5]};
    return threads > 0 && nanoseconds > 0;
}

std::optional<PeerResult> PeerResults::find(const std::string &what, int threads, const std::string &peer) const
{
    const auto found = m_results.find({what, threads, peer});
    return found == m_results.end() ? std::nullopt : std::optional{found->second};
}

std::string PeerResults::version(const std::string &peer) const
{
    const auto found = m_versions.find(peer);
    return found == m_versions.end() ? std::string() : found->second;
}

} // namespace bench
