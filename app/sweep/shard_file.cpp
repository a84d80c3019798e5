// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep/shard_file.h"

#include "app/files/whole_file.h"
#include "core/io/sweep/sweep_csv.h"

#include <filesystem>
#include <utility>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;

namespace {

std::string firstLine(const SweepFolder &folder, const ShardPlace &shard)
{
    return "resilience-lab/sweep-shard/1," + folder.id() + "," + std::to_string(shard.index) + "/"
           + std::to_string(shard.of);
}

// The line that ends a file, from the lines before it.
class CheckLine {
public:
    void add(const std::string &line)
    {
        m_fingerprint.add(line);
        ++m_lines;
    }
    std::string text() const { return "end," + std::to_string(m_lines) + "," + m_fingerprint.text(); }

private:
    Fingerprint m_fingerprint;
    uint64_t m_lines = 0;
};

InputError damaged(const std::string &path, const std::string &found)
{
    return {path, "", "a damaged shard, " + found, "it whole, or to be deleted and computed again", ""};
}

std::optional<InputError> check(std::ifstream &file, const std::string &path, const SweepFolder &folder,
                                const ShardPlace &shard)
{
    CheckLine end;
    std::string line;
    const std::string first = firstLine(folder, shard);
    if (!std::getline(file, line))
        return damaged(path, "which is empty");
    if (line != first)
        return damaged(path, "or one of another sweep: it begins with \"" + line + "\"");
    end.add(line);
    const sim::Sweep &sweep = folder.manifest().sweep;
    for (uint64_t row = 0; row < shard.size(sweep.runs()); ++row) {
        if (!std::getline(file, line) || line.starts_with("end,"))
            return damaged(path, "which ends after " + std::to_string(row) + " of "
                                     + std::to_string(shard.size(sweep.runs())) + " runs");
        if (!io::valuesIn(line, sweep))
            return damaged(path, "whose line " + std::to_string(row + 2) + " is \"" + line + "\"");
        end.add(line);
    }
    if (!std::getline(file, line) || line != end.text())
        return damaged(path, "whose check does not fit");
    return std::nullopt;
}

} // namespace

std::optional<InputError> writeShard(const SweepFolder &folder, const ShardPlace &shard,
                                     const std::vector<sim::SweptRun> &runs)
{
    CheckLine end;
    std::string text;
    const auto add = [&](const std::string &line) {
        end.add(line);
        text += line + "\n";
    };
    add(firstLine(folder, shard));
    for (const sim::SweptRun &run : runs)
        add(io::runResult(run));
    text += end.text() + "\n";
    return WholeFile::write(folder.shardFile(shard), text);
}

OrError<std::optional<ShardReader>> ShardReader::open(const SweepFolder &folder, const ShardPlace &shard)
{
    const std::string path = folder.shardFile(shard);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return std::optional<ShardReader>();
    std::ifstream file(path);
    if (!file)
        return InputError{path, "", "a file that cannot be read", "one that can be read", ""};
    if (const auto error = check(file, path, folder, shard))
        return *error;
    file.clear();
    file.seekg(0);
    std::string line;
    std::getline(file, line);
    return std::optional(ShardReader(path, std::move(file)));
}

OrError<std::string> ShardReader::next()
{
    std::string line;
    if (!std::getline(m_file, line))
        return damaged(m_path, "which has become shorter");
    return line;
}

} // namespace app
