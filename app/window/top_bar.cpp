// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/top_bar.h"

#include "app/panels/controls/glyph_icon.h"
#include "app/panels/controls/labels.h"
#include "app/panels/controls/step_button.h"
#include "labs/catalog.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <cmath>

namespace app {

using namespace resilience;

namespace {
constexpr int kBarLeft = 20;
constexpr int kBarRight = 12;
constexpr int kBarSpacing = 2;
constexpr int kBarGap = 8; // after the name of the product

QToolButton *flatButton(const QString &text, const char *name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setObjectName(QString::fromLatin1(name));
    button->setFocusPolicy(Qt::TabFocus);
    setRole(button, "flat");
    return button;
}
} // namespace

TopBar::TopBar(Session &session, const Actions &actions, QWidget *parent)
    : QFrame(parent), m_session(session), m_theme(widgets::Theme::light()),
      m_product(makeLabel("product", this, QStringLiteral("Resilience Lab"))),
      m_compare(flatButton(tr("Compare"), "compare", this)), m_many(flatButton(tr("Many runs"), "many-runs", this)),
      m_menu(flatButton({}, "menu", this))
{
    setRole(this, "bar");
    m_product->setWordWrap(false);
    m_compare->setCheckable(true);
    m_compare->setToolTip(tr("Keep this run and go on with a copy beside it (Ctrl+D)"));
    connect(m_compare, &QToolButton::clicked, actions.compare, &QAction::trigger);
    m_many->setCheckable(true);
    m_many->setToolTip(tr("Play this many times, each with other luck, and see where this run stands (Ctrl+M)"));
    connect(m_many, &QToolButton::clicked, actions.many, &QAction::trigger);
    auto *exportAll = flatButton(tr("Export"), "export", this);
    auto *present = flatButton(tr("Present"), "present", this);
    connect(exportAll, &QToolButton::clicked, actions.exportAll, &QAction::trigger);
    connect(present, &QToolButton::clicked, actions.present, &QAction::trigger);
    m_menu->setMenu(actions.menu);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setAccessibleName(tr("Menu"));
    m_menu->setToolTip(tr("Menu (F10)"));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kBarLeft, 6, kBarRight, 6);
    row->setSpacing(kBarSpacing);
    m_right = {m_compare, m_many, exportAll, present, m_menu};
    row->addWidget(m_product);
    row->addSpacing(kBarGap);
    addSteps(row);
    row->addStretch(1);
    row->addWidget(m_compare);
    row->addWidget(m_many);
    row->addWidget(exportAll);
    row->addWidget(present);
    row->addWidget(m_menu);
}

void TopBar::addSteps(QHBoxLayout *row)
{
    for (const labs::Lab &lab : labs::catalog()) {
        auto *step = new StepButton(this);
        step->setObjectName(QStringLiteral("step-") + QString::fromStdString(lab.id));
        const QString title = QString::fromStdString(lab.title);
        const size_t number = m_steps.size() + 1;
        step->setAccessibleName(tr("Step %1  %2").arg(number).arg(title));
        step->setToolTip(tr("%1 (Ctrl+%2)").arg(title).arg(number));
        connect(step, &QToolButton::clicked, this, [this, &lab] { m_session.openLab(lab); });
        row->addWidget(step);
        m_steps.push_back(step);
    }
}

void TopBar::setFrame(bool manyRuns)
{
    const auto &all = labs::catalog();
    for (size_t i = 0; i < m_steps.size(); ++i)
        m_steps[i]->setChecked(all[i].id == m_session.lab().id);
    if (m_progress != m_session.progressVersion()) {
        m_progress = m_session.progressVersion();
        for (size_t i = 0; i < m_steps.size(); ++i)
            m_steps[i]->setGoals(m_session.progress(all[i]).goals.size(), all[i].goals.size());
    }
    m_compare->setChecked(m_session.comparing());
    m_many->setChecked(manyRuns);
    nameSteps();
}

QString TopBar::nameOf(size_t step, Names names) const
{
    const labs::Lab &lab = labs::catalog()[step];
    const QString number = QString::number(step + 1);
    const bool open = lab.id == m_session.lab().id;
    if (names == Names::None || (names == Names::OpenOne && !open))
        return number;
    const bool shortOne = names >= Names::AllShort && names <= Names::ShortWithoutMany;
    return QStringLiteral("%1  %2").arg(
        number, QString::fromStdString(shortOne && !lab.shortTitle.empty() ? lab.shortTitle : lab.title));
}

int TopBar::widthWith(Names names) const
{
    int sum = kBarLeft + kBarRight + kBarGap + kBarSpacing * int(m_steps.size() + m_right.size() + 3);
    if (names < Names::ShortWithoutProduct)
        sum += m_product->sizeHint().width();
    for (size_t i = 0; i < m_steps.size(); ++i)
        sum += m_steps[i]->widthFor(nameOf(i, names));
    for (const QToolButton *button : m_right)
        if (button != m_many || names != Names::ShortWithoutMany)
            sum += button->sizeHint().width();
    return sum;
}

void TopBar::nameSteps()
{
    Names names = Names::All;
    while (names != Names::None && widthWith(names) > width())
        names = Names(uint8_t(names) + 1);
    m_product->setVisible(names < Names::ShortWithoutProduct
                          || (names == Names::OpenOne && widthWith(names) + m_product->sizeHint().width() <= width()));
    m_many->setVisible(names != Names::ShortWithoutMany);
    for (size_t i = 0; i < m_steps.size(); ++i) {
        const QString text = nameOf(i, names);
        if (m_steps[i]->text() != text)
            m_steps[i]->setText(text);
    }
}

void TopBar::openStep(size_t index)
{
    if (index < labs::catalog().size())
        m_session.openLab(labs::catalog()[index]);
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    nameSteps();
}

void TopBar::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    for (StepButton *step : m_steps)
        step->setTheme(theme);
    nameSteps();
    const int size = int(std::lround(theme.px(16)));
    m_menu->setIcon(glyphIcon(Glyph::More, theme.quietInk));
    m_menu->setIconSize(QSize(size, size));
}

void TopBar::openMenu() { m_menu->showMenu(); }

} // namespace app
