// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/abort_on_problem.h"
#include "tests/fuzz/json_mutation.h"
#include "tests/fuzz/line_mutation.h"
#include "tests/fuzz/run_file_check.h"

#include <algorithm>
#include <cstdint>

// Scenario and session files under libFuzzer: see run_file_check.h for what is checked.

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return tests::abortOnProblem(&tests::runFileProblem, data, size);
}

// Mostly by whole values, which bytes changed at random rarely leave in form.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maxSize, unsigned seed)
{
    resilience::RandomStream random(seed, "values");
    if (tests::below(random, 4) == 0)
        return LLVMFuzzerMutate(data, size, maxSize);
    const std::string changed = tests::mutatedJson({reinterpret_cast<const char *>(data), size}, random);
    if (changed.size() > maxSize)
        return LLVMFuzzerMutate(data, size, maxSize);
    std::copy(changed.begin(), changed.end(), data);
    return changed.size();
}
