// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/world/world.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

// What one run has come to, in one number each: for tables that hold runs against each other.
namespace resilience::sim {

enum class FigureUnit : uint8_t {
    Share, // 0..1, shown in per cent
    Count,
    Ratio, // to one: attempts to each call
    Seconds,
};

struct RunFigure {
    std::string_view id; // in files and options: "goodput"
    const char *word; // for people: "goodput"
    FigureUnit unit;
    bool moreIsBetter;
    /// From the start to the world's present moment; none where the run has no such thing (yet).
    std::optional<double> (*read)(const World &world);
};

/// All of them, the most telling first.
std::span<const RunFigure> runFigures();
/// Null when there is none.
const RunFigure *runFigureNamed(std::string_view id);

/// "66 %", "1.19", "27", "0.49 s"; "-" where there is none.
std::string figureText(const RunFigure &figure, std::optional<double> value);
/// How much more `ours` is than `other`, with its sign: "+5 points", "-0.46", "0"; "" unless both are there.
std::string figureDifference(const RunFigure &figure, std::optional<double> ours, std::optional<double> other);

} // namespace resilience::sim
