// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/shown_knob.h"

#include "app/panels/settings/knob_text.h"
#include "core/sim/world/knob_address.h"

#include <QCoreApplication>

namespace app {

using namespace resilience::sim;

ShownKnob::ShownKnob(const Session &session, uint32_t knob, KnobTarget target)
    : m_session(&session), m_knob(knob), m_target(target)
{
    const KnobAddresses addresses(session.scenario());
    m_key = QString::fromStdString(addresses.textOf(knob, target));
    m_label = labelOf(spec());
    if (!target.isAll())
        m_label = QCoreApplication::translate("Knob", "%1: %2")
                      .arg(QString::fromStdString(addresses.nameOf(target)), m_label);
}

QString ShownKnob::labelNow() const
{
    return othersDiffer() ? QCoreApplication::translate("Knob", "%1 (others differ)").arg(m_label) : m_label;
}

QString ShownKnob::help() const
{
    QString text = helpText(spec(), usual());
    if (spec().forAll == KnobSpec::ForAll::InProportion && world().clients().size() > 1)
        text +=
            u' ' + QCoreApplication::translate("Knob", "The first client's; all others keep their proportion to it.");
    else if (othersDiffer())
        text +=
            u' '
            + QCoreApplication::translate("Knob", "Not all that have it have the same now; turning it gives all the "
                                                  "same.");
    return text;
}

bool ShownKnob::takes(double value) const
{
    resilience::sim::World probe = world();
    std::vector<resilience::sim::Event> ignored;
    return !probe.apply(at(value), ignored);
}

std::vector<ShownKnob> shownKnobs(const Session &session, uint32_t knob)
{
    const KnobSpec &spec = knobs()[knob];
    std::vector<ShownKnob> each;
    if (spec.owner == KnobOwner::Service && spec.kind != KnobSpec::Kind::Toggle)
        for (uint32_t i = 0; i < session.scenario().services.size(); ++i)
            if (const auto one = KnobTarget::service(i); spec.applies(session.timeline().world(), one))
                each.emplace_back(session, knob, one);
    if (each.size() > 1)
        return each;
    return {ShownKnob(session, knob)};
}

} // namespace app
