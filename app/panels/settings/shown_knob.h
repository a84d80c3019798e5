// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "core/sim/world/knobs.h"

#include <QString>

#include <optional>
#include <vector>

namespace app {

// One row of the settings: a knob, for all that have it or for one of them, as the run has it now.
class ShownKnob {
public:
    ShownKnob(const Session &session, uint32_t knob, resilience::sim::KnobTarget target = {});

    const resilience::sim::KnobSpec &spec() const { return resilience::sim::knobs()[m_knob]; }
    const QString &label() const { return m_label; } // with the owner's name where it is one's
    QString labelNow() const; // ... and whether it is not the same for all
    const QString &key() const { return m_key; } // as it is written on the command line
    // Whether turning it would make a difference now; else it must not be shown, and has no value.
    bool matters() const { return spec().matters(world(), m_target); }
    double value() const { return spec().get(world(), m_target); }
    // Whether some that it is turned for have another value than that.
    bool othersDiffer() const { return !spec().isEverywhere(value(), world(), m_target); }
    std::optional<double> usual() const { return m_session->defaultOf(m_knob, m_target); }
    resilience::sim::TurnKnob at(double value) const { return {m_knob, value, m_target}; }
    QString help() const;
    // Whether it can be turned to that now, beside all other settings.
    bool takes(double value) const;

private:
    const resilience::sim::World &world() const { return m_session->timeline().world(); }

    const Session *m_session;
    uint32_t m_knob;
    resilience::sim::KnobTarget m_target;
    QString m_label;
    QString m_key;
};

// The knob as it is shown in the session's scenario: a setting of services one by one where several have it, for they
// are different things; any other once, for all.
std::vector<ShownKnob> shownKnobs(const Session &session, uint32_t knob);

} // namespace app
