// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/presenter_strip.h"

#include "app/panels/counters_text.h"
#include "app/panels/labels.h"
#include "app/panels/prediction_card.h"
#include "app/panels/tabular_label.h"
#include "app/panels/time_words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace app {

using widgets::TextSize;

PresenterStrip::PresenterStrip(Session &session, QWidget *parent)
    : QFrame(parent), m_session(session), m_prediction(new PredictionCard(session, this)),
      m_watch(makeLabel("strong", this)), m_time(new TabularLabel(TextSize::Heading, QFont::Bold, false, this)),
      m_counters(new TabularLabel(TextSize::Label, QFont::Normal, true, this))
{
    setRole(this, "card");
    auto *row = new QHBoxLayout;
    row->setSpacing(24);
    row->addWidget(m_watch, 1);
    row->addWidget(m_time);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 12, 24, 12);
    column->setSpacing(4);
    column->addWidget(m_prediction);
    column->addLayout(row);
    column->addWidget(m_counters);
}

void PresenterStrip::setFrame()
{
    if (isHidden())
        return;
    const auto &beats = m_session.lab().guide.beats;
    const size_t beat = m_session.guide().beat();
    m_watch->setText(beat < beats.size() && !beats[beat].watchFor.empty()
                         ? tr("Watch for %1").arg(QString::fromStdString(beats[beat].watchFor))
                         : QString());
    const Duration length = m_session.horizon().time_since_epoch();
    m_time->setText(tr("%1 · %2").arg(clockText(m_session.now(), length),
                                      m_session.needsTicks() ? speedText(m_session.speed()) : tr("paused")));
    m_counters->setText(countersLine(m_session.snapshot()));
    m_counters->setShorter(shorterCounters(m_session.snapshot()));
    m_prediction->setFrame();
}

void PresenterStrip::setTheme(const widgets::Theme &theme)
{
    m_time->setTheme(theme);
    m_counters->setTheme(theme);
}

} // namespace app
