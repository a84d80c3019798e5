// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QRectF>
#include <QString>

#include <cstdint>
#include <vector>

class QPainter;

namespace widgets {

// What is drawn beside the words, as the stages draw it: paintSign() in widgets/legend.
enum class Sign : uint8_t {
    Succeeded,
    Failed,
    TimedOut,
    ShortCircuited,
    Rejected,
    Throttled,
    CallOut, // filled dot
    AnswerBack, // hollow dot
    ErrorBack, // star on its way
    GivenUp, // drained dot
    Serving, // a dot as a clock
    TrialRing,
    Pip, // small dots under a bubble
    Counted, // boxed results
    Arc, // a rim that runs off
    Lever, // an open switch
    WaitBar,
    JitterBand,
    InFlightLine,
    ArrivalBar,
    Rope,
    AnswerBars,
    TankLayers,
    ForNobody,
    Coin,
    CoinAgain,
    CoinStored,
    BesideLanes,
    FaultBand,
    Token,
    EmptyPlace,
    WaitingDot,
    WindowEdge, // dashed, upright
    PassedMark, // above the line of a tape
    ThrottledMark, // below it
    TapeFrame, // a window's length, up to now
    TapeQueue, // how many wait, below the line
    TapeCrowd, // a bracket over too many
    SlotFilling,
    SlotOther, // of another caller
    Door, // of callers
    Wall, // between two pools
    TurnedAwayAtDoor, // in the colours of the callers
    ReadinessProbe,
    LivenessProbe,
    NextProbe, // a small arc
    LatencyBar,
    ProbePath, // dotted line
    NodeRing, // of two colours: outside believed, inside true
    NodeStarting, // grey, and growing
    Vote, // a line from a node to a holder
    Wire, // a short line below a node
    LeaseBar,
    BeliefLine, // solid, then dashed
    PauseBar, // hatched, with a grip
    Shell,
    AttemptsBar,
    ChipOn,
    ChipOff,
    ChipBusy,
    FailingLine,
    WastedWork, // hatched in the colour of failures
    Workers,
    Next, // dashed outline
    Lit, // a ring around what counted
    Own, // by the stage itself
};

// A line of a stage's legend.
struct LegendSign {
    Sign sign = Sign::Own;
    QString words{}; // translated; empty: those that the sign has on every stage, commonWords()
    // Sign::Own: draws it into a box about twice as wide as high.
    void (*paint)(QPainter &painter, const QRectF &box, const Theme &theme) = nullptr;
};

// Of a sign that means the same on several stages. Throws std::logic_error for one that does not.
QString commonWords(Sign sign);

} // namespace widgets
