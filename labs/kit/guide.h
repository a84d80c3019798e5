// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resilience::labs {

// One beat of the guide: what is on the left of the window at a time. Every part but the title may be empty.
struct Beat {
    std::string title;
    std::string text;
    std::string watchFor;
    std::string action; // what to do
    std::string expected;
    std::string question; // to ask oneself
    std::string answer; // of that question, unfolded when asked for
    std::string takeaway;
    std::string scenario; // the scenario it is about; empty = whatever is open
    std::vector<std::string> seeAlso; // scenarios that show the same in another way
    std::vector<std::string> goals; // ids; the beat is over when all of them are met
    std::vector<std::string> comparisons; // ids of those that it is the place to open
    std::vector<std::string> questions; // ids of the predictions that are asked on this page, and on no other
};

struct Guide {
    std::string objective;
    std::vector<Beat> beats;
    std::string notSolved; // what this step does not solve, leading to the next
    std::string simplified; // what is simplified here
};

// Reads guide.md. Its fixed shape:
//   # Objective            paragraph
//   ## Title of a beat     paragraphs; lines "Scenario:", "See also:", "Goals:", "Predict:", "Compare:", "Watch for:",
//   "Do:",
//                          "Expected:", "Question:", "Answer:", "Takeaway:" open a part that runs to the next blank
//                          line
//   # Not solved           paragraph
//   # Simplified           paragraph
// Throws std::invalid_argument naming the line of an unknown heading or part.
Guide parseGuide(std::string_view markdown);

// The scenario that is open on this page: its own, else that of the nearest page before it that names one; "" = none.
const std::string &scenarioOf(const Guide &guide, size_t beat);
// The first page about this scenario, else the one that refers to it; none when the guide does not speak of it.
std::optional<size_t> beatOf(const Guide &guide, const std::string &scenario);

} // namespace resilience::labs
