// SPDX-License-Identifier: MIT
#include "core/sim/duration_text.h"
#include "core/sim/explainer.h"

// Why a lock was got, lost or trusted too long.
namespace resilience::sim {

void Explainer::operator()(const LockAsked &) { say(holder() + " asks " + service(), ""); }
void Explainer::operator()(const LockVoted &) { say(service() + " answers " + holder(), ""); }
void Explainer::operator()(const LockDecided &) { say(holder() + " knows", ""); }
void Explainer::operator()(const LeaseOver &) { say("The lease of " + holder() + " is over", ""); }
void Explainer::operator()(const WriteTried &) { say(holder() + " writes", ""); }
void Explainer::operator()(const WriteHeldBack &) { say(holder() + " does not write", ""); }
void Explainer::operator()(const NodeRestarted &) { say(service() + " starts again", ""); }

} // namespace resilience::sim
