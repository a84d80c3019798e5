// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/prediction.h"

#include <QString>

// Answers and verdicts in words.
namespace app {

// "3rd", "18.6 s", "5"
QString answerText(const resilience::labs::Question &question, double value);
// What the run said, and why; where the answer was wrong, the mistake behind it.
QString verdictText(const resilience::labs::Question &question, double given,
                    const resilience::labs::Question::Answer &truth);
// The same, and why each of the other answers is wrong.
QString wholeVerdictText(const resilience::labs::Question &question, double given,
                         const resilience::labs::Question::Answer &truth);

} // namespace app
