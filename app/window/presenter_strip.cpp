// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/presenter_strip.h"

#include "app/panels/controls/labels.h"
#include "app/panels/controls/tabular_label.h"
#include "app/panels/counters_label.h"
#include "app/panels/time_words.h"
#include "labs/catalog.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace app {

using namespace resilience;
using widgets::TextSize;

namespace {
// "3  Rate limiter · Hit the edge"; off the guide, the scenario in place of the page.
QString titleOf(const Session &session)
{
    const auto &all = labs::catalog();
    size_t number = 1;
    while (number <= all.size() && all[number - 1].id != session.lab().id)
        ++number;
    const auto &beats = session.lab().guide.beats;
    const size_t beat = session.guide().beat();
    const std::string &page = session.onGuide() && beat < beats.size() ? beats[beat].title : session.scenario().title;
    return QStringLiteral("%1  %2 · %3")
        .arg(number)
        .arg(QString::fromStdString(session.lab().title), QString::fromStdString(page));
}
} // namespace

PresenterStrip::PresenterStrip(Session &session, QWidget *parent)
    : QFrame(parent), m_session(session), m_title(new TabularLabel(TextSize::Body, QFont::Bold, false, this)),
      m_time(new TabularLabel(TextSize::Body, QFont::Bold, false, this)),
      m_counters(new TabularLabel(TextSize::Body, QFont::Normal, true, this))
{
    setRole(this, "card");
    m_title->setObjectName(QStringLiteral("presenter-title"));
    m_counters->setObjectName(QStringLiteral("presenter-counters"));
    auto *row = new QHBoxLayout;
    row->setSpacing(24);
    row->addWidget(m_title, 1);
    row->addWidget(m_time);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 6, 20, 6);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_counters);
}

void PresenterStrip::setFrame()
{
    if (isHidden())
        return;
    m_title->setText(titleOf(m_session));
    const Duration length = m_session.horizon().time_since_epoch();
    m_time->setText(tr("%1 · %2").arg(clockText(m_session.now(), length),
                                      m_session.needsTicks() ? speedText(m_session.speed()) : tr("paused")));
    // What could not be done matters more for the moment than what was counted.
    if (m_session.notice().isEmpty()) {
        showCounters(*m_counters, m_session);
    } else {
        m_counters->setShorter({});
        m_counters->setText(m_session.notice());
    }
}

void PresenterStrip::setTheme(const widgets::Theme &theme)
{
    for (TabularLabel *label : {m_title, m_time, m_counters})
        label->setTheme(theme);
}

} // namespace app
