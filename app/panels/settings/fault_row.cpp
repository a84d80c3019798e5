// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/fault_row.h"

#include "app/panels/controls/labels.h"
#include "app/panels/controls/number_box.h"
#include "app/panels/controls/toggle_switch.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience::sim;

FaultRow::FaultRow(Session &session, FaultKind kind, QWidget *parent)
    : QWidget(parent), m_session(session), m_kind(kind)
{
    const FaultSpec &fault = spec(kind);
    const QString name = QCoreApplication::translate("Fault", fault.label);
    auto *label = makeLabel("body", this, name);
    m_switch = new ToggleSwitch(true, this);
    m_switch->setObjectName(QStringLiteral("fault-") + QString::fromLatin1(fault.name));
    m_switch->setAccessibleName(tr("Fault: %1").arg(name));
    label->setBuddy(m_switch);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(label, 1);
    if (fault.hasValue()) {
        m_value = makeValue();
        m_value->setAccessibleName(tr("%1: value").arg(name));
        row->addWidget(m_value);
    }
    row->addWidget(m_switch);
    connect(m_switch, &ToggleSwitch::clicked, this, &FaultRow::toggle);
}

NumberBox *FaultRow::makeValue()
{
    const FaultSpec &fault = spec(m_kind);
    auto *box = new NumberBox(this);
    box->setObjectName(QStringLiteral("fault-value-") + QString::fromLatin1(fault.name));
    setRole(box, "value");
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setFocusPolicy(Qt::StrongFocus);
    box->setToolTip(tr("Click to change"));
    box->setAlignment(Qt::AlignRight);
    box->setDecimals(fault.isShownInPercent() ? 1 : 3);
    box->setRange(shown(fault.minimum), shown(fault.maximum));
    box->setSingleStep(fault.isShownInPercent() ? 5 : 0.5);
    box->setSuffix(QStringLiteral(" ") + QString::fromUtf8(fault.isShownInPercent() ? "%" : fault.unit()));
    box->setValue(shown(fault.defaultValue));
    connect(box, &NumberBox::valueChanged, this, &FaultRow::changeValue);
    return box;
}

double FaultRow::shown(double value) const { return spec(m_kind).isShownInPercent() ? value * 100 : value; }

double FaultRow::chosenValue() const
{
    const FaultSpec &fault = spec(m_kind);
    if (!m_value)
        return fault.defaultValue;
    const double value = fault.isShownInPercent() ? m_value->value() / 100 : m_value->value();
    return std::clamp(value, fault.minimum, fault.maximum); // a tenth has no exact binary form
}

void FaultRow::toggle(bool on)
{
    if (on)
        m_session.intervene(SetFault{m_target, m_kind, chosenValue()});
    else
        m_session.intervene(ClearFault{m_target, m_kind});
}

void FaultRow::changeValue()
{
    if (m_switch->isChecked())
        m_session.intervene(SetFault{m_target, m_kind, chosenValue()});
}

void FaultRow::setFrame()
{
    const Snapshot &snapshot = m_session.snapshot();
    if (m_target >= snapshot.components.size())
        return;
    const std::optional<double> value = snapshot.componentFaults[m_target][static_cast<size_t>(m_kind)];
    if (m_switch->isChecked() != value.has_value())
        m_switch->setChecked(value.has_value());
    if (!m_value || !value.has_value() || m_value->hasFocus())
        return;
    const QSignalBlocker quiet(m_value);
    m_value->setValue(shown(*value));
}

void FaultRow::setTheme(const widgets::Theme &theme)
{
    if (m_value) {
        const QFontMetricsF metrics(theme.font(widgets::TextSize::Label));
        double widest = 0;
        for (const double value : {m_value->minimum(), m_value->maximum(), 88.8})
            widest = std::max(widest, metrics.horizontalAdvance(m_value->textFromValue(value) + m_value->suffix()));
        m_value->setFixedWidth(int(std::ceil(widest + theme.px(9))));
    }
    m_switch->setTheme(theme);
}

} // namespace app
