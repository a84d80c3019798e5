// SPDX-License-Identifier: MIT
#include "core/sim/duration_text.h"
#include "core/sim/explainer.h"

// Why a service is trusted with traffic, or not.
namespace resilience::sim {

void Explainer::operator()(const ProbeSent &) { say("A probe goes to " + service(), ""); }
void Explainer::operator()(const ProbeEnded &) { say("A probe of " + service() + " has ended", ""); }
void Explainer::operator()(const HealthChanged &) { say("The health of " + service() + " has changed", ""); }
void Explainer::operator()(const Restarting &) { say(service() + " is restarted", ""); }
void Explainer::operator()(const Restarted &) { say(service() + " is back", ""); }

} // namespace resilience::sim
