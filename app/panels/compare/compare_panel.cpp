// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/compare/compare_panel.h"

#include "app/panels/compare/change_list.h"
#include "app/panels/compare/figure_table.h"
#include "app/panels/controls/labels.h"
#include "app/panels/settings/knob_text.h"
#include "core/tell/explain.h"
#include "core/tell/figures.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {

QString utf8(const std::string &text) { return QString::fromStdString(text); }

// An equal tip would be an event for nothing, in each frame.
void showTip(QWidget *widget, const QString &text)
{
    if (const QString tip = plainToolTip(text); widget->toolTip() != tip)
        widget->setToolTip(tip);
}

void showIn(QLineEdit *edit, const std::string &name)
{
    const QString text = utf8(name);
    if (!edit->isModified() && edit->text() != text) {
        edit->setText(text);
        edit->setCursorPosition(0);
    }
    showTip(edit, ComparePanel::tr("%1. Type to give it another name.").arg(text));
}

} // namespace

ComparePanel::ComparePanel(Session &session, QWidget *parent) : ScrollCard(parent), m_session(session)
{
    setObjectName(QStringLiteral("compare"));
    buildRuns();
    body()->addWidget(makeRule(bodyWidget()));
    body()->addWidget(makeLabel("caption", bodyWidget(), tr("What was changed")));
    m_changes = new ChangeList(session, bodyWidget());
    body()->addWidget(m_changes);
    body()->addWidget(makeRule(bodyWidget()));
    buildDifference();
    body()->addWidget(makeRule(bodyWidget()));
    buildBet();
    buildTable();
    body()->addStretch(1);
}

ComparePanel::RunRow ComparePanel::makeRow(RunSide side)
{
    RunRow made{new RunSign(side, bodyWidget()), new QLineEdit(bodyWidget())};
    const bool ours = side == RunSide::Ours;
    made.name->setObjectName(ours ? QStringLiteral("run-ours") : QStringLiteral("run-other"));
    made.name->setAccessibleName(ours ? tr("Name of this run") : tr("Name of the other run"));
    made.name->setFrame(false);
    made.name->setMaxLength(40);
    setRole(made.name, "name");
    connect(made.name, &QLineEdit::editingFinished, this, [this, ours, edit = made.name] {
        const std::string name = edit->text().simplified().toStdString();
        edit->setModified(false);
        if (m_session.comparing() && name != (ours ? m_session.ourName() : m_session.otherName()))
            m_session.renameRun(ours ? std::nullopt : m_session.keptRuns().beside, name);
    });
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(made.sign);
    line->addWidget(made.name, 1);
    body()->addLayout(line);
    return made;
}

void ComparePanel::buildRuns()
{
    m_ours = makeRow(RunSide::Ours);
    m_other = makeRow(RunSide::Other);
    auto *links = new QHBoxLayout;
    links->setSpacing(14);
    auto *swap = makeLink(tr("swap"), "compare-swap", bodyWidget());
    swap->setToolTip(tr("Knobs, faults and questions go to the other run (Ctrl+Shift+D)"));
    connect(swap, &QPushButton::clicked, this, [this] { m_session.swapRuns(); });
    m_with = makeLink(tr("compare with ▾"), "compare-with", bodyWidget());
    m_menu = new QMenu(m_with);
    m_with->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &ComparePanel::fillMenu);
    auto *close = makeLink(tr("close"), "compare-close", bodyWidget());
    close->setToolTip(tr("This run alone; the other one stays kept (Ctrl+D)"));
    connect(close, &QPushButton::clicked, this, [this] { m_session.showBeside(std::nullopt); });
    links->addWidget(swap);
    links->addWidget(m_with);
    links->addStretch(1);
    links->addWidget(close);
    body()->addLayout(links);
}

void ComparePanel::buildDifference()
{
    QWidget *page = bodyWidget();
    m_where = makeLabel("caption", page);
    m_where->setObjectName(QStringLiteral("first-difference"));
    body()->addWidget(m_where);
    const auto line = [&](RunSide side, RunSign *&sign, QLabel *&does) {
        sign = new RunSign(side, page);
        does = makeLabel("body", page);
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(sign, 0, Qt::AlignTop);
        row->addWidget(does, 1);
        body()->addLayout(row);
    };
    line(RunSide::Ours, m_oursSign, m_oursDoes);
    line(RunSide::Other, m_otherSign, m_otherDoes);
    m_jump = makeLink(tr("jump there and ask why"), "compare-jump", page);
    m_jump->setToolTip(tr("Key D"));
    connect(m_jump, &QPushButton::clicked, this, [this] { m_session.goToDifference(); });
    body()->addWidget(m_jump, 0, Qt::AlignLeft);
}

void ComparePanel::buildBet()
{
    m_betText = makeLabel("body", bodyWidget());
    m_betText->setObjectName(QStringLiteral("bet"));
    body()->addWidget(m_betText);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    const std::array ids{"bet-ours", "bet-other", "bet-neither"};
    for (size_t i = 0; i < m_bets.size(); ++i) {
        m_bets[i] = new QPushButton(bodyWidget());
        m_bets[i]->setObjectName(QLatin1String(ids[i]));
        m_bets[i]->setFocusPolicy(Qt::TabFocus);
        setRole(m_bets[i], "choice");
        connect(m_bets[i], &QPushButton::clicked, this, [this, i] { m_session.bet(Bet::On(i)); });
        row->addWidget(m_bets[i]);
    }
    row->addStretch(1);
    body()->addLayout(row);
}

