// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/json_mutation.h"

#include "tests/fuzz/line_mutation.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <vector>

using nlohmann::json;
using resilience::RandomStream;

namespace tests {

namespace {

// One of all the values in the document, itself included.
void collectValues(json &value, std::vector<json *> &into)
{
    into.push_back(&value);
    if (value.is_structured())
        for (json &inner : value)
            collectValues(inner, into);
}

json &anyNode(const std::vector<json *> &nodes, RandomStream &random) { return *nodes[below(random, nodes.size())]; }

std::string anyKey(const json &object, RandomStream &random)
{
    auto item = object.begin();
    std::advance(item, static_cast<ptrdiff_t>(below(random, object.size())));
    return item.key();
}

// Near to what it was: limits are found by small steps.
json shifted(const json &number, RandomStream &random)
{
    const auto value = number.get<double>();
    switch (below(random, 6)) {
    case 0:
        return value + 1;
    case 1:
        return value - 1;
    case 2:
        return -value;
    case 3:
        return std::nextafter(value, 1e300);
    case 4:
        return value * 1000;
    default:
        return std::floor(value / 2);
    }
}

json anyValue(RandomStream &random)
{
    const json read = json::parse(anyValueText(random), nullptr, false);
    return read.is_discarded() ? json("x") : read;
}

void change(json &node, const std::vector<json *> &nodes, RandomStream &random)
{
    switch (below(random, 7)) {
    case 0:
        node = anyValue(random);
        return;
    case 1:
        if (node.is_number())
            node = shifted(node, random);
        return;
    case 2:
    case 3: { // from the copy: a value may not become a part of itself
        const json other = anyNode(nodes, random);
        node = other;
        return;
    }
    case 4:
        if (node.is_object() && !node.empty())
            node.erase(anyKey(node, random));
        else if (node.is_array() && !node.empty())
            node.erase(below(random, node.size()));
        return;
    case 5:
        if (node.is_array() && !node.empty()) {
            const json item = node[below(random, node.size())];
            node.insert(node.begin() + static_cast<ptrdiff_t>(below(random, node.size() + 1)), item);
        }
        return;
    default: {
        const json other = anyNode(nodes, random);
        if (node.is_object() && other.is_object() && !other.empty()) {
            const std::string key = anyKey(other, random);
            node[key] = other[key];
        } else if (node.is_array() && node.size() > 1) {
            std::swap(node[below(random, node.size())], node[below(random, node.size())]);
        }
    }
    }
}

} // namespace

std::string mutatedJson(std::string_view text, RandomStream &random)
{
    json document = json::parse(text, nullptr, false);
    if (document.is_discarded() || below(random, 20) == 0)
        return mutatedLine(std::string(text), random);
    std::vector<json *> nodes;
    collectValues(document, nodes);
    change(anyNode(nodes, random), nodes, random);
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace tests
