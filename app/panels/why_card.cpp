// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/why_card.h"

#include "app/panels/controls/labels.h"
#include "app/panels/stage_view.h"
#include "app/panels/why_lines.h"
#include "core/sim/compare/counterpart.h"

#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

namespace app {

using namespace resilience::sim;

namespace {
constexpr double kWhyWidth = 340; // px at scale 1
} // namespace

WhyCard::WhyCard(Session &session, QWidget *window)
    : FloatingCard("why", window), m_session(session), m_lines(new WhyLines(window))
{
    m_rule = makeLabel("formula", widget());
    m_rule->setObjectName(QStringLiteral("why-rule"));
    m_text = makeLabel("body", widget());
    m_text->setObjectName(QStringLiteral("why-text"));
    column()->addWidget(m_rule);
    column()->addWidget(m_text);
    m_otherRule = makeRule(widget());
    m_otherTitle = makeLabel("caption", widget());
    m_otherTitle->setObjectName(QStringLiteral("why-other"));
    m_otherText = makeLabel("body", widget());
    column()->addWidget(m_otherRule);
    column()->addWidget(m_otherTitle);
    column()->addWidget(m_otherText);
    column()->addStretch(1);
    connect(this, &FloatingCard::closeWanted, this, [this] { m_session.inspect(0); });
}

void WhyCard::explainAnew()
{
    m_shown = m_session.inspected();
    m_why = m_shown ? explain(m_session.timeline(), m_shown) : std::nullopt;
    const QString lost = m_shown ? tr("The log no longer holds this moment.") : QString();
    showText(title(), m_why     ? tr("Why? %1").arg(QString::fromStdString(m_why->title))
                      : m_shown ? tr("Why?")
                                : QString());
    showText(m_rule, m_why ? QString::fromStdString(m_why->rule) : QString());
    showText(m_text, m_why ? QString::fromStdString(m_why->text) : lost);
    explainOther();
    setAccessibleName(title()->text());
    verticalScrollBar()->setValue(0);
}

// What was the same thing in the run beside, and why.
void WhyCard::explainOther()
{
    const EventLog &log = m_session.timeline().history().log();
    const Event *event = m_session.comparing() && m_shown ? log.numbered(m_shown) : nullptr;
    m_otherRule->setVisible(event != nullptr);
    if (!event) {
        showText(m_otherTitle, {});
        showText(m_otherText, {});
        return;
    }
    // Where they part it is what the other does instead.
    const auto &difference = m_session.firstDifference();
    const bool here = difference && difference->ours && difference->ours->number == m_shown;
    const auto other = here ? difference->other : counterpart(m_session.timeline(), *event, m_session.otherRun());
    const auto why = other ? explain(m_session.otherRun(), other->number) : std::nullopt;
    const QString name = QString::fromStdString(m_session.otherName());
    showText(m_otherTitle, why ? tr("%1: %2").arg(name, QString::fromStdString(why->title)) : name);
    showText(m_otherText,
             why ? QString::fromStdString(why->text) : tr("Nothing of the kind has happened there by now."));
}

void WhyCard::setFrame(const StageView &stage)
{
    const auto beside = m_session.comparing() ? m_session.keptRuns().beside : std::nullopt;
    if (m_shown != m_session.inspected() || (m_shown && m_beside != beside)) {
        m_beside = beside;
        explainAnew();
    }
    setVisible(m_shown != 0);
    m_lines->setVisible(m_shown != 0);
    if (m_shown != 0)
        place(stage);
    else
        m_asked = {};
}

void WhyCard::place(const StageView &stage)
{
    const QPoint origin = stage.widget()->mapTo(window_(), QPoint(0, 0));
    std::optional<QRectF> anchor;
    QRectF found = stage.areaOf(m_asked);
    if (found.isEmpty())
        found = stage.areaOf(m_shown);
    if (!found.isEmpty())
        anchor = found.translated(origin);
    std::vector<QRectF> lit;
    for (const uint64_t event : m_why ? m_why->counted : std::vector<uint64_t>{})
        if (const QRectF area = stage.areaOf(event); !area.isEmpty())
            lit.push_back(area.translated(origin));

    const int edge = qRound(theme().px(8));
    const QRect onStage = QRect(origin, stage.widget()->size()).adjusted(edge, edge, -edge, -edge);
    setGeometry(placeBeside(sizeAt(kWhyWidth), anchor, lit, {onStage, anywhere()}, qRound(theme().px(26))));
    m_lines->join(geometry(), anchor, lit);
    raise();
}

void WhyCard::setTheme(const widgets::Theme &theme)
{
    FloatingCard::setTheme(theme);
    m_lines->setTheme(theme);
}

} // namespace app
