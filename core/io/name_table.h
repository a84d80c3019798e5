// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json_text.h"

#include <algorithm>

// Tables of pairs of a name in a file and the value it stands for. Names have been checked against the schema before.
namespace resilience::io {

template <typename Table> auto valueNamed(const Table &table, const Json &name)
{
    return std::find_if(table.begin(), table.end(), [&](const auto &row) { return name == row.first; })->second;
}

template <typename Table, typename Value> const char *nameIn(const Table &table, Value value)
{
    return std::find_if(table.begin(), table.end(), [&](const auto &row) { return value == row.second; })->first;
}

} // namespace resilience::io
