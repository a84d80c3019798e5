// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/tell/explainer.h"
#include "core/tell/policy_settings.h"

#include <algorithm>

// Why a gate turned a call away or made it wait, where it has no words of its own: from what its spec says of it.
namespace resilience::sim {

namespace {

std::string whatItDoes(const PipelineConfig &config, PolicyKind kind)
{
    std::string text = std::string("The ") + wordsOf(kind).label + " " + wordsOf(kind).effect;
    const char *before = ": ";
    for (const std::string &setting : settingsOf(config, kind))
        text += std::exchange(before, ", ") + setting;
    return text + ".";
}

} // namespace

void Explainer::turnedAwayByGate(const Rejected &away)
{
    std::string why = name(away.why);
    std::replace(why.begin(), why.end(), '-', ' ');
    out.text = whatItDoes(pipeline().config(), away.by) + " Its answer to this call: " + why;
    if (away.retryAfter)
        out.text += ", until " + momentText(saturatingAdd(event.at, *away.retryAfter));
    out.text += ".";
}

void Explainer::waitsAtGate(const Queued &queued)
{
    out.text = whatItDoes(pipeline().config(), queued.at);
    if (queued.until)
        out.text += " This call waits until " + momentText(*queued.until) + ".";
}

} // namespace resilience::sim
