// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/abort_on_problem.h"
#include "tests/fuzz/drive_check.h"
#include "tests/fuzz/driven_samples.h"
#include "tests/fuzz/line_mutation.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

// The line protocol under libFuzzer: see drive_check.h for what an input is and what is checked.

using resilience::RandomStream;

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return tests::abortOnProblem(&tests::driveProblem, data, size);
}

namespace {

// A new conversation: one of the samples, with one of its configurations.
std::string opening(RandomStream &random)
{
    const auto &samples = tests::drivenSamples();
    const auto &sample = samples[tests::below(random, samples.size())];
    return sample.pattern + " " + sample.configs[tests::below(random, sample.configs.size())];
}

// Changes whole lines, which bytes changed at random rarely do to any purpose.
std::string changedByLines(std::string_view text, RandomStream &random)
{
    std::vector<std::string> lines;
    for (size_t start = 0; start < text.size();) {
        const size_t end = std::min(text.find('\n', start), text.size());
        lines.emplace_back(text.substr(start, end - start));
        start = end + 1;
    }
    if (lines.empty() || tests::below(random, 50) == 0)
        lines.insert(lines.begin(), opening(random));
    const std::string pattern = lines[0].substr(0, lines[0].find(' '));
    const auto place = lines.begin() + static_cast<ptrdiff_t>(tests::below(random, lines.size()));
    switch (tests::below(random, 6)) {
    case 0:
        lines.insert(place + 1, *place);
        break;
    case 1:
        lines.erase(place);
        break;
    case 2:
        std::iter_swap(place, lines.begin() + static_cast<ptrdiff_t>(tests::below(random, lines.size())));
        break;
    case 3:
        *place = tests::mutatedLine(*place, random);
        break;
    default:
        lines.insert(place + 1, tests::validLine(pattern, random));
    }
    std::string changed;
    for (const std::string &line : lines)
        changed += line + "\n";
    return changed;
}

} // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maxSize, unsigned seed)
{
    RandomStream random(seed, "lines");
    if (tests::below(random, 2) == 0)
        return LLVMFuzzerMutate(data, size, maxSize);
    const std::string changed = changedByLines({reinterpret_cast<const char *>(data), size}, random);
    const size_t kept = std::min(changed.size(), maxSize);
    std::copy_n(changed.begin(), kept, data);
    return kept;
}
