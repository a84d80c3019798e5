// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/kit/guide.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

namespace resilience::labs {

namespace {

struct Part {
    const char *label;
    std::string Beat::*field;
};
constexpr std::array parts{Part{"Scenario:", &Beat::scenario}, Part{"Watch for:", &Beat::watchFor},
                           Part{"Do:", &Beat::action},         Part{"Expected:", &Beat::expected},
                           Part{"Question:", &Beat::question}, Part{"Answer:", &Beat::answer},
                           Part{"Takeaway:", &Beat::takeaway}};

struct List {
    std::string_view label;
    std::vector<std::string> Beat::*field;
};
constexpr std::array lists{List{"See also:", &Beat::seeAlso}, List{"Goals:", &Beat::goals},
                           List{"Predict:", &Beat::questions}, List{"Compare:", &Beat::comparisons}};

std::string trimmed(const std::string &text)
{
    const size_t first = text.find_first_not_of(" \t\r");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

void append(std::string &paragraph, const std::string &line)
{
    if (!paragraph.empty())
        paragraph += ' ';
    paragraph += line;
}

std::vector<std::string> commaSeparated(const std::string &text)
{
    std::vector<std::string> items;
    std::istringstream in(text);
    for (std::string item; std::getline(in, item, ',');)
        items.push_back(trimmed(item));
    return items;
}

// Reads one line at a time; `m_target` is where plain text goes.
class Reader {
public:
    void line(const std::string &text, int number)
    {
        if (text.starts_with("## "))
            beginBeat(text.substr(3));
        else if (text.starts_with("# "))
            beginSection(text.substr(2), number);
        else if (text.empty())
            m_target = m_section;
        else if (!beginPart(text))
            append(*m_target, text);
    }
    Guide guide;

private:
    void beginBeat(const std::string &title)
    {
        guide.beats.push_back({});
        guide.beats.back().title = title;
        m_inBeat = true;
        m_target = m_section = &guide.beats.back().text;
    }
    void beginSection(const std::string &title, int number)
    {
        m_inBeat = false;
        if (title == "Objective")
            m_section = &guide.objective;
        else if (title == "Not solved")
            m_section = &guide.notSolved;
        else if (title == "Simplified")
            m_section = &guide.simplified;
        else
            throw std::invalid_argument("guide line " + std::to_string(number) + ": found heading \"" + title
                                        + "\", expected Objective, Not solved or Simplified");
        m_target = m_section;
    }
    bool beginPart(const std::string &text)
    {
        if (!m_inBeat)
            return false;
        for (const List &list : lists)
            if (text.starts_with(list.label)) {
                guide.beats.back().*list.field = commaSeparated(text.substr(list.label.size()));
                return true;
            }
        for (const Part &part : parts) {
            if (!text.starts_with(part.label))
                continue;
            m_target = &(guide.beats.back().*part.field);
            append(*m_target, trimmed(text.substr(std::string_view(part.label).size())));
            return true;
        }
        return false;
    }

    bool m_inBeat = false;
    std::string m_preamble;
    std::string *m_section = &m_preamble;
    std::string *m_target = &m_preamble;
};

} // namespace

Guide parseGuide(std::string_view markdown)
{
    Reader reader;
    std::istringstream in{std::string(markdown)};
    int number = 0;
    for (std::string line; std::getline(in, line);)
        reader.line(trimmed(line), ++number);
    return reader.guide;
}

const std::string &scenarioOf(const Guide &guide, size_t beat)
{
    static const std::string none;
    for (size_t i = std::min(beat + 1, guide.beats.size()); i-- > 0;)
        if (!guide.beats[i].scenario.empty())
            return guide.beats[i].scenario;
    return none;
}

std::optional<size_t> beatOf(const Guide &guide, const std::string &scenario)
{
    for (size_t i = 0; i < guide.beats.size(); ++i)
        if (guide.beats[i].scenario == scenario)
            return i;
    for (size_t i = 0; i < guide.beats.size(); ++i)
        if (const auto &also = guide.beats[i].seeAlso; std::find(also.begin(), also.end(), scenario) != also.end())
            return i;
    return std::nullopt;
}

} // namespace resilience::labs
