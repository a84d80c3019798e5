// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/pipeline/policy_order.h"
#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_dots.h"
#include "widgets/stage/stage_phase.h"
#include "widgets/stage/stage_picture.h"

#include <cstdint>
#include <vector>

class QPainter;

namespace widgets {

// One policy around a call: a shell around those further inside. Its strip at the top says what it is, and to the right
// of the lane that calls come along what it has done.
struct Shell {
    resilience::PolicyKind kind = resilience::PolicyKind::Retry;
    bool inUse = true;
    bool blocking = false; // an open breaker
    QRectF rect{};
    QRectF strip{};
    QRectF toggle{}; // its switch; empty where the order is fixed
    StageLabel name{};
    StageLabel value{};
    StageLabel recentActions{}; // how often it said no
    std::vector<StageGlyph> pile{}; // the latest of them
    std::vector<StageDot> waiting{}; // calls that wait at it

    std::vector<StageLabel> labels() const { return {name, value, recentActions}; }
};

// A client's policies, nested, with the service in the middle.
struct ShellStack {
    uint32_t client = 0; // index
    bool movable = false;
    QRectF area{};
    double stripHeight = 0;
    QSizeF step{}; // how much smaller each shell is: at each side, at the bottom
    QRectF head{}; // the client's row
    StageLabel title{};
    StageLabel detail{};
    QRectF reset{}; // puts the usual order back; empty when there is nothing to put back
    StageLabel resetText{};
    std::vector<StageGlyph> recent{}; // how the client's latest calls ended
    std::vector<Shell> shells{}; // outermost first
    StageBox core{};
    uint32_t coreService = 0; // index
    double laneX = 0;
    double laneTop = 0;
    double laneBottom = 0;
    std::vector<StageDot> dots{};
    std::vector<QRectF> together{}; // around attempts of one call that are at the service side by side
    StageLabel hidden{}; // those at the service that there is no room for, or the rate when all is too fast
    std::vector<StageGlyph> falling{}; // turned away just now

    const Shell *shell(resilience::PolicyKind kind) const;
    QRectF shellRect(double level) const; // where the shell at that level lies; between two, on the way
    // The place, 0 = outermost, that a strip dropped with its middle at `y` would have.
    size_t placeAt(double y) const;
    std::vector<StageLabel> labels() const;
    std::vector<StageShape> shapes() const;
    void addHits(StageHits &hits, const Theme &theme) const;
};

// How much is drawn of the service in the middle; Roomy: with a row for the calls that it works on.
enum class CoreRoom : uint8_t { None, Words, Roomy };
// What it takes around the strips: the client's row (`head`), the service, and the shells' bottom edges.
double shellStackExtra(const Theme &theme, size_t shells, bool head, CoreRoom core);
double leastStripHeight(const Theme &theme);

// `context.clientIndex` says whose. Strips are `stripHeight` high; the service takes what is left.
ShellStack layoutShellStack(const StageContext &context, const QRectF &area, double stripHeight, bool head,
                            bool movable);
void paintShellStack(QPainter &painter, const ShellStack &stack, const StageContext &context, const StagePhase &phase);
// The strip of a policy under the pointer, and the place it would get.
void paintDraggedShell(QPainter &painter, const ShellStack &stack, const Shell &shell, QPointF by, const Theme &theme);

} // namespace widgets
