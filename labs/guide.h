// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    std::string question;
    std::string takeaway;
    std::string scenario; // the scenario it is about; empty = whatever is open
    std::vector<std::string> goals; // ids; the beat is over when all of them are met
};

struct Guide {
    std::string objective;
    std::vector<Beat> beats;
    std::string notSolved; // what this step does not solve, leading to the next
    std::string simplified; // what is simplified here
};

// Reads guide.md. Its fixed shape:
//   # Objective            paragraph
//   ## Title of a beat     paragraphs; lines "Scenario:", "Goals:", "Watch for:", "Do:", "Expected:", "Question:",
//                          "Takeaway:" open a part that runs to the next blank line
//   # Not solved           paragraph
//   # Simplified           paragraph
// Throws std::invalid_argument naming the line of an unknown heading or part.
Guide parseGuide(std::string_view markdown);

} // namespace resilience::labs