// What one expects, said before it is seen; then what came of it, with both numbers.
void ComparePanel::showBet()
{
    const auto nameOf = [this](Bet::On on) {
        return on == Bet::On::Ours    ? utf8(m_session.ourName())
               : on == Bet::On::Other ? utf8(m_session.otherName())
                                      : tr("neither");
    };
    const bool open = m_session.canBet();
    const std::array words{tr("this run"), tr("the other"), tr("neither")};
    for (size_t i = 0; i < m_bets.size(); ++i) {
        m_bets[i]->setVisible(open);
        m_bets[i]->setText(words[i]);
        showTip(m_bets[i], nameOf(Bet::On(i)));
    }
    const auto &bet = m_session.standingBet();
    if (!bet)
        return showText(
            m_betText,
            open ? tr("Your bet: which ends with the better %1?").arg(QString::fromUtf8(m_session.figureToBetOn().word))
                 : QString());
    const QString figure = QString::fromUtf8(bet->figure->word);
    const auto verdict = m_session.betVerdict();
    if (!verdict)
        return showText(
            m_betText, tr("Your bet, %1: %2. Decided at %3.").arg(figure, nameOf(bet->on), utf8(momentText(bet->end))));
    const auto number = [&](std::optional<double> value) { return utf8(figureText(*bet->figure, value)); };
    showText(m_betText, tr("%1 You bet on %2; it is %3: %4, %5 against %6.")
                            .arg(verdict->isRight ? tr("Right.") : tr("Not so."), nameOf(bet->on),
                                 nameOf(verdict->truth), figure, number(verdict->ours), number(verdict->other)));
}

void ComparePanel::buildTable()
{
    m_soFar = makeLabel("caption", bodyWidget());
    body()->addWidget(m_soFar);
    m_table = new FigureTable(bodyWidget());
    body()->addWidget(m_table);
    auto *links = new QHBoxLayout;
    links->setSpacing(14);
    auto *copy = makeLink(tr("copy the table"), "compare-copy", bodyWidget());
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(
            figureText(m_table->rows(), utf8(m_session.ourName()), utf8(m_session.otherName())));
    });
    auto *save = makeLink(tr("export"), "compare-export", bodyWidget());
    connect(save, &QPushButton::clicked, this, &ComparePanel::exportWanted);
    links->addWidget(copy);
    links->addWidget(save);
    links->addStretch(1);
    body()->addLayout(links);
}

void ComparePanel::fillMenu()
{
    m_menu->clear();
    const labs::Lab &lab = m_session.lab();
    for (const labs::Comparison &ready : lab.comparisons)
        connect(m_menu->addAction(utf8(ready.title)), &QAction::triggered, this,
                [this, &ready] { m_session.open(ready); });
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("A copy, from here")), &QAction::triggered, this, [this] { m_session.compare(); });
    for (const std::string &id : lab.otherKnobs)
        if (const auto knob = knobNamed(id);
            knob && knobs()[*knob].faultyVariant && knobs()[*knob].applies(m_session.timeline().world()))
            connect(m_menu->addAction(tr("Broken: %1").arg(labelOf(knobs()[*knob]))), &QAction::triggered, this,
                    [this, knob] { m_session.compareBroken(*knob); });
    QMenu *scenarios = m_menu->addMenu(tr("Another scenario"));
    for (const auto &scenario : lab.scenarios)
        if (scenario->name != m_session.scenario().name)
            connect(scenarios->addAction(utf8(scenario->title.empty() ? scenario->name : scenario->title)),
                    &QAction::triggered, this, [this, scenario] { m_session.compareWith(*scenario); });
    connect(m_menu->addAction(tr("A saved run…")), &QAction::triggered, this, &ComparePanel::fileWanted);
    const auto &runs = m_session.keptRuns().runs;
    if (runs.size() < 2)
        return;
    QMenu *kept = m_menu->addMenu(tr("Kept runs"));
    QMenu *forget = m_menu->addMenu(tr("Delete a kept run"));
    for (size_t i = 0; i < runs.size(); ++i) {
        if (m_session.keptRuns().beside == i)
            continue;
        connect(kept->addAction(utf8(runs[i].name)), &QAction::triggered, this, [this, i] { m_session.showBeside(i); });
        connect(forget->addAction(utf8(runs[i].name)), &QAction::triggered, this,
                [this, i] { m_session.removeRun(i); });
    }
}

void ComparePanel::showDifference()
{
    const auto &difference = m_session.firstDifference();
    if (m_everShown && difference == m_shown)
        return;
    m_everShown = true;
    m_shown = difference;
    showText(m_where, difference ? tr("First difference: %1").arg(utf8(momentText(difference->at)))
                                 : tr("No difference so far"));
    showText(m_oursDoes, difference ? utf8(eventTitle(m_session.timeline(), difference->ours)) : QString());
    showText(m_otherDoes, difference ? utf8(eventTitle(m_session.otherRun(), difference->other)) : QString());
    for (QWidget *part :
         {static_cast<QWidget *>(m_oursSign), static_cast<QWidget *>(m_otherSign), static_cast<QWidget *>(m_jump)})
        part->setVisible(difference.has_value());
}

void ComparePanel::setFrame()
{
    if (!m_session.comparing())
        return;
    showIn(m_ours.name, m_session.ourName());
    showIn(m_other.name, m_session.otherName());
    m_changes->setFrame();
    showDifference();
    showBet();
    showText(m_soFar, tr("After %1").arg(utf8(momentText(m_session.now()))));
    m_table->setRows(figureRows(m_session.timeline().world(), m_session.otherRun().world()));
}

void ComparePanel::setTheme(const widgets::Theme &theme)
{
    for (RunSign *sign : {m_ours.sign, m_other.sign, m_oursSign, m_otherSign})
        sign->setTheme(theme);
    m_table->setTheme(theme);
}

} // namespace app
